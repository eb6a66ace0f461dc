"""A case as who asked follows it, told like a parcel (办的事): where it is, who has it, by when, what comes next."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.kinds import CaseKind, Words
from niangjia.kernel.cases.models import Case, Running, Step
from niangjia.kernel.cases.pages.declared import Line, OwnWords
from niangjia.kernel.cases.queries import cases_of, flow_under
from niangjia.kernel.cases.rules import Waits
from niangjia.kernel.cases.today import due_day
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.web.templatetags.niangjia_web import day, weekday
from niangjia.kernel.web.worker.declared import Happened, Matter, Note
from niangjia.kernel.worded import OneOf, Worded

SOON_DAYS = 3
MOST_SHOWN = 20
STEP = "circle-check"
# What the kernel itself does with a case, as she reads of it where a line of work has no word of its own.
ACTS: dict[str, tuple[Words, str]] = {
    "open": (gettext_lazy("您提出了"), "send"),
    "accept": (gettext_lazy("换了单位办"), "arrows-exchange"),
    "extend": (gettext_lazy("延了期"), "clock"),
    "join": (gettext_lazy("和另一件一起办"), "arrows-exchange"),
}


class Stepped(NamedTuple):
    """A step that she is told of, without its words."""

    move: str
    at: datetime
    reason: str


def _shown(subject: int, kinds: list[str], **narrowed: Any) -> QuerySet[Case]:
    return (
        cases_of(subject).filter(OneOf("kind", kinds), **narrowed).select_related("place").order_by("-pk")[:MOST_SHOWN]
    )


HERS = Worded(_shown, subject=int, kinds=list)
FOR_HER = Worded(
    lambda subject, kinds: _shown(subject, kinds, waits_for=Waits.ASKER.value, closed_at=None), subject=int, kinds=list
)
STEPS = Worded(
    lambda cases: (
        Step.objects.filter(OneOf("case_id", cases), is_told=True)
        .order_by("revision")
        .values_list("case_id", "move", "at", "reason")
    ),
    cases=list,
)
RUNNING = Worded(
    lambda cases: Running.objects.filter(OneOf("case_id", cases), ended_at=None, due_at__isnull=False).order_by(
        "due_at"
    ),
    cases=list,
)


@dataclass(frozen=True)
class Followed:
    """What is read of cases that are shown together (一起看的办件): the names of their places, the times that run, the steps she is told of."""

    offices: Mapping[int, str] = field(default_factory=dict)
    running: Mapping[int, Sequence[Running]] = field(default_factory=dict)
    steps: Mapping[int, Sequence[Stepped]] = field(default_factory=dict)


def followed(cases: Iterable[Case]) -> Followed:
    """All that is read of these cases, with as many questions for twenty as for one."""
    found = list(cases)
    if not found:
        return Followed()
    ids, steps = [case.pk for case in found], defaultdict(list)
    for case_id, *rest in STEPS(cases=ids):
        steps[case_id].append(Stepped(*rest))
    return Followed(place_names({case.place_id for case in found}), running_of(found), steps)


def running_of(cases: Iterable[Case]) -> Mapping[int, Sequence[Running]]:
    """The times that run for these cases and do not rest, the soonest first."""
    running = defaultdict(list)
    for row in RUNNING(cases=[case.pk for case in cases]):
        running[row.case_id].append(row)
    return running


def matter_of(case: Case, kind: CaseKind, words: OwnWords, *, at: datetime, among: Followed | None = None) -> Matter:
    """A case as its owner follows it; `among` is what was read of it with the others that are shown beside it."""
    read = among if among is not None else followed([case])
    is_open = case.closed_at is None
    office = read.offices.get(case.place_id, "")
    return Matter(
        title=str(kind.title_of(case)),
        address=kind.own(case),
        state=words.states[case.stage],
        is_open=is_open,
        where=str(words.where[case.stage]).format(office=office),
        steps=tuple(_(str(step)) for step in kind.steps),
        now=flow_under(case).stage(case.stage).step + 1 if is_open else len(kind.steps) + 1,
        asked_at=case.opened_at,
        next=words.next.get(case.stage, ""),
        office=office if is_open else "",
        trail=tuple(_trail(read.steps.get(case.pk, ()), kind, words)),
        **_due(case, read.running.get(case.pk, ()), words, at=at),
    )


def lines() -> Iterable[Line]:
    """Every line of work whose pages are the kernel's (`NIANGJIA_CASE_LINES`)."""
    found: Iterable[Line] = [import_string(name) for name in settings.NIANGJIA_CASE_LINES]
    return found


