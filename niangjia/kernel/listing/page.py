"""One page of a declared list: what was asked, which rows answer it, and where the pager leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing.declaration import Column, Filter, Listing, Rows, Words
from niangjia.kernel.listing.picks import Meant, meant_by
from niangjia.kernel.listing.totals import total_and_line
from niangjia.kernel.listing.whole import first_rows
from niangjia.kernel.people.masks import masked_words

# Beyond this a count says "more than": counting a nation's register on every page would cost more than it tells.
COUNT_CEILING = 100_000
LONGEST_SEARCH = 64
# As many rows as may be ticked one by one; more are meant by "all of them".
MOST_TICKED = 500
LONGEST_NUMBER = 18
FIRST_CHIPS = 3


@dataclass(frozen=True)
class Asked:
    """A filter as the address has it: its value, the words of the chip, the address without it."""

    filter: Filter
    value: str
    choices: tuple[tuple[str, Words], ...]
    without: str
    # Of a value that was picked: what it is called; else what the words may mean, or nothing was asked.
    title: str = ""
    found: Sequence[Any] | None = None

    @property
    def caption(self) -> Words:
        """The words of the chip."""
        if self.title:
            return self.title
        if self.filter.caption is not None:
            return self.filter.caption(self.value)
        return next((words for value, words in self.choices if value == self.value), self.value)

    @property
    def with_value(self) -> str:
        """The address that a value is written behind."""
        mark = "&" if len(self.without) > 1 else ""
        return f"{self.without}{mark}{self.filter.name}="


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

    def __init__(self, listing: Listing, *, actor: Actor, asked: QueryDict, per_page: int = 0) -> None:
        self.listing = listing
        self.per_page = per_page or listing.per_page
        self.actor = actor
        self.asked = asked
        self.search = _typed(asked, "q")
        self.only = _numbers(asked)

    @cached_property
    def filters(self) -> list[Asked]:
        """Every filter with what was asked of it; a value that is not offered counts as not asked."""
        found = []
        for each in self.listing.filters:
            choices = each.choices_for(self.actor)
            value = _typed(self.asked, each.name)
            known = each.is_free or any(value == offered for offered, _ in choices)
            without = self._address(**{each.name: ""})
            meant = meant_by(each.picks, value, actor=self.actor) if each.picks and value else Meant()
            found.append(Asked(each, value if known else "", choices, without, *meant))
        return found

    @property
    def chips(self) -> list[Asked]:
        """The filters that stand in the open: those in use, and the first of the others."""
        return [each for position, each in enumerate(self._offered) if each.value or position < FIRST_CHIPS]

    @property
    def more_filters(self) -> list[Asked]:
        """The filters behind 「＋ 条件」."""
        return [each for position, each in enumerate(self._offered) if not each.value and position >= FIRST_CHIPS]

    @property
    def _offered(self) -> list[Asked]:
        return [each for each in self.filters if each.choices or each.filter.is_free]

    @property
    def has_picker(self) -> bool:
        """Whether any filter is picked, so that the page brings what that needs."""
        return any(each.picks for each in self.listing.filters)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What a form of the list carries along: filters and order, not what is searched for."""
        return [(name, value) for name, value in self._now.items() if value and name != "q"]

    @property
    def ticked(self) -> str:
        """The rows that were ticked, as one parameter."""
        return ",".join(map(str, self.only))

    @property
    def without_only(self) -> str:
        """The address with the ticked rows forgotten."""
        return self._address(only="")

    @property
    def is_searchable(self) -> bool:
        """Whether the list can be searched."""
        return self.listing.search is not None

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked that hides rows."""
        return bool(self.search or self.only) or any(each.value for each in self.filters)

    @property
    def is_sorted(self) -> bool:
        """Whether another order was asked for."""
        return self._order() != self.listing.order

    @cached_property
    def matching(self) -> Rows:
        """All rows that answer, in order, as far as this actor may see them."""
        rows = self.listing.visible_to(self.actor)
        for each in self.filters:
            if each.value:
                rows = each.filter.narrow(rows, each.value)
        if self.only:
            rows = rows.filter(pk__in=self.only)
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
        return None if self.is_narrowed else total_and_line(self.listing, self.actor)

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
        return max(1, -(-min(self.total, COUNT_CEILING) // self.per_page))

    @property
    def first(self) -> int:
        """The first row of this page, counted from 1."""
        return (self.number - 1) * self.per_page + 1

    @property
    def last(self) -> int:
        """The last row of this page."""
        return self.first + len(self.rows) - 1

    @cached_property
    def rows(self) -> list[Any]:
        """The rows of this page."""
        if not self.total:
            return []
        known = first_rows(self)
        if known is not None:
            return known
        return list(self.matching[self.first - 1 : self.first - 1 + self.per_page])

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
        return self._address(only="", **({"q": ""} if is_number else {})).removeprefix("?")

    @property
    def kept_view(self) -> str:
        """What a saved view keeps: filters and order. Words that were searched for often name somebody, and are not kept."""
        return self._address(q="", only="").removeprefix("?")

    @property
    def kept_words(self) -> str:
        """The values of a saved view, to be looked through for numbers of persons."""
        return " ".join(value for name, value in self._now.items() if name not in {"q", "only"})

    @property
    def can_be_kept(self) -> bool:
        """Whether anything is asked that a saved view could keep."""
        return bool(self.kept_view) and masked_words(self.kept_words) == self.kept_words

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What another form of the list carries along: everything asked but a whole number of somebody."""
        is_number = masked_words(self.search) != self.search
        return [*self.hidden, *([("q", self.search)] if self.search and not is_number else [])]

    @property
    def may_mean_all(self) -> bool:
        """Whether "all of them" can be said: where a whole number was searched for, the form would not carry it."""
        return masked_words(self.search) == self.search and not self.is_beyond_count

    @property
    def asked_now(self) -> str:
        """Everything asked, for an address that means the same rows."""
        return self._address().removeprefix("?")

    @property
    def opened(self) -> int | None:
        """The row that stands in the drawer, by its number."""
        return _number(self.asked.get("open", ""))

    @property
    def with_open(self) -> str:
        """The address that a row's number is written behind, to open it beside this page of the list."""
        address = self._address(page=str(self.number) if self.number > 1 else "")
        return f"{address}{'&' if len(address) > 1 else ''}open="

    @property
    def shut(self) -> str:
        """The address of this page of the list with the drawer closed."""
        return self._address(page=str(self.number) if self.number > 1 else "")

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
        asked = self._now | changed
        return f"?{urlencode({name: value for name, value in asked.items() if value})}"

    @cached_property
    def _now(self) -> dict[str, str]:
        return {name: self._kept(name) for name in sorted(self.listing.parameters)}

    def _kept(self, name: str) -> str:
        return self.ticked if name == "only" else self.asked.get(name, "")


def page_of(listing: Listing, request: HttpRequest) -> ListPage:
    """The page of a declared list that a request asks for."""
    return ListPage(listing, actor=request.actor, asked=request.GET)  # type: ignore[attr-defined]  # set by the middleware


def _numbers(asked: QueryDict) -> tuple[int, ...]:
    """The rows that were ticked: one parameter for each, or all in one."""
    written = ",".join(asked.getlist("only"))[: MOST_TICKED * (LONGEST_NUMBER + 1)].split(",")
    found = dict.fromkeys(number for each in written if (number := _number(each)) is not None)
    return tuple(found)[:MOST_TICKED]


def _number(written: str) -> int | None:
    is_number = written.isascii() and written.isdigit() and len(written) <= LONGEST_NUMBER
    return int(written) if is_number else None


def _typed(asked: QueryDict, name: str) -> str:
    """What was typed for one parameter; the character NUL is none that a database could look for."""
    return asked.get(name, "").replace("\x00", "").strip()[:LONGEST_SEARCH]
