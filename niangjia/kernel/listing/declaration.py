"""What a list is made of: columns, filters, search, order, and the words where it is empty."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial, reduce
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise

from niangjia.kernel.access.rules import Actor, Move
from niangjia.kernel.chinese import Reason
from niangjia.kernel.exports.declaration import Secret, Template, no_templates
from niangjia.kernel.listing.picks import Picks

Words = str | Promise
Rows = QuerySet[Any]
Choices = Iterable[tuple[str, Words]]
KINDS = ("text", "number", "day", "moment", "mono")
PER_PAGE = 50
# Search, order, page, rows that were ticked, the row in the drawer: no filter may take these names.
OWN_PARAMETERS = frozenset({"q", "sort", "page", "per_page", "only", "open", "all"})


@dataclass(frozen=True)
class Badge:
    """A state in a cell: a form, which gives icon and colour, and a word."""

    form: str
    words: Words

    def __str__(self) -> str:
        return str(self.words)


@dataclass(frozen=True)
class Button:
    """Something to press beside a list's title or in its empty state."""

    words: Words
    address: str
    icon: str = ""
    main: bool = False
    allowed: Callable[[Actor], bool] | None = None

    def is_for(self, actor: Actor) -> bool:
        """Whether this actor is offered the button."""
        return self.allowed is None or self.allowed(actor)


@dataclass(frozen=True)
class Column:
    """A column: its title, and what it shows of a row (a dotted name, or a function of the row)."""

    title: Words
    value: str | Callable[[Any], Any]
    kind: str = "text"
    link: Callable[[Any], str] | None = None
    sort: tuple[str, ...] = ()
    wide_only: bool = False
    note: str | Callable[[Any], Any] | None = None
    # What the column hides; an export writes it out only where two people agreed.
    secret: Secret | None = None
    # The column's name for programs; a column without one is not told to them.
    key: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind} is no kind of column: {', '.join(KINDS)}")

    @cached_property
    def of(self) -> Callable[[Any], Any]:
        """What the column shows of a row."""
        return _reading(self.value)

    @cached_property
    def note_of(self) -> Callable[[Any], Any]:
        """The second line of the cell, if any."""
        return _reading(self.note) if self.note is not None else _nothing


@dataclass(frozen=True)
class Filter:
    """A way to narrow the list, by one parameter of the address."""

    name: str
    title: Words
    apply: str | Callable[[Rows, str], Rows]
    choices: Choices | Callable[[Actor], Choices] = ()
    caption: Callable[[str], Words] | None = None
    # What programs read of it, in English.
    told: str = ""
    # What is picked from, where nothing else is offered: the value is its code.
    picks: Picks | None = None

    def __post_init__(self) -> None:
        if not callable(self.choices):
            object.__setattr__(self, "choices", tuple(self.choices))

    @property
    def is_free(self) -> bool:
        """Whether any text may be asked for; what an actor is offered may also be nothing."""
        return not callable(self.choices) and not self.choices

    def choices_for(self, actor: Actor) -> tuple[tuple[str, Words], ...]:
        """The values offered to this actor."""
        return tuple(self.choices(actor) if callable(self.choices) else self.choices)

    def narrow(self, rows: Rows, value: str) -> Rows:
        """The rows that this value leaves."""
        return rows.filter(**{self.apply: value}) if isinstance(self.apply, str) else self.apply(rows, value)


@dataclass(frozen=True)
class Preview:
    """What an action would do with the chosen rows: those it changes, how many it leaves alone and why, or why it cannot be."""

    changes: tuple[int, ...] = ()
    left: tuple[tuple[Words, int], ...] = ()
    words: tuple[Words, ...] = ()
    refusal: Reason | None = None

    @property
    def left_alone(self) -> int:
        """How many rows stay as they are."""
        return sum(number for _words, number in self.left)


@dataclass(frozen=True)
class BulkAction:
    """Something that is done with many rows at once (批量办理): looked at first, then done in one transaction.

    `asks` is what has to be said (a choice, or a text where nothing is offered); `preview(rows, value, by=actor)` changes
    nothing; `apply(keys, value, by=actor)` is a service: it looks at the rights of every row anew, skips what needs no
    change, writes one entry of the journal for each record, and answers how many it changed.
    """

    key: str
    words: Words
    icon: str
    move: Move
    asks: Words
    preview: Callable[..., Preview]
    apply: Callable[..., int]
    choices: Choices | Callable[[Actor], Choices] = ()
    # Said on the page of the preview: what follows from it, and what does not.
    consequence: Words = ""
    help: Words = ""

    def __post_init__(self) -> None:
        if not callable(self.choices):
            object.__setattr__(self, "choices", tuple(self.choices))

    def choices_for(self, actor: Actor) -> tuple[tuple[str, Words], ...]:
        """The values offered to this actor; none means that any text may be written."""
        return tuple(self.choices(actor) if callable(self.choices) else self.choices)


@dataclass(frozen=True)
class Drawer:
    """One row beside its list (抽屉): a template without a frame, and what it shows of the row to who asks."""

    template: str
    context: Callable[[HttpRequest, Any], dict[str, Any]]


@dataclass(frozen=True)
class Empty:
    """What stands where there is nothing: what comes next, and one button."""

    title: Words
    words: Words = ""
    button: Button | None = None
    icon: str = "list-search"


@dataclass(frozen=True)
class Listing:
    """A declared list; see the package for an example."""

    name: str
    title: Words
    visible_to: Callable[[Actor], Rows]
    columns: tuple[Column, ...]
    order: tuple[str, ...]
    empty: Empty
    filters: tuple[Filter, ...] = ()
    search: Callable[[Rows, str], Rows] | None = None
    search_words: Words = ""
    buttons: tuple[Button, ...] = ()
    line: Callable[[Actor], Words] | None = None
    counted: Callable[[int], Words] | None = None
    # How many rows there are where nothing narrows them, and the line: where one look at all rows tells both.
    total_and_line: Callable[[Actor], tuple[int, Words]] | None = None
    move: Move | None = None
    # Fixed columns that others ask for, offered where the list is exported.
    templates: Callable[[date, str], tuple[Template, ...]] = no_templates
    # What can be done with many rows at once.
    actions: tuple[BulkAction, ...] = ()
    # Why this list never leaves the house; every other one can be exported.
    stays: str = ""
    per_page: int = PER_PAGE
    # Its rows depend on nothing of an actor but where she holds the rights of `move`; then one question serves everybody.
    by_place_alone: bool = False
    # What that question reads of a row that has far more; every column must be content with it.
    reads: tuple[str, ...] = ()
    _names: frozenset[str] = field(init=False, repr=False, default=frozenset())

    def __post_init__(self) -> None:
        names = frozenset(each.name for each in self.filters)
        if len(names) < len(self.filters) or names & OWN_PARAMETERS:
            raise ValueError(f"filters of {self.name} share a name, or take one of the list's own")
        object.__setattr__(self, "_names", names)

    @property
    def parameters(self) -> frozenset[str]:
        """The parameters of the address that this list understands."""
        return self._names | {"q", "sort", "only"}


def _reading(value: str | Callable[[Any], Any]) -> Callable[[Any], Any]:
    """How a value is read of a row, found once for a column and not for every cell."""
    if callable(value):
        return value
    return partial(_reached, value.split(".")) if "." in value else attrgetter(value)


def _reached(names: list[str], row: Any) -> Any:
    return reduce(_part, names, row)


def _nothing(_row: Any) -> str:
    return ""


def _part(thing: Any, name: str) -> Any:
    return None if thing is None else getattr(thing, name)
