"""What the first page shows: things to do, and beside them what the lines of work tell, wired in the configuration."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing import Button
from niangjia.kernel.web.todo import COUNTED, Group, Stack, stacked, things_to_do

Words = str | Promise
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DATES_SHOWN = 5
DONE_SHOWN = 4
HANDED_SHOWN = 5


@dataclass(frozen=True)
class Figure:
    """A number about the actor's places (这里有多少), and the rows it counts."""

    value: int
    words: Words
    address: str


@dataclass(frozen=True)
class Coming:
    """A day to know of (日程): what ends or begins, and where it is read about."""

    on: date
    title: Words
    note: Words
    address: str


@dataclass(frozen=True)
class Done:
    """What the program did for somebody (系统替您办好的); without an instant it is under way."""

    title: Words
    note: Words
    address: str
    verb: Words
    at: datetime | None = None


@dataclass(frozen=True)
class Handed:
    """What somebody handed over to another (我交办的): to whom, what, until when."""

    to: str
    title: Words
    note: Words
    address: str


@dataclass(frozen=True)
class Part:
    """What one line of work tells beside the things to do."""

    numbers: tuple[Figure, ...] = ()
    dates: tuple[Coming, ...] = ()
    done: tuple[Done, ...] = ()
    handed: tuple[Handed, ...] = ()
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Day:
    """The first page of a cadre (今天), put together."""

    stacks: tuple[Stack, ...]
    tally: tuple[Stack, ...]
    opened: Stack | None
    numbers: tuple[Figure, ...] = ()
    dates: tuple[Coming, ...] = ()
    done: tuple[Done, ...] = ()
    handed: tuple[Handed, ...] = ()
    buttons: tuple[Button, ...] = ()


def day_of(actor: Actor, *, on: date, opened: Group | None = None) -> Day:
    """The first page of this actor, from the parts wired in `NIANGJIA_TODAY`; with a group opened all of it is shown."""
    found = stacked(things_to_do(actor, on=on), on=on, opened=opened)
    parts: list[Part] = [part(actor, on) for part in _wired(settings.NIANGJIA_TODAY)]
    done = [each for part in parts for each in part.done]
    under_way = [each for each in done if each.at is None]
    over = sorted((each for each in done if each.at is not None), key=lambda each: each.at or EPOCH, reverse=True)
    dates = sorted((each for part in parts for each in part.dates), key=lambda each: each.on)
    return Day(
        stacks=tuple(stack for stack in found.values() if stack.number),
        tally=tuple(found[group] for group in COUNTED),
        opened=found[opened] if opened else None,
        numbers=tuple(figure for part in parts for figure in part.numbers),
        dates=tuple(dates[:DATES_SHOWN]),
        done=tuple([*under_way, *over][:DONE_SHOWN]),
        handed=tuple(each for part in parts for each in part.handed)[:HANDED_SHOWN],
        buttons=tuple(button for part in parts for button in part.buttons),
    )


def _wired(names: Iterable[str]) -> list[Callable[..., Any]]:
    return [import_string(name) for name in names]
