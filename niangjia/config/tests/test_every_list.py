"""What every declared list keeps: whose rows, the same rows everywhere, few questions to the database, words where there is none."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from niangjia.config.tests.rows import MAKERS, Rows, acts
from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.tests.signing_in import open_session, with_codes
from niangjia.kernel.listing import Listing, ListPage
from niangjia.kernel.listing.exporting import listings, source_of
from niangjia.registers.orgs.tests.office import OPERATOR

pytestmark = pytest.mark.django_db
NAMES = sorted(listings())
HTMX = {"HX-Request": "true"}
BESIDE = HTMX | {"HX-Target": "drawer"}


@pytest.fixture
def world() -> Rows:
    return Rows()


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def listing(name: str) -> Listing:
    return listings()[name]


@pytest.fixture
def watcher(world: Rows, name: str) -> Account:
    return with_codes(world.watcher(name))


def asked(**given: str) -> QueryDict:
    made = QueryDict(mutable=True)
    made.update(given)
    return made


def keys(listing: Listing, by: Account, /, **given: str) -> list[int]:
    """Every row that the list shows, in its order."""
    return [row.pk for row in ListPage(listing, actor=acts(by), asked=asked(**given)).matching]


def fill_both(world: Rows, name: str, watcher: Account, number: int = 3) -> tuple[set[int], set[int]]:
    """Rows at the mill and at the plant: those of the watcher, and those of the other town."""
    listing, stranger = listings()[name], world.stranger(name)
    world.fill(name, number, at=world.mill, by=watcher)
    world.fill(name, number, at=world.plant, by=stranger)
    return set(keys(listing, watcher)), set(keys(listing, stranger))


def test_every_list_has_rows_to_be_tried_on() -> None:
    assert set(MAKERS) >= set(NAMES), "say in rows.py how a row of the new list comes about, and who sees it"
    assert len(NAMES) == len(settings.NIANGJIA_LISTINGS)


@pytest.mark.guard(
    "list-shows-own-places", "A list, its fragment, drawer, file and API show rows of one's own places alone."
)
def test_rows_of_another_place_never_appear(world: Rows, name: str, listing: Listing, watcher: Account) -> None:
    mine, others = fill_both(world, name, watcher)
    assert len(mine) >= 3
    assert len(others - mine) >= 3
    assert not set(keys(listing, watcher, only=",".join(map(str, others - mine))))
    client = open_session(Client(), watcher)
    for key in others - mine:
        assert client.get(reverse(name), {"open": key}, headers=BESIDE).status_code == 404


@pytest.mark.control("list-shows-own-places")
@pytest.mark.parametrize("name", ["members", "employers", "unions", "imports"])
def test_without_the_scope_rows_of_another_place_would_appear(world: Rows, name: str, watcher: Account) -> None:
    mine, others = fill_both(world, name, watcher)
    listing = listings()[name]
    everybody = listing.visible_to
    with changed(listing, visible_to=lambda _actor: everybody(OPERATOR)):
        assert others - mine <= set(keys(listing, watcher))


@contextmanager
def changed(listing: Listing, **facts: Any) -> Iterator[None]:
    """A list with something else declared, for a while."""
    before = {name: getattr(listing, name) for name in facts}
    for name, value in facts.items():
        object.__setattr__(listing, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            object.__setattr__(listing, name, value)


def test_the_fragment_is_a_part_of_the_page_and_the_file_has_its_rows(
    world: Rows, name: str, listing: Listing, watcher: Account
) -> None:
    mine, _others = fill_both(world, name, watcher)
    client = open_session(Client(), watcher)
    with clock.at(clock.now()):
        part, page = (client.get(reverse(name), headers=each).content.decode() for each in (HTMX, {}))
    assert "<html" not in part
    assert part.strip() in page
    assert page.count("<tr>") == 1 + min(len(mine), listing.per_page)
    assert len(page) < 250_000
    source, first = source_of(name), min(mine)
    assert (source is None) == bool(listing.stays)
    assert keys(listing, watcher, only=str(first)) == [first]
    if source is None:
        return
    for given in ({}, {"only": str(first)}):
        kept = source.kept(acts(watcher), given)
        assert [row.pk for row in source.matching(acts(watcher), kept)] == keys(listing, watcher, **given)


def test_programs_get_the_rows_of_the_page(world: Rows, name: str, listing: Listing, watcher: Account) -> None:
    fill_both(world, name, watcher)
    client = open_session(Client(), watcher)
    answer = client.get(f"/api/v1/{name}")
    if not any(column.key for column in listing.columns) and answer.status_code == 404:
        return
    told = answer.json()
    shown = ListPage(listing, actor=acts(watcher), asked=asked())
    assert (told["total"], told["total_is_exact"]) == (shown.total, True)
    assert [each.get("id", each.get("code")) for each in told["items"]] == [
        row.code if name == "unions" else row.pk for row in shown.rows
    ]
    first = client.get(f"/api/v1/{name}", {"limit": 2}).json()
    second = (
        client.get(f"/api/v1/{name}", {"limit": 2, "cursor": first["next"]}).json() if first["next"] else {"items": []}
    )
    assert first["items"] + second["items"] == told["items"][:4]


def test_sixty_rows_ask_as_little_as_five(world: Rows, name: str, watcher: Account) -> None:
    client = open_session(Client(), watcher)
    world.fill(name, 5, at=world.mill, by=watcher)
    client.get(reverse(name))
    few = questions(client, name)
    world.fill(name, 55, at=world.mill, by=watcher)
    assert questions(client, name) == few


def questions(client: Client, name: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse(name)).status_code == 200
    return len(captured)


def test_an_empty_list_says_what_comes_next(world: Rows, name: str, listing: Listing, watcher: Account) -> None:
    client = open_session(Client(), watcher)
    everything = listing.visible_to
    with changed(listing, visible_to=lambda actor: everything(actor).none(), total_and_line=None):
        page = client.get(reverse(name)).content.decode()
    assert str(listing.empty.title) in page
    assert str(listing.empty.words)[:12] in page
    assert listing.empty.words
    button = listing.empty.button
    assert button is None or f'href="{button.address}"' in page
    assert "没有符合条件的" in client.get(reverse(name), {"only": 999_999_999}).content.decode()


def test_each_filter_leaves_fewer_rows_or_the_same(world: Rows, name: str, listing: Listing, watcher: Account) -> None:
    mine, _others = fill_both(world, name, watcher)
    for each in listing.filters:
        choices = each.choices_for(acts(watcher))
        for value in [value for value, _words in choices] or ["没有这样的"]:
            left = keys(listing, watcher, **{each.name: value})
            assert set(left) <= mine, each.name
            assert len(left) == len(set(left)), each.name
            assert choices or callable(each.choices) or not left, each.name


def test_each_order_shows_every_row_once_and_turns_round(
    world: Rows, name: str, listing: Listing, watcher: Account
) -> None:
    world.fill(name, 9, at=world.mill, by=watcher)
    mine = keys(listing, watcher)
    for position, column in enumerate(listing.columns, start=1):
        if not column.sort:
            continue
        for sort in (str(position), f"-{position}"):
            pages = [
                ListPage(listing, actor=acts(watcher), asked=asked(sort=sort, page=str(page)), per_page=4).rows
                for page in range(1, len(mine) // 4 + 2)
            ]
            shown = [row.pk for page in pages for row in page]
            assert sorted(shown) == sorted(mine), sort
            assert shown == keys(listing, watcher, sort=sort)
        up, down = (
            [column.of(row) for row in rows_in(listing, watcher, way)] for way in (str(position), f"-{position}")
        )
        assert up == list(reversed(down)) or len(set(map(str, up))) < len(up)


def rows_in(listing: Listing, account: Account, sort: str) -> list[Any]:
    return list(ListPage(listing, actor=acts(account), asked=asked(sort=sort)).matching)


def test_what_opens_beside_a_list_is_one_of_its_rows(world: Rows, name: str, watcher: Account) -> None:
    mine, _others = fill_both(world, name, watcher)
    client, key = open_session(Client(), watcher), min(mine)
    drawer = getattr(resolve(reverse(name)).func, "drawer", None)
    beside = client.get(reverse(name), {"open": key}, headers=BESIDE)
    if drawer is None:
        assert beside.status_code == 404
        return
    with clock.at(clock.now()):
        part = client.get(reverse(name), {"open": key}, headers=BESIDE).content.decode()
        page = client.get(reverse(name), {"open": key}).content.decode()
    assert f'data-opened="{key}"' in part
    assert "<html" not in part
    assert f'data-opened="{key}"' in page
    assert page.count('aria-current="true"') >= 1
