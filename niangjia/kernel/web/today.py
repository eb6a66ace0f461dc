"""What the first page shows: parts that the lines of work declare, wired in the configuration."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing import Button

Words = str | Promise


@dataclass(frozen=True)
class Figure:
    """A number at the top of the day (今天的数), and the rows it counts."""

    value: int
    words: Words
    address: str
    is_late: bool = False


@dataclass(frozen=True)
class Task:
    """Something waiting (待办): what, where it is done, the facts beside it; form: "" wait late."""

    title: Words
    address: str
    icon: str
    button: Words
    facts: tuple[Any, ...] = ()
    form: str = "wait"
    due: Words = ""
    due_form: str = ""


@dataclass(frozen=True)
class Panel:
    """A card of tasks, with the words where there are none."""

    title: Words
    tasks: tuple[Task, ...]
    empty: Words = ""
    more: str = ""


@dataclass(frozen=True)
class Part:
    """What one line of work brings to the page: figures, cards for the main column, cards for the side."""

    figures: tuple[Figure, ...] = ()
    panels: tuple[Panel, ...] = ()
    beside: tuple[Panel, ...] = ()
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Day:
    """The first page of a cadre (今天), put together."""

    figures: tuple[Figure, ...] = ()
    panels: tuple[Panel, ...] = ()
    beside: tuple[Panel, ...] = ()
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True)
class OwnRecord:
    """What a register holds about the person herself (我的资料): facts as (term, value), masked."""

    title: Words
    facts: tuple[tuple[Words, Any], ...] = field(default_factory=tuple)
    line: Words = ""


def day_of(actor: Actor, *, on: date) -> Day:
    """The first page of this actor, from the parts wired in `NIANGJIA_TODAY`."""
    parts: list[Part] = [part(actor, on) for part in _wired(settings.NIANGJIA_TODAY)]
    return Day(
        figures=tuple(figure for part in parts for figure in part.figures),
        panels=tuple(panel for part in parts for panel in part.panels),
        beside=tuple(panel for part in parts for panel in part.beside),
        buttons=tuple(button for part in parts for button in part.buttons),
    )


def own_records(actor: Actor) -> list[OwnRecord]:
    """What is held about this person, from the parts wired in `NIANGJIA_OWN_RECORDS`."""
    return [record for part in _wired(settings.NIANGJIA_OWN_RECORDS) for record in part(actor)]


def _wired(names: Iterable[str]) -> list[Callable[..., Any]]:
    return [import_string(name) for name in names]
