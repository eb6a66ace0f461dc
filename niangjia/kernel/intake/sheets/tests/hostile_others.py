"""OpenDocument and text files that are odd or made to do harm, each with what must become of it."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

from niangjia.kernel.intake.sheets.tests.corpus import HEADER, NAMES, PEOPLE, TABLE, Make, text, written
from niangjia.kernel.intake.sheets.tests.hostile_books import Taken, Verdict, later, nested

SHEET_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMED = " ".join(f'xmlns:{name}="{_NS}{name}:1.0"' for name in ("office", "table", "text", "style", "script"))


def ods_cell(value: str, attributes: str = "") -> str:
    """A cell with text in it."""
    return f'<table:table-cell office:value-type="string"{attributes}><text:p>{value}</text:p></table:table-cell>'


def ods_rows(table: Sequence[Sequence[str]]) -> str:
    """Rows of text."""
    return "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in table)


def ods(
    rows: str, *, before: str = "", after: str = "", mimetype: str = SHEET_TYPE, doctype: str = "",
    more: dict[str, str] | None = None, styles: str = "",
) -> Make:  # fmt: skip
    """An OpenDocument spreadsheet around the rows of its sheet 名册."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<office:document-content {_NAMED}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{before}"
        f'<table:table table:name="名册">{rows}</table:table>{after}</office:spreadsheet></office:body>'
        "</office:document-content>"
    )

    def make(folder: Path) -> Path:
        path = folder / "roster.ods"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as box:
            box.writestr(zipfile.ZipInfo("mimetype"), mimetype)
            for name, inside in ({"content.xml": content} | (more or {})).items():
                box.writestr(name, inside)
        return path

    return make


_GOOD = ods_rows(TABLE)
_WIDE = ' table:number-columns-repeated="16384"'
_TALL = ' table:number-rows-repeated="1048576"'
_LAUGHS = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
_HIDING = (
    '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
)
_NOTED = '<office:annotation><text:p>注</text:p></office:annotation><text:p>陈<text:s text:c="1"/>秀<text:span>兰</text:span></text:p>'


def _row(cells: str, attributes: str = "") -> str:
    return f"<table:table-row{attributes}>{cells}</table:table-row>"


def _typed(kind: str, attributes: str, shown: str = "") -> str:
    return f'<table:table-cell office:value-type="{kind}" {attributes}><text:p>{shown}</text:p></table:table-cell>'


_DAYS = "".join(
    _row(ods_cell("9") + ods_cell("甲") + _typed("date", f'office:date-value="{value}"', value))
    for value in ("9999-12-31", "-0044-03-15", "2019-03-05T08:00:00", "2019-03-05T00:00:00+08:00", "2019-02-31")
)
_VALUES = "".join(
    _row(ods_cell("9") + ods_cell("甲") + cell)
    for cell in (
        _typed("float", 'office:value="3.49921199003070e17"', "3.5E+17"),
        _typed("float", 'office:value="NaN"'),
        _typed("float", 'office:value="nonsense"', "x"),
        _typed("boolean", 'office:boolean-value="true"'),
        _typed("time", 'office:time-value="PT99999999H"', "08:00"),
        _typed("unheard-of", "", "x"),
    )
)

