"""What the lines of work declare for the worker's side: services, things under way, what is held, the own union."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing import Badge

Words = str | Promise


def everybody(_actor: Actor) -> bool:
    """A service for whoever is signed in."""
    return True


def registered(actor: Actor) -> bool:
    """A service for whoever is in the register of persons."""
    return actor.subject_id is not None


@dataclass(frozen=True)
class Group:
    """A group of services (办事分类); groups stand in the order of their numbers."""

    title: Words
    order: int


@dataclass(frozen=True)
class Service:
    """A service (办事事项) that works today: what it is, who handles it, by when and by which rule, where it begins.

    `handler` is empty where people do it themselves. `words` are what else people call it; it is found by them, by pinyin and by initials. `short` is what the first page
    writes under the icon. The eight services with the lowest `order` stand there.
    """

    key: str
    title: Words
    line: Words
    address: str
    icon: str
    group: Group
    order: int
    handler: Words
    within: Words
    short: Words = ""
    words: tuple[str, ...] = ()
    is_for: Callable[[Actor], bool] = everybody

    @property
    def caption(self) -> Words:
        """What stands under the icon."""
        return self.short or self.title


@dataclass(frozen=True)
class Happened:
    """One step that a thing under way has gone (经过): what, when, by whom."""

    words: Words
    at: datetime
    note: Words = ""
    icon: str = "circle-check"


@dataclass(frozen=True)
class Matter:
    """Something the person asked for (办的事), told like a parcel: where it is, who has it, by when, what comes next."""

    title: Words
    address: str
    state: Badge
    is_open: bool
    # One sentence that answers: where it is and who has it.
    where: Words
    steps: tuple[Words, ...]
    # Counts from 1; past the last step everything is done.
    now: int
    asked_at: datetime
    due: Words = ""
    due_form: str = ""
    # Which rule gives the days, and whether it is law or our own default.
    rule: Words = ""
    next: Words = ""
    office: Words = ""
    phone: str = ""
    trail: tuple[Happened, ...] = ()
    # Posting there takes it back; empty where it cannot be.
    back_address: str = ""


@dataclass(frozen=True)
class Note:
    """Something that waits for the person herself, or is ready for her (等您办的)."""

    title: Words
    line: Words
    address: str
    button: Words
    icon: str = "hourglass"
    form: str = "wait"


@dataclass(frozen=True)
class OwnFact:
    """One fact held about the person: how it is shown, since when, whence; `fact` names what she may ask to be put right."""

    term: Words
    value: Any
    since: date | None = None
    origin: Words = ""
    fact: str = ""


@dataclass(frozen=True)
class OwnRecord:
    """What a register holds about the person herself (我的资料), in one group: whence it comes, and who may see it."""

    title: Words
    icon: str
    facts: tuple[OwnFact, ...] = ()
    line: Words = ""
    seen_by: Words = ""


@dataclass(frozen=True)
class OwnUnion:
    """The union somebody belongs to (我的工会), and those above it, the nearest first."""

    name: str
    code: str
    kind: Words = ""
    phone: str = ""
    address: str = ""
    joined_on: date | None = None
    above: tuple["OwnUnion", ...] = field(default_factory=tuple)

    @property
    def callable(self) -> "OwnUnion | None":
        """Whom to call: the nearest union that has a telephone."""
        return next((union for union in (self, *self.above) if union.phone), None)
