"""What one row of a roster says, and everything that can be wrong with it."""

from collections import Counter
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from niangjia.kernel.chinese import Reason
from niangjia.kernel.intake.sheets import Cell, FormulaCell
from niangjia.kernel.people.masks import masked_number, masked_phone, masked_words
from niangjia.registers.members.models import Person
from niangjia.registers.members.roster.checking import CheckedRow, RowChecker
from niangjia.registers.members.roster.columns import FIELDS
from niangjia.registers.members.roster.tests.people import (
    codes,
    counts,
    csv_file,
    id_number,
    landed,
    person,
    phone,
    union,
)
from niangjia.registers.members.rules import ROSTER_FAULTS, ROSTER_WARNINGS

ON = date(2026, 3, 2)
COLUMNS = {field.code: place for place, field in enumerate(FIELDS)}
UNIONS: dict[str, int | Reason] = {"A1": 7} | {
    name: Reason(code, "「{written}」", {"written": name})
    for name, code in (("谁", "union_unknown"), ("两个", "union_ambiguous"), ("别家", "union_outside"))
}
GOOD: dict[str, Cell] = {"name": "王小一", "id_number": id_number(1), "phone": phone(1), "sex": "男", "union": "A1"}
CHILD = id_number(1, birth="20150312")


def find_union(name: str) -> int | Reason:
    return UNIONS.get(name) or Reason("union_unknown", "「{written}」", {"written": name})


def checker() -> RowChecker:
    return RowChecker(COLUMNS, on=ON, unit_id=5, find_union=find_union)


def checked(*, by: RowChecker | None = None, **cells: Cell) -> CheckedRow:
    row: list[Cell] = [None] * len(COLUMNS)
    for field, cell in (GOOD | cells).items():
        row[COLUMNS[field]] = cell
    return (by or checker()).check(row)


def with_check(head: str) -> str:
    return next(head + mark for mark in "0123456789X" if "id_check_digit" not in found(id_number=head + mark))


def found(**cells: Cell) -> list[str]:
    return [remark.reason.code for remark in checked(**cells).remarks]


def test_a_good_row_is_a_member_without_remarks() -> None:
    row = checked(workplace="鸿远纺织", joined_on="2019-03-05", ethnicity="汉族", migrant="是", member_no="0071")
    assert row.remarks == ()
    assert row.member is not None
    assert (row.member.name, row.member.id_number, row.member.phone) == ("王小一", id_number(1), phone(1))
    assert (row.member.sex, row.member.birth_on, row.member.union_id) == ("male", date(1985, 3, 12), 7)
    assert (row.member.joined_on, row.member.migrant, row.member.member_no) == (date(2019, 3, 5), "yes", "0071")
    assert row.key == ("id_card", id_number(1))


FAULTS: list[tuple[str, dict[str, Cell]]] = [
    ("name_missing", {"name": None}),
    ("name_missing", {"name": " \u3000"}),
    ("name_invalid", {"name": "王小1"}),
    ("name_invalid", {"name": "王"}),
    ("id_missing", {"id_number": ""}),
    ("id_numeric_cell", {"id_number": 3.49900198503120e17}),
    ("id_numeric_cell", {"id_number": 349900850312001}),
    ("id_length", {"id_number": id_number(1)[:-1]}),
    ("id_length", {"id_number": "34990019850312O01X"}),
    ("id_check_digit", {"id_number": id_number(1)[:-1] + ("0" if id_number(1)[-1] != "0" else "1")}),
    ("id_date", {"id_number": "349900198502300012"}),
    ("id_region", {"id_number": "999900198503120012"}),
    ("id_kind_unknown", {"id_kind": "学生证"}),
    ("id_kind_needed", {"id_number": "E12345678", "sex": None}),
    ("id_invalid", {"id_number": "E1", "id_kind": "护照"}),
    ("sex_contradicts_id", {"sex": "女"}),
    ("birth_contradicts_id", {"birth_on": "1985-03-13"}),
    ("sex_unknown", {"sex": "不详"}),
    ("birth_invalid", {"birth_on": "85年"}),
    ("birth_invalid", {"birth_on": "2027-01-01", "id_number": "E12345678", "id_kind": "护照"}),
    ("under_16", {"id_number": CHILD}),
    ("under_16", {"birth_on": "2012-01-01", "id_number": "E12345678", "id_kind": "护照"}),
    ("phone_invalid", {"phone": "0554-1234567"}),
    ("phone_invalid", {"phone": phone(1) + "/" + phone(2)}),
    ("union_unknown", {"union": "谁"}),
    ("union_ambiguous", {"union": "两个"}),
    ("union_outside", {"union": "别家"}),
    ("joined_on_invalid", {"joined_on": "2026-03-03"}),
    ("joined_on_invalid", {"joined_on": "1999-03-05"}),
    ("joined_on_invalid", {"joined_on": "去年"}),
    *(("formula_cell", {field: FormulaCell("甲")}) for field in COLUMNS),
]
WARNINGS: list[tuple[str, dict[str, Cell]]] = [
    ("id_15_converted", {"id_number": "349900850312001"}),
    ("value_unknown", {"ethnicity": "不知道"}),
    ("month_only", {"joined_on": "2019年3月"}),
]
OF_THE_WHOLE_FILE = {
    "same_id_two_names", "duplicate_differs", "phone_shared", "hidden_row", "hidden_sheet", "cached_values", "macros_left_out",
}  # fmt: skip
OF_THE_REGISTER = {"name_differs_from_register", "active_elsewhere", "phone_confirmed_by_owner"}


