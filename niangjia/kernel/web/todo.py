"""Things to do (要办的事): lines of work declare them, the first page sorts them, soonest last day first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from niangjia.kernel.access.rules import Actor

Words = str | Promise
# One source tells of no more at once; the rest comes up when these are done.
MOST = 200
SHOWN = 4
SOON_DAYS = 3
SUNDAY = 7


class WaitsFor(StrEnum):
    """Whom a thing waits for (等谁): me, me as the second pair of eyes, or me again because it was sent back."""

    MINE = "mine"
    SECOND = "second"
    RETURNED = "returned"


class Group(StrEnum):
    """Where a thing stands on the page (分组), in this order; a thing stands in the first that fits."""

    LATE = "late"
    TODAY = "today"
    SECOND = "second"
    RETURNED = "returned"
    SOON = "soon"
    MINE = "mine"


@dataclass(frozen=True)
class ToDo:
    """One thing to do (要办的事): what it is, the facts beside it, where it is done by which verb, its last day."""

    kind: str
    icon: str
    title: Words
    address: str
    verb: Words
    note: tuple[Any, ...] = ()
    due: date | None = None
    waits_for: WaitsFor = WaitsFor.MINE


@dataclass(frozen=True)
class Row:
    """A thing to do as the page shows it: with the form of its group and the deadline in words."""

    thing: ToDo
    form: str
    due_words: str
    due_form: str


@dataclass(frozen=True)
class Stack:
    """The things of one group: the rows shown, how many there are, and how many more."""

    group: Group
    title: Words
    line: Words
    rows: tuple[Row, ...]
    number: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.number - len(self.rows)

    @property
    def is_late(self) -> bool:
        """Whether these are past their day."""
        return self.group is Group.LATE


TITLES: dict[Group, Words] = {
    Group.LATE: gettext_lazy("已逾期"),
    Group.TODAY: gettext_lazy("今天到期"),
    Group.SECOND: gettext_lazy("等我把关"),
    Group.RETURNED: gettext_lazy("退回给我"),
    Group.SOON: gettext_lazy("本周内到期"),
    Group.MINE: gettext_lazy("等我办"),
}
LINES: dict[Group, Words] = {
    Group.LATE: gettext_lazy("先办这些"),
    Group.SECOND: gettext_lazy("都由别人经办，您是第二人"),
}
FORMS = {Group.LATE: "late", Group.SECOND: "wait", Group.RETURNED: "wait"}
# What the figures on top count; the rest has no day and presses nobody.
COUNTED = (Group.LATE, Group.TODAY, Group.SECOND, Group.RETURNED, Group.SOON)


def things_to_do(actor: Actor, *, on: date) -> list[ToDo]:
    """Everything that waits for this actor, from the sources wired in `NIANGJIA_THINGS_TO_DO`."""
    sources: Iterable[str] = settings.NIANGJIA_THINGS_TO_DO
    return [thing for name in sources for thing in import_string(name)(actor, on)]


def group_of(thing: ToDo, *, on: date) -> Group:
    """Where a thing stands: a day that is past or today counts before whom it waits for."""
    if thing.due is not None and thing.due <= on:
        return Group.LATE if thing.due < on else Group.TODAY
    if thing.waits_for is not WaitsFor.MINE:
        return Group(thing.waits_for.value)
    return Group.SOON if thing.due is not None and thing.due <= last_of_week(on) else Group.MINE


def last_of_week(on: date) -> date:
    """The Sunday of a day's week."""
    return on + timedelta(days=SUNDAY - on.isoweekday())


def stacked(things: Iterable[ToDo], *, on: date, opened: Group | None = None) -> dict[Group, Stack]:
    """The things by group; of the opened group all are shown, of others the first few."""
    by_group: dict[Group, list[ToDo]] = {group: [] for group in Group}
    for thing in sorted(things, key=lambda each: each.due or date.max):
        by_group[group_of(thing, on=on)].append(thing)
    return {group: _stack(group, found, on=on, whole=group is opened) for group, found in by_group.items()}


def _stack(group: Group, things: list[ToDo], *, on: date, whole: bool) -> Stack:
    shown = things if whole else things[:SHOWN]
    rows = tuple(Row(thing, FORMS.get(group, ""), *due_said(thing.due, on=on)) for thing in shown)
    return Stack(group, TITLES[group], LINES.get(group, ""), rows, len(things))


def due_said(due: date | None, *, on: date) -> tuple[str, str]:
    """A last day in words (期限) with the form it has; grey above three days, amber below, red when past."""
    if due is None:
        return "", ""
    days = (due - on).days
    if days == 0:
        return _("今天"), "soon"
    sentence = (
        ngettext("还剩 %(n)s 天", "还剩 %(n)s 天", days)
        if days > 0
        else ngettext("逾期 %(n)s 天", "逾期 %(n)s 天", -days)
    )
    form = "late" if days < 0 else "soon" if days <= SOON_DAYS else ""
    return sentence % {"n": abs(days)}, form
