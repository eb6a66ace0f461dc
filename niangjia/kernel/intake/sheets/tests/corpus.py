"""Rosters as people send them, and files made to do harm. Made anew in each test, nothing is stored.

`ROSTERS` and `HOSTILE` map a name to a function that writes the file into a folder and returns its path.
All ID numbers carry the region code 349921, which never existed.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from niangjia.kernel.intake.sheets import Field

Make = Callable[[Path], Path]

FIELDS = (
    Field("name", "姓名", ("名字", "职工姓名", "会员姓名"), required=True),
    Field("id_number", "身份证号", ("身份证号码", "公民身份号码", "证件号码", "证件号", "身份证"), required=True),
    Field("phone", "手机", ("手机号", "手机号码", "联系电话", "移动电话", "电话")),
    Field("joined_on", "入会时间", ("入会日期", "入会年月")),
    Field("employer", "工作单位", ("单位", "单位名称")),
)
HEADER = ("序号", "姓名", "身份证号", "手机号码", "入会时间", "工作单位")


def id_number(sequence: int, *, born: str = "19900307") -> str:
    """An ID number that cannot belong to anybody, with a right check digit."""
    body = f"349921{born}{sequence % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


PEOPLE = tuple(
    (str(at), name, id_number(at), f"1380013{at:04d}", "2019-03-05", "安禾县第一纺织有限公司")
    for at, name in enumerate(("陈秀兰", "高建军", "欧阳雪", "石磊", "买买提·艾力"), 1)
)
NAMES = [person[1] for person in PEOPLE]


def text(rows: Sequence[tuple[str, ...]], delimiter: str = ",", end: str = "\r\n") -> str:
    """Rows as lines of text."""
    return end.join(delimiter.join(row) for row in rows) + end


TABLE = [HEADER, *PEOPLE]


def written(content: bytes, name: str = "roster.csv") -> Make:
    """A file with just this content."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return make


def workbook(fill: Callable[[Any, Any], None], **options: Any) -> Make:
    """A workbook filled by XlsxWriter on a sheet 名册."""

    def make(folder: Path) -> Path:
        path = folder / "roster.xlsx"
        with xlsxwriter.Workbook(str(path), options) as book:
            fill(book, book.add_worksheet("名册"))
        return path

    return make


def _table(sheet: Any, top: int = 0, left: int = 0) -> None:
    for at, row in enumerate(TABLE, top):
        for column, value in enumerate(row, left):
            sheet.write_string(at, column, value)


def _plain(_book: Any, sheet: Any) -> None:
    _table(sheet)


def _titles_and_totals(_book: Any, sheet: Any) -> None:
    """Title, unit and date above; a blank row, totals and signatures below."""
    sheet.merge_range(0, 0, 0, 5, "安禾县工会会员实名制登记表")
    sheet.write_string(1, 0, "填报单位：安禾县总工会")
    sheet.write_string(1, 4, "填报日期：2026年11月20日")
    _table(sheet, top=2)
    sheet.write_string(9, 0, "合计")
    sheet.write_number(9, 1, 5)
    sheet.write_string(10, 0, "填表人：王芳")
    sheet.write_string(10, 3, "审核人：李强")


def _double_header(_book: Any, sheet: Any) -> None:
    sheet.merge_range(0, 0, 1, 0, "序号")
    sheet.merge_range(0, 1, 0, 2, "个人信息")
    sheet.write_row(1, 1, ["姓 名", "公民身份号码"])
    sheet.merge_range(0, 3, 1, 3, "联系电话\n(手机)")
    sheet.merge_range(0, 4, 0, 5, "会籍")
    sheet.write_row(1, 4, ["入会时间 *", "工作单位"])
    for at, row in enumerate(PEOPLE, 2):
        sheet.write_row(at, 0, row)


def _numeric_ids(_book: Any, sheet: Any) -> None:
    sheet.write_row(0, 0, HEADER)
    for at, person in enumerate(PEOPLE, 1):
        digits = int(person[2].replace("X", "0"))
        sheet.write_row(at, 0, [at, person[1], digits, int(person[3]), person[4], person[5]])


