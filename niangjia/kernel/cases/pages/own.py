"""A case as who asked follows it, told like a parcel (办的事): where it is, who has it, by when, what comes next."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.kinds import CaseKind, Words
from niangjia.kernel.cases.models import Case, Running
from niangjia.kernel.cases.pages.declared import Line, OwnWords
from niangjia.kernel.cases.queries import flow_under, own_cases, timeline
from niangjia.kernel.cases.rules import Waits
from niangjia.kernel.cases.today import due_day
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.web.templatetags.niangjia_web import day, weekday
from niangjia.kernel.web.worker.declared import Happened, Matter, Note

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


def matter_of(case: Case, kind: CaseKind, words: OwnWords, *, at: datetime) -> Matter:
    """A case as its owner follows it."""
    is_open = case.closed_at is None
    office = place_names([case.place_id]).get(case.place_id, "")
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
        trail=tuple(_trail(case, kind, words)),
        **_due(case, words, at=at),
    )


def lines() -> Iterable[Line]:
    """Every line of work whose pages are the kernel's (`NIANGJIA_CASE_LINES`)."""
    found: Iterable[Line] = [import_string(name) for name in settings.NIANGJIA_CASE_LINES]
    return found


def own_matters(actor: Actor) -> Iterator[Matter]:
    """What this person asked for in these lines of work, as far as it has come."""
    for line, case in _hers(actor):
        yield matter_of(case, line.kind, line.own, at=clock.now())


def own_notes(actor: Actor) -> Iterator[Note]:
    """What waits for her own step."""
    for line, case in _hers(actor, waits_for=Waits.ASKER.value, closed_at=None):
        last = last_day_of(case, line.own)
        words = _("最迟{last}。").format(last=day(last)) if last else ""
        yield Note(str(line.own.states[case.stage]), words, line.kind.own(case), _("去看看"), line.kind.icon)


def last_day_of(case: Case, words: OwnWords) -> date | None:
    """The last day that she is told of; none while the clock rests."""
    running = _running(case, words)
    return due_day(running.due_at) if running else None


def days_in_words(unit: str, number: int) -> str:
    """How long a time is, in words."""
    words = {
        "hours": ngettext("{n} 小时", "{n} 小时", number),
        "days": ngettext("{n} 天", "{n} 天", number),
        "working_days": ngettext("{n} 个工作日", "{n} 个工作日", number),
        "months": ngettext("{n} 个月", "{n} 个月", number),
    }
    return words[unit].format(n=number)


def _hers(actor: Actor, **narrowed: Any) -> Iterator[tuple[Line, Case]]:
    of = {line.kind.kind: line for line in lines()}
    if not of or actor.subject_id is None:
        return
    rows = own_cases(actor).filter(kind__in=of, **narrowed).select_related("place", "handler").order_by("-pk")
    yield from ((of[case.kind], case) for case in rows[:MOST_SHOWN])


def _running(case: Case, words: OwnWords) -> Running | None:
    rows = Running.objects.filter(case=case.pk, ended_at=None, due_at__isnull=False)
    if case.stage in words.tiers:
        rows = rows.filter(tier__in=words.tiers[case.stage])
    return rows.order_by("due_at").first()


def _due(case: Case, words: OwnWords, *, at: datetime) -> dict[str, Any]:
    """The last day in words, and by which rule; nothing while the clock rests."""
    running = _running(case, words)
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


def _trail(case: Case, kind: CaseKind, words: OwnWords) -> Iterator[Happened]:
    """The steps it has gone, the latest first."""
    for told in reversed(timeline(case, is_desk=False)):
        if told.move in words.untold:
            continue
        called = (kind.moves.get(told.move, _("办了一步")), STEP)
        said, icon = words.happened.get(told.move) or ACTS.get(told.move) or called
        yield Happened(said, told.at, kind.reasons.get(told.reason, "") if told.reason else "", icon)
