"""Register one member by hand, change what is registered of her; the same checks as a roster, each with its journal entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.kernel.people.models import Subject
from niangjia.kernel.sealed import blind, seal
from niangjia.registers.members.answering import answer_by
from niangjia.registers.members.masked import number_of, phone_of
from niangjia.registers.members.models import Membership, Person, PhoneProposal, TransferProposal
from niangjia.registers.members.queries import HOLDING, editable_by, real_name_key, visible_to
from niangjia.registers.members.regaining.queries import is_handed
from niangjia.registers.members.roster.checking import CODED, Member, RowChecker
from niangjia.registers.members.roster.sentences import SENTENCES
from niangjia.registers.members.roster.services import CITY_LOCK
from niangjia.registers.members.rules import ID_KINDS, SEXES, MembershipKind, MembershipState
from niangjia.registers.members.rules.moves import EDIT_MEMBERS
from niangjia.registers.members.rules.naming import name_keys
from niangjia.registers.members.rules.sealed_columns import PHONE, SEALED_ID, SEALED_PHONE
from niangjia.registers.members.tails import key_of_number
from niangjia.registers.members.telling import tell_of_asked_transfers, tell_of_phones
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import visible_to as unions_visible_to

CHECKED = (
    "name", "id_number", "id_kind", "phone", "sex", "birth_on", "workplace", "ethnicity", "political", "education",
    "household_registration", "migrant", "employment", "title", "skill", "occupation", "joined_on", "member_no",
)  # fmt: skip
PLAIN = (
    "sex", "birth_on", "ethnicity", "political", "education", "household_registration", "employment", "workplace", "title",
    "skill", "occupation",
)  # fmt: skip
# The journal says which facts changed, never from what to what: it can be neither corrected nor erased.
CHANGED = "***"
VOCABULARIES = {**CODED, "sex": SEXES, "id_kind": ID_KINDS}


class MemberRefused(Exception):
    """What is wrong with what was written of a member, by field; nothing was changed but a transfer asked for."""

    def __init__(self, reasons: Mapping[str, Reason]) -> None:
        super().__init__(", ".join(f"{field}: {reason.code}" for field, reason in reasons.items()))
        self.reasons = dict(reasons)


@dataclass(frozen=True)
class Registered:
    """A member as she stands in the register now, with what is worth a look (warnings)."""

    person: Person
    warnings: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class TransferAsked:
    """The person is active in a union out of reach: nobody is told where; a transfer was asked for instead."""

    reason: Reason


@transaction.atomic
def register_member(
    written: Mapping[str, str], *, union_id: int, by: Actor, on: date, subject_id: int | None = None
) -> Registered | TransferAsked:
    """Register a member (会员登记) in a union; who was a member before comes back, who is one elsewhere does not.

    `subject_id`: the bare person she is already, where she applied herself; it counts for who stands in no register yet.
    """
    union = _union(union_id, by=by)
    member, warnings = _checked(written, union_id=union.pk, on=on)
    _lock_city(union.city)
    with beyond(Purpose.SAME_PERSON):
        known = Person.objects.filter(subject__key_blind=real_name_key(member.id_kind, member.id_number)).first()
        if known is None:
            person = _create(member, union, subject_id=subject_id)
            kind = MembershipKind.JOINED
        else:
            answer = _known(known, member, union, by=by)
            if answer is not None:
                return answer
            person, kind = known, MembershipKind.REJOINED
            _write(person, member, keep_blank=True)
        past = _ended(person)
    _join(person, member, union, kind=kind, on=max([member.joined_on or on, *past]))
    detail = {"union": union.code, "kind": kind.value}
    record("register_member", by=by, thing="person", thing_id=person.pk, place=(union.city, union.pk), detail=detail)
    return Registered(person, (*warnings, *_shared_phone(person)))


@transaction.atomic
def edit_member(
    person_id: int, written: Mapping[str, str], *, by: Actor, on: date, revision: int | None = None
) -> Registered:
    """Change what is registered of a member; a blank number or phone stays as it is. `revision`: the one the editor saw."""
    found = editable_by(by).filter(pk=person_id).values_list("pk", flat=True).first()
    if found is None:
        raise Forbidden("out_of_scope")
    person = Person.objects.select_for_update().get(pk=found)
    if revision is not None and revision != person.revision:
        raise MemberRefused({"__all__": Reason("changed_since", _CHANGED_SINCE, {})})
    membership = _present(person)
    kept = {"id_number": number_of(person), "id_kind": person.id_kind}
    given = dict(written) | ({} if written.get("id_number") else kept)
    member, warnings = _checked(given, union_id=membership.union_id, on=on)
    before = _told(person, membership)
    _lock_city(person.city)
    _renumber(person, member)
    warnings = (*warnings, *bring_phone(person, member.phone))
    _write(person, member, keep_blank=False)
    Membership.objects.filter(pk=membership.pk).exclude(
        joined_on=member.joined_on, member_no=member.member_no or ""
    ).update(joined_on=member.joined_on, member_no=member.member_no or "")
    person = Person.objects.get(pk=person.pk)
    changed = _changes(before, _told(person, _present(person)))
    if changed:
        place = (person.city, membership.union_id)
        record("edit_member", by=by, thing="person", thing_id=person.pk, place=place, detail=changed)
    return Registered(person, (*warnings, *_shared_phone(person)))


def _union(union_id: int, *, by: Actor) -> Union:
    union = unions_visible_to(by, move=EDIT_MEMBERS).filter(pk=union_id, place__closed_on=None).first()
    if union is None:
        raise MemberRefused({"union": Reason("union_unknown", _UNION_UNKNOWN, {})})
    return union


def _checked(written: Mapping[str, str], *, union_id: int, on: date) -> tuple[Member, tuple[Reason, ...]]:
    """The checks of a roster, on one row that somebody typed."""
    columns = {field: place for place, field in enumerate(CHECKED)}
    checker = RowChecker(columns, on=on, unit_id=union_id, find_union=lambda _reference: union_id)
    row = checker.check([written.get(field, "") or None for field in CHECKED])
    if row.member is None:
        raise MemberRefused({remark.field: remark.reason for remark in reversed(row.remarks) if remark.is_fault})
    return row.member, tuple(remark.reason for remark in row.remarks)


def _lock_city(city: str) -> None:
    """Rosters land in the same city one chunk at a time; a hand comes between two of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [CITY_LOCK, int(city)])