@pytest.mark.parametrize(("code", "cells"), FAULTS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_fault_is_told_and_the_row_does_not_land(code: str, cells: dict[str, Cell]) -> None:
    row = checked(**cells)
    assert [remark.reason.code for remark in row.remarks if remark.is_fault] == [code]
    assert row.member is None
    assert str(row.remarks[0].reason)


@pytest.mark.parametrize(("code", "cells"), WARNINGS)
def test_a_warning_is_told_and_the_row_lands(code: str, cells: dict[str, Cell]) -> None:
    row = checked(**cells)
    assert [(remark.reason.code, remark.is_fault) for remark in row.remarks] == [(code, False)]
    assert row.member is not None


def test_every_code_that_one_row_can_have_was_tried() -> None:
    assert {code for code, _ in FAULTS} == set(ROSTER_FAULTS) - OF_THE_WHOLE_FILE - OF_THE_REGISTER
    assert {code for code, _ in WARNINGS} == set(ROSTER_WARNINGS) - OF_THE_WHOLE_FILE - OF_THE_REGISTER


def test_several_faults_of_a_row_are_told_at_once() -> None:
    assert found(name=None, phone="1", union="谁", sex="?") == [
        "name_missing",
        "sex_unknown",
        "phone_invalid",
        "union_unknown",
    ]


def test_a_number_is_converted_and_read_like_a_new_one() -> None:
    row = checked(id_number="349900850312001")
    assert row.member is not None
    assert (row.member.id_number[:17], row.member.birth_on) == ("34990019850312001", date(1985, 3, 12))


def test_a_phone_kept_as_a_number_is_fine_and_a_paper_never() -> None:
    row = checked(phone=float(phone(1)))
    assert row.member is not None
    assert row.member.phone == phone(1)


@pytest.mark.parametrize("first", [True, 1, 1.0])
def test_what_a_column_said_before_does_not_change_what_it_says_now(first: Cell) -> None:
    alone = [checked(migrant=cell).member for cell in (True, 1)]
    by = checker()
    checked(by=by, migrant=first)
    assert [checked(by=by, migrant=cell).member for cell in (True, 1)] == alone


def test_sixteen_is_reached_on_the_birthday() -> None:
    assert found(id_number=id_number(1, birth="20100302")) == []
    assert found(id_number=id_number(1, birth="20100303")) == ["under_16"]


MIXED_UP = [id_number(1), f"{id_number(1)[:6]} {id_number(1)[6:14]} {id_number(1)[14:]}", phone(1), f"+86 {phone(1)[:3]}-{phone(1)[3:7]}-{phone(1)[7:]}", f"王小一{id_number(1)}"]  # fmt: skip


@pytest.mark.parametrize("field", list(COLUMNS))
@pytest.mark.parametrize("wrapped", [False, True])
@pytest.mark.parametrize("written", MIXED_UP)
def test_a_number_in_the_wrong_column_is_never_told_whole(field: str, wrapped: bool, written: str) -> None:
    row = checked(**{field: FormulaCell(written) if wrapped else written})
    said = "".join(f"{remark.shown}{remark.reason}" for remark in row.remarks) + ("" if row.member else row.name)
    bare = "".join(mark for mark in said if mark.isalnum() or mark == "*")
    assert id_number(1) not in bare
    assert phone(1) not in bare


def test_masks_keep_the_last_four() -> None:
    assert masked_words(f"张三 {phone(1)}") == "张三 139****0001"
    assert masked_words("2019-03-05") == "2019-03-05"
    assert masked_phone(phone(1)) == "139****0001"
    assert masked_number(id_number(1)) == "*" * 14 + id_number(1)[-4:]
    assert masked_number("E12") == "***"


texts = st.text(st.characters(codec=None), max_size=20) | st.sampled_from(
    [*MIXED_UP, "男", "汉族", "护照", "A1", "谁", "2019-03-05", "2019.3", "\x00", "王小一", "='1'", '="3"', "\ud800王"]
)
numbers = (
    st.integers(-(10**300), 10**300) | st.integers(0, 100_000) | st.floats() | st.sampled_from([13900000001, 1.39e10])
)
days = st.dates() | st.datetimes()
plain: st.SearchStrategy[Any] = st.none() | texts | numbers | days | st.booleans()
cells = plain | st.builds(FormulaCell, plain)
good_cells = st.fixed_dictionaries({field: st.just(cell) | cells for field, cell in GOOD.items()})


@given(
    row=st.lists(cells, max_size=len(COLUMNS) + 2) | good_cells.map(lambda said: [said.get(field) for field in COLUMNS])
)
@tries(max_examples=600, deadline=None)
def test_any_row_is_a_member_or_has_a_fault_and_nothing_is_raised(row: list[Cell]) -> None:
    result = checker().check(row)
    faults = [remark for remark in result.remarks if remark.is_fault]
    assert (result.member is None) == bool(faults)
    for remark in result.remarks:
        known = ROSTER_FAULTS if remark.is_fault else ROSTER_WARNINGS
        assert remark.reason.code in known
        assert len(remark.shown) <= 48
        f"{remark.reason}{remark.shown}".encode()
        assert "\x00" not in f"{remark.reason}{remark.shown}{result.name}"
    if result.member is not None:
        assert result.member.name
        assert result.member.union_id in {5, 7}


@given(
    number=st.integers(0, 99_999),
    field=st.sampled_from(list(COLUMNS)),
    around=st.tuples(st.text(max_size=3), st.text(max_size=3)),
)
@tries(max_examples=200, deadline=None)
def test_a_whole_number_is_never_shown(number: int, field: str, around: tuple[str, str]) -> None:
    for whole in (id_number(number), phone(number)):
        row = checked(**{field: f"{around[0]}{whole}{around[1]}"})
        assert not any(whole in f"{remark.shown}{remark.reason}" for remark in row.remarks)


# What a text file can carry in a field, quoted as a spreadsheet program quotes it.
AWKWARD = [
    "a\tb",
    "a\\tb",
    "\\N",
    "\\.",
    "a\nb",
    "a\r\nb",
    'say "x"',
    "{a,b}",
    "a,b",
    "'a",
    "\\\\",
    "\x01\x7f",
    "NULL",
    "甲{乙}\\",
]


def quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'


def as_file(folder: Path, workplaces: list[str]) -> Path:
    header = ["姓名", "身份证号码", "手机", "性别", "入会时间", "工作单位"]
    lines = [",".join(header)]
    lines += [",".join(map(quoted, [*person(number), each])) for number, each in enumerate(workplaces)]
    path = folder / "awkward.csv"
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode())
    return path


