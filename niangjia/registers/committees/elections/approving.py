"""Hold the meeting, report what it came to, and approve it above: a new term begins, or a seat is filled."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.pressing import Pressed, press
from niangjia.kernel.cases.rules import CLOCK
from niangjia.kernel.cases.services import NotMade, make
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.registers.committees.elections.models import Candidate, Election
from niangjia.registers.committees.elections.preparing import chosen, convened, nominated, planned, struck
from niangjia.registers.committees.elections.queries import elected_in, held, is_renewal, seats_in, vacant_in
from niangjia.registers.committees.elections.rules import workflow as table
from niangjia.registers.committees.elections.rules.voting import Count, count_faults, elected_of
from niangjia.registers.committees.elections.telling import tell_above, tell_union
from niangjia.registers.committees.queries import chosen_in, people_of, present_term
from niangjia.registers.committees.rules.bodies import BodyKind, TermForm
from niangjia.registers.committees.rules.composition import Composed, audit_fault, composition_fault
from niangjia.registers.committees.rules.seats import seats_fault, seats_for
from niangjia.registers.committees.services import Elected, TermRefused, begin_term, fill_seat


class CountRefused(Exception):
    """Figures of a meeting that cannot be, or do not make a valid one, by field; nothing was counted."""

    def __init__(self, reasons: Mapping[str, Reason]) -> None:
        super().__init__(", ".join(f"{field}: {reason.code}" for field, reason in reasons.items()))
        self.reasons = dict(reasons)


@transaction.atomic
def done(case_id: int, move: str, pressed: Pressed) -> Case:
    """Make a move of an election that was pressed, and what belongs to it."""
    case = press(case_id, move, pressed)
    election = held(case_id)
    _kept(election, move, pressed)
    case.refresh_from_db()
    if case.closed_at is not None:
        election.settled_at = pressed.at
        election.save(update_fields=["settled_at", "term"])
    _told(election, move)
    return case


@transaction.atomic
def counted(case_id: int, count: Count, pressed: Pressed) -> Case:
    """Count a meeting (计票): who has more than half of all entitled is elected; too few, and a second round is due."""
    press(case_id, table.COUNT, pressed)
    election = held(case_id)
    people = people_of(election.union)
    election.entitled = election.representatives or people.members
    count = Count(election.entitled, count.present, count.ballots, count.votes)
    faults = count_faults(count)
    if faults:
        raise CountRefused(faults)
    election.members, election.women = people.members, people.women
    election.present, election.ballots, election.rounds = count.present, count.ballots, election.rounds + 1
    election.save(update_fields=["members", "women", "entitled", "present", "ballots", "rounds"])
    _elect(election, count)
    vacant = sum(vacant_in(election, election.candidates.all()).values())
    return make(case_id, table.TOO_FEW if vacant else table.ALL_ELECTED, by=CLOCK, at=pressed.at)


def standing_in_round(election: Election) -> list[Candidate]:
    """Who is voted on now: whoever stands for a committee that has seats left, and was not elected before."""
    rows = list(election.candidates.select_related("person").order_by("body", "pk"))
    vacant = vacant_in(election, rows)
    return [each for each in rows if not each.is_elected and vacant.get(BodyKind(each.body), 0)]


def _elect(election: Election, count: Count) -> None:
    rows = standing_in_round(election)
    vacant = vacant_in(election, election.candidates.all())
    for kind, seats in vacant.items():
        votes = {each.pk: count.votes.get(each.pk, 0) for each in rows if each.body == kind.value}
        won = elected_of(votes, seats=seats, entitled=count.entitled)
        for pk, number in votes.items():
            Candidate.objects.filter(pk=pk).update(votes=number, round=election.rounds, is_elected=pk in won)


def _kept(election: Election, move: str, pressed: Pressed) -> None:
    """What a move keeps besides its step."""
    keeps = KEEPS.get(move)
    if keeps is not None:
        keeps(election, pressed)


def _fewer(election: Election) -> None:
    """As many seats as were filled, where the law leaves room for so few."""
    people, elected = people_of(election.union), elected_in(election)
    on = {kind: sum(each.body is kind for each in elected) for kind in seats_in(election)}
    if is_renewal(election):
        fault = seats_fault(on[BodyKind.COMMITTEE], people.seats or seats_for(people.members), people.members)
        fault = fault or audit_fault(on.get(BodyKind.AUDIT, 0), people)
        if fault is not None:
            raise NotMade(fault)
    elif not sum(on.values()):
        raise NotMade(Reason("nobody_elected", _NOBODY_ELECTED, {}))
    election.seats = on[BodyKind.COMMITTEE]
    election.audit_seats = on.get(BodyKind.AUDIT, 0)
    election.standing_seats = on.get(BodyKind.STANDING, 0)
    election.save(update_fields=["seats", "audit_seats", "standing_seats"])


def _refuse_composition(election: Election) -> None:
    """What was elected has to keep the law before it is reported."""
    if not is_renewal(election):
        return
    people, elected = people_of(election.union), elected_in(election)
    for kind in seats_in(election):
        body = Composed(kind, tuple(each for each in elected if each.body is kind))
        fault = composition_fault(body, people, others=elected, form=TermForm(election.form))
        if fault is not None:
            raise NotMade(fault)


def _approved(election: Election, answers: Mapping[str, Any], *, pressed: Pressed) -> None:
    """The approval of the union above (批复): with its document the new term begins on the day of the election."""
    by, elected = pressed.by, elected_in(election)
    if by.subject_id is not None and any(each.person_id == by.subject_id for each in elected):
        raise Forbidden("own_case")
    if election.meeting_on is None:
        raise NotMade(Reason("no_meeting", _NO_MEETING, {}))
    document, approved_on = str(answers["document_number"]), date.fromisoformat(str(answers["approved_on"]))
    try:
        if is_renewal(election):
            election.term = begin_term(
                election.union.place,
                years=election.years or 0,
                begins_on=election.meeting_on,
                document_number=document,
                approved_on=approved_on,
                by=by,
                elected=Elected(elected, TermForm(election.form)),
            )
        else:
            _fill(election, document, by=pressed, on=election.meeting_on)
    except TermRefused as refused:
        raise NotMade(next(iter(refused.reasons.values()))) from refused


def _fill(election: Election, document: str, *, by: Pressed, on: date) -> None:
    """A vacant seat of the present term is filled."""
    term = present_term(election.union_id)
    if term is None:
        raise NotMade(Reason("no_meeting", _NO_MEETING, {}))
    for each in elected_in(election):
        fill_seat(term, each, document_number=document, by=by.by, on=on, others=chosen_in(term))
    election.term = term


KEEPS: dict[str, Callable[[Election, Pressed], object]] = {
    table.PLAN: lambda election, pressed: planned(election, pressed.answers),
    table.NOMINATE: lambda election, pressed: nominated(election, pressed.answers, by=pressed.by),
    table.STRIKE: lambda election, pressed: struck(election, pressed.answers, by=pressed.by),
    table.CONVENE: lambda election, pressed: convened(election, pressed.answers),
    table.FEWER: lambda election, _pressed: _fewer(election),
    table.CHOOSE: lambda election, pressed: chosen(election, pressed.answers, pressed=pressed),
    table.REPORT: lambda election, _pressed: _refuse_composition(election),
    table.APPROVE: lambda election, pressed: _approved(election, pressed.answers, pressed=pressed),
}


def _told(election: Election, move: str) -> None:
    if move == table.REPORT:
        tell_above("election_reported", election)
    elif move == table.APPROVE:
        tell_union("election_approved", election)
    elif move == table.RETURN:
        tell_union("election_returned", election)


_NOBODY_ELECTED = gettext_noop("没有人当选。请另行选举，或者不办了。")
_NO_MEETING = gettext_noop("还没有开过会，批不了。请退回，补上选举的结果。")
