"""What stands in the navigation: folds open where all of it fits, and one entry needs no fold."""

import pytest

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.web.navigation import FITS, Line, drawn

NOBODY = Actor(account_id=None, name="")


def fold(title: str, count: int) -> Line:
    lines = tuple(Line(f"{title}{n}", f"/{title}/{n}/") for n in range(count))
    return Line(title, icon="sitemap", opened=True, lines=lines)


def shown(*lines: Line, path: str = "/") -> tuple[Line, ...]:
    return drawn(lines, actor=NOBODY, path=path, lists={})


@pytest.mark.parametrize(("count", "stands_open"), [(FITS - 1, True), (FITS, False)])
def test_a_fold_stands_open_as_long_as_everything_fits(count, stands_open):
    (only,) = shown(fold("a", count))
    assert only.is_open is stands_open


def test_where_not_everything_fits_the_fold_of_the_page_alone_is_open():
    first, second = shown(fold("a", FITS), fold("b", 3), path="/b/2/7/")
    assert not first.is_open
    assert second.is_open
    assert [line.is_current for line in second.lines] == [False, False, True]


def test_a_fold_of_one_entry_is_that_entry_under_the_icon_of_the_fold():
    (only,) = shown(fold("a", 1), path="/a/0/")
    assert (only.title, only.address, only.icon, only.lines, only.is_current) == ("a0", "/a/0/", "sitemap", (), True)
