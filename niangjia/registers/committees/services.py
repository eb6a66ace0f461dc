"""Begin a term that the union above approved, set up committees, and end what ends with them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden, check
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.kernel.messages.rules import ToPerson
from niangjia.kernel.messages.services import send
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level
from niangjia.registers.committees.models import Body, Seat, Term
from niangjia.registers.committees.queries import (
    chosen_in,
    members_among,
    names_of,
    people_of,
    stands_above,
)
from niangjia.registers.committees.rules.bodies import ELECTED_BODIES, BodyKind, Chosen, TermForm
from niangjia.registers.committees.rules.composition import Composed, apart_fault, composition_fault
from niangjia.registers.committees.rules.leaving import LeaveReason, leaving_fault
from niangjia.registers.committees.rules.moves import APPROVE_TERM, KEEP_COMMITTEES
from niangjia.registers.committees.rules.terms import TermFacts, extension_fault, last_day, term_faults, years_allowed
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.rules import UnionKind


class TermRefused(Exception):
    """What is wrong, by field; nothing was changed."""

    def __init__(self, reasons: Mapping[str, Reason]) -> None:
        super().__init__(", ".join(f"{field}: {reason.code}" for field, reason in reasons.items()))
        self.reasons = dict(reasons)


@dataclass(frozen=True)
class Elected:
    """What an election came to (选举结果): how the union is led, and who was elected onto which committee."""

    chosen: tuple[Chosen, ...] = ()
    form: TermForm = TermForm.COMMITTEE


@transaction.atomic
def begin_term(  # noqa: PLR0913 - what the approval says, who was elected, and who approves
    place: Place,
    *,
    years: int,
    begins_on: date,
    document_number: str,
    approved_on: date,
    by: Actor,
    elected: Elected | None = None,
    number: int | None = None,
) -> Term:
    """Begin a term (新一届) that the union above approves with a document; the one before ends on the eve.

    `elected` sit on its committees from the first day; `number` is said for the first term alone, later ones are counted.
    """
    elected = elected or Elected()
    facts = TermFacts(years, begins_on, document_number.strip(), approved_on)
    union, former = _to_approve(place, by=by), _held(place.pk)
    _refuse_faults(facts, union, former)
    _refuse_composition(elected, union)
    if former is not None:
        _end(former, on=begins_on - timedelta(days=1))
    term = Term.objects.create(
        city=union.city,
        union=union,
        number=number or (former.number + 1 if former else 1),
        form=elected.form.value,
        years=years,
        begins_on=begins_on,
        ends_on=last_day(begins_on, years),
        document_number=facts.document_number,
        approved_on=approved_on,
    )
    for kind in dict.fromkeys(each.body for each in elected.chosen):
        _seat(term, Composed(kind, _on(elected.chosen, kind)), since=begins_on)
    detail = {"number": term.number, "years": years, "from": str(begins_on), "to": str(term.ends_on)}
    detail |= {"document": facts.document_number}
    record("begin_term", by=by, thing="term", thing_id=term.pk, place=(union.city, union.pk), detail=detail)
    return term


@transaction.atomic
def set_up_body(union_id: int, body: Composed, *, by: Actor, on: date) -> Body:
    """Set up a committee beside the union's own (设立委员会) in its present term, or set it up anew with other people."""
    union = Union.objects.select_related("place").get(pk=union_id)
    check(by, KEEP_COMMITTEES, union.place.path)
    term = _held(union_id)
    if term is None:
        raise TermRefused({"__all__": Reason("no_term", _NO_TERM, {})})
    if body.kind in ELECTED_BODIES and Body.objects.filter(term=term, kind=body.kind.value).exists():
        raise TermRefused({"__all__": Reason("by_election", _BY_ELECTION, {})})
    _refuse_strangers(body.chosen, union)
    others = [each for each in chosen_in(term) if each.body is not body.kind]
    fault = composition_fault(body, people_of(union), others=others, form=TermForm(term.form))
    if fault is not None:
        raise TermRefused({"__all__": _named(fault, [*body.chosen, *others])})
    Seat.objects.filter(body__term=term, body__kind=body.kind.value, until=None).update(until=on)
    made = _seat(term, body, since=on)
    detail = {"body": body.kind.value, "seats": body.size}
    record("set_up_body", by=by, thing="term", thing_id=term.pk, place=(union.city, union.pk), detail=detail)
    return made