def own_matters(actor: Actor) -> Iterator[Matter]:
    """What this person asked for in these lines of work, as far as it has come."""
    hers = list(_hers(actor, HERS))
    among = followed(case for _line, case in hers)
    for line, case in hers:
        yield matter_of(case, line.kind, line.own, at=clock.now(), among=among)


def own_notes(actor: Actor) -> Iterator[Note]:
    """What waits for her own step."""
    hers = list(_hers(actor, FOR_HER))
    running = running_of(case for _line, case in hers) if hers else {}
    for line, case in hers:
        last = last_day_of(case, line.own, running.get(case.pk, ()))
        words = _("最迟{last}。").format(last=day(last)) if last else ""
        yield Note(str(line.own.states[case.stage]), words, line.kind.own(case), _("去看看"), line.kind.icon)


def last_day_of(case: Case, words: OwnWords, running: Iterable[Running]) -> date | None:
    """The last day that she is told of, of the times that run; none while the clock rests."""
    found = _told_of(case, running, words)
    return due_day(found.due_at) if found else None


def days_in_words(unit: str, number: int) -> str:
    """How long a time is, in words."""
    words = {
        "hours": ngettext("{n} 小时", "{n} 小时", number),
        "days": ngettext("{n} 天", "{n} 天", number),
        "working_days": ngettext("{n} 个工作日", "{n} 个工作日", number),
        "months": ngettext("{n} 个月", "{n} 个月", number),
    }
    return words[unit].format(n=number)


def _hers(actor: Actor, asked: Worded) -> Iterator[tuple[Line, Case]]:
    of = {line.kind.kind: line for line in lines()}
    if not of or actor.subject_id is None:
        return
    yield from ((of[case.kind], case) for case in asked(subject=actor.subject_id, kinds=list(of)))


def _told_of(case: Case, running: Iterable[Running], words: OwnWords) -> Running | None:
    """The soonest time that she is told of at this stage."""
    tiers = words.tiers.get(case.stage)
    return next((row for row in running if tiers is None or row.tier in tiers), None)


def _due(case: Case, rows: Iterable[Running], words: OwnWords, *, at: datetime) -> dict[str, Any]:
    """The last day in words, and by which rule; nothing while the clock rests."""
    running = _told_of(case, rows, words)
    last = due_day(running.due_at) if running else None
    if running is None or last is None:
        return {}
    left = (last - at.astimezone(clock.PEOPLE_ZONE).date()).days
    rule = _("{source}，{days}").format(source=running.source, days=days_in_words(running.unit, running.number))
    return {
        "due": _due_words(last, left),
        "due_form": "late" if left < 0 else "soon" if left <= SOON_DAYS else "",
        "rule": rule,
    }


def _due_words(last: date, left: int) -> str:
    if left < 0:
        return ngettext("{last}到期，晚了 {n} 天", "{last}到期，晚了 {n} 天", -left).format(last=day(last), n=-left)
    if left == 0:
        return _("最迟今天")
    shown = _("{day}（{weekday}）").format(day=day(last), weekday=weekday(last))
    return ngettext("最迟{last}，还有 {n} 天", "最迟{last}，还有 {n} 天", left).format(last=shown, n=left)


def _trail(steps: Sequence[Stepped], kind: CaseKind, words: OwnWords) -> Iterator[Happened]:
    """The steps it has gone, the latest first."""
    for told in reversed(steps):
        if told.move in words.untold:
            continue
        called = (kind.moves.get(told.move, _("办了一步")), STEP)
        said, icon = words.happened.get(told.move) or ACTS.get(told.move) or called
        yield Happened(said, told.at, kind.reasons.get(told.reason, "") if told.reason else "", icon)
