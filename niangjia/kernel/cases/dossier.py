"""The file of a case on paper (案卷): all that one who works on it may know of it, in the words of its kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.access.rules import Actor, author_of
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases.clocks import computed
from niangjia.kernel.cases.kinds import CaseKind, Content, Words, kind_of
from niangjia.kernel.cases.making import Act, entry
from niangjia.kernel.cases.models import Case, Decision, HandOver, Holding, Party, Running
from niangjia.kernel.cases.queries import flow_under, is_at_desk, knows_who, timeline, visible_to, words_in
from niangjia.kernel.cases.rules import HandOverKind, HandOverState, HoldingPart, PartyPart
from niangjia.kernel.clock.rules import Unit
from niangjia.kernel.dated import queries as dated
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.privacy.registered import persons
from niangjia.kernel.web.reasons import in_words
from niangjia.kernel.web.roles import unit_and_role

PARTS = {PartyPart.ASKER.value: gettext_lazy("申请人"), PartyPart.CONCERNED.value: gettext_lazy("相关人")}
HELD_AS = {
    HoldingPart.HANDLES.value: gettext_lazy("主办"),
    HoldingPart.HELPS.value: gettext_lazy("协办"),
    HoldingPart.WATCHES.value: gettext_lazy("督办"),
}
HANDED = {
    HandOverKind.ASSIGN.value: gettext_lazy("分派"),
    HandOverKind.TRANSFER.value: gettext_lazy("转办"),
    HandOverKind.REFER.value: gettext_lazy("交办"),
    HandOverKind.HELP.value: gettext_lazy("请协办"),
}
SETTLED = {
    HandOverState.OFFERED.value: gettext_lazy("等对方接"),
    HandOverState.ACCEPTED.value: gettext_lazy("接下了"),
    HandOverState.DECLINED.value: gettext_lazy("没有接"),
    HandOverState.WITHDRAWN.value: gettext_lazy("收回了"),
}
# What the kernel itself does with a case, where a line of work has no word of its own for it.
ACTS = {
    "open": gettext_lazy("提出"),
    "assign": gettext_lazy("分派"),
    "offer": gettext_lazy("提出交接"),
    "accept": gettext_lazy("接下了"),
    "decline": gettext_lazy("没有接"),
    "take_back": gettext_lazy("收回交接"),
    "extend": gettext_lazy("延期"),
    "join": gettext_lazy("并案"),
    "bar": gettext_lazy("回避"),
    "help_ends": gettext_lazy("协办结束"),
}


@dataclass(frozen=True)
class Line:
    """One line of a file (一行): when, what, by whom, with which words; a time in days ends with a `day`, not at an instant."""

    at: datetime | None
    what: Words
    who: str = ""
    words: tuple[Words, ...] = ()
    day: date | None = None


@dataclass(frozen=True)
class Dossier:
    """A case on paper (案卷): its head, whose it is, its content, what happened, who decided, which times ran."""

    case: Case
    title: Words
    head: tuple[tuple[Words, Any], ...]
    parties: tuple[tuple[Words, str], ...]
    knows: bool
    content: Content
    steps: tuple[Line, ...]
    decisions: tuple[Line, ...]
    hand_overs: tuple[Line, ...]
    times: tuple[Line, ...]


@transaction.atomic
def taken_out(case_id: int, *, by: Actor, at: datetime) -> Dossier:
    """Take the file of a case out to print it (打印案卷); the journal keeps that somebody did, before she sees it.

    `Forbidden` for whoever does not meet it at her desk; nobody takes out the file of what is her own.
    """
    case = visible_to(by).select_related("place", "handler", "joined_to").filter(pk=case_id).first()
    kind = kind_of(case.kind) if case is not None else None
    if case is None or kind is None or not is_at_desk(by, case) or _is_hers(case, by):
        raise Forbidden("out_of_scope")
    entry(case, "print_case", Act(by, at), "print")
    knows = knows_who(by, case)
    return Dossier(
        case=case,
        title=kind.title_of(case),
        head=_head(case, kind),
        parties=_parties(case) if knows else (),
        knows=knows,
        content=import_string(kind.content)(case, by) if kind.content else Content(),
        steps=tuple(_steps(case, kind)),
        decisions=tuple(_decisions(case, kind)),
        hand_overs=tuple(_hand_overs(case)),
        times=tuple(_times(case, kind, at=at)),
    )


def _is_hers(case: Case, by: Actor) -> bool:
    return by.subject_id is not None and Party.objects.filter(case=case, subject=by.subject_id).exists()


def _head(case: Case, kind: CaseKind) -> tuple[tuple[Words, Any], ...]:
    held = list(Holding.objects.filter(case=case, until=None).order_by("part", "pk").values_list("part", "place_id"))
    names = place_names([place for _part, place in held])
    places = [
        _("{place}（{part}）").format(place=names.get(place, ""), part=HELD_AS[part])
        for part, place in held
        if place in names
    ]
    return (
        (_("编号"), case.number),
        (_("环节"), kind.stages.get(case.stage, case.stage)),
        (_("办理单位"), "、".join(places)),
        (_("经办人"), case.handler.name if case.handler else _("还没有人接")),
        (_("提出"), case.opened_at),
        (_("办结"), case.closed_at or _("还没有")),
        *(((_("并到"), case.joined_to.number),) if case.joined_to else ()),
    )


def _parties(case: Case) -> tuple[tuple[Words, str], ...]:
    """By name alone: no number of an identity card stands on paper."""
    rows = Party.objects.filter(case=case).order_by("part", "pk").values_list("part", "subject_id")
    found = [(PARTS[part], persons().standing_of(subject)) for part, subject in rows]
    return tuple((part, standing.name if standing else _("一位职工")) for part, standing in found)


def _steps(case: Case, kind: CaseKind) -> Iterable[Line]:
    for told in timeline(case, is_desk=True):
        who = told.by_name or (unit_and_role(author_of(told.author)) if told.author else _("本人或到期自动"))
        reason = (kind.reasons.get(told.reason, told.reason),) if told.reason else ()
        yield Line(told.at, said_of(told.move, kind), who, (*reason, *((told.says,) if told.says else ())))


def _decisions(case: Case, kind: CaseKind) -> Iterable[Line]:
    for row in Decision.objects.filter(case=case).select_related("account").order_by("pk"):
        reason = (kind.reasons.get(row.reason, row.reason),) if row.reason else ()
        says = words_in(row)
        yield Line(row.at, said_of(row.move, kind), row.account.name, (*reason, *((says,) if says else ())))


def _hand_overs(case: Case) -> Iterable[Line]:
    rows = list(HandOver.objects.filter(case=case).select_related("offered_by", "settled_by").order_by("pk"))
    names = place_names({place for row in rows for place in (row.from_place_id, row.to_place_id)})
    for row in rows:
        way = _("{kind}：{there} → {here}").format(
            kind=HANDED[row.kind], there=names.get(row.from_place_id, ""), here=names.get(row.to_place_id, "")
        )
        says = words_in(row)
        yield Line(
            row.offered_at,
            way,
            row.offered_by.name if row.offered_by else "",
            (SETTLED[row.state], *((row.settled_by.name,) if row.settled_by else ()), *((says,) if says else ())),
        )


def _times(case: Case, kind: CaseKind, *, at: datetime) -> Iterable[Line]:
    """Every time that ran, with how its end was counted while it runs."""
    calendar, flow = dated.calendar(), flow_under(case)
    for row in Running.objects.filter(case=case).prefetch_related("pauses").order_by("pk"):
        counted = computed(row, flow, calendar, at=row.ended_at or at)
        how = [in_words(reason) for reason in counted.reasons]
        in_hours = flow.tier(row.tier).term.unit is Unit.HOURS
        at_end, day = (None, None) if counted.is_paused else (counted.at, None if in_hours else counted.on)
        yield Line(at_end, kind.tiers.get(row.tier, row.tier), words=_counted(row, how, kind), day=day)


def _counted(row: Running, how: Iterable[str], kind: CaseKind) -> tuple[Words, ...]:
    words: list[Words] = [*how]
    if row.extension_reason:
        reason = kind.reasons.get(row.extension_reason, row.extension_reason)
        words.append(_("延过 {number}，因为：{reason}。").format(number=row.extension, reason=reason))
    if row.ended_at:
        words.append(_("已经办到，停表。"))
    return tuple(words)


def said_of(name: str, kind: CaseKind) -> Words:
    """How a step is called: by the word of its line of work, else by the kernel's own."""
    return kind.moves[name] if name in kind.moves else ACTS.get(name, name)
