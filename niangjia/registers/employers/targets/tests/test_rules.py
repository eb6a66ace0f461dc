"""How a target ends, what a visit says, when a new employer is late, whom a written name means."""

from datetime import date

import pytest

from niangjia.registers.employers.rules.kinds import Nature, nature_of
from niangjia.registers.employers.targets.rules.names import Matched, common_path, indexed, match, name_key
from niangjia.registers.employers.targets.rules.targets import (
    Ending,
    Outcome,
    VisitFacts,
    due_fault,
    end_faults,
    union_due_on,
    visit_faults,
)

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("opened", "months", "due"),
    [
        (date(2026, 5, 22), 6, date(2026, 11, 22)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2025, 12, 1), 12, date(2026, 12, 1)),
    ],
)
def test_a_new_employer_has_so_many_months_and_a_shorter_month_ends_them(opened: date, months: int, due: date) -> None:
    assert union_due_on(opened, months) == due


def test_a_visit_lies_between_the_handing_and_today_and_says_something() -> None:
    handed = date(2026, 11, 1)
    good = VisitFacts(date(2026, 11, 20), "办公室主任", "愿意谈", date(2026, 12, 1))
    assert visit_faults(good, handed_on=handed, on=TODAY) == {}
    bad = VisitFacts(date(2026, 11, 23), "", "", date(2026, 11, 23))
    assert {field: fault.code for field, fault in visit_faults(bad, handed_on=handed, on=TODAY).items()} == {
        "on": "visit_to_come",
        "met": "met_missing",
        "said": "said_missing",
        "next_on": "next_not_later",
    }
    early = VisitFacts(date(2026, 10, 31), "主任", "谈了")
    assert visit_faults(early, handed_on=handed, on=TODAY)["on"].code == "visit_too_early"


def test_a_refusal_says_why_and_when_to_ask_again_and_no_hand_writes_that_a_union_came() -> None:
    assert set(end_faults(Ending(Outcome.REFUSED), on=TODAY)) == {"reason", "again_on"}
    assert end_faults(Ending(Outcome.REFUSED, "老板出差", date(2027, 1, 4)), on=TODAY) == {}
    assert end_faults(Ending(Outcome.CLOSED, "已经搬走"), on=TODAY) == {}
    for outcome in (Outcome.FOUNDED, Outcome.JOINED):
        assert end_faults(Ending(outcome, "建会了"), on=TODAY)["outcome"].code == "outcome_by_itself"


def test_a_day_for_a_target_is_to_come_and_within_a_year() -> None:
    assert due_fault(TODAY, on=TODAY) is None
    assert (fault := due_fault(date(2026, 11, 21), on=TODAY)) is not None
    assert fault.code == "due_past"
    assert (fault := due_fault(date(2028, 1, 1), on=TODAY)) is not None
    assert fault.code == "due_too_late"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("迅达快递（安禾）有限公司", "迅达快递(安禾)有限公司"),
        (" 迅达 快递有限公司 ", "迅达快递有限公司"),
        ("ＡＢＣ科技有限公司", "abc科技有限公司"),
    ],
)
def test_one_name_written_two_ways_is_one_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


@pytest.mark.parametrize("written", ["", "无", "个体", "灵活就业", "自由职业", "A"])
def test_who_names_no_employer_makes_no_name(written: str) -> None:
    assert name_key(written) == ""


def test_only_the_very_name_of_one_employer_is_matched_everything_else_waits_for_a_person() -> None:
    by_key, by_core = indexed([(1, "迅达快递有限公司"), (2, "同心超市"), (3, "同心超市"), (4, "远航物流有限责任公司")])
    meant = lambda name: match(name_key(name), by_key=by_key, by_core=by_core)  # noqa: E731 - one question, asked often
    assert meant("迅达快递有限公司") == Matched(1)
    assert meant("同心超市") == Matched(None, (2, 3))
    assert meant("远航物流") == Matched(None, (4,))
    assert meant("没有这家公司") == Matched(None, ())


def test_the_place_above_all_members_is_what_their_paths_share() -> None:
    assert common_path("1.20.3.", "1.20.4.") == "1.20."
    assert common_path("1.20.", "1.20.4.") == "1.20."
    assert common_path("1.20.", "1.20.") == "1.20."
    assert common_path("1.2.", "1.20.") == "1."
    assert common_path("1.", "2.") == ""


def test_what_an_employer_is_follows_from_its_ownership() -> None:
    assert nature_of("union_2015", "170") is Nature.ENTERPRISE
    assert nature_of("union_2015", "400") is Nature.INSTITUTION
    assert nature_of("nbs_2023", "400") is Nature.COOPERATIVE
    assert nature_of("", "") is Nature.UNKNOWN
