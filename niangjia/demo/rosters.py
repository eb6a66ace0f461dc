"""Write the two demo rosters: a workbook as offices keep it, and a text file as old programs save it."""

import csv
import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from niangjia.demo.rules.rosters import Formula, Roster, RosterLine, liulin_roster, shuntong_roster

WORKBOOK, TEXT = "柳林镇会员花名册.xlsx", "顺通物流会员名册.csv"

# Column of the workbook → group above it, header as the office writes it, what it holds; None is an empty column.
_COLUMNS: tuple[tuple[str, str, str] | None, ...] = (
    ("", "序号", ""),
    ("基本信息", "职工姓名", "姓名"),
    ("基本信息", "性别", "性别"),
    ("基本信息", "出生年月", "出生日期"),
    ("基本信息", "公民身份号码", "身份证号"),
    None,
    ("联系方式", "联系电话", "手机"),
    ("工会信息", "入会时间", "入会时间"),
    ("工会信息", "职务/职称", "职务"),
    ("工会信息", "所属工会", "所属工会"),
    ("其他", "学历", "学历"),
    ("其他", "备注", ""),
)
_TITLE_ROWS, _HEADER_ROWS = 2, 2
_BLANK_AFTER = 30
_TEXT_COLUMNS = (
    ("职工姓名", "姓名"),
    ("公民身份号码", "身份证号"),
    ("性别", "性别"),
    ("联系电话", "手机"),
    ("工种", "职务"),
    ("入会日期", "入会时间"),
    ("文化程度", "学历"),
)


def write_rosters(folder: Path, *, on: date) -> list[Path]:
    """Write both rosters into a folder; the same day gives the same rows."""
    folder.mkdir(parents=True, exist_ok=True)
    workbook, text = folder / WORKBOOK, folder / TEXT
    write_workbook(workbook, liulin_roster(on=on), on=on)
    write_text(text, shuntong_roster(on=on))
    return [workbook, text]


def write_workbook(path: Path, roster: Roster, *, on: date) -> None:
    """An .xlsx with title rows, a double merged header, a blank column and row, a hidden row and sheet, a totals row."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": datetime(on.year, on.month, on.day)})  # noqa: DTZ001 - a workbook knows no zone
        sheet = book.add_worksheet("会员名册")
        _write_heads(book, sheet, roster, on)
        plain, day = book.add_format({"border": 1}), book.add_format({"border": 1, "num_format": "yyyy/m/d"})
        row = _TITLE_ROWS + _HEADER_ROWS
        for number, line in enumerate(roster.lines, 1):
            _write_line(sheet, row, (number, line), (plain, day))
            row += 2 if number == _BLANK_AFTER else 1
        sheet.merge_range(row, 0, row, 1, "合计", book.add_format({"bold": True, "align": "center"}))
        sheet.write_string(row, 2, f"{len(roster.lines)}人")
        sheet.set_column(4, 4, 22)
        hidden = book.add_worksheet("2019年旧名单")
        hidden.write_row(0, 0, ["姓名", "身份证号"])
        hidden.hide()


def _write_heads(book: Any, sheet: Any, roster: Roster, on: date) -> None:
    title = book.add_format({"bold": True, "font_size": 18, "align": "center"})
    head = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter"})
    last = len(_COLUMNS) - 1
    sheet.merge_range(0, 0, 0, last, f"{on.year}年{roster.title}", title)
    sheet.merge_range(1, 0, 1, last, f"填报单位（盖章）：{roster.unit_name}　　　填报时间：{on.year}年{on.month}月")
    top, bottom = _TITLE_ROWS, _TITLE_ROWS + 1
    for group in dict.fromkeys(column[0] for column in _COLUMNS if column and column[0]):
        places = [place for place, column in enumerate(_COLUMNS) if column and column[0] == group]
        if len(places) > 1:
            sheet.merge_range(top, places[0], top, places[-1], group, head)
        else:
            sheet.write_string(top, places[0], group, head)
    for place, column in enumerate(_COLUMNS):
        if column and column[0]:
            sheet.write_string(bottom, place, column[1], head)
        elif column:
            sheet.merge_range(top, place, bottom, place, column[1], head)


def _write_line(sheet: Any, row: int, numbered: tuple[int, RosterLine], formats: tuple[Any, Any]) -> None:
    number, line = numbered
    sheet.write_number(row, 0, number, formats[0])
    for place, column in enumerate(_COLUMNS):
        value = line.cells.get(column[2], "") if column and column[2] else ""
        if isinstance(value, Formula):
            sheet.write_formula(row, place, value.text, formats[0], value.value)
        elif isinstance(value, date) and number % 3:
            sheet.write_datetime(row, place, datetime(value.year, value.month, value.day), formats[1])  # noqa: DTZ001 - as above
        elif isinstance(value, int):
            sheet.write_number(row, place, value, formats[0])
        elif value:
            sheet.write_string(row, place, _written(value), formats[0])
    if line.is_hidden:
        sheet.set_row(row, None, None, {"hidden": True})


def _written(value: object) -> str:
    return f"{value.year}-{value.month:02d}-{value.day:02d}" if isinstance(value, date) else str(value)


def write_text(path: Path, roster: Roster) -> None:
    """A .csv in GB18030 as saved by an office program: a tab behind every number, a blank line, a totals row."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(["序号", *(header for header, _ in _TEXT_COLUMNS)])
    for number, line in enumerate(roster.lines, 1):
        cells = [_written(line.cells.get(name, "")) for _, name in _TEXT_COLUMNS]
        cells[1] += "\t"
        writer.writerow([number, *cells])
        if number == _BLANK_AFTER:
            writer.writerow([""] * (len(_TEXT_COLUMNS) + 1))
    writer.writerow(["合计", f"{len(roster.lines)}人"])
    path.write_bytes(lines.getvalue().encode("gb18030"))
