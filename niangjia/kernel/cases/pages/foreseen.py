"""What follows from a move, said before it is made (这一步以后): where it goes, whom it waits for, which times run."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.cases.clocks import term_of
from niangjia.kernel.cases.kinds import CaseKind, Words
from niangjia.kernel.cases.models import Case, Running
from niangjia.kernel.cases.queries import flow_under
from niangjia.kernel.cases.rules import Move, Waits
from niangjia.kernel.cases.today import due_day
from niangjia.kernel.clock.rules import due_at
from niangjia.kernel.dated import queries as dated
from niangjia.kernel.web.templatetags.niangjia_web import day

WAITS: dict[Waits, Words] = {
    Waits.DESK: gettext_lazy("等人接手。"),
    Waits.HANDLER: gettext_lazy("由经办人接着办。"),
    Waits.RETURNED: gettext_lazy("退给经办人改。"),
    Waits.SECOND: gettext_lazy("等另一位来把关。"),
    Waits.ASKER: gettext_lazy("等本人。"),
    Waits.NOBODY: gettext_lazy("办结，时间都停了。"),
}


def foreseen(case: Case, move: Move, kind: CaseKind, *, at: datetime, is_desk: bool) -> list[str]:
    """What follows from a move, one short sentence each; a voice among several says so."""
    return [str(words) for words in _said(case, move, kind, at=at, is_desk=is_desk)]


def _said(case: Case, move: Move, kind: CaseKind, *, at: datetime, is_desk: bool) -> Iterator[Words]:
    flow = flow_under(case)
    before, after = flow.stage(case.stage), flow.stage(move.to)
    if before.pool is not None and move.is_verdict and move.name == before.pool.agrees:
        yield _("记下您这一票；够数了就办成。")
    if before.name != after.name:
        yield _("到「{stage}」。").format(stage=kind.stages[after.name])
        in_hand = move.takes_in_hand or (case.handler_id is not None and not move.puts_down)
        yield WAITS[flow.waits(after, by=move, in_hand=in_hand)]
    if not after.is_final:
        yield from _times(case, move, kind, at=at)
    if after.pauses and not before.pauses:
        yield _("这段时间停着不算。")
    if is_desk:
        yield _("本人看得到这一步。") if move.is_told else _("本人看不到这一步。")


def _times(case: Case, move: Move, kind: CaseKind, *, at: datetime) -> Iterator[str]:
    """Times that begin with it, with their last day, and those that it ends."""
    flow, calendar = flow_under(case), dated.calendar()
    running = set(Running.objects.filter(case=case, ended_at=None).values_list("tier", flat=True))
    for key in move.starts:
        if key not in running - set(move.stops):
            last = due_day(due_at(at, term_of(flow.tier(key), case, at=at), calendar).at)
            yield _("{time}从现在起算，最迟{last}。").format(time=kind.tiers[key], last=day(last))
    for key in sorted(running & set(move.stops) - set(move.starts)):
        yield _("{time}停表。").format(time=kind.tiers[key])
