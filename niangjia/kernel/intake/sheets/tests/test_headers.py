"""Headers under the names people use, in any order, with titles above and groups over them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.kernel.intake.sheets import (
    REASON_COLUMN,
    ROW_COLUMN,
    Cell,
    Header,
    MissingColumns,
    RowSorter,
    fingerprint,
    recognise,
)
from niangjia.kernel.intake.sheets.tests.corpus import FIELDS, id_number


def header_of(*rows: Sequence[Cell], **words: Any) -> Header:
    found = recognise(list(enumerate(rows, 1)), FIELDS, **words)
    assert isinstance(found, Header), found
    return found


@pytest.mark.parametrize(
    "name",
    [
        "姓名",
        "姓 名",
        " 姓\u3000名 ",
        "*姓名",
        "姓名（必填）",
        "姓名(必填)",
        "姓名：",
        "1.姓名",
        "职工姓名",
        "名字",
        "\ufeff姓名\u200b",
        "【姓名】",
        "姓名★",
    ],
)
def test_a_name_column_is_found_however_it_is_written(name: str) -> None:
    assert header_of([name, "身份证号"]).index == {"name": 0, "id_number": 1}


@pytest.mark.parametrize("name", ["身份证号码（18位）", "公民身份号码", "身份证号\n(必填)", "ＩＤ", "身份证"])
def test_an_id_column_is_found_however_it_is_written(name: str) -> None:
    given_by_hand = {"id": "id_number"} if name == "ＩＤ" else None
    assert header_of(["姓名", name], given=given_by_hand).index["id_number"] == 1


@pytest.mark.parametrize("name", ["电话（单位）", "手机（配偶）", "联系电话(紧急联系人)"])
def test_somebody_elses_phone_is_not_taken_for_the_members(name: str) -> None:
    assert "phone" not in header_of(["姓名", "身份证号", name]).index


@given(st.permutations(["姓名", "身份证号", "手机", "入会时间", "", "备注", "工作单位"]))
@settings(max_examples=60)
def test_columns_may_stand_in_any_order(names: list[str]) -> None:
    found = header_of([*names])
    assert found.index == {field.code: names.index(field.label) for field in FIELDS}
    assert [column.written for column in found.unknown] == ["备注"]


def test_titles_above_are_passed_over() -> None:
    found = header_of(
        ["安禾县职工名册"], ["填报单位：安禾县总工会", None, "2026年"], [], ["姓名", "身份证号"], ["张三", "1"]
    )
    assert (found.first_row, found.data_starts_after) == (4, 4)


def test_a_merged_header_of_two_rows_is_joined() -> None:
    found = header_of(
        ["序号", "姓名", "证件", "", "联系", ""],
        ["", "", "类型", "号码", "手机", "电话"],
        ["1", "张三", "身份证", "2", "3", "4"],
        given={"证件号码": "id_number"},
    )
    assert (found.first_row, found.data_starts_after) == (1, 2)
    assert found.index["name"] == 1
    assert found.index["id_number"] == 3


def test_the_same_name_below_two_groups_is_told_apart_by_the_group() -> None:
    found = header_of(["职工", "", "配偶", ""], ["姓名", "身份证号", "姓名", "身份证号"], ["张三", "1", "李四", "2"])
    assert found.index == {"name": 0, "id_number": 1}


def test_two_columns_that_claim_one_field_leave_it_to_the_first_and_are_reported() -> None:
    found = header_of(["姓名", "身份证号", "手机", "联系电话"])
    assert found.index["phone"] == 2
    assert [column.written for column in found.twice] == ["联系电话"]


def test_a_mapping_by_hand_wins_over_a_remembered_one_and_that_over_names() -> None:
    rows: list[Sequence[Cell]] = [["姓名", "曾用名", "证件", "手机"]]
    found = header_of(*rows, remembered={"证件": "id_number", "曾用名": "name"}, given={"手机": ""})
    assert found.index == {"name": 1, "id_number": 2}
    assert [column.how for column in found.columns] == ["twice", "remembered", "remembered", "given"]


def test_a_mapping_is_remembered_by_the_mark_of_the_header() -> None:
    rows: list[Sequence[Cell]] = [["姓名", "证件"]]
    mark = fingerprint(["姓 名：", "证件*"])
    found = header_of(*rows, remembered={mark: {"证件": "id_number"}}.get)
    assert (found.fingerprint, found.index["id_number"]) == (mark, 1)


def test_the_mark_leaves_out_the_columns_we_added() -> None:
    assert fingerprint([ROW_COLUMN, REASON_COLUMN, "姓名"]) == fingerprint(["姓名"])
    assert fingerprint(["姓名", "手机"]) != fingerprint(["手机", "姓名"])


def test_a_missing_column_is_named_together_with_what_was_seen() -> None:
    found = recognise([(1, ["职工姓名", "证件", "电话"])], FIELDS)
    assert isinstance(found, MissingColumns)
    assert "「身份证号」" in found.reason
    assert "职工姓名、证件、电话" in found.reason
    assert found.header is not None
    assert found.header.index == {"name": 0, "phone": 2}


def test_a_sheet_without_a_header_is_refused() -> None:
    sheets: list[list[list[Cell]]] = [[], [["说明"]], [["张三", id_number(1)], ["李四", id_number(2)]]]
    for rows in sheets:
        found = recognise(list(enumerate(rows, 1)), FIELDS)
        assert isinstance(found, MissingColumns)


SORTER = RowSorter(header_of(["会员名册"], ["序号", "姓名", "身份证号", "手机", "工作单位", "备注"]))
ID = id_number(1)


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (["", None, "  ", "\u3000", "", ""], "blank"),
        ([], "blank"),
        (["合计", "", "", "", "", "5"], "totals"),
        (["合计", 5, "", "", "", ""], "totals"),
        (["总 计：", "5人", "", "", "", ""], "totals"),
        (["", "小计", "", "", "", ""], "totals"),
        (["共计5人", "", "", "", "", ""], "totals"),
        (["本页合计：5 人", "", "", "", "", ""], "totals"),
        (["序号", "姓名", "身份证号", "手机", "工作单位", "备注"], "header"),
        (["序号", "姓 名", "身份证号", "手机", "工作单位", "备注"], None),
        (["会员名册"], "header"),
        (["填表人：王芳", "", "审核人：李强", "", "日期：2026年11月20日"], "notes"),
        (["填表人:", "", "", "", "", ""], "notes"),
        (["备注：以上人员均已入会", "", "", "", "", ""], "notes"),
    ],
)
def test_rows_of_layout_are_left_out(cells: list[Cell], why: str | None) -> None:
    assert SORTER.left_out(9, cells) == why


@pytest.mark.parametrize(
    "cells",
    [
        ["1", "合计", ID, "", "", ""],
        ["合计", "张三", "", "", "", ""],
        ["合计", "", ID, "", "", ""],
        ["1", "", "", "", "", ""],
        ["", "", "", "13800130001", "", ""],
        ["填表人：王芳", "张三", ID, "", "", ""],
        ["备注：新来", "李四", "", "", "", ""],
        ["共青", "", "", "", "", ""],
        [0, "", "", "", "", ""],
        ["序号", "姓名", "身份证号", "手机", "工作单位", "备注", "x"],
    ],
)
def test_a_row_in_doubt_is_kept_to_be_reported(cells: list[Cell]) -> None:
    assert SORTER.left_out(9, cells) is None


@given(
    st.lists(st.one_of(st.none(), st.text(max_size=12), st.integers(), st.booleans()), max_size=6),
    st.text("张王李赵陈", min_size=2, max_size=3),
)
@settings(max_examples=150)
def test_no_row_with_a_name_and_an_id_is_ever_left_out(cells: list[Cell], name: str) -> None:
    row = [*cells, *[""] * 6][:6]
    row[1:3] = [name, ID]
    assert SORTER.left_out(9, row) is None
