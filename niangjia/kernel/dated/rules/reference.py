"""Reference tables as they are shipped: trades, ownership lists, regions; read from files, free of any database."""

import csv
import importlib.metadata
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from importlib import resources
from typing import NamedTuple


class TradeRow(NamedTuple):
    """One section or division of the trades (行业门类、大类)."""

    code: str
    section: str
    name: str
    valid_from: date | None
    valid_to: date | None
    source: str


class OwnershipRow(NamedTuple):
    """One type of ownership (所有制) in one of the lists in use."""

    list_name: str
    code: str
    name: str
    valid_from: date | None
    valid_to: date | None
    source: str


class RegionRow(NamedTuple):
    """One region (行政区划) under one name; abolished codes stay, old identity numbers carry them."""

    code: str
    name: str
    parent_code: str
    valid_from: date | None
    valid_to: date | None
    source: str


OWNERSHIP_LISTS = ("union_2015", "nbs_2011", "nbs_2023")


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (resources.files("niangjia.kernel.dated") / "reference" / name).read_text("utf-8")
    return csv.DictReader(text.splitlines())


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def trades() -> tuple[TradeRow, ...]:
    """All sections and divisions of GB/T 4754-2017."""
    return tuple(
        TradeRow(
            row["code"], row["section"], row["name"], _day(row["valid_from"]), _day(row["valid_to"]), row["source"]
        )
        for row in _rows("trades.csv")
    )


@cache
def ownerships() -> tuple[OwnershipRow, ...]:
    """The three ownership lists side by side."""
    return tuple(
        OwnershipRow(
            row["list_name"], row["code"], row["name"], _day(row["valid_from"]), _day(row["valid_to"]), row["source"]
        )
        for row in _rows("ownerships.csv")
    )


@cache
def demo_regions() -> tuple[RegionRow, ...]:
    """The fictional city and county of the demo."""
    return tuple(
        RegionRow(row["code"], row["name"], parent_code(row["code"]), None, None, row["source"])
        for row in _rows("regions_demo.csv")
    )


def parent_code(code: str) -> str:
    """The region above by the build of the code: county → city → province → none."""
    if code.endswith("0000"):
        return ""
    return f"{code[:2]}0000" if code.endswith("00") else f"{code[:4]}00"


_PROVINCE = re.compile(r"(\d\d) province=")
_REGION = re.compile(r'\s+(\d{4}) county="([^"]+)"')
_NAME = re.compile(r"(?:\[(\d{4})?-(\d{4})?\])?([^\[\],]+)")


def read_regions(lines: Iterable[str], *, source: str) -> list[RegionRow]:
    """Regions from stdnum's list: `2221 county="[1982-1999]昌平县"`, several names of one code set apart by commas.

    Years are all it knows: a name holds from 1 January of its first to 31 December of its last year.
    """
    found: list[RegionRow] = []
    province = ""
    for line in lines:
        head = _PROVINCE.match(line)
        if head:
            province = head[1]
            continue
        entry = _REGION.match(line)
        if entry:
            found += _names_of(province + entry[1], entry[2], source)
    codes = {row.code for row in found}
    # Counties run by the province itself (省直辖) have no city above them.
    return [
        row if row.parent_code in codes or not row.parent_code else row._replace(parent_code=row.code[:2] + "0000")
        for row in found
    ]


def _names_of(code: str, text: str, source: str) -> Iterator[RegionRow]:
    for first, last, name in _NAME.findall(text):
        begins = date(int(first), 1, 1) if first else None
        # One name is said to end the year before it begins: it held for that one year at least.
        ends = date(max(int(last), int(first or 0)), 12, 31) if last else None
        yield RegionRow(code, name.strip(), parent_code(code), begins, ends, source)


@cache
def shipped_regions() -> tuple[RegionRow, ...]:
    """All regions GB/T 2260 has known since 1980, as the installed python-stdnum lists them."""
    version = importlib.metadata.version("python-stdnum")
    text = (resources.files("stdnum.cn") / "loc.dat").read_text("utf-8")
    return tuple(read_regions(text.splitlines(), source=f"GB/T 2260 及历年变更（python-stdnum {version}）"))