def _formulas(_book: Any, sheet: Any) -> None:
    _table(sheet)
    sheet.write_formula(2, 1, '="高"&"建军"', None, "高建军")
    sheet.write_formula(3, 3, "=13800130000+3", None, 13800130003)


def _hidden(book: Any, sheet: Any) -> None:
    """Two filtered rows, a hidden column, a hidden sheet before and one after."""
    _table(sheet)
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_row(4, None, None, {"hidden": True})
    sheet.set_column(5, 5, None, None, {"hidden": True})
    other = book.add_worksheet("旧名单")
    _table(other)
    other.hide()
    sheet.activate()


def _days(book: Any, sheet: Any) -> None:
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    instant = book.add_format({"num_format": "yyyy/m/d h:mm"})
    sheet.write_row(0, 0, HEADER)
    for at, person in enumerate(PEOPLE, 1):
        sheet.write_row(at, 0, person)
        sheet.write_datetime(at, 4, datetime(2019, 3, 5, 8 * (at % 2)), instant if at % 2 else day)


def _blank_columns(_book: Any, sheet: Any) -> None:
    for at, row in enumerate(TABLE, 3):
        for column, value in enumerate(row):
            sheet.write_string(at if at < 6 else at + 2, 2 * column + 1, value)


def _page_breaks(_book: Any, sheet: Any) -> None:
    rows = [("会员名册", *[""] * 5), HEADER, *PEOPLE[:2], ("小计：2人", *[""] * 5)]
    rows += [("会员名册", *[""] * 5), HEADER, *PEOPLE[2:], ("总 计", "", "", "", "", "5")]
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)


ROSTERS: dict[str, Make] = {
    "utf8": written(text(TABLE).encode()),
    "utf8_bom": written(text(TABLE).encode("utf-8-sig")),
    "gb18030": written(text(TABLE).encode("gb18030")),
    "gb18030_tabs_txt": written(text(TABLE, "\t").encode("gb18030"), "roster.txt"),
    "utf16_le_bom_tabs": written(b"\xff\xfe" + text(TABLE, "\t").encode("utf-16-le"), "roster.txt"),
    "utf16_be_bom": written(b"\xfe\xff" + text(TABLE).encode("utf-16-be")),
    "utf16_le_bare": written(text(TABLE).encode("utf-16-le")),
    "utf16_be_bare": written(text(TABLE).encode("utf-16-be")),
    "semicolons": written(text(TABLE, ";").encode()),
    "full_width_commas": written(text(TABLE, "，").encode("gb18030"), "roster.txt"),
    "old_mac_lines": written(text(TABLE, end="\r").encode()),
    "no_last_line_end": written(text(TABLE).rstrip().encode()),
    "titles_text": written(text([("安禾县会员名册",), ("",), *TABLE, ("合计：5人",)]).encode("gb18030")),
    "named_sep": written(("sep=;\r\n" + text(TABLE, ";")).encode()),
    "plain": workbook(_plain),
    "inline_strings": workbook(_plain, constant_memory=True),
    "titles_and_totals": workbook(_titles_and_totals),
    "double_header": workbook(_double_header),
    "numeric_ids": workbook(_numeric_ids),
    "formulas": workbook(_formulas),
    "hidden": workbook(_hidden),
    "days": workbook(_days),
    "days_1904": workbook(_days, date_1904=True),
    "blank_columns": workbook(_blank_columns),
    "page_breaks": workbook(_page_breaks),
}

