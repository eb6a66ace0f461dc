"""What may reach the spreadsheet parser: parts of true size, no entities, nothing far away.

Runs in the child. A file of 1.5 KB with cells A1 and XFD1048576 passes any check of zip sizes and
still asks the parser for 17 thousand million cells; so rows are looked at before they are parsed.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import normpath
from xml.parsers import expat

from niangjia.kernel.intake.sheets import refusal
from niangjia.kernel.intake.sheets.columns import column_number
from niangjia.kernel.intake.sheets.refusal import Refusal

MAX_ROWS = 300_000
MAX_SHEETS = 200
MAX_PARTS = 10_000
MAX_FILE_BYTES = 100 * 1024 * 1024
# Uncompressed; a roster of 300,000 × 15 written the longest way has 260 MB.
MAX_SHEET_BYTES = 600 * 1024 * 1024
MAX_SHARED_BYTES = 120 * 1024 * 1024
MAX_SMALL_PART_BYTES = 8 * 1024 * 1024
_HEAD_BYTES = 8192
_LOCAL_HEAD_BYTES = 30
_BLOCK_BYTES = 1024 * 1024
_PLAUSIBLE_RATIO = 400

_DIMENSION = re.compile(rb'<(?:\w+:)?dimension\s[^>]*?ref="(?:[A-Z]+\d+:)?([A-Z]{1,3})(\d{1,7})"')


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet (工作表) and the zip part that holds its rows; `rows`, `columns` as declared."""

    name: str
    hidden: bool
    part: str
    rows: int
    columns: int


@dataclass(slots=True)
class Outline:
    """The sheets of a workbook, and whether its days count from 1904 (1904 日期系统)."""

    sheets: list[SheetPart] = field(default_factory=list)
    epoch_1904: bool = False
    macros: bool = False


class WorkbookBox:
    """The zip container of a workbook, opened with distrust."""

    def __init__(self, path: Path) -> None:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise Refusal("too_large", refusal.TOO_LARGE)
        try:
            self._box = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as broken:
            raise Refusal("damaged", refusal.DAMAGED_FILE) from broken
        entries = self._box.infolist()
        if len(entries) > MAX_PARTS:
            raise Refusal("too_large", refusal.TOO_LARGE)
        self._names = {entry.filename.lower(): entry.filename for entry in entries}
        if any(entry.flag_bits & 1 for entry in entries):
            raise Refusal("encrypted", refusal.ENCRYPTED_FILE)
        if len(self._names) < len(entries) or _overlap(entries):
            raise Refusal("damaged", refusal.DAMAGED_FILE)

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._names

    def has_folder(self, folder: str) -> bool:
        """Whether any part lies in the folder."""
        return any(name.startswith(folder.lower()) for name in self._names)

    def part(self, part: str, limit: int = MAX_SMALL_PART_BYTES) -> bytes:
        """A whole part, never longer than `limit` whatever its header says."""
        return b"".join(self.blocks(part, limit))

    def head(self, part: str) -> bytes:
        """The first bytes of a part, where a sheet declares its range."""
        return next(self._read(part, _HEAD_BYTES, MAX_SHEET_BYTES), b"")

    def blocks(self, part: str, limit: int) -> Iterator[bytes]:
        """A part block by block, counted as it unpacks; a document type declaration ends it."""
        tail = b""
        for block in self._read(part, _BLOCK_BYTES, limit):
            if b"<!" in block or tail.endswith((b"<", b"<!")):
                self._refuse_declarations(tail + block)
            tail = block[-2:]
            yield block

    @staticmethod
    def _refuse_declarations(block: bytes) -> None:
        if b"<!D" in block or b"<!E" in block:
            raise Refusal("dtd", refusal.DTD_FILE)

    def _read(self, part: str, block_bytes: int, limit: int) -> Iterator[bytes]:
        name = self._names.get(part.lower())
        if name is None:
            raise Refusal("damaged", refusal.DAMAGED_FILE)
        entry = self._box.getinfo(name)
        if entry.file_size > limit or entry.file_size > _PLAUSIBLE_RATIO * (entry.compress_size + 4096):
            raise Refusal("too_large", refusal.TOO_LARGE)
        try:
            with self._box.open(entry) as stream:
                while block := stream.read(block_bytes):
                    yield block
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as broken:
            raise Refusal("damaged", refusal.DAMAGED_FILE) from broken


def _overlap(entries: list[zipfile.ZipInfo]) -> bool:
    """Whether two parts share bytes (重叠的条目): thus one small core is unpacked a thousand times over."""
    end = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < end:
            return True
        end = entry.header_offset + _LOCAL_HEAD_BYTES + entry.compress_size
    return False


def outline_of(box: WorkbookBox) -> Outline:
    """Read which sheets there are, which are hidden, and the date system, without reading any row."""
    outline = Outline(macros="xl/vbaproject.bin" in box)
    targets = _relations(box)
    for element, attributes in _elements(box.part("xl/workbook.xml")):
        if element == "workbookPr":
            outline.epoch_1904 = attributes.get("date1904") in ("1", "true")
        elif element == "sheet":
            part = targets.get(_attribute(attributes, "id"), "")
            if part in box and "worksheets/" in part.lower():
                outline.sheets.append(_sheet_part(box, part, attributes))
        if len(outline.sheets) > MAX_SHEETS:
            raise Refusal("too_large", refusal.TOO_LARGE)
    return outline


def _sheet_part(box: WorkbookBox, part: str, attributes: dict[str, str]) -> SheetPart:
    declared = _DIMENSION.search(box.head(part))
    rows = int(declared[2]) if declared else 0
    columns = column_number(declared[1].decode()) if declared else 0
    hidden = attributes.get("state", "visible") != "visible"
    return SheetPart(attributes.get("name", ""), hidden, part, rows, columns)


def _relations(box: WorkbookBox) -> dict[str, str]:
    found = {}
    for element, attributes in _elements(box.part("xl/_rels/workbook.xml.rels")):
        if element == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else normpath("xl/" + target)
            found[attributes.get("Id", "")] = path
    return found


def _attribute(attributes: dict[str, str], local_name: str) -> str:
    for name, value in attributes.items():
        if name.rpartition(":")[2] == local_name and ":" in name:
            return value
    return ""


def _elements(xml: bytes) -> list[tuple[str, dict[str, str]]]:
    """Elements of a small part by local name; any declaration of entities is refused."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()

    def started(name: str, attributes: dict[str, str]) -> None:
        found.append((name.rpartition(":")[2], attributes))

    def declared(*_whatever: object) -> None:
        raise Refusal("dtd", refusal.DTD_FILE)

    parser.StartElementHandler = started
    parser.StartDoctypeDeclHandler = declared
    parser.EntityDeclHandler = declared
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as broken:
        raise Refusal("damaged", refusal.DAMAGED_FILE) from broken
    return found
