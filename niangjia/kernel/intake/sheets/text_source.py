"""Rosters kept as text (.csv, .txt): encoding, delimiter, and rows streamed in constant memory."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import cast

from niangjia.kernel.intake.sheets import refusal
from niangjia.kernel.intake.sheets.cells import NumberedRow
from niangjia.kernel.intake.sheets.columns import MAX_COLUMNS, column_letters
from niangjia.kernel.intake.sheets.refusal import Refusal

SAMPLE_BYTES = 256 * 1024
_BLOCK_BYTES = 1024 * 1024
_DELIMITERS = (",", "\t", ";", "，", "|")
# A cell with more line breaks than this is no address: a quote was left open.
_LINES_IN_ONE_CELL = 30
# This many 汉字 read correctly before a bad byte show that the text is UTF-8 after all.
_PROOF_OF_UTF8 = 12

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SPOKEN = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "gb18030": "GB18030"}


@dataclass(frozen=True, slots=True)
class TextLayout:
    """How a text file is to be read: its encoding (编码) and what stands between cells (分隔符)."""

    encoding: str
    delimiter: str


def layout_of(path: Path) -> TextLayout:
    """Find encoding and delimiter; text that no Chinese encoding explains is refused by line."""
    with path.open("rb") as stream:
        sample = stream.read(SAMPLE_BYTES)
    encoding = _encoding_of(path, sample)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(sample)
    return TextLayout(encoding, _delimiter_of(text))


def _encoding_of(path: Path, sample: bytes) -> str:
    for bom, encoding in _BOMS:
        if sample.startswith(bom):
            return encoding
    if b"\0" in sample:
        return _utf16_without_bom(sample)
    valid, ideographs = _read_as_utf8(path)
    if valid or ideographs >= _PROOF_OF_UTF8:
        return "utf-8"
    return "gb18030"


def _utf16_without_bom(sample: bytes) -> str:
    """Digits and commas give UTF-16 its zero bytes, all on one side."""
    pair = sample[: len(sample) // 2 * 2]
    even, odd = pair[::2].count(0), pair[1::2].count(0)
    if odd > 8 * even and odd * 20 > len(pair) // 2:
        return "utf-16-le"
    if even > 8 * odd and even * 20 > len(pair) // 2:
        return "utf-16-be"
    raise Refusal("not_a_sheet", refusal.NOT_A_SHEET)


def _read_as_utf8(path: Path) -> tuple[bool, int]:
    """Whether the whole file is UTF-8, and how many 汉字 were read before the first bad byte.

    The whole file is looked at (about 1 GB/s): a header in plain ASCII above Chinese rows in GBK
    would deceive any sample.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    ideographs = 0
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK_BYTES):
            try:
                text = decoder.decode(block)
            except UnicodeDecodeError as broken:
                text = broken.object[: broken.start].decode("utf-8", "ignore")
                return False, ideographs + _count_ideographs(text)
            if ideographs < _PROOF_OF_UTF8:
                ideographs += _count_ideographs(text)
    return not decoder.getstate()[0], ideographs


def _count_ideographs(text: str) -> int:
    return sum("\u4e00" <= letter <= "\u9fff" for letter in text[:200_000])


def _delimiter_of(text: str) -> str:
    """The delimiter that cuts most sample rows into the same number of cells."""
    lines = text.split("\n")
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].rstrip("\r")) == 5:
        return lines[0][4]
    best, best_score = ",", (0, 0)
    sample = "\n".join(lines[:400])
    for delimiter in _DELIMITERS:
        score = _evenness(sample, delimiter)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _evenness(sample: str, delimiter: str) -> tuple[int, int]:
    try:
        widths = Counter(len(row) for row in csv.reader(sample.splitlines(keepends=True), delimiter=delimiter))
    except csv.Error:
        return (0, 0)
    several = {width: rows for width, rows in widths.items() if width > 1}
    if not several:
        return (0, 0)
    width, rows = max(several.items(), key=lambda item: (item[1], item[0]))
    return (rows, width)


def rows_of(path: Path, layout: TextLayout, size: int) -> Generator[list[NumberedRow]]:
    """Stream numbered rows; the first record is row 1, blank lines count, a quoted break does not."""
    with path.open("r", encoding=layout.encoding, newline="") as stream:
        reader = csv.reader(stream, delimiter=layout.delimiter)
        numbered = enumerate(reader, 1)
        lines = 0
        try:
            while batch := list(islice(numbered, size)):
                if reader.line_num - lines > len(batch) + _LINES_IN_ONE_CELL:
                    _refuse_swallowed_rows(batch)
                lines = reader.line_num
                _refuse_wide_rows(batch)
                yield cast("list[NumberedRow]", batch)
        except UnicodeDecodeError as broken:
            line = _undecodable_line(path, layout.encoding) or reader.line_num + 1
            spoken = _SPOKEN.get(layout.encoding, "UTF-16")
            raise Refusal("undecodable", refusal.UNDECODABLE, line=line, encoding=spoken) from broken
        except csv.Error as broken:
            raise Refusal("unclosed_quote", refusal.UNCLOSED_QUOTE, row=lines + 1) from broken


def _refuse_wide_rows(batch: list[tuple[int, list[str]]]) -> None:
    """A row with a million commas is no row of a roster."""
    widest = max(len(row) for _number, row in batch)
    if widest > MAX_COLUMNS:
        raise Refusal("too_many_columns", refusal.TOO_MANY_COLUMNS, column=column_letters(widest))


def _refuse_swallowed_rows(batch: list[tuple[int, list[str]]]) -> None:
    """A quote left open makes one cell of many rows; silence here would lose people."""
    for number, row in batch:
        if any(cell.count("\n") + cell.count("\r") > _LINES_IN_ONE_CELL for cell in row):
            raise Refusal("unclosed_quote", refusal.UNCLOSED_QUOTE, row=number)


def _undecodable_line(path: Path, encoding: str) -> int | None:
    """The first physical line that cannot be decoded; None where lines cannot be told apart (UTF-16)."""
    if encoding.startswith("utf-16"):
        return None
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            try:
                line.decode(encoding)
            except UnicodeDecodeError:
                return number
    return None