@transaction.atomic
def fill_seat(  # noqa: PLR0913 - who comes where, by which approval, beside whom
    term: Term, chosen: Chosen, *, document_number: str, by: Actor, on: date, others: Sequence[Chosen]
) -> Seat:
    """Somebody comes to a vacant seat of the present term (补选到任), by approval of the union above."""
    union = _to_approve(Place.objects.get(pk=term.union_id), by=by)
    if not document_number.strip():
        raise TermRefused({"document_number": Reason("document_missing", _DOCUMENT, {})})
    _refuse_strangers([chosen], union)
    if any(each.person_id == chosen.person_id and each.body is chosen.body for each in others):
        Seat.objects.filter(body__term=term, body__kind=chosen.body.value, person=chosen.person_id, until=None).update(
            until=on
        )
    kept = [each for each in others if (each.person_id, each.body) != (chosen.person_id, chosen.body)]
    fault = apart_fault([*kept, chosen], names_of([chosen.person_id]))
    if fault is not None:
        raise TermRefused({"__all__": fault})
    body, _made = Body.objects.get_or_create(
        term=term, kind=chosen.body.value, defaults={"city": term.city, "union_id": term.union_id, "since": on}
    )
    seat = Seat.objects.create(
        city=term.city,
        body=body,
        union_id=term.union_id,
        person_id=chosen.person_id,
        post=chosen.post.value,
        since=on,
    )
    detail = {"body": chosen.body.value, "post": chosen.post.value, "document": document_number.strip()}
    record("fill_seat", by=by, thing="term", thing_id=term.pk, place=(term.city, term.union_id), detail=detail)
    return seat


@transaction.atomic
def extend_term(term: Term, until: date, *, document_number: str, by: Actor) -> Term:
    """Extend a term (延期) to a day, by approval of the union above with a document."""
    union = _to_approve(Place.objects.get(pk=term.union_id), by=by)
    held = Term.objects.select_for_update().get(pk=term.pk)
    fault = extension_fault(held.ends_on, until)
    if fault is not None:
        raise TermRefused({"until": fault})
    if not document_number.strip():
        raise TermRefused({"document_number": Reason("document_missing", _DOCUMENT, {})})
    held.extended_to, held.extension_document, held.reminded = until, document_number.strip(), None
    held.save(update_fields=["extended_to", "extension_document", "reminded"])
    detail = {"number": held.number, "until": str(until), "document": held.extension_document}
    record("extend_term", by=by, thing="term", thing_id=held.pk, place=(union.city, union.pk), detail=detail)
    return held


@transaction.atomic
def resign_seat(seat_id: int, why: LeaveReason, *, by: Actor, on: date) -> Seat:
    """Keep that somebody left a committee (离任), for a reason that needs no vote, and tell her; a recall has its own procedure."""
    seat = Seat.objects.select_for_update(of=("self",)).select_related("union__place", "body__term").get(pk=seat_id)
    check(by, KEEP_COMMITTEES, seat.union.place.path)
    if seat.until is not None or seat.body.term.ended_on is not None:
        raise TermRefused({"__all__": Reason("left_already", _LEFT_ALREADY, {})})
    fault = leaving_fault(on, since=seat.since, today=clock.today())
    if fault is not None:
        raise TermRefused({"until": fault})
    if why is not LeaveReason.DIED:
        send("seat_left", to=ToPerson(seat.person_id), facts={"place": seat.union_id, "last": on})
    return leave_seat(seat, by=by, on=on, why=why.value)


@transaction.atomic
def leave_seat(seat: Seat, *, by: Actor, on: date, why: str = "recalled") -> Seat:
    """Somebody leaves a committee before its term ends (离任)."""
    Seat.objects.filter(pk=seat.pk, until=None).update(until=max(on, seat.since))
    place = (seat.city, seat.union_id)
    detail = {"body": seat.body.kind, "post": seat.post, "why": why}
    record("leave_seat", by=by, thing="term", thing_id=seat.body.term_id, place=place, detail=detail)
    return Seat.objects.select_related("body").get(pk=seat.pk)


def end_terms(union: Union, *, on: date) -> int:
    """End what a union has, for it is closed."""
    term = _held(union.pk)
    if term is None:
        return 0
    _end(term, on=max(on, term.begins_on))
    return 1


