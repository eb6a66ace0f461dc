"""The list of a line of work's cases: what is open first, the soonest day on top; checked many at once."""

from collections import Counter
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.deciding import decide_many
from niangjia.kernel.cases.handing import HAND_ON
from niangjia.kernel.cases.kinds import Words
from niangjia.kernel.cases.making import Act
from niangjia.kernel.cases.models import Case, Party
from niangjia.kernel.cases.pages.declared import Line
from niangjia.kernel.cases.queries import visible_to, why_not_each
from niangjia.kernel.cases.refusals import SENTENCES
from niangjia.kernel.cases.rules import Move
from niangjia.kernel.cases.today import due_day
from niangjia.kernel.listing import Badge, Column, Empty, Filter, Listing
from niangjia.kernel.listing.declaration import BulkAction, Preview, Rows
from niangjia.kernel.web.todo import due_said

LATE = "late"
NOT_HERS: Words = _("不归您办")


def listing_of(line: Line) -> Listing:
    """The declared list of this line of work; told to no program, so that its columns have no keys."""
    return Listing(
        f"{line.kind.kind}_cases",
        title=line.title,
        visible_to=partial(desk_cases, line),
        columns=(
            Column(_("事项"), line.title_of, link=line.kind.desk, note="number"),
            Column(_("经办人"), "handler.name"),
            Column(_("状态"), partial(badge_of, line), note=_due),
            Column(_("收到"), "opened_at", kind="moment", sort=("opened_at",), wide_only=True),
        ),
        filters=(Filter("state", _("状态"), apply=_in_state, choices=_states(line)),),
        search=_found,
        search_words=_("编号"),
        order=("is_closed", "due_at", "-pk"),
        empty=Empty(_("没有要办的"), _("有人提出来，就会到这里。"), icon=line.kind.icon),
        counted=lambda n: ngettext("%(n)s 件", "%(n)s 件", n) % {"n": f"{n:,}"},
        move=HAND_ON,
        actions=tuple(_verdict(line, move) for move in line.flow.moves if move.is_verdict and not move.form),
        stays="a case is printed one by one, by who works on it, and the journal keeps who took it out",
    )


def desk_cases(line: Line, actor: Actor) -> Rows:
    """The cases of this line that the actor works on; none of her own."""
    rows = visible_to(actor).filter(kind=line.kind.kind).select_related("place", "handler")
    if actor.subject_id is not None:
        rows = rows.exclude(Exists(Party.objects.filter(case=OuterRef("pk"), subject=actor.subject_id)))
    return rows.annotate(is_closed=ExpressionWrapper(Q(closed_at__isnull=False), output_field=BooleanField()))


def badge_of(line: Line, case: Case) -> Badge:
    """At which stage it is; an open one past its day is late, and still says where it stands."""
    badge = line.badges[case.stage]
    is_late = case.due_at is not None and case.due_at < clock.now()
    return Badge("late", badge.words) if is_late else badge


def _due(case: Case) -> Words:
    last = due_day(case.due_at)
    return due_said(last, on=clock.today())[0] if last else ""


def _states(line: Line) -> list[tuple[str, Words]]:
    stages = [(stage.name, line.badges[stage.name].words) for stage in line.flow.stages]
    return [("open", _("没办结的")), (LATE, _("已逾期")), ("closed", _("办结的")), *stages]


def _in_state(rows: Rows, value: str) -> Rows:
    if value == LATE:
        return rows.filter(closed_at=None, due_at__lt=clock.now())
    if value in ("open", "closed"):
        return rows.filter(closed_at__isnull=value == "open")
    return rows.filter(stage=value)


def _found(rows: Rows, written: str) -> Rows:
    """By its number, with or without the strokes."""
    return rows.filter(number__contains=written.strip()[:16])


def _verdict(line: Line, move: Move) -> BulkAction:
    """One voice for each of many cases: a reason out of the table, or a few words for all of them."""
    reasons = [(reason, line.kind.reasons[reason]) for reason in move.reasons]
    return BulkAction(
        key=move.name,
        words=line.kind.moves[move.name],
        icon="check" if not reasons else "arrow-back-up",
        move=HAND_ON,
        asks=_("理由") if reasons else _("写几句（每一件都记上）"),
        choices=reasons,
        preview=partial(_looked_at, move.name),
        apply=partial(_decided, move.name, is_reason=bool(reasons)),
        consequence=_("一件一件地记您的意见；您自己提出的、要回避的，留着不动。"),
    )


def _looked_at(move: str, rows: Rows, _value: str, *, by: Actor) -> Preview:
    cases = list(rows)
    found: list[tuple[Any, str | None]] = list(zip(cases, why_not_each(by, move, cases), strict=True))
    left = Counter(SENTENCES.get(why, NOT_HERS) for _case, why in found if why is not None)
    words = tuple((_(str(sentence)), number) for sentence, number in left.items())
    return Preview(changes=tuple(case.pk for case, why in found if why is None), left=words)


def _decided(move: str, keys: Iterable[int], value: str, *, by: Actor, is_reason: bool) -> int:
    act = Act(by, clock.now(), reason=value) if is_reason else Act(by, clock.now(), says=value)
    return len(decide_many(keys, move, act=act).done)
