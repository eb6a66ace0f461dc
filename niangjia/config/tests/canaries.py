"""A thousand made-up people whose numbers must be nowhere in clear: a dump, logs, queue, cache, mail, files and their names."""

import re
from base64 import b64decode
from binascii import Error, unhexlify
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from django.db import connections
from psycopg import sql

from niangjia.registers.members.roster.tests.desk import id_number

FIRST_BIRTHDAY = date(1966, 1, 1)
DIGITS = re.compile(rb"\d{10,}[0-9Xx]?")
HEX = re.compile(rb"(?:[0-9a-f]{2}){8,}", re.IGNORECASE)
BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{12,}={0,2}")
TABLES = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname NOT LIKE 'pg\\_%%' AND n.nspname <> 'information_schema' ORDER BY 1, 2
"""
PHONE, NUMBER = 11, 18
NAME = "金雀"
NUMERALS = str.maketrans("0123456789", "零一二三四五六七八九")


class Canaries:
    """So many people, each with a number and a phone of her own."""

    def __init__(self, count: int) -> None:
        days = (FIRST_BIRTHDAY + timedelta(days=number * 11) for number in range(count))
        self.numbers = [id_number(100 + number % 800, born=day) for number, day in enumerate(days)]
        self.phones = [f"199{40_000_000 + number * 7_919}" for number in range(count)]
        self.words = {word.encode() for word in (*self.numbers, *self.phones)}

    def rows(self) -> list[list[str]]:
        """As a roster has them."""
        people = zip(self.numbers, self.phones, strict=True)
        return [[self.name(number), paper, phone, "挡车工", ""] for number, (paper, phone) in enumerate(people)]

    @staticmethod
    def name(number: int) -> str:
        """A name of Chinese characters for each of them."""
        return NAME + str(number).translate(NUMERALS)

    def found_in(self, content: bytes) -> set[bytes]:
        """Numbers and phones in a text or in bytes: as they are, two bytes a character, in hex, in base64."""
        found: set[bytes] = set()
        for spelled in _spellings(content):
            for run in DIGITS.findall(spelled):
                found |= {piece for piece in _pieces(run.upper()) if piece in self.words}
        return found


def _pieces(run: bytes) -> Iterator[bytes]:
    for length in (PHONE, NUMBER):
        for start in range(len(run) - length + 1):
            yield run[start : start + length]


def _spellings(content: bytes) -> Iterator[bytes]:
    yield content
    yield content.replace(b"\0", b"")
    for run in HEX.findall(content):
        raw = unhexlify(run)
        yield raw
        yield raw.replace(b"\0", b"")
    for run in BASE64.findall(content):
        try:
            yield b64decode(run + b"=" * (-len(run) % 4), altchars=b"-_" if {45, 95} & set(run) else None)
        except Error:
            continue


def dumped_tables() -> Iterator[tuple[str, bytes]]:
    """Every table of the database as the owner dumps it: its name and its rows as text, bytes in hex."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(TABLES)
        tables = cursor.fetchall()
        for schema, table in tables:
            copy = sql.SQL("COPY (SELECT * FROM {}) TO STDOUT").format(sql.Identifier(schema, table))
            with cursor.cursor.copy(copy) as rows:
                yield f"{schema}.{table}", b"".join(bytes(row) for row in rows)


def kept_files(folders: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    """Every file below some folders: its name and content; the name is part of what is looked at."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield str(path.relative_to(folder)), str(path.relative_to(folder)).encode() + b"\n" + path.read_bytes()
