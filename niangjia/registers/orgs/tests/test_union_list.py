"""A list of unions becomes the tree."""

import csv
import json
from argparse import Namespace
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from niangjia.config.command import collect
from niangjia.kernel.access.rules import Actor, Right, Role
from niangjia.kernel.commands import Refused
from niangjia.kernel.intake.models import Import, Remark, State
from niangjia.kernel.intake.sheets import Refusal
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.places.models import Place
from niangjia.registers.orgs.commands import bring_unions, list_unions
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.rules import Level
from niangjia.registers.orgs.services import (
    UndoRefused,
    edit_union,
    facts_of,
    import_unions,
    try_unions,
    undo_import,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
OPERATOR = Actor.operator()
HEADER = ["工会编码", "工会名称", "上级工会编码", "层级", "统一社会信用代码", "行政区划代码", "第二上级编码"]
TREE = [
    ["B1", "鸿远纺织有限公司工会", "T1", "基层工会", "81110105MC0123450P", "", ""],
    ["F1", "柳林镇建材行业工会联合会", "T1", "联合会", "", "", ""],
    ["T1", "柳林镇总工会", "C1", "乡镇", "", "", ""],
    ["C1", "安禾县总工会", "", "县级", "", "349921", ""],
    ["G1", "细纱甲班小组", "S1", "工会小组", "", "", ""],
    ["S1", "细纱车间分会", "B1", "分会", "", "", ""],
    ["I1", "安禾县教育工会", "C1", "产业", "", "", ""],
    ["B2", "安禾一中工会", "C1", "base", "", "", "I1"],
]


def sheet(folder: Path, rows: list[list[str]], name: str = "工会.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return path


def land(folder: Path, rows: list[list[str]], *, by: Actor = OPERATOR, on: date = DAY) -> Any:
    return import_unions(sheet(folder, rows), filename="工会.csv", by=by, on=on)


def codes(landed: Any) -> list[tuple[int, str]]:
    return [(fault.row, fault.reason.code) for fault in landed.faults]


def parent_of(code: str) -> str | None:
    return Union.objects.values_list("place__parent__union__code", flat=True).get(code=code)


def counts(landed: Any) -> tuple[int, ...]:
    return tuple(landed.counts[name] for name in ("rows_in", "created", "updated", "unchanged", "rejected"))


def test_rows_in_any_order_become_the_tree(tmp_path: Path) -> None:
    landed = land(tmp_path, TREE)
    assert (counts(landed), landed.faults) == ((8, 8, 0, 0, 0), [])
    ids = dict(Union.objects.values_list("code", "pk"))
    group = Place.objects.get(union__code="G1")
    assert group.path == "".join(f"{ids[code]}." for code in ("C1", "T1", "B1", "S1", "G1"))
    assert (group.at_county, group.at_town, group.at_base, group.city) == (ids["C1"], ids["T1"], ids["B1"], "349900")
    federation = Union.objects.get(code="F1")
    assert (federation.kind, federation.place.level) == ("federation", Level.VILLAGE)
    assert Union.objects.get(code="B2").place.second_parent_id == ids["I1"]


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    land(tmp_path, TREE)
    before = list(Union.objects.order_by("pk").values())
    assert counts(land(tmp_path, TREE)) == (8, 0, 0, 8, 0)
    assert list(Union.objects.order_by("pk").values()) == before


def test_a_trial_counts_the_same_and_leaves_nothing(tmp_path: Path) -> None:
    landed = try_unions(sheet(tmp_path, TREE), filename="x.csv", by=OPERATOR)
    assert counts(landed) == (8, 8, 0, 0, 0)
    assert not Union.objects.exists()
    assert not Import.objects.exists()


def test_blank_cells_never_erase_and_changed_ones_change(tmp_path: Path) -> None:
    land(tmp_path, TREE)
    landed = land(
        tmp_path, [["B1", "鸿远纺织集团工会", "", "", "", "", ""], ["B2", "安禾一中工会", "T1", "", "", "", ""]]
    )
    assert codes(landed) == []
    assert counts(landed) == (2, 0, 2, 0, 0)
    mill, school = Union.objects.get(code="B1"), Union.objects.get(code="B2")
    assert (mill.uscc, mill.name, parent_of("B1")) == ("81110105MC0123450P", "鸿远纺织集团工会", "T1")
    assert (parent_of("B2"), school.place.second_parent_id) == ("T1", Union.objects.get(code="I1").pk)


def test_circles_are_refused_and_what_hangs_on_them(tmp_path: Path) -> None:
    land(tmp_path, TREE)
    rows = [
        ["X1", "甲联合会", "X2", "村", "", "", ""], ["X2", "乙联合会", "X1", "村", "", "", ""],
        ["X3", "丙工会", "X1", "基层", "", "", ""], ["X4", "丁工会", "X4", "基层", "", "", ""],
    ]  # fmt: skip
    landed = land(tmp_path, rows)
    assert codes(landed) == [(2, "parent_cycle"), (3, "parent_cycle"), (4, "parent_unknown"), (5, "parent_cycle")]
    assert counts(landed) == (4, 0, 0, 0, 4)


def test_a_union_is_not_moved_below_itself_by_a_list(tmp_path: Path) -> None:
    rows = [
        ["C1", "县总工会", "", "县", "", "", ""],
        ["B1", "集团工会", "C1", "基层", "", "", ""],
        ["B2", "子公司工会", "B1", "基层", "", "", ""],
    ]
    land(tmp_path, rows)
    assert codes(land(tmp_path, [["B1", "集团工会", "B2", "基层", "", "", ""]])) == [(2, "parent_cycle")]
    swapped = land(
        tmp_path, [["B1", "集团工会", "B2", "基层", "", "", ""], ["B2", "子公司工会", "C1", "基层", "", "", ""]]
    )
    assert counts(swapped) == (2, 0, 2, 0, 0)
    assert parent_of("B1") == "B2"


def test_each_faulty_row_says_which_column_and_why(tmp_path: Path) -> None:
    land(tmp_path, TREE)
    rows = [
        ["", "没有编码工会", "C1", "基层", "", "", ""], ["编码", "坏编码工会", "C1", "基层", "", "", ""],
        ["N1", "", "C1", "基层", "", "", ""], ["N2", "某工会", "ZZ", "基层", "", "", ""],
        ["N3", "某工会", "C1", "处级", "", "", ""], ["N4", "某工会", "C1", "基层", "81110105MC0123450Q", "", ""],
        ["N5", "某工会", "C1", "基层", "81110105MC0123450P", "", ""], ["N6", "某工会", "C1", "基层", "", "34", ""],
        ["N7", "某工会", "", "基层", "", "", ""], ["N8", "某工会", "C1", "", "", "", ""],
        ["N9", "某分会", "C1", "分会", "", "", ""], ["T1", "柳林镇总工会", "C1", "村", "", "", ""],
        ["M1", "甲工会", "C1", "基层", "", "", ""], ["M1", "乙工会", "C1", "基层", "", "", ""],
        ["M2", "丙工会", "C1", "基层", "", "", ""], ["M2", "丙工会", "T1", "基层", "", "", ""],
        ["M3", "丁工会", "C1", "基层", "", "", ""], ["M3", "丁工会", "C1", "基层", "", "", ""],
        ["M4", "戊工会", "C1", "基层", "", "", "N2"],
    ]  # fmt: skip
    landed = land(tmp_path, rows)
    assert codes(landed) == [
        (2, "code_missing"), (3, "code_invalid"), (4, "name_missing"), (5, "parent_unknown"), (6, "level_unknown"),
        (7, "uscc_check_digit"), (8, "uscc_taken"), (9, "region_unknown"), (10, "parent_missing"), (11, "level_missing"),
        (12, "parent_level"), (13, "level_differs_from_register"), (14, "code_two_unions"), (15, "code_two_unions"),
        (17, "duplicate_differs"), (20, "second_parent_unknown"),
    ]  # fmt: skip
    assert counts(landed) == (19, 2, 0, 1, 16)
    assert Remark.objects.filter(batch=landed.batch).count() == 16
    assert Remark.objects.get(batch=landed.batch, row=5).shown == "ZZ"


def test_only_the_topmost_row_may_lack_a_parent(tmp_path: Path) -> None:
    rows = [["P1", "省总工会", "", "省", "", "", ""], ["C1", "县总工会", "", "县", "", "", ""]]
    assert codes(land(tmp_path, rows)) == [(3, "parent_missing")]


def test_a_cadre_brings_unions_below_her_own_only(tmp_path: Path) -> None:
    land(tmp_path, TREE)
    town = Place.objects.get(union__code="T1")
    cadre = Actor(account_id=None, name="周敏", rights=(Right(Role.CADRE, town.pk, town.path),))
    rows = [["N1", "新工会", "T1", "基层", "", "", ""], ["N2", "新工会", "C1", "基层", "", "", ""], ["B2", "安禾一中工会改名", "", "", "", "", ""],
            ["R1", "另一个省", "", "省", "", "", ""]]  # fmt: skip
    assert codes(land(tmp_path, rows, by=cadre)) == [(3, "parent_outside"), (4, "union_outside"), (5, "parent_missing")]


def test_a_file_without_the_needed_columns_is_refused_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("工会编码,工会名称\nA,甲工会\n", encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        import_unions(path, filename="x.csv", by=OPERATOR, on=DAY)
    assert refused.value.code == "missing_columns"
    assert not Import.objects.exists()


def test_an_import_is_undone_whole(tmp_path: Path) -> None:
    land(tmp_path, TREE)
    before = sorted(Place.objects.values_list("id", "path", "parent_id"))
    names = sorted(Union.objects.values_list("code", "name", "uscc"))
    batch = land(tmp_path, [["B1", "改名工会", "C1", "", "", "", ""], ["N1", "新工会", "B1", "基层", "", "", ""]]).batch
    undo_import(batch, by=OPERATOR, on=date(2026, 3, 3))
    assert sorted(Place.objects.values_list("id", "path", "parent_id")) == before
    assert sorted(Union.objects.values_list("code", "name", "uscc")) == names
    batch.refresh_from_db()
    assert batch.state == State.UNDONE
    with pytest.raises(UndoRefused):
        undo_import(batch, by=OPERATOR, on=DAY)


def test_undo_is_refused_where_somebody_was_here_since(tmp_path: Path) -> None:
    batch = land(tmp_path, TREE).batch
    mill = Union.objects.select_related("place").get(code="B1")
    edit_union(mill.pk, replace(facts_of(mill), phone="1"), by=OPERATOR, on=DAY)
    land(tmp_path, [["N1", "新工会", "T1", "基层", "", "", ""]])
    with pytest.raises(UndoRefused) as refused:
        undo_import(batch, by=OPERATOR, on=DAY)
    assert {(each.code, each.reason.code) for each in refused.value.touched} == {
        ("B1", "changed_since"),
        ("T1", "in_use"),
    }
    assert Union.objects.count() == 9


def test_an_import_is_one_entry_of_the_journal(tmp_path: Path) -> None:
    landed = land(tmp_path, TREE)
    entry = Entry.objects.get(verb="import_unions")
    assert (entry.thing_id, entry.detail["created"]) == (landed.batch.pk, 8)


def test_the_commands_speak_json_as_documented(tmp_path: Path) -> None:
    path = sheet(tmp_path, [*TREE, ["N2", "某工会", "ZZ", "基层", "", "", ""]])
    body = bring_unions(Namespace(file=str(path), dry_run=False)).body
    assert (
        body["rows_in"] == body["created"] + body["updated"] + body["unchanged"] + body["rejected"] + body["conflicts"]
    )
    (fault,) = body["faults"]
    assert (fault["sheet"], fault["row"], fault["column"], fault["code"]) == ("", 10, "上级工会编码", "parent_unknown")
    json.dumps(body)
    listed = list_unions(Namespace(under="T1")).body["unions"]
    assert [(union["code"], union["parent"], union["level"]) for union in listed] == [
        ("T1", "C1", "town"), ("B1", "T1", "base"), ("S1", "B1", "branch"), ("G1", "S1", "group"), ("F1", "T1", "federation"),
    ]  # fmt: skip
    with pytest.raises(Refused):
        list_unions(Namespace(under="不存在"))


def test_the_command_takes_a_list_back_or_says_what_stands_in_the_way(tmp_path: Path) -> None:
    first = land(tmp_path, TREE).batch
    second = land(tmp_path, [["N1", "新工会", "T1", "基层", "", "", ""]]).batch
    command = collect()["undo-import"]
    refused = command.run(Namespace(id=first.pk))
    assert refused.exit_code == 1
    assert [each["path"] for each in refused.body["refused"]] == ["T1"]
    assert command.run(Namespace(id=second.pk)).body["state"] == "undone"
    assert command.run(Namespace(id=first.pk)).body["state"] == "undone"
    assert not Union.objects.exists()