# ── workbooks written part by part ─────────────────────────────────────────────────────────────────
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def parts(sheet: str, *, shared: str = "", before: str = "") -> dict[str, str]:
    """The parts of a small workbook around one sheet's XML; `before` goes in front of each root."""
    return {
        "[Content_Types].xml": f'{XML}<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'{XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{XML}{before}<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>'
        '<sheet name="名册" sheetId="1" state="visible" r:id="rId2"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId2" '
        f'Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId3" '
        f'Type="{_REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": XML + sheet,
        "xl/sharedStrings.xml": XML + (shared or f'<sst xmlns="{_MAIN}" count="0" uniqueCount="0"/>'),
    }


def boxed(made: dict[str, str]) -> Make:
    """Parts packed into a workbook."""

    def make(folder: Path) -> Path:
        path = folder / "roster.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as box:
            for name, content in made.items():
                box.writestr(name, content)
        return path

    return make


def sheet_xml(rows: str, *, dimension: str = "") -> str:
    """A worksheet around these rows."""
    declared = f'<dimension ref="{dimension}"/>' if dimension else ""
    return f'<worksheet xmlns="{_MAIN}">{declared}<sheetData>{rows}</sheetData></worksheet>'


def inline_rows(table: Sequence[tuple[str, ...]], *, numbered: bool = True) -> str:
    """Rows with strings in place; without numbers where an exporter leaves them out."""
    rows = []
    for at, row in enumerate(table, 1):
        cells = []
        for column, value in enumerate(row):
            place = f' r="{chr(65 + column)}{at}"' if numbered else ""
            cells.append(f'<c{place} t="inlineStr"><is><t>{value}</t></is></c>')
        tag = f'<row r="{at}">' if numbered else "<row>"
        rows.append(tag + "".join(cells) + "</row>")
    return "".join(rows)


def libreoffice_like() -> dict[str, str]:
    """As LibreOffice saves: shared strings in runs, styles on empty cells, rows formatted to the very end."""
    strings: list[str] = []
    rows = []
    for at, row in enumerate(TABLE, 1):
        cells = []
        for column, value in enumerate(row):
            cells.append(f'<c r="{chr(65 + column)}{at}" s="0" t="s"><v>{len(strings)}</v></c>')
            half = f'<r><t xml:space="preserve">{value[:1]}</t></r><r><rPr/><t>{value[1:]}</t></r>'
            strings.append(f"<si>{half if len(value) > 1 else f'<t>{value}</t>'}</si>")
        rows.append(
            f'<row r="{at}" customFormat="false" ht="12.8" hidden="false" customHeight="false" outlineLevel="0" '
            f'collapsed="false">{"".join(cells)}<c r="AMJ{at}" s="0"/></row>'
        )
    rows.append('<row r="1048576" customFormat="false" hidden="false"><c r="A1048576" s="0"/></row>')
    shared = f'<sst xmlns="{_MAIN}" count="{len(strings)}" uniqueCount="{len(strings)}">{"".join(strings)}</sst>'
    return parts(sheet_xml("".join(rows), dimension="A1:AMJ1048576"), shared=shared)


def prefixed() -> dict[str, str]:
    """As some exporters write: every name with a prefix."""
    plain = sheet_xml(inline_rows(TABLE))
    named = plain.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    return parts(named.replace(f'xmlns="{_MAIN}"', f'xmlns:x="{_MAIN}"'))


ROSTERS |= {
    "libreoffice": boxed(libreoffice_like()),
    "prefixed_names": boxed(prefixed()),
    "rows_without_numbers": boxed(parts(sheet_xml(inline_rows(TABLE, numbered=False)))),
}

# ── files made to do harm, and files that are no sheets ────────────────────────────────────────────
_FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="{column}{row}"><v>2</v></c></row>'
FAR_CELL = parts(sheet_xml(_FAR.format(row=1048576, column="XFD")))
LYING_FAR_CELL = parts(sheet_xml(_FAR.format(row=1048576, column="XFD"), dimension="A1:B2"))
WIDE_CELL = parts(sheet_xml(_FAR.format(row=2, column="XFD")))
BLOCK = parts(sheet_xml(_FAR.format(row=250_000, column="ZZ")))
_ENTITY = '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "&a;&a;&a;">]>'


def _doctype_in(part: str) -> dict[str, str]:
    made = parts(sheet_xml(inline_rows(TABLE)))
    return {**made, part: made[part].replace(XML, XML + _ENTITY)}


def bomb(folder: Path) -> Path:
    """60 MB of blanks in 60 KB."""
    made = parts(sheet_xml(inline_rows(TABLE) + " " * 60_000_000))
    return boxed(made)(folder)


def lying_sizes(folder: Path) -> Path:
    """The directory says the sheet has 100 bytes; it has many more."""
    path = boxed(parts(sheet_xml(inline_rows(TABLE * 50))))(folder)
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\x01\x02", 0, content.rfind(b"xl/worksheets/sheet1.xml"))
    struct.pack_into("<I", content, at + 24, 100)
    path.write_bytes(bytes(content))
    return path


def _ole(stream: str) -> bytes:
    """The outside of an old Office container whose directory names one stream."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + stream.encode("utf-16-le").ljust(512, b"\0")


def _zip_of(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as box:
        for name in names:
            box.writestr(name, "x")
    return made.getvalue()


_GBK = text(TABLE).encode("gb18030")
# name → (what writes it, the code of its refusal)
HOSTILE: dict[str, tuple[Make, str]] = {
    "nothing": (written(b""), "empty_file"),
    "pdf": (written(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "roster.xlsx"), "pdf"),
    "rtf": (written(b"{\\rtf1\\ansi roster}", "roster.xls"), "word"),
    "docx": (written(_zip_of("[Content_Types].xml", "word/document.xml"), "roster.xlsx"), "word"),
    "doc": (written(_ole("WordDocument"), "roster.xls"), "word"),
    "pptx": (written(_zip_of("[Content_Types].xml", "ppt/presentation.xml"), "roster.xlsx"), "slides"),
    "ods": (written(_zip_of("mimetype", "content.xml"), "roster.xlsx"), "other_sheet"),
    "xlsb": (written(_zip_of("[Content_Types].xml", "xl/workbook.bin"), "roster.xlsx"), "other_sheet"),
    "zip": (written(_zip_of("名册.xlsx"), "roster.xlsx"), "archive"),
    "rar": (written(b"Rar!\x1a\x07\x01\x00", "roster.xlsx"), "archive"),
    "png": (written(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "roster.csv"), "picture"),
    "web_page": (written("<html><table><tr><td>姓名</td></tr></table>".encode(), "roster.xls"), "web_page"),
    "sheet_of_2003_in_xml": (written(b'<?xml version="1.0"?><Workbook/>', "roster.xls"), "other_sheet"),
    "program": (written(b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 8, "roster.csv"), "not_a_sheet"),
    "encrypted": (written(_ole("EncryptedPackage"), "roster.xlsx"), "encrypted"),
    "cut_zip": (written(_zip_of("xl/workbook.xml")[:60], "roster.xlsx"), "damaged"),
    "empty_parts": (written(_zip_of("[Content_Types].xml", "xl/workbook.xml"), "roster.xlsx"), "damaged"),
    "broken_xls": (written(_ole("Workbook"), "roster.xls"), "damaged"),
    "far_cell": (boxed(FAR_CELL), "too_many_rows"),
    "lying_far_cell": (boxed(LYING_FAR_CELL), "too_many_rows"),
    "wide_cell": (boxed(WIDE_CELL), "too_many_columns"),
    "columns_without_names": (
        boxed(parts(sheet_xml("<row>" + "<c><v>1</v></c>" * 20_000 + "</row>"))),
        "too_many_columns",
    ),
    "commas": (written(b"," * 1_000_000), "too_many_columns"),
    "block": (boxed(BLOCK), "too_large"),
    "bomb": (bomb, "too_large"),
    "lying_sizes": (lying_sizes, "damaged"),
    "entities_in_workbook": (boxed(_doctype_in("xl/workbook.xml")), "dtd"),
    "entities_in_relations": (boxed(_doctype_in("xl/_rels/workbook.xml.rels")), "dtd"),
    "entities_in_sheet": (boxed(_doctype_in("xl/worksheets/sheet1.xml")), "dtd"),
    "entities_in_strings": (boxed(_doctype_in("xl/sharedStrings.xml")), "dtd"),
    "open_quote": (written(text([HEADER, ("1", '"陈秀兰', *PEOPLE[0][2:]), *PEOPLE * 40]).encode()), "unclosed_quote"),
    "late_bad_byte_gbk": (written(_GBK * 20_000 + b"\xff,x\r\n"), "undecodable"),
    "late_bad_byte_utf8": (written(text(TABLE).encode() * 9000 + b"\xff\xff,x\r\n"), "undecodable"),
}