ODS: dict[str, tuple[Make, Verdict]] = {
    "ods_plain": (ods(_GOOD), Taken()),
    "ods_template": (ods(_GOOD, mimetype=SHEET_TYPE + "-template"), Taken()),
    "ods_blank_to_the_end": (
        ods(f"{ods_rows(TABLE)}{_row(f'<table:table-cell{_WIDE}/>', _TALL)}"),
        Taken(),
    ),
    "ods_wide": (ods(_GOOD + _row(ods_cell("甲", _WIDE))), "too_many_columns"),
    "ods_wider": (ods(_GOOD + _row(ods_cell("甲", ' table:number-columns-repeated="999999999999"'))), "too_many_columns"),
    "ods_tall": (ods(_GOOD + _row(ods_cell("甲"), _TALL)), "too_many_rows"),
    "ods_far": (ods(_GOOD + _row("", _TALL) + _row(ods_cell("甲"))), "too_many_rows"),
    "ods_block": (
        ods(_row(ods_cell("甲", ' table:number-columns-repeated="700"'), ' table:number-rows-repeated="299999"')),
        "too_large",
    ),
    "ods_many_blocks": (
        ods(_row(ods_cell("甲", ' table:number-columns-repeated="700"'), ' table:number-rows-repeated="30000"') * 10),
        "too_large",
    ),
    "ods_unreadable_repeat": (ods(_row(ods_cell("甲", ' table:number-columns-repeated="many"'))), "damaged"),
    "ods_endless_repeat": (ods(_row(ods_cell("甲", f' table:number-columns-repeated="{"9" * 5000}"'))), "damaged"),
    "ods_negative_repeat": (ods(_GOOD.replace("<table:table-cell ", '<table:table-cell table:number-columns-repeated="-5" ')), Taken()),
    "ods_blanks_bomb": (
        ods(_GOOD + _row(ods_cell('<text:s text:c="2000000000"/>' * 10))),
        Taken(),
    ),
    "ods_entities": (ods(_GOOD, doctype=_LAUGHS), "dtd"),
    "ods_bomb": (later(lambda: ods(_GOOD + " " * 60_000_000)), "too_large"),
    "ods_locked": (ods(_GOOD, more={"META-INF/manifest.xml": "<m:manifest><m:encryption-data/></m:manifest>"}), "encrypted"),
    "ods_macros": (ods(_GOOD, more={"Basic/Standard/Module1.xml": "Sub Main"}), Taken(warnings=("macros_left_out",))),
    "ods_hidden_rows": (
        ods(_GOOD + _row(ods_cell("6") + ods_cell("藏"), ' table:visibility="filter"')),
        Taken(names=(*NAMES, "藏"), hidden=(7,)),
    ),
    "ods_hidden_sheet": (
        ods(_GOOD, styles=_HIDING, before=f'<table:table table:name="旧" table:style-name="ta2">{_GOOD}</table:table>'),
        Taken(hidden_sheets=("旧",)),
    ),
    "ods_linked_tables": (
        ods(_GOOD, after=f'<table:dde-links><table:dde-link><table:table table:name="x">{_GOOD}</table:table></table:dde-link></table:dde-links>'),
        Taken(),
    ),
    "ods_formulas": (
        ods(_GOOD + _row(ods_cell("6") + ods_cell("藏") + ods_cell("x", ' table:formula="of:=WEBSERVICE(&quot;http://x.invalid&quot;)"'))),
        Taken(names=(*NAMES, "藏"), formulas=1),
    ),
    "ods_notes_and_runs": (
        ods(_GOOD + _row(ods_cell("6") + f'<table:table-cell office:value-type="string">{_NOTED}</table:table-cell>')),
        Taken(names=(*NAMES, "陈 秀兰")),
    ),
    "ods_odd_days": (ods(_GOOD + _DAYS), Taken(names=(*NAMES, *["甲"] * 5))),
    "ods_odd_values": (ods(_GOOD + _VALUES), Taken(names=(*NAMES, *["甲"] * 6))),
    "ods_sheet_in_a_cell": (
        ods(_GOOD + _row(f"<table:table-cell><table:table table:is-sub-table='true'>{_GOOD}</table:table></table:table-cell>")),
        Taken(),
    ),
    "ods_many_sheets": (ods(_GOOD, after='<table:table table:name="x"/>' * 300), "too_large"),
    "ods_nested_deep": (ods("<table:table-row-group>" * 100_000), "damaged"),
    "ods_without_content": (ods("", more={"content.xml": ""}), "damaged"),
    "odt": (ods(_GOOD, mimetype="application/vnd.oasis.opendocument.text"), "word"),
    "odp": (ods(_GOOD, mimetype="application/vnd.oasis.opendocument.presentation"), "slides"),
    "epub": (ods(_GOOD, mimetype="application/epub+zip"), "other_sheet"),
}  # fmt: skip

_PLAIN = text(TABLE)
_MARKED = _PLAIN.replace("陈", "\u202e\u200b陈\ufeff").replace("3499", "３４９９").replace("1380", "\u00a01380")
_MIXED = text(TABLE[:3]) + text(TABLE[3:5], end="\n") + text(TABLE[5:], end="\r\n")

TEXTS: dict[str, tuple[Make, Verdict]] = {
    "mark_only": (written(b"\xef\xbb\xbf"), "missing_columns"),
    "header_text_only": (written(text([HEADER]).encode()), Taken(names=())),
    "zero_bytes_inside": (written(_PLAIN.encode().replace("陈".encode(), b"\0")), "not_a_sheet"),
    "zero_bytes_alone": (written(b"\0" * 5000), "not_a_sheet"),
    "late_zero_byte": (
        written(text([*TABLE * 5000, ("9", "末\0尾", *PEOPLE[0][2:])]).encode()),
        Taken(names=(*(["陈秀兰", "高建军", "欧阳雪", "石磊", "买买提·艾力"] * 5000), "末尾")),
    ),
    "long_line": (written((_PLAIN + "9,甲," + "x" * 3_000_000).encode()), "unclosed_quote"),
    "mixed_line_ends": (written(_MIXED.encode()), Taken()),
    "marks_and_full_width": (written(_MARKED.encode()), Taken()),
    "half_a_letter_gbk": (written(text(TABLE).encode("gb18030") + b"9,\x81"), "undecodable"),
    "lone_surrogate_utf16": (written(b"\xff\xfe" + _PLAIN.encode("utf-16-le") + b"\x00\xd8\x2c\x00"), "undecodable"),
    "lone_surrogate_utf8": (written(text(TABLE * 5).encode() + b"9,\xed\xa0\x80,\r\n"), "undecodable"),
    "odd_length_utf16": (written(b"\xff\xfe" + _PLAIN.encode("utf-16-le") + b"1"), "undecodable"),
    "page_behind_text": (written((_PLAIN + "<html><script>alert(1)</script>").encode()), Taken()),
    "formulas_as_text": (
        written(text([*TABLE, ("=cmd|' /C calc'!A0", "=1+1", "+8613800130001", "@SUM(1)", "-1", "\t=1")]).encode()),
        Taken(names=(*NAMES, "=1+1")),
    ),
    "numbers_in_e_notation": (written(text([*TABLE, ("6", "甲", "3.49921E+17")]).encode()), Taken(names=(*NAMES, "甲"))),
    "boxes_in_boxes": (written(nested(4), "roster.xlsx"), "archive"),
    "gzip": (written(b"\x1f\x8b\x08\0" + b"\0" * 100, "roster.csv"), "archive"),
    "vector_picture": (written(b'<?xml version="1.0"?><svg onload="alert(1)"/>', "roster.csv"), "other_sheet"),
    "java_script": (written(b"<html><script>", "roster.csv"), "web_page"),
}  # fmt: skip
