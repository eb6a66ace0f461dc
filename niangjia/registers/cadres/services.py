"""Write down posts that no election gives, end them, and say whom a cadre keeps in touch with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden, check
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.registers.cadres.models import Cadre, Contact, ElectedKind, Posting
from niangjia.registers.cadres.queries import has_term, may_keep, without_file
from niangjia.registers.cadres.rules.moves import KEEP_CADRES, NAME_LEADER
from niangjia.registers.cadres.rules.posts import CadreKind, PostFacts, end_faults, since_fault, why_not_written
from niangjia.registers.committees.queries import stands_above
from niangjia.registers.employers.models import Employer
from niangjia.registers.members.models import Person
from niangjia.registers.orgs.models import Union


class CadreRefused(Exception):
    """What is wrong, by field; nothing was changed."""

    def __init__(self, reasons: Mapping[str, Reason]) -> None:
        super().__init__(", ".join(f"{field}: {reason.code}" for field, reason in reasons.items()))
        self.reasons = dict(reasons)


@dataclass(frozen=True)
class Who:
    """Who it is: somebody of the list, else a member of the register, else whoever has an account, else a name alone."""

    cadre_id: int | None = None
    person_id: int | None = None
    account_id: int | None = None
    name: str = ""


@transaction.atomic
def begin_post(who: Who, union_id: int, facts: PostFacts, *, by: Actor, on: date) -> Posting:
    """Write down that somebody holds a post from a day on (任职)."""
    union = _kept(union_id, by=by)
    _refuse(facts, union, by=by, on=on)
    cadre = _file_of(who, union)
    posting = Posting(
        city=union.city,
        cadre=cadre,
        union=union,
        post=facts.post.value,
        kind=facts.kind.value,
        since=facts.since,
        document_number=facts.document_number.strip(),
    )
    _save(posting)
    detail = {"post": facts.post.value, "kind": [None, facts.kind.value], "since": [None, str(facts.since)]}
    _record("begin_post", cadre, union, by=by, detail=detail)
    return posting


@transaction.atomic
def change_post(posting_id: int, facts: PostFacts, *, by: Actor, on: date) -> Posting:
    """Put right how and since when somebody holds a post that goes on; another post is begun anew."""
    posting, union = _held(posting_id, by=by)
    fault = since_fault(facts.since, today=on)
    if fault is not None:
        raise CadreRefused({"since": fault})
    before = {"kind": posting.kind, "since": str(posting.since), "document": posting.document_number}
    posting.kind, posting.since = facts.kind.value, facts.since
    posting.document_number = facts.document_number.strip()
    _save(posting)
    after = {"kind": posting.kind, "since": str(posting.since), "document": posting.document_number}
    changed = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    if changed:
        _record("change_post", posting.cadre, union, by=by, detail={"post": posting.post, **changed})
    return posting


@transaction.atomic
def end_post(posting_id: int, until: date, because: str, *, by: Actor, on: date) -> Posting:
    """A post ends with a day, for a reason (离任)."""
    posting, union = _held(posting_id, by=by)
    faults = end_faults(posting.since, until, because, today=on)
    if faults:
        raise CadreRefused(faults)
    posting.until, posting.ended_because = until, because.strip()
    posting.save(update_fields=["until", "ended_because"])
    _record("end_post", posting.cadre, union, by=by, detail={"post": posting.post, "until": str(until)})
    return posting


@transaction.atomic
def say_elected_kind(cadre_id: int, union_id: int, kind: CadreKind, *, by: Actor) -> ElectedKind:
    """Say how somebody holds what she was elected to at a union (任职方式)."""
    union = _kept(union_id, by=by)
    cadre = Cadre.objects.get(pk=cadre_id)
    said, _made = ElectedKind.objects.update_or_create(
        cadre=cadre, union=union, defaults={"city": union.city, "kind": kind.value}
    )
    _record("say_elected_kind", cadre, union, by=by, detail={"kind": kind.value})
    return said


@transaction.atomic
def begin_contact(cadre_id: int, union_id: int, since: date, *, employer: Employer | None, by: Actor) -> Contact:
    """A cadre keeps in touch with a union (联系工会), or stays at an employer there (驻点), from a day on."""
    union = _kept(union_id, by=by)
    cadre = Cadre.objects.get(pk=cadre_id)
    contact = Contact(city=union.city, cadre=cadre, union=union, employer=employer, since=since)
    _save(contact)
    detail = {"employer": employer.pk} if employer else {}
    _record("begin_contact", cadre, union, by=by, detail={"since": str(since), **detail})
    return contact


@transaction.atomic
def end_contact(contact_id: int, *, by: Actor, on: date) -> Contact:
    """She keeps in touch there no longer."""
    contact = Contact.objects.select_for_update(of=("self",)).filter(pk=contact_id, until=None).first()
    if contact is None:
        raise Forbidden("out_of_scope")
    union = _kept(contact.union_id, by=by)
    contact.until = max(on, contact.since)
    contact.save(update_fields=["until"])
    _record("end_contact", contact.cadre, union, by=by, detail={"until": str(contact.until)})
    return contact


@transaction.atomic
def tie_cadre(cadre_id: int, person_id: int, *, by: Actor) -> Cadre:
    """Somebody who was known by a name or an account alone is a member of the register by now: the name stands there."""
    cadre = Cadre.objects.select_for_update(of=("self",)).select_related("union__place").filter(pk=cadre_id).first()
    if cadre is None or cadre.person_id is not None or not may_keep(by, cadre):
        raise Forbidden("out_of_scope")
    with beyond(Purpose.CADRES):
        if Cadre.objects.filter(person=person_id).exists():
            raise CadreRefused({"person": Reason("has_a_file", _HAS_A_FILE, {})})
    cadre.person_id, cadre.account_id, cadre.name = person_id, None, ""
    cadre.save(update_fields=["person", "account", "name"])
    _record("tie_cadre", cadre, cadre.union, by=by, detail={})
    return cadre


@beyond(Purpose.CADRES)
def open_files(*union_ids: int) -> int:
    """Whoever sits on a committee of these unions is a cadre: nobody types her once more."""
    seats = without_file(union_ids)
    rows = [Cadre(city=seat.city, union_id=seat.union_id, person_id=seat.person_id) for seat in seats]
    return len(Cadre.objects.bulk_create(rows, batch_size=1000))


def _kept(union_id: int, *, by: Actor) -> Union:
    union = Union.objects.select_related("place").filter(pk=union_id).first()
    if union is None:
        raise Forbidden("out_of_scope")
    check(by, KEEP_CADRES, union.place.path)
    return union


def _held(posting_id: int, *, by: Actor) -> tuple[Posting, Union]:
    """A post that goes on, held until it is settled."""
    rows = Posting.objects.select_for_update(of=("self",)).select_related("cadre")
    posting = rows.filter(pk=posting_id, until=None).first()
    if posting is None:
        raise Forbidden("out_of_scope")
    return posting, _kept(posting.union_id, by=by)


def _refuse(facts: PostFacts, union: Union, *, by: Actor, on: date) -> None:
    is_above = stands_above(by, union.place, move=NAME_LEADER)
    fault = why_not_written(facts.post, has_term=has_term(union.pk), is_above=is_above)
    if fault is not None:
        raise CadreRefused({"post": fault})
    late = since_fault(facts.since, today=on)
    if late is not None:
        raise CadreRefused({"since": late})


def _file_of(who: Who, union: Union) -> Cadre:
    """The file of whoever it is, opened where there is none; of a name alone there may be several."""
    if who.cadre_id is not None:
        return Cadre.objects.get(pk=who.cadre_id)
    with beyond(Purpose.CADRES):
        account = Account.objects.filter(pk=who.account_id).first() if who.account_id else None
        person_id = who.person_id or (account.subject_id if account else None)
        if person_id is not None and Person.objects.filter(pk=person_id).exists():
            made: dict[str, Any] = {"person_id": person_id}
        elif account is not None:
            made = {"account_id": account.pk}
        else:
            return Cadre.objects.create(city=union.city, union=union, name=who.name.strip())
        cadre, _new = Cadre.objects.get_or_create(**made, defaults={"city": union.city, "union": union})
        return cadre


def _save(row: Posting | Contact) -> None:
    try:
        row.validate_constraints()
    except ValidationError as wrong:
        raise CadreRefused({"__all__": Reason("twice", _TWICE, {})}) from wrong
    row.save()


def _record(verb: str, cadre: Cadre, union: Union, *, by: Actor, detail: dict[str, Any]) -> None:
    record(verb, by=by, thing="cadre", thing_id=cadre.pk, place=(union.city, union.pk), detail=detail)


_TWICE = gettext_noop("这段日子已经记过一样的了。先看看本人那一页，要改就改原来的那一条。")
_HAS_A_FILE = gettext_noop("这位会员已经在干部名册里了。请在那一页上办，把这里的职务结束掉。")
