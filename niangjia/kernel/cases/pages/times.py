"""The times that run for a case, explained (还有多久): the last day, what is left, how it was counted."""

from dataclasses import dataclass
from datetime import datetime

from niangjia.kernel import clock
from niangjia.kernel.cases.clocks import computed
from niangjia.kernel.cases.kinds import kind_of
from niangjia.kernel.cases.models import Case, Running
from niangjia.kernel.cases.queries import flow_under
from niangjia.kernel.clock.rules import Calendar, Due, left
from niangjia.kernel.dated import queries as dated
from niangjia.kernel.web.reasons import in_words


@dataclass(frozen=True)
class Time:
    """A time as a page shows it: its title, what is left in words, how it was counted, whether it presses."""

    tier: str
    title: str
    due: str
    words: str
    form: str
    share: tuple[int, int]
    may_extend: bool


def times_of(case: Case, *, at: datetime) -> list[Time]:
    """Every time that runs, the soonest first; one that rests comes last."""
    rows = Running.objects.filter(case=case, ended_at=None).prefetch_related("pauses").order_by("due_at", "pk")
    calendar = dated.calendar()
    return [_time(row, case, calendar, at=at) for row in rows]


def _time(running: Running, case: Case, calendar: Calendar, *, at: datetime) -> Time:
    flow, kind = flow_under(case), kind_of(case.kind)
    due = computed(running, flow, calendar, at=at)
    rest = left(due, now=at, calendar=calendar)
    # Where the term comes from is said by the first of the steps.
    steps = [in_words(reason) for reason in due.reasons]
    tier = flow.tier(running.tier)
    return Time(
        tier=running.tier,
        title=str(kind.tiers.get(running.tier, running.tier) if kind else running.tier),
        due=in_words(rest.words),
        words=_sentences(steps),
        form=rest.form,
        share=_share(running, due, at=at),
        may_extend=tier.may_extend and running.extended_at is None and not rest.is_late and not rest.is_paused,
    )


def _share(running: Running, due: Due, *, at: datetime) -> tuple[int, int]:
    """Days gone of all days."""
    first = running.started_at.astimezone(clock.PEOPLE_ZONE).date()
    days = max((due.on - first).days, 1)
    gone = (at.astimezone(clock.PEOPLE_ZONE).date() - first).days
    return min(max(gone, 0), days), days


def _sentences(said: list[str]) -> str:
    """Sentences one after the other; Chinese ones end with a wide stop and need no gap."""
    return "".join(each if each.endswith("。") else f"{each} " for each in said).strip()
