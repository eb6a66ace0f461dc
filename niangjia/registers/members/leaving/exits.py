"""Exits that are proposed (提请退会): the member is told and has time to answer; then a person decides, never who proposed it."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden, check
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.opening import open_case
from niangjia.kernel.cases.pages.pressing import Pressed, press
from niangjia.kernel.cases.services import NotMade
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.registers.members.leaving.keeping import why_not_retained
from niangjia.registers.members.leaving.models import ExitProposal
from niangjia.registers.members.leaving.rules import workflow as table
from niangjia.registers.members.leaving.sources import BY_HAND, sources
from niangjia.registers.members.leaving.telling import tell_above, tell_her, tell_keepers
from niangjia.registers.members.models import Membership
from niangjia.registers.members.queries import HOLDING, editable_by
from niangjia.registers.members.rules import MembershipState, RetainedReason
from niangjia.registers.members.rules.moves import CHANGE_MEMBERSHIP
from niangjia.registers.members.turning import NotTurned, Turn, held_now, turn

# What somebody decided to keep is not proposed again from the same source for so long. 本系统默认值
REST = timedelta(days=180)
MOST_AT_ONCE = 200


@transaction.atomic
def propose_exit(person_id: int, *, by: Actor) -> Case:
    """Somebody who keeps the members proposes it by hand (提请); one at a time for one person."""
    held = _present(person_id)
    if held is None or not editable_by(by).filter(pk=person_id).exists():
        raise Forbidden("out_of_scope")
    check(by, CHANGE_MEMBERSHIP, held.union.place.path)
    known = ExitProposal.objects.filter(person=person_id, settled_at=None).select_related("case").first()
    return known.case if known is not None else _proposed(held, BY_HAND, by=by).case


@beyond(Purpose.EXITS)
def propose_from_sources(*, on: date) -> int:
    """Whatever the declared sources find is proposed once (每天提请); nothing of a membership changes by it."""
    number = 0
    for source in sources():
        for key in _not_yet(source.key, list(source.found(on))):
            number += _propose_one(key, source.key)
    return number


@transaction.atomic
def exit_done(case_id: int, move: str, pressed: Pressed) -> Case:
    """Make a move of a proposed exit, and what it means for the membership."""
    if move in table.ENDS and _is_own(case_id, pressed.by):
        raise NotMade(Reason("own_proposal", _OWN_PROPOSAL, {}))
    case = press(case_id, move, pressed)
    row = ExitProposal.objects.select_for_update(of=("self",)).select_related("union__place", "case").get(pk=case_id)
    _CARRIED_OUT.get(move, _nothing)(row, pressed)
    case.refresh_from_db()
    if case.closed_at is not None:
        row.settled_at = pressed.at
        row.save()
        tell_her(_OUTCOMES[case.stage], row)
    return case


def _is_own(case_id: int, by: Actor) -> bool:
    return by.account_id is not None and ExitProposal.objects.filter(pk=case_id, proposed_by=by.account_id).exists()


def _not_yet(source: str, memberships: list[int]) -> list[int]:
    """Those about whom nothing is open, and nothing was decided lately from this source."""
    known = ExitProposal.objects.filter(settled_at=None).values("person")
    lately = ExitProposal.objects.filter(source=source, settled_at__gt=clock.now() - REST).values("person")
    rows = Membership.objects.filter(pk__in=memberships).exclude(person__in=known).exclude(person__in=lately)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])


@transaction.atomic
def _propose_one(membership_id: int, source: str) -> bool:
    rows = Membership.objects.select_for_update(of=("self",), skip_locked=True).select_related("union__place")
    held = rows.filter(pk=membership_id, period__upper_inf=True).first()
    if held is None or ExitProposal.objects.filter(person=held.person_id, settled_at=None).exists():
        return False
    _proposed(held, source, by=Actor.operator())
    return True


def _proposed(held: Membership, source: str, *, by: Actor) -> ExitProposal:
    """She is told in the same transaction: nothing is proposed that she does not know of."""
    case = open_case(table.EXIT, place=held.union.place, askers=[held.person_id], by=by, at=clock.now())
    row = ExitProposal.objects.create(
        case=case, city=held.city, person_id=held.person_id, union=held.union, source=source, proposed_by_id=by.account_id
    )  # fmt: skip
    tell_her("exit_proposed", row)
    tell_keepers("exit_to_decide", row)
    return row


def _present(person_id: int) -> Membership | None:
    rows = Membership.objects.filter(person=person_id, period__upper_inf=True, state__in=HOLDING)
    return rows.select_related("union__place").first()


def _turned(row: ExitProposal, to: Turn, pressed: Pressed) -> None:
    present = held_now(row.person_id)
    if present is None or present.union_id != row.union_id:
        raise NotMade(Reason("member_elsewhere", _ELSEWHERE, {}))
    try:
        turn(present, to, by=pressed.by)
    except NotTurned as refused:
        raise NotMade(refused.reason) from refused


def _retained(row: ExitProposal, pressed: Pressed) -> None:
    """Kept on by the old union, or by the one above where the employer is closed."""
    because = RetainedReason(str(pressed.answers["because"]))
    present = held_now(row.person_id)
    why = why_not_retained(present, because, by=pressed.by) if present is not None else None
    if why is not None:
        raise NotMade(why)
    closed = because is RetainedReason.EMPLOYER_CLOSED and row.union.place.parent_id is not None
    kept_by = row.union.place.parent.union if closed and row.union.place.parent else None
    on = _day_in(pressed.answers, "on")
    _turned(row, Turn(MembershipState.RETAINED, on, because.value, kept_by), pressed)


def _auto_left(row: ExitProposal, pressed: Pressed) -> None:
    """Three facts, each said by who decides; one that is not so, and nothing is decided (章程第七条)."""
    if not (pressed.answers.get("no_dues") and pressed.answers.get("no_part")):
        raise NotMade(Reason("not_fulfilled", _NOT_FULFILLED, {}))
    row.decided_on = _day_in(pressed.answers, "decided_on")
    if _day_in(pressed.answers, "taught_on") > row.decided_on:
        raise NotMade(Reason("taught_later", _TAUGHT_LATER, {}))
    _turned(row, Turn(MembershipState.AUTO_LEFT, _today(pressed), row.source), pressed)


def _expelled(row: ExitProposal, pressed: Pressed) -> None:
    """Only after a conviction; the union above is told (报上一级工会备案)."""
    if not pressed.answers.get("convicted"):
        raise NotMade(Reason("not_convicted", _NOT_CONVICTED, {}))
    row.decided_on = _day_in(pressed.answers, "decided_on")
    if _day_in(pressed.answers, "discussed_on") > row.decided_on:
        raise NotMade(Reason("discussed_later", _DISCUSSED_LATER, {}))
    row.document_number = str(pressed.answers["document_number"]).strip()
    _turned(row, Turn(MembershipState.EXPELLED, _today(pressed)), pressed)
    tell_above("member_expelled", row)


def _nothing(_row: ExitProposal, _pressed: Pressed) -> None:
    """She answered, or it was dropped: the membership stays as it is."""


def _day_in(answers: Mapping[str, Any], name: str) -> date:
    day = date.fromisoformat(str(answers[name]))
    if day > clock.today():
        raise NotMade(Reason("day_later", _DAY_LATER, {}))
    return day


def _today(pressed: Pressed) -> date:
    return pressed.at.astimezone(clock.PEOPLE_ZONE).date()


_CARRIED_OUT: dict[str, Callable[[ExitProposal, Pressed], None]] = {
    table.RETAIN: _retained,
    table.AUTO_LEAVE: _auto_left,
    table.EXPEL: _expelled,
}
_OUTCOMES = {
    table.KEPT: "exit_dropped",
    table.RETAINED: "membership_retained",
    table.AUTO_LEFT: "membership_auto_left",
    table.EXPELLED: "membership_expelled",
}
_OWN_PROPOSAL = gettext_noop("这一件是您提出的，要由另一位来决定：本工会的别人，或者上级工会。")
_ELSEWHERE = gettext_noop("这位会员的会籍已经不在这个工会了，不用再决定。请选「会籍不变」。")
_NOT_FULFILLED = gettext_noop(
    "《中国工会章程》第七条：连续六个月不交会费、又不参加活动，经教育拒不改正，才按自动退会处理。有一样不是，请选「会籍不变」。"
)
_TAUGHT_LATER = gettext_noop("要先提醒、教育，再讨论决定。看看两个日子是不是写反了。")
_NOT_CONVICTED = gettext_noop("《中国工会章程》第七条：严重违法犯罪并受到刑事处罚的，才可以开除会籍。")
_DISCUSSED_LATER = gettext_noop("先由工会小组讨论，再由基层委员会决定。看看两个日子是不是写反了。")
_DAY_LATER = gettext_noop("那一天还没有到。写已经过去的日子。")
