"""Who may apply, field by field; and what the table of an application allows."""

from datetime import date

import pytest

from niangjia.kernel.cases.rules import Who
from niangjia.registers.members.joining.rules.applying import Applicant, Written, read_applicant
from niangjia.registers.members.joining.rules.trades import TRADES
from niangjia.registers.members.joining.rules.workflow import APPROVE, DECIDE, JOINING, OPEN_STAGES
from niangjia.registers.members.rules import OCCUPATION_GROUPS
from niangjia.registers.members.tests.people import a_number

TODAY = date(2026, 11, 21)
GOOD = Written("马小军", a_number("34992119950612", 113), "137 0000 0021")


def test_sex_and_birthday_are_read_from_the_number_and_never_asked() -> None:
    read = read_applicant(GOOD, on=TODAY)
    assert isinstance(read, Applicant)
    assert (read.sex, read.born_on, read.phone, read.id_kind) == ("male", date(1995, 6, 12), "13700000021", "id_card")


@pytest.mark.parametrize(
    ("birth", "code"),
    [("20101121", None), ("20101122", "under_16"), ("20080229", None), ("20991231", "under_16")],
    ids=["sixteen today", "sixteen tomorrow", "born on a leap day", "not born yet"],
)
def test_nobody_under_sixteen_may_apply(birth: str, code: str | None) -> None:
    read = read_applicant(Written("马小军", a_number(f"349921{birth}", 113), GOOD.phone), on=TODAY)
    assert (None if isinstance(read, Applicant) else read["id_number"].code) == code


@pytest.mark.parametrize(
    ("field", "written", "code"),
    [
        ("name", "马", "name_invalid"),
        ("name", "马小军1", "name_invalid"),
        ("id_number", "34992119950612113", "id_length"),
        ("id_number", GOOD.id_number[:17] + ("1" if GOOD.id_number[17] != "1" else "2"), "id_check_digit"),
        ("id_number", "E12345678", "other_paper"),
        ("id_number", "349921950612113", "id_length"),
        ("phone", "12345678901", "phone_invalid"),
        ("phone", "0550-1234567", "phone_invalid"),
    ],
)
def test_what_is_wrong_is_said_beside_its_own_field(field: str, written: str, code: str) -> None:
    read = read_applicant(Written(**(vars(GOOD) | {field: written})), on=TODAY)
    assert isinstance(read, dict)
    assert {name: reason.code for name, reason in read.items()} == {field: code}


def test_everything_that_is_wrong_is_said_at_once() -> None:
    read = read_applicant(Written("", "", ""), on=TODAY)
    assert isinstance(read, dict)
    assert set(read) == {"name", "id_number", "phone"}


def test_an_application_is_decided_by_another_and_ends_only_in_these_ways() -> None:
    assert all(move.who == {Who.SECOND} for move in JOINING.moves if move.is_verdict)
    assert JOINING.stage(JOINING.start).pool is not None
    finals = {stage.name for stage in JOINING.stages if stage.is_final}
    assert finals == {"joined", "transferring", "refused", "withdrawn"}
    assert {stage.name for stage in JOINING.stages} - finals == OPEN_STAGES | {"agreed"}
    assert DECIDE in JOINING.move(APPROVE).stops


def test_each_trade_is_a_group_of_the_register() -> None:
    assert {trade.key for trade in TRADES} <= set(OCCUPATION_GROUPS.titles)