RANDOM = Random(20260302)
ALPHABET = "\t\\\n\r\"',;{}[]()%$&|<>=+-@#NnTtxb0 .　·王小一𠮷é\u0600\u202e\x01\x7f"
ANYTHING = ["".join(RANDOM.choices(ALPHABET, k=RANDOM.randint(1, 14))) for _ in range(400)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("workplaces", [AWKWARD, ANYTHING], ids=["awkward", "anything"])
def test_any_text_comes_through_the_database_as_it_was_checked(tmp_path: Path, workplaces: list[str]) -> None:
    batch = landed(as_file(tmp_path, workplaces), union("A1"))
    assert codes(batch) == []
    assert counts(batch) == (len(workplaces), 0, 0, 0, 0)
    kept = Person.objects.order_by("subject_id").values_list("workplace", flat=True)
    said = [checked(workplace=each).member for each in workplaces]
    assert Counter(kept) == Counter(member.workplace or "" for member in said if member)


@pytest.mark.django_db(transaction=True)
def test_names_of_every_people_come_through_the_database_and_are_found(tmp_path: Path) -> None:
    names = ["阿卜杜拉·买买提", "𠮷田一", "O'Brien Mary", "Jean-Luc Picard", "欧阳娜娜", "Müller, Jürgen"]
    rows = [person(number, name=name) for number, name in enumerate(names)]
    lines = ["姓名,身份证号码,手机,性别,入会时间"] + [",".join(map(quoted, row)) for row in rows]
    (tmp_path / "names.csv").write_bytes("\r\n".join(lines).encode())
    batch = landed(tmp_path / "names.csv", union("A1"))
    assert counts(batch) == (len(names), 0, 0, 0, 0), codes(batch)
    assert set(Person.objects.values_list("name", flat=True)) == set(names)


@pytest.mark.django_db(transaction=True)
def test_a_file_with_mixed_up_columns_leaves_no_number_in_clear(tmp_path: Path) -> None:
    rows = [[id_number(1), phone(1), id_number(2), "男", "2019-03-05"], [phone(3), id_number(3), "x", phone(3), "2019"]]
    batch = landed(csv_file(tmp_path, rows), union("A1"))
    assert batch.rejected == 2
    clear = [id_number(1), id_number(2), phone(1), id_number(3), phone(3)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(remark::text, ' ') FROM intake_remark AS remark")
        told_words = str(cursor.fetchone()[0])
    assert not [number for number in clear if number in told_words]
