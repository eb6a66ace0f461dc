"""Which kind of file this is, judged by its content and never by its name."""

from __future__ import annotations

import mmap
from enum import Enum
from pathlib import Path

from niangjia.kernel.intake.sheets import refusal
from niangjia.kernel.intake.sheets.opendocument import MIMETYPES
from niangjia.kernel.intake.sheets.refusal import Refusal
from niangjia.kernel.intake.sheets.workbook_guard import WorkbookBox


class Format(Enum):
    """The kinds of file that are read; which workbook a box (zip) holds is told by the child that may look into it."""

    TEXT = "text"
    BOX = "box"
    XLSX = "xlsx"
    ODS = "ods"
    XLS = "xls"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM6", b"II*\0", b"MM\0*")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_OLD_SHEETS = (b"\x09\x08\x10\x00", b"\x09\x08\x08\x00", b"\x09\x04\x06\x00")


def format_of(path: Path) -> Format:
    """Tell the kind of file from its first bytes (真实格式); a kind that is not a sheet is refused."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    if not head:
        raise Refusal("empty_file", refusal.EMPTY_FILE)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Format.BOX
    if head.startswith(_OLE):
        return _format_of_ole(path)
    _refuse_foreign(head)
    return Format.TEXT


def _refuse_foreign(head: bytes) -> None:
    """Name the usual wrong files, so that the person knows what to look for."""
    if head.lstrip().startswith(b"%PDF"):
        raise Refusal("pdf", refusal.PDF_FILE)
    if head.startswith(b"{\\rtf"):
        raise Refusal("word", refusal.WORD_FILE)
    if head.startswith(_PICTURES) or head[8:12] == b"WEBP":
        raise Refusal("picture", refusal.PICTURE_FILE)
    if head.startswith(_ARCHIVES):
        raise Refusal("archive", refusal.ARCHIVE_FILE)
    if head.startswith(_OLD_SHEETS):
        raise Refusal("other_sheet", refusal.OTHER_SHEET_FILE)
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"")[:300].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head")):
        raise Refusal("web_page", refusal.WEB_PAGE_FILE)
    if start.startswith(b"<?xml"):
        raise Refusal("other_sheet", refusal.OTHER_SHEET_FILE)


def format_in_box(box: WorkbookBox) -> Format:
    """A workbook, a Word document and a plain archive are all zip files; the parts inside tell."""
    if "xl/workbook.xml" in box:
        return Format.XLSX
    if "mimetype" in box:
        return _format_by_mimetype(box.head("mimetype").strip())
    if "xl/workbook.bin" in box:
        raise Refusal("other_sheet", refusal.OTHER_SHEET_FILE)
    if box.has_folder("word/"):
        raise Refusal("word", refusal.WORD_FILE)
    if box.has_folder("ppt/"):
        raise Refusal("slides", refusal.SLIDES_FILE)
    if "[Content_Types].xml" in box:
        return Format.XLSX
    raise Refusal("archive", refusal.ARCHIVE_FILE)


def _format_by_mimetype(mimetype: bytes) -> Format:
    """OpenDocument names its kind in a part of its own."""
    if mimetype in MIMETYPES:
        return Format.ODS
    if b"opendocument.text" in mimetype:
        raise Refusal("word", refusal.WORD_FILE)
    if b"opendocument.presentation" in mimetype:
        raise Refusal("slides", refusal.SLIDES_FILE)
    raise Refusal("other_sheet", refusal.OTHER_SHEET_FILE)


def _format_of_ole(path: Path) -> Format:
    """Old Office files and encrypted new ones share one container; its directory names the streams."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            raise Refusal("encrypted", refusal.ENCRYPTED_FILE)
        if content.find("WordDocument".encode("utf-16-le")) >= 0:
            raise Refusal("word", refusal.WORD_FILE)
        if content.find("PowerPoint Document".encode("utf-16-le")) >= 0:
            raise Refusal("slides", refusal.SLIDES_FILE)
        if any(content.find(name.encode("utf-16-le")) >= 0 for name in ("Workbook", "Book")):
            return Format.XLS
    raise Refusal("not_a_sheet", refusal.NOT_A_SHEET)
