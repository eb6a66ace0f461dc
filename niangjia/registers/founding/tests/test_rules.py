"""Forms, elections and what is written, without a database."""

from datetime import date

import pytest

from niangjia.kernel.chinese import Reason
from niangjia.registers.founding.rules.applying import (
    Wish,
    Workplace,
    Written,
    read_wish,
    read_workplace,
    read_written,
)
from niangjia.registers.founding.rules.forms import form_asked, form_fault
from niangjia.registers.founding.rules.results import (
    Counted,
    group_fault,
    least_present,
    least_votes,
    lines_of,
    result_fault,
)

DAY = date(2026, 11, 20)


def codes(read: object) -> set[str]:
    return {reason.code for reason in read.values()} if isinstance(read, dict) else set()


def test_an_employer_outside_the_register_needs_a_name_and_a_right_code() -> None:
    assert read_workplace(Workplace(7)) == Workplace(7)
    assert read_workplace(Workplace(None, " 恒通机械  有限公司 ", "", 3)) == Workplace(None, "恒通机械 有限公司", "", 3)
    assert codes(read_workplace(Workplace(None, "恒通", ""))) == {"employer_name"}
    assert codes(read_workplace(Workplace(None, "恒通机械有限公司", "91349921MA00000A1X"))) == {"uscc_check_digit"}


def test_who_asks_writes_a_name_and_a_phone() -> None:
    assert read_written(Written(" 李卫东", "137 0000 0031")) == Written("李卫东", "13700000031")
    assert codes(read_written(Written("李1", "1370000"))) == {"name_invalid", "phone_invalid"}


def test_a_large_workplace_is_asked_about_no_form() -> None:
    assert form_asked("under_100", "organiser") == "committee"
    assert form_asked("under_25", "organiser") == "organiser"
    assert form_asked("under_10", "") == "advise"
    assert codes(read_wish(Wish("many"))) == {"size_missing"}


@pytest.mark.parametrize(
    ("form", "members", "fits"),
    [("organiser", 24, True), ("organiser", 25, False), ("committee", 400, True), ("joint_committee", 25, True)],
)
def test_from_twenty_five_members_there_is_a_committee(form: str, members: int, fits: bool) -> None:
    assert (form_fault(form, members=members) is None) is fits


def test_names_stand_one_on_a_line_each_once() -> None:
    assert lines_of("李卫东\n王丽、周建国\n\n 王丽 ") == ("李卫东", "王丽", "周建国")


@pytest.mark.parametrize(("number", "fits"), [(2, False), (3, True), (5, True), (6, False)])
def test_the_preparatory_group_is_three_to_five(number: int, fits: bool) -> None:
    assert (group_fault(tuple(str(n) for n in range(number))) is None) is fits


@pytest.mark.parametrize(("entitled", "present", "votes"), [(6, 4, 4), (10, 7, 6), (25, 17, 13), (3, 2, 2)])
def test_two_thirds_have_to_come_and_more_than_half_of_all_elect(entitled: int, present: int, votes: int) -> None:
    assert (least_present(entitled), least_votes(entitled)) == (present, votes)


@pytest.mark.parametrize(
    ("counted", "code"),
    [
        (Counted(DAY, 6, 4, 4), ""),
        (Counted(DAY, 6, 3, 3), "below_quorum"),
        (Counted(DAY, 10, 10, 5), "below_half"),
        (Counted(DAY, 6, 7, 4), "present_unlikely"),
        (Counted(DAY, 6, 0, 0), "present_unlikely"),
        (Counted(DAY, 6, 4, 5), "votes_unlikely"),
        (Counted(date(2026, 11, 21), 6, 6, 6), "election_day"),
        (Counted(date(2026, 10, 1), 6, 6, 6), "election_day"),
    ],
)
def test_an_election_counts_or_says_why_not(counted: Counted, code: str) -> None:
    fault = result_fault(counted, prepared_on=date(2026, 11, 1), today=DAY)
    assert (fault.code if isinstance(fault, Reason) else "") == code
