"""Ask for more time and grant it; move a recall and count the vote."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden, check
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.pressing import Pressed, press
from niangjia.kernel.cases.rules import CLOCK
from niangjia.kernel.cases.services import NotMade, make, open_case
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.registers.committees.elections.rules.voting import is_recalled, recall_fault
from niangjia.registers.committees.elections.rules.workflow import Meeting
from niangjia.registers.committees.motions.models import Extension, Recall
from niangjia.registers.committees.motions.rules import workflow as table
from niangjia.registers.committees.motions.telling import tell_above, tell_union
from niangjia.registers.committees.queries import people_of, present_term, seats_of
from niangjia.registers.committees.rules.moves import KEEP_COMMITTEES
from niangjia.registers.committees.rules.seats import congress_fault
from niangjia.registers.committees.rules.terms import extension_fault
from niangjia.registers.committees.services import TermRefused, extend_term, leave_seat
from niangjia.registers.members.queries import visible_to
from niangjia.registers.orgs.models import Union


@transaction.atomic
def begin_extension(union: Union, *, by: Actor) -> Case:
    """A union begins to ask for more time (申请延期); one at a time."""
    check(by, KEEP_COMMITTEES, union.place.path)
    term = present_term(union.pk)
    if term is None:
        raise TermRefused({"__all__": Reason("no_term", _NO_TERM, {})})
    known = Extension.objects.filter(term=term, settled_at=None).select_related("case").first()
    if known is not None:
        return known.case
    case = open_case(table.EXTENSION, place=union.place, askers=[], by=by, at=clock.now())
    Extension.objects.create(case=case, city=union.city, union=union, term=term)
    return case


@transaction.atomic
def begin_recall(union: Union, *, by: Actor) -> Case:
    """A motion to recall somebody is begun (提出罢免); one at a time."""
    check(by, KEEP_COMMITTEES, union.place.path)
    known = Recall.objects.filter(union=union, settled_at=None).select_related("case").first()
    if known is not None:
        return known.case
    case = open_case(table.RECALL, place=union.place, askers=[], by=by, at=clock.now())
    Recall.objects.create(case=case, city=union.city, union=union)
    return case


@transaction.atomic
def extension_done(case_id: int, move: str, pressed: Pressed) -> Case:
    """Make a move of an extension that was pressed, and what belongs to it."""
    case = press(case_id, move, pressed)
    row = (
        Extension.objects.select_for_update(of=("self",)).select_related("term", "union", "case__place").get(pk=case_id)
    )
    if move == table.ASK:
        _asked(row, pressed.answers)
        tell_above("extension_asked", row.case, row.union_id)
    elif move == table.GRANT:
        _granted(row, pressed)
        tell_union("extension_granted", row.case, row.union_id)
    elif move == table.REFUSE:
        tell_union("extension_refused", row.case, row.union_id)
    return _settled(row, case, pressed)


@transaction.atomic
def recall_done(case_id: int, move: str, pressed: Pressed) -> Case:
    """Make a move of a recall that was pressed, and what belongs to it."""
    case = press(case_id, move, pressed)
    row = Recall.objects.select_for_update(of=("self",)).select_related("union__place", "case").get(pk=case_id)
    if move == table.PROPOSE:
        _proposed(row, pressed)
    elif move == table.VOTE:
        _voted(row, pressed)
        won = is_recalled(entitled=row.entitled or 0, votes=row.votes or 0)
        case = make(case_id, table.CARRY if won else table.FAIL, by=CLOCK, at=pressed.at)
        if won and row.seat is not None and row.meeting_on is not None:
            leave_seat(row.seat, by=pressed.by, on=row.meeting_on)
            tell_above("recall_carried", row.case, row.union_id)
    return _settled(row, case, pressed)


def _settled(row: Extension | Recall, case: Case, pressed: Pressed) -> Case:
    case.refresh_from_db()
    if case.closed_at is not None:
        row.settled_at = pressed.at
    row.save()
    return case


def _asked(row: Extension, answers: Mapping[str, Any]) -> None:
    row.until = date.fromisoformat(str(answers["until"]))
    if row.term.extended_to is not None:
        raise NotMade(Reason("extended_once", _ONCE, {}))
    fault = extension_fault(row.term.ends_on, row.until)
    if fault is not None:
        raise NotMade(fault)


def _granted(row: Extension, pressed: Pressed) -> None:
    row.document_number = str(pressed.answers["document_number"]).strip()
    if row.until is None:
        raise NotMade(Reason("no_term", _NO_TERM, {}))
    try:
        extend_term(row.term, row.until, document_number=row.document_number, by=pressed.by)
    except TermRefused as refused:
        raise NotMade(next(iter(refused.reasons.values()))) from refused


def _proposed(row: Recall, pressed: Pressed) -> None:
    """Whom the motion is about: somebody who sits on a committee now."""
    written = str(pressed.answers["person"])
    term = present_term(row.union_id)
    seen = visible_to(pressed.by).filter(pk=int(written)) if written.isdecimal() else None
    seat = None
    if term is not None and seen is not None and seen.exists():
        seat = seats_of(term).filter(person=int(written), body__kind="committee").first()
    if seat is None:
        raise NotMade(Reason("no_seat", _NO_SEAT, {}))
    if pressed.by.subject_id == seat.person_id:
        raise Forbidden("own_case")
    row.seat = seat


def _voted(row: Recall, pressed: Pressed) -> None:
    """More than half of all: of the members, or of the representatives (工会法第十八条)."""
    answers, people = pressed.answers, people_of(row.union)
    row.meeting = str(answers["meeting"])
    _MEETINGS.get(row.meeting, _by_committee)(row, people.members, answers)
    row.present, row.votes = int(str(answers["present"])), int(str(answers["votes"]))
    row.meeting_on = date.fromisoformat(str(answers["meeting_on"]))
    fault = recall_fault(entitled=row.entitled or 0, present=row.present, votes=row.votes)
    if fault is not None:
        raise NotMade(fault)
    if row.meeting_on > clock.today():
        raise NotMade(Reason("meeting_later", _LATER, {}))


def _by_members(row: Recall, members: int, _answers: Mapping[str, Any]) -> None:
    row.entitled = members


def _by_representatives(row: Recall, members: int, answers: Mapping[str, Any]) -> None:
    row.entitled = int(str(answers.get("representatives") or 0))
    fault = congress_fault(row.entitled, members)
    if fault is not None:
        raise NotMade(fault)


def _by_committee(_row: Recall, _members: int, _answers: Mapping[str, Any]) -> None:
    raise NotMade(Reason("recall_by_committee", _BY_COMMITTEE, {}))


_MEETINGS: dict[str, Callable[[Recall, int, Mapping[str, Any]], None]] = {
    Meeting.GENERAL.value: _by_members,
    Meeting.CONGRESS.value: _by_representatives,
}
_NO_TERM = gettext_noop("这个工会还没有记下现在这一届，谈不上延期。先由上一级工会记下批复。")
_ONCE = gettext_noop("这一届已经延过一次了（只延一次，本系统默认值）。请抓紧换届。")
_NO_SEAT = gettext_noop("这个人现在不在工会委员会里，没有职务可以罢免。")
_LATER = gettext_noop("表决的日子还没有到。开过会再记。")
_BY_COMMITTEE = gettext_noop(
    "《工会法》第十八条：罢免主席、副主席，要开会员大会或者会员代表大会，超过全体会员（代表）的半数通过。委员会自己表决不算。"
)
