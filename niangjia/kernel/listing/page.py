"""One page of a declared list: what was asked, which rows answer it, and where the pager leads."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, QueryDict

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing.declaration import Column, Filter, Listing, Rows, Words
from niangjia.kernel.people.masks import masked_words

# Beyond this a count says "more than": counting a nation's register on every page would cost more than it tells.
COUNT_CEILING = 100_000
LONGEST_SEARCH = 64


@dataclass(frozen=True)
class Asked:
    """A filter as the address has it: its value, the words of the chip, the address without it."""

    filter: Filter
    value: str
    choices: tuple[tuple[str, Words], ...]
    without: str

    @property
    def caption(self) -> Words:
        """The words of the chip."""
        if self.filter.caption is not None:
            return self.filter.caption(self.value)
        return next((words for value, words in self.choices if value == self.value), self.value)


@dataclass(frozen=True)
class Heading:
    """A column's head: where it leads when pressed, and which way the list runs now."""

    column: Column
    address: str
    direction: str


@dataclass(frozen=True)
class Cell:
    """One value of one row, with its second line and the page it leads to."""

    column: Column
    value: Any
    note: Any
    address: str


class ListPage:
    """The answer to one address: rows, total, chips, heads, pager."""

    def __init__(self, listing: Listing, *, actor: Actor, asked: QueryDict) -> None:
        self.listing = listing
        self.actor = actor
        self.asked = asked
        self.search = _typed(asked, "q")

    @cached_property
    def filters(self) -> list[Asked]:
        """Every filter with what was asked of it; a value that is not offered counts as not asked."""
        found = []
        for each in self.listing.filters:
            choices = each.choices_for(self.actor)
            value = _typed(self.asked, each.name)
            known = not choices or any(value == offered for offered, _ in choices)
            found.append(Asked(each, value if known else "", choices, self._address(**{each.name: ""})))
        return found

    @property
    def is_searchable(self) -> bool:
        """Whether the list can be searched."""
        return self.listing.search is not None

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked that hides rows."""
        return bool(self.search) or any(each.value for each in self.filters)

    @cached_property
    def matching(self) -> Rows:
        """All rows that answer, in order, as far as this actor may see them."""
        rows = self.listing.visible_to(self.actor)
        for each in self.filters:
            if each.value:
                rows = each.filter.narrow(rows, each.value)
        if self.search and self.listing.search is not None:
            rows = self.listing.search(rows, self.search)
        return rows.order_by(*self._order())

    @property
    def line(self) -> Words:
        """The sentence beside the title."""
        if self._total_and_line is not None:
            return self._total_and_line[1]
        return self.listing.line(self.actor) if self.listing.line else ""

    @cached_property
    def _total_and_line(self) -> tuple[int, Words] | None:
        told = self.listing.total_and_line
        return None if told is None or self.is_narrowed else told(self.actor)

    @cached_property
    def total(self) -> int:
        """How many rows answer; one more than the ceiling where there are more."""
        if self._total_and_line is not None:
            return min(self._total_and_line[0], COUNT_CEILING + 1)
        return self.matching.order_by()[: COUNT_CEILING + 1].count()

    @property
    def is_beyond_count(self) -> bool:
        """Whether the total is only "more than"."""
        return self.total > COUNT_CEILING

    @property
    def counted(self) -> Words:
        """The total in words."""
        shown = min(self.total, COUNT_CEILING)
        return f"{shown:,}" if self.listing.counted is None else self.listing.counted(shown)

    @cached_property
    def number(self) -> int:
        """This page's number, from 1; an address beyond the end shows the last page."""
        wanted = self.asked.get("page", "")
        number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 8 else 1
        return max(1, min(number, self.pages))

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-min(self.total, COUNT_CEILING) // self.listing.per_page))

    @property
    def first(self) -> int:
        """The first row of this page, counted from 1."""
        return (self.number - 1) * self.listing.per_page + 1

    @property
    def last(self) -> int:
        """The last row of this page."""
        return self.first + len(self.rows) - 1

    @cached_property
    def rows(self) -> list[Any]:
        """The rows of this page."""
        if not self.total:
            return []
        return list(self.matching[self.first - 1 : self.first - 1 + self.listing.per_page])

    @property
    def table(self) -> list[list[Cell]]:
        """The rows as cells."""
        return [self.values(row) for row in self.rows]

    def values(self, row: Any) -> list[Cell]:
        """One row as cells, in the order of the columns."""
        return [
            Cell(column, column.of(row), column.note_of(row), column.link(row) if column.link else "")
            for column in self.listing.columns
        ]

    @property
    def heads(self) -> list[Heading]:
        """The heads of the columns."""
        return [self._head(position, column) for position, column in enumerate(self.listing.columns, start=1)]

    @property
    def previous_page(self) -> str:
        """Where the page before is; empty on the first."""
        return self._address(page=str(self.number - 1)) if self.number > 1 else ""

    @property
    def next_page(self) -> str:
        """Where the page after is; empty on the last."""
        return self._address(page=str(self.number + 1)) if self.number < self.pages else ""

    @property
    def remembered(self) -> str:
        """What of the address is worth remembering: search, filters, order; never a whole number of somebody."""
        is_number = masked_words(self.search) != self.search
        return self._address(**({"q": ""} if is_number else {})).removeprefix("?")

    def _head(self, position: int, column: Column) -> Heading:
        if not column.sort:
            return Heading(column, "", "")
        now = self.asked.get("sort", "")
        direction = {str(position): "ascending", f"-{position}": "descending"}.get(now, "none")
        return Heading(
            column, self._address(sort=f"-{position}" if direction == "ascending" else str(position)), direction
        )

    def _order(self) -> tuple[str, ...]:
        asked = self.asked.get("sort", "")
        position = asked.removeprefix("-")
        if not (position.isascii() and position.isdigit() and 1 <= int(position) <= len(self.listing.columns)):
            return self.listing.order
        fields = self.listing.columns[int(position) - 1].sort
        if asked.startswith("-"):
            fields = tuple(f"-{each}" for each in fields)
        return (*fields, *self.listing.order)

    def _address(self, **changed: str) -> str:
        # What narrows the list anew begins at its first page; only the pager passes a page.
        asked = {name: self.asked.get(name, "") for name in sorted(self.listing.parameters)} | changed
        kept = QueryDict(mutable=True)
        kept.update({name: value for name, value in asked.items() if value})
        return f"?{kept.urlencode()}"


def page_of(listing: Listing, request: HttpRequest) -> ListPage:
    """The page of a declared list that a request asks for."""
    return ListPage(listing, actor=request.actor, asked=request.GET)  # type: ignore[attr-defined]  # set by the middleware


def _typed(asked: QueryDict, name: str) -> str:
    """What was typed for one parameter; the character NUL is none that a database could look for."""
    return asked.get(name, "").replace("\x00", "").strip()[:LONGEST_SEARCH]
