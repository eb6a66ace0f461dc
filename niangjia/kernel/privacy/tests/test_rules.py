from datetime import date

import pytest

from niangjia.kernel.chinese import Reason
from niangjia.kernel.privacy.rules import age_on, pseudonym, why_not_consent, why_not_erase

ON = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("born_on", "guardian_born_on", "is_guarded", "code"),
    [
        (date(1990, 1, 1), None, False, None),
        (None, None, False, None),
        (date(2012, 11, 21), None, False, None),
        (date(2012, 11, 22), None, False, "parent_consents"),
        (date(2015, 5, 1), date(1985, 5, 1), True, None),
        (date(2015, 5, 1), date(2009, 5, 1), True, "parent_not_adult"),
        (date(2015, 5, 1), None, True, "parent_not_adult"),
        (date(1990, 1, 1), date(1970, 1, 1), True, "consents_herself"),
    ],
)
def test_a_child_under_fourteen_consents_through_a_grown_up_parent(
    born_on: date | None, guardian_born_on: date | None, is_guarded: bool, code: str | None
) -> None:
    reason = why_not_consent(born_on=born_on, guardian_born_on=guardian_born_on, is_guarded=is_guarded, on=ON)
    assert (reason.code if reason else None) == code


def test_years_are_whole_ones() -> None:
    assert (age_on(date(2000, 11, 21), ON), age_on(date(2000, 11, 22), ON)) == (26, 25)


def test_a_pseudonym_says_nothing_but_that_somebody_was_erased() -> None:
    assert pseudonym((0, 1, 2, 3, 4, 5)) == "已删除·ACDEFG"
    assert len(pseudonym(tuple(range(90_000, 90_006)))) == len("已删除·ACDEFG")


def test_whoever_took_a_request_down_does_not_carry_it_out() -> None:
    still = Reason("still_member", "", {})
    assert why_not_erase(against=(), recorded_by_actor=False) is None
    second = why_not_erase(against=(), recorded_by_actor=True)
    assert second is not None
    assert second.code == "second_person"
    assert why_not_erase(against=(still,), recorded_by_actor=False) == still
