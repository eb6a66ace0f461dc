"""Register a union as a legal person, register what changed, cancel it; free of charge, by the 总工会 of the county or above."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.db import transaction

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.kernel.places.services import lock_tree
from niangjia.registers.committees.models import Term
from niangjia.registers.committees.queries import present_term
from niangjia.registers.founding.legal.models import LegalPerson
from niangjia.registers.founding.legal.queries import head_of, registrars, standing_of
from niangjia.registers.founding.legal.rules import LegalState
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.services import UnionRefused, edit_union, facts_of


class LegalRefused(Exception):
    """What is wrong, by field; nothing was changed."""

    def __init__(self, reasons: Mapping[str, Reason]) -> None:
        super().__init__(", ".join(f"{field}: {reason.code}" for field, reason in reasons.items()))
        self.reasons = dict(reasons)


@transaction.atomic
def register_legal_person(union_id: int, *, uscc: str, certificate_no: str, by: Actor, on: date) -> LegalPerson:
    """Register a union as a legal person (法人资格登记): it has a name, a seat, a term in force, and a code of its kind."""
    union = _held(union_id, by=by)
    if LegalPerson.objects.filter(pk=union.pk, cancelled_on=None).exists():
        raise LegalRefused({"__all__": Reason("legal_already", _ALREADY, {})})
    if not uscc.strip():
        raise LegalRefused({"uscc": Reason("uscc_missing", _USCC, {})})
    try:
        union = edit_union(union.pk, replace(facts_of(union), uscc=uscc), by=by, on=on)
    except UnionRefused as refused:
        raise LegalRefused(
            {"uscc" if field == "uscc" else "__all__": why for field, why in refused.reasons.items()}
        ) from refused
    return _issued(union, certificate_no, by=by, on=on, verb="register_legal_person")


@transaction.atomic
def reissue(union_id: int, *, certificate_no: str, by: Actor, on: date) -> LegalPerson:
    """Register what changed, or renew after an election (变更、换证): the certificate says again what is so."""
    union = _held(union_id, by=by)
    legal = _present(union)
    if standing_of(legal, on=on).state is LegalState.VALID:
        raise LegalRefused({"__all__": Reason("legal_unchanged", _UNCHANGED, {})})
    return _issued(union, certificate_no or legal.certificate_no, by=by, on=on, verb="reissue_legal_person")


@transaction.atomic
def cancel(union_id: int, *, by: Actor, on: date) -> LegalPerson:
    """Cancel a union as a legal person (注销), one that went into another as well: its code goes with it; membership survives."""
    union = _met(union_id, by=by)
    legal = _present(union)
    legal.cancelled_on = on
    legal.save(update_fields=["cancelled_on"])
    try:
        edit_union(union.pk, replace(facts_of(union), uscc=""), by=by, on=on)
    except UnionRefused as refused:
        raise LegalRefused({"__all__": next(iter(refused.reasons.values()))}) from refused
    _record("cancel_legal_person", legal, by=by, on=on)
    return legal


def _held(union_id: int, *, by: Actor) -> Union:
    """A union that is there, while nobody else changes the tree."""
    union = _met(union_id, by=by)
    if union.place.closed_on is not None:
        raise Forbidden("out_of_scope")
    return union


def _met(union_id: int, *, by: Actor) -> Union:
    """The union, there or gone; only who registers it meets it here."""
    lock_tree()
    union = Union.objects.select_related("place").filter(pk=union_id).first()
    if union is None or not registrars(by, union):
        raise Forbidden("out_of_scope")
    return union


def _present(union: Union) -> LegalPerson:
    legal = LegalPerson.objects.select_for_update(of=("self",)).filter(pk=union.pk, cancelled_on=None).first()
    if legal is None:
        raise LegalRefused({"__all__": Reason("legal_none", _NONE, {})})
    return LegalPerson.objects.select_related("union__place", "term", "representative").get(pk=legal.pk)


def _issued(union: Union, certificate_no: str, *, by: Actor, on: date, verb: str) -> LegalPerson:
    """A certificate that says what is so today; number, seat, term and head are there, or what is missing is said."""
    term, head = _term(union, on=on), head_of(union.pk)
    number = " ".join(certificate_no.split())
    if union.is_preparing or term is None or head is None:
        raise LegalRefused({"__all__": Reason("legal_no_term", _NO_TERM, {})})
    if not union.address:
        raise LegalRefused({"__all__": Reason("legal_no_seat", _NO_SEAT, {})})
    if not number:
        raise LegalRefused({"certificate_no": Reason("certificate_missing", _NUMBER, {})})
    if LegalPerson.objects.filter(city=union.city, certificate_no=number).exclude(pk=union.pk).exists():
        raise LegalRefused({"certificate_no": Reason("certificate_taken", _TAKEN, {})})
    before = LegalPerson.objects.filter(pk=union.pk).first()
    is_new = before is None or before.cancelled_on is not None
    legal, _made = LegalPerson.objects.update_or_create(
        pk=union.pk,
        defaults={
            "city": union.city,
            "certificate_no": number,
            "name": union.name,
            "address": union.address,
            "representative_id": head.person_id,
            "term": term,
            "registered_on": on if is_new or before is None else before.registered_on,
            "issued_on": on,
            "cancelled_on": None,
        },
    )
    _record(verb, legal, by=by, on=on)
    return legal


def _term(union: Union, *, on: date) -> Term | None:
    """The term in force; one that has run out carries no certificate."""
    term = present_term(union.pk)
    return term if term is not None and on <= term.last_on else None


def _record(verb: str, legal: LegalPerson, *, by: Actor, on: date) -> None:
    place = (legal.city, legal.union_id)
    detail = {"certificate": legal.certificate_no, "on": str(on)}
    record(verb, by=by, thing="union", thing_id=legal.union_id, place=place, detail=detail)


_ALREADY = gettext_noop("这个工会已经登记了法人资格。有变化的，办变更。")
_USCC = gettext_noop("还没有写统一社会信用代码。乡镇以下工会和工会联合会的，以 81 或 89 开头，18 位。")
_UNCHANGED = gettext_noop("证书上写的和现在一样，也没有到期，不用换证。")
_NONE = gettext_noop("这个工会没有登记法人资格。先登记。")
_NO_TERM = gettext_noop("要有上级批复、在任期内的委员会和主席（组织员），才能登记法人资格。先记下这一届。")
_NO_SEAT = gettext_noop("还没有登记地址。法人要有住所，先在工会登记里补上地址。")
_NUMBER = gettext_noop("还没有写证书编号，对着证书写上。")
_TAKEN = gettext_noop("这个证书编号已经登记在另一个工会名下。对着两本证书看看哪个抄错了。")
