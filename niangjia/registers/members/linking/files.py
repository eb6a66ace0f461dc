"""A file of records as it is handed in (CSV): read whole or refused with every reason, never half."""

import csv
from codecs import getincrementaldecoder
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from django.utils.translation import gettext as _

from niangjia.kernel.commands import Refusal, Refused
from niangjia.registers.members.linking.rules.records import COLUMNS

BLOCK = 1 << 24
MOST_TOLD = 20
_FOLDED = "utf-8-sig"


def read_file(db: duckdb.DuckDBPyConnection, path: Path) -> None:
    """The table `written` out of a file: its seven columns as text, in the order of its rows."""
    if not path.is_file():
        raise Refused("file_missing", _("没有这个文件：{path}").format(path=path), "file")
    with _in_utf8(path) as source:
        _check_header(source)
        columns = ", ".join(COLUMNS)
        try:
            db.execute(
                f"CREATE TABLE written AS SELECT {columns} FROM read_csv(?, header = true, all_varchar = true, "  # noqa: S608 - tables and columns of our own
                "delim = ',', quote = '\"', escape = '\"', null_padding = false, strict_mode = true)",
                [str(source)],
            )
        except duckdb.Error as error:
            line = str(error).partition("\n")[0]
            raise Refused(
                "file_unreadable", _("有的行和表头的列数不一样，请另存为 CSV 再试：{line}").format(line=line), "file"
            ) from error
    _check_keys(db)


@contextmanager
def _in_utf8(path: Path) -> Iterator[Path]:
    """The file itself where it is UTF-8, else a copy of it out of GB 18030, as spreadsheets save it."""
    if _is_utf8(path):
        yield path
        return
    with TemporaryDirectory(prefix="niangjia-link-") as folder:
        copy = Path(folder) / "records.csv"
        try:
            with (
                path.open(encoding="gb18030", newline="") as source,
                copy.open("w", encoding="utf-8", newline="") as target,
            ):
                while block := source.read(BLOCK):
                    target.write(block)
        except UnicodeDecodeError as error:
            raise Refused("file_encoding", _("文件不是 UTF-8，也不是 GBK。请另存为 UTF-8 的 CSV。"), "file") from error
        yield copy


def _is_utf8(path: Path) -> bool:
    decoder = getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as source:
            while block := source.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _check_header(path: Path) -> None:
    with path.open(encoding=_FOLDED, newline="") as source:
        header = next(csv.reader(source), [])
    if not header:
        raise Refused("file_empty", _("文件是空的。第一行要有表头：key,name,id_number,phone,sex,birth_on,unit"), "file")
    missing = [
        Refusal("column_missing", _("表头缺一列：{name}").format(name=name), name)
        for name in COLUMNS
        if name not in header
    ]
    twice = [
        Refusal("column_twice", _("表头里这一列写了两次：{name}").format(name=name), name)
        for name in COLUMNS
        if header.count(name) > 1
    ]
    _refuse(missing + twice)


def _check_keys(db: duckdb.DuckDBPyConnection) -> None:
    """Each row has a key of its own."""
    bare = db.execute(
        f"SELECT rowid + 2 FROM written WHERE key IS NULL OR trim(key) = '' ORDER BY 1 LIMIT {MOST_TOLD}"  # noqa: S608 - tables and columns of our own
    ).fetchall()
    _refuse(
        [
            Refusal("key_missing", _("这一行没有编号（key）。每条记录都要有自己的编号。"), f"rows[{row}].key")
            for (row,) in bare
        ]
    )
    twice = db.execute(
        "SELECT max(rowid) + 2, min(rowid) + 2 FROM written GROUP BY key HAVING count(*) > 1 "  # noqa: S608 - tables and columns of our own
        f"ORDER BY 1 LIMIT {MOST_TOLD}"
    ).fetchall()
    _refuse(
        [
            Refusal("key_twice", _("这个编号在第 {first} 行已经用过了。").format(first=first), f"rows[{row}].key")
            for row, first in twice
        ]
    )


def _refuse(found: list[Refusal]) -> None:
    if found:
        first, *others = found
        raise Refused(first.code, first.reason, first.path, more=tuple(others))