def _to_approve(place: Place, *, by: Actor) -> Union:
    """The union whose term is approved: by whoever works above it, never by itself (工会法第十二条)."""
    check(by, APPROVE_TERM, place.path)
    if not stands_above(by, place, move=APPROVE_TERM):
        raise Forbidden("out_of_scope")
    return Union.objects.select_related("place").get(pk=place.pk)


def _held(union_id: int) -> Term | None:
    """The present term of a union, held alone until the transaction ends."""
    return Term.objects.select_for_update().filter(union=union_id, ended_on=None).first()


def _refuse_faults(facts: TermFacts, union: Union, former: Term | None) -> None:
    allowed = years_allowed(Level(union.place.level), UnionKind(union.kind))
    faults = term_faults(facts, allowed=allowed, today=clock.today())
    if former is not None and facts.begins_on <= former.begins_on:
        faults["begins_on"] = Reason("begins_before", _BEGINS_BEFORE, {"number": former.number})
    if faults:
        raise TermRefused(faults)


def _refuse_composition(elected: Elected, union: Union) -> None:
    """Committees that break a rule never take office."""
    if not elected.chosen:
        return
    _refuse_strangers(elected.chosen, union)
    people = people_of(union)
    for kind in dict.fromkeys(each.body for each in elected.chosen):
        body = Composed(kind, _on(elected.chosen, kind))
        fault = composition_fault(body, people, others=elected.chosen, form=elected.form)
        if fault is not None:
            raise TermRefused({"__all__": _named(fault, elected.chosen)})


def _refuse_strangers(chosen: Iterable[Chosen], union: Union) -> None:
    """Only members of the union sit on its committees; of nobody else is told who she is."""
    ids = {each.person_id for each in chosen}
    strangers = ids - members_among(ids, union)
    if strangers:
        name = names_of(strangers).get(min(strangers), "")
        raise TermRefused({"__all__": Reason("no_member", _NO_MEMBER if name else _NO_MEMBER_UNNAMED, {"name": name})})


def _named(fault: Reason, chosen: Sequence[Chosen]) -> Reason:
    """A fault about one person says her name to whoever set up the committee."""
    if "name" not in fault.values:
        return fault
    again = apart_fault(chosen, names_of(each.person_id for each in chosen))
    return again or fault


def _on(chosen: Iterable[Chosen], kind: BodyKind) -> tuple[Chosen, ...]:
    return tuple(each for each in chosen if each.body is kind)


def _seat(term: Term, body: Composed, *, since: date) -> Body:
    row, _made = Body.objects.update_or_create(
        term=term,
        kind=body.kind.value,
        defaults={"city": term.city, "union_id": term.union_id, "since": since, "employer_side": body.employer_side},
    )
    Seat.objects.bulk_create(
        Seat(
            city=term.city,
            body=row,
            union_id=term.union_id,
            person_id=each.person_id,
            post=each.post.value,
            since=since,
        )
        for each in body.chosen
    )
    return row


def _end(term: Term, *, on: date) -> None:
    Seat.objects.filter(body__term=term, until=None, since__gt=on).update(until=clock.today())
    Seat.objects.filter(body__term=term, until=None).update(until=on)
    Term.objects.filter(pk=term.pk).update(ended_on=on)


_LEFT_ALREADY = gettext_noop("这个人已经不在任了，不用再记。")
_DOCUMENT = gettext_noop("《工会法》第十二条：要报上一级工会批准。写上批复文号，批复下来再记。")
_NO_TERM = gettext_noop("这个工会还没有记下现在这一届。先由上一级工会记下批复，再设委员会。")
_BY_ELECTION = gettext_noop("这个委员会由会员选举产生（《工会基层组织选举工作条例》），不能自己改。请办换届或者补选。")
_BEGINS_BEFORE = gettext_noop("比第 {number} 届开始得还早。新一届从选出来的那一天起，看看日子有没有抄错。")
_NO_MEMBER = gettext_noop("「{name}」不是这个工会的会员，或者是保留会籍。委员会的人从会员里选。")
_NO_MEMBER_UNNAMED = gettext_noop("有人不是这个工会的会员，或者是保留会籍。委员会的人从会员里选。")