def _known(person: Person, member: Member, union: Union, *, by: Actor) -> TransferAsked | None:
    """Somebody with this paper is in the register: None where she may come (back), else what happens instead."""
    if person.name != member.name:
        raise MemberRefused({"name": Reason("name_differs_from_register", SENTENCES["renamed"], {})})
    membership = Membership.objects.filter(person=person, period__upper_inf=True, state__in=HOLDING).first()
    if membership is None:
        return None
    if visible_to(by, move=EDIT_MEMBERS).having(pk=membership.pk).filter(pk=person.pk).exists():
        raise MemberRefused({"id_number": Reason("member_already", _MEMBER_ALREADY, {"name": membership.union.name})})
    asked = TransferProposal.objects.filter(person=person, to_union=union, withdrawn_at=None, settled_at=None)
    if not asked.exists():
        TransferProposal.objects.create(
            city=union.city, person=person, to_union=union, proposed_by_id=by.account_id, name_written=member.name,
            answer_by=answer_by(union.city, on=clock.today()),
        )  # fmt: skip
        record("ask_transfer", by=by, thing="person", thing_id=person.pk, place=(union.city, union.pk), detail={})
        tell_of_asked_transfers([person.pk], to_union=union.pk, but=by.account_id)
    return TransferAsked(Reason("active_elsewhere", SENTENCES["elsewhere"], {}))


def _create(member: Member, union: Union, *, subject_id: int | None = None) -> Person:
    key = real_name_key(member.id_kind, member.id_number)
    if subject_id is None:
        subject = Subject.objects.create(city=union.city, key_blind=key)
    else:
        subject = Subject.objects.select_for_update().get(pk=subject_id, key_blind=None)
        subject.key_blind = key
        subject.save(update_fields=["key_blind"])
    sort, keys = name_keys(member.name)
    person = Person(
        subject=subject,
        city=union.city,
        name=member.name,
        name_sort=sort,
        name_keys=[*keys, key_of_number(member.id_number)],
        id_kind=member.id_kind,
        id_sealed=seal(member.id_number, aad=f"{SEALED_ID}.{subject.pk}"),
        **_columns(member),
    )
    if member.phone:
        person.phone_sealed = seal(member.phone, aad=f"{SEALED_PHONE}.{subject.pk}")
        person.phone_blind = blind(PHONE, member.phone)
    person.save(force_insert=True)
    return person


def _join(person: Person, member: Member, union: Union, *, kind: MembershipKind, on: date) -> None:
    Membership.objects.create(
        city=union.city,
        person=person,
        union=union,
        kind=kind.value,
        state=MembershipState.ACTIVE.value,
        period=DateRange(on, None),
        joined_on=member.joined_on,
        member_no=member.member_no or "",
    )


