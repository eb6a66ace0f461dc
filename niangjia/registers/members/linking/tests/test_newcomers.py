"""Somebody new held against the register: the same verdict as in bulk, found by indexes."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from niangjia.registers.members.linking.newcomers import Likely, likely_same, likely_same_each
from niangjia.registers.members.linking.rules.levels import one_slip
from niangjia.registers.members.linking.rules.nearby import meant_numbers
from niangjia.registers.members.linking.rules.records import read_id
from niangjia.registers.members.rules.id_numbers import passes
from niangjia.registers.members.tests.people import CHEN, ID_CHEN, LIU, PHONE_CHEN, a_number, enrol
from niangjia.registers.orgs.tests.office import Office

WRITTEN = {
    "name": "陈桂兰",
    "id_number": ID_CHEN,
    "phone": PHONE_CHEN,
    "sex": "女",
    "birth_on": "1980-03-02",
    "unit": "",
}


def linked(found: tuple[Likely, ...]) -> list[int]:
    return [one.subject_id for one in found if one.verdict.linked]


@pytest.fixture
def chen() -> int:
    mill = Office().mill
    enrol(dict(LIU), mill)
    return enrol(dict(CHEN), mill).pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"phone": "", "name": "陳桂蘭"},
        {"id_number": ID_CHEN[:7] + str((int(ID_CHEN[7]) + 1) % 10) + ID_CHEN[8:], "phone": "", "birth_on": ""},
        {"id_number": ID_CHEN[:16] + ID_CHEN[17] + ID_CHEN[16], "birth_on": ""},
        {"id_number": ID_CHEN[:9] + ID_CHEN[10:], "phone": ""},
        {"id_number": ID_CHEN[:6] + ID_CHEN[8:17], "phone": ""},
        {"id_number": ID_CHEN[:15] + "000", "phone": "", "birth_on": ""},
        {"id_number": "", "birth_on": ""},
        {"id_number": "", "phone": ""},
    ],
)
def test_she_is_found_again_however_she_is_written(chen: int, changed: dict[str, str]) -> None:
    assert linked(likely_same(WRITTEN | changed)) == [chen]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changed",
    [
        {"id_number": a_number("34992119800302", 304)},
        {"id_number": "", "name": "陈桂花"},
        {"id_number": "", "phone": "", "birth_on": ""},
        {"id_number": "", "birth_on": "1955-01-01"},
        {"name": "刘建国", "id_number": "", "sex": "男", "birth_on": "1979-01-01"},
    ],
)
def test_twin_daughter_namesake_and_husband_are_others(chen: int, changed: dict[str, str]) -> None:
    assert likely_same(WRITTEN | changed) == ()


@pytest.mark.django_db
def test_many_are_answered_as_each_alone(chen: int) -> None:
    rows = [WRITTEN, WRITTEN | {"name": "陈桂花", "id_number": ""}, WRITTEN | {"id_number": ""}, {}]
    assert likely_same_each(rows) == [likely_same(row) for row in rows]


@pytest.mark.django_db
def test_each_index_is_asked_and_no_table_read_through(chen: int) -> None:
    asked: list[str] = []

    def listen(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        likely_same_each([WRITTEN | {"phone": f"138{at:08d}"} for at in range(50)])
    assert len([sql for sql in asked if "same_person_" in sql]) == 2
    assert not [sql for sql in asked if "members_person" in sql]


@given(st.integers(0, 16), st.sampled_from("0123456789"))
def test_what_may_have_been_meant_is_proven_and_one_slip_away(at: int, digit: str) -> None:
    wrong = ID_CHEN[:at] + digit + ID_CHEN[at + 1 :]
    meant = meant_numbers(wrong, proven=read_id(wrong).proven)
    assert ID_CHEN in meant or wrong == ID_CHEN
    assert all(one_slip(wrong, number) for number in meant if not wrong.endswith("000"))
    assert all(read_id(number).proven for number in meant - {wrong})


@given(st.text("0123456789X", min_size=17, max_size=19) | st.tuples(st.integers(0, 17), st.sampled_from("0123456789X")))
def test_what_passes_is_what_the_whole_check_lets_pass(written: str | tuple[int, str]) -> None:
    number = written if isinstance(written, str) else ID_CHEN[: written[0]] + written[1] + ID_CHEN[written[0] + 1 :]
    assert passes(number) == (read_id(number).proven and read_id(number).number == number)


@given(st.integers(0, 16), st.sampled_from("0123456789X"))
def test_every_number_that_two_exchanged_neighbours_may_have_been_is_found(at: int, mark: str) -> None:
    """As all of them tried one by one."""
    wrong = ID_CHEN[:at] + mark + ID_CHEN[at + 1 :]
    exchanged = {wrong[:one] + wrong[one + 1] + wrong[one] + wrong[one + 2 :] for one in range(17)}
    found = meant_numbers(wrong, proven=read_id(wrong).proven)
    assert read_id(wrong).proven or {number for number in exchanged if passes(number)} <= found
