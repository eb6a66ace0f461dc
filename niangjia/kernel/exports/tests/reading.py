"""Files that were made, read again by tests."""

import csv
from io import StringIO

from niangjia.kernel.exports.models import ExportRequest
from niangjia.kernel.files.sealed_files import pieces_of


def whole(export: ExportRequest) -> bytes:
    """The file as its reader gets it."""
    return b"".join(pieces_of(export.stored_as))


def fetched(export: ExportRequest) -> str:
    """The text of a CSV file."""
    return whole(export).decode("utf-8-sig")


def csv_rows(export: ExportRequest) -> list[list[str]]:
    """The lines of a CSV file: mark, header, rows."""
    return list(csv.reader(StringIO(fetched(export))))