def _ended(person: Person) -> list[date]:
    """The days on which earlier memberships ended, wherever they were."""
    return [each.period.upper for each in Membership.objects.filter(person=person) if each.period.upper]


def _columns(member: Member) -> dict[str, Any]:
    plain = {name: getattr(member, name) for name in PLAIN}
    texts = {name: value or "" for name, value in plain.items() if name != "birth_on"}
    migrant = None if member.migrant is None else member.migrant == "yes"
    return texts | {"birth_on": member.birth_on, "migrant": migrant}


def _write(person: Person, member: Member, *, keep_blank: bool) -> None:
    """Write what was given; a roster and a return keep what they leave blank, the page of one person says it all."""
    columns = _columns(member)
    if keep_blank:
        columns = {name: value for name, value in columns.items() if value not in ("", None)}
    sort, keys = name_keys(member.name)
    columns |= {"name": member.name, "name_sort": sort, "name_keys": [*keys, key_of_number(member.id_number)]}
    if any(getattr(person, name) != value for name, value in columns.items()):
        Person.objects.filter(pk=person.pk).update(**columns)


def _renumber(person: Person, member: Member) -> None:
    """A number that was mistyped is put right; it may not be somebody else's."""
    if (person.id_kind, number_of(person)) == (member.id_kind, member.id_number):
        return
    key = real_name_key(member.id_kind, member.id_number)
    with beyond(Purpose.SAME_PERSON):
        if Subject.objects.filter(key_blind=key).exclude(pk=person.pk).exists():
            raise MemberRefused({"id_number": Reason("id_taken", _ID_TAKEN, {})})
        Subject.objects.filter(pk=person.pk).update(key_blind=key)
    sealed = seal(member.id_number, aad=f"{SEALED_ID}.{person.pk}")
    Person.objects.filter(pk=person.pk).update(id_kind=member.id_kind, id_sealed=sealed)


def bring_phone(person: Person, phone: str | None) -> tuple[Reason, ...]:
    """Another phone of a member was brought. One that its owner confirmed is only proposed to be changed; she decides."""
    if not phone or phone == phone_of(person):
        return ()
    sealed = seal(phone, aad=f"{SEALED_PHONE}.{person.pk}")
    index = blind(PHONE, phone)
    if person.phone_confirmed_at is None and not is_handed(person.pk):
        Person.objects.filter(pk=person.pk).update(phone_sealed=sealed, phone_blind=index)
        return ()
    # What waits for her is not asked twice, and what she said no to lately not again.
    asked = PhoneProposal.objects.filter(Q(settled_at=None) | Q(taken_over=False), person=person, phone_blind=index)
    if not asked.exists():
        PhoneProposal.objects.create(
            city=person.city, person=person, phone_sealed=sealed, phone_blind=index, union=_present(person).union
        )
        tell_of_phones([person.pk])
    return (Reason("phone_confirmed_by_owner", SENTENCES["confirmed"], {}),)


def _shared_phone(person: Person) -> tuple[Reason, ...]:
    person.refresh_from_db(fields=["phone_blind"])
    if person.phone_blind is None:
        return ()
    with beyond(Purpose.SAME_PERSON):
        others = Person.objects.filter(phone_blind=person.phone_blind).exclude(pk=person.pk).exists()
    return (Reason("phone_shared", SENTENCES["phone_shared"], {}),) if others else ()


def _present(person: Person) -> Membership:
    return Membership.objects.get(person=person, period__upper_inf=True, state__in=HOLDING)


def _told(person: Person, membership: Membership) -> dict[str, Any]:
    """The record as it is compared with itself after a change."""
    said = {name: getattr(person, name) for name in ("name", "id_kind", *PLAIN, "migrant")}
    said |= {"id_number": number_of(person), "phone": phone_of(person)}
    return said | {"joined_on": membership.joined_on, "member_no": membership.member_no}


def _changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    return {name: [CHANGED, CHANGED] for name, value in after.items() if before[name] != value}


_CHANGED_SINCE = gettext_noop("您打开这一页以后，别人改过。下面是您写的，请先看看现在的内容，再改一次。")
_UNION_UNKNOWN = gettext_noop("找不到这个工会，或者它不归您管。写工会编码或全称。")
_MEMBER_ALREADY = gettext_noop("这个人已经是「{name}」的会员，不用再登记。要改资料，请到会员页面上改。")
_ID_TAKEN = gettext_noop("这个号码登记的是另一个人。对着证件再看一遍。")
