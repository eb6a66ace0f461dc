"""A member writes down whom she lives with, changes it, takes it back; each with its journal entry, which names nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.dated.queries import is_region
from niangjia.kernel.journal.services import record
from niangjia.kernel.messages.rules import ToPerson
from niangjia.kernel.messages.services import send
from niangjia.kernel.privacy.queries import why_not_use
from niangjia.kernel.sealed import seal
from niangjia.registers.households.models import Belonging, Household, Kin, Schooling
from niangjia.registers.households.queries import asked_of, household_she_is_in, own_household
from niangjia.registers.households.rules import (
    CHILDREN,
    FAMILY,
    KinFacts,
    KinWritten,
    Known,
    Relation,
    SchoolWritten,
    checked,
    end_fault,
    needs_guardian,
    school_faults,
)
from niangjia.registers.households.rules.sealed_columns import SEALED_ADDRESS, SEALED_ID
from niangjia.registers.members.masked import number_of
from niangjia.registers.members.models import Person
from niangjia.registers.members.queries import present_membership, real_name_key
from niangjia.registers.members.rules import IdKind


class HouseholdRefused(Exception):
    """What is wrong with what was written, by field; nothing was changed."""

    def __init__(self, reasons: Mapping[str, Reason]) -> None:
        super().__init__(", ".join(f"{field}: {reason.code}" for field, reason in reasons.items()))
        self.reasons = dict(reasons)


@dataclass(frozen=True)
class Home:
    """Where a household lives: the county or district, and the address, which rests sealed."""

    region_code: str
    address: str
    since: date


@transaction.atomic
def begin_household(home: Home, *, by: Actor, on: date) -> Household:
    """Write down one's own household (登记家庭): she lives in it from a day on."""
    person = _person(by)
    _consented(by, FAMILY, on=on)
    _check_home(home, on=on)
    if own_household(by, on=on) or household_she_is_in(by, on=on):
        raise HouseholdRefused({"__all__": Reason("household_already", _ALREADY, {})})
    period = DateRange(home.since, None)
    try:
        with transaction.atomic():
            household = Household.objects.create(
                city=person.city, head_id=person.pk, region_code=home.region_code, address_sealed=b"", period=period
            )
            _seal_address(household, home.address)
            Belonging.objects.create(
                city=person.city, household=household, head_id=person.pk, member_id=person.pk,
                relation=Relation.APPLICANT.value, period=period,
            )  # fmt: skip
    except IntegrityError as error:
        raise HouseholdRefused({"since": Reason("household_overlaps", _OVERLAPS, {})}) from error
    _record("write_household", household, by=by)
    return household


@transaction.atomic
def change_home(home: Home, *, by: Actor, on: date) -> Household:
    """She moved, or the address was wrong (改住址); since when they live together stays as it is."""
    household = _own(by, on=on)
    _check_home(home, on=on)
    household.region_code = home.region_code
    household.save(update_fields=["region_code"])
    _seal_address(household, home.address)
    _record("change_household", household, by=by, what="home")
    return household


@transaction.atomic
def add_person(written: KinWritten, *, by: Actor, on: date) -> Belonging:
    """Write down somebody she lives with (添一位家人). A member is asked herself, and linked when she says yes."""
    household = _own(by, on=on)
    facts = _checked(written, household, by=by, on=on)
    _consented(by, FAMILY, on=on)
    if needs_guardian(facts.birth_on, on=on):
        _consented(by, CHILDREN, on=on)
    key = real_name_key(IdKind.ID_CARD.value, facts.id_number) if facts.id_number else None
    member_id = _member_with(key)
    try:
        with transaction.atomic():
            kin = Kin.objects.create(
                city=household.city, name=facts.name, birth_on=facts.birth_on, told_by_id=household.head_id
            )
            _seal_number(kin, facts.id_number, key)
            belonging = Belonging.objects.create(
                city=household.city, household=household, head_id=household.head_id, kin=kin,
                # Whoever stands in the register answers for herself where she lives.
                key_blind=None if member_id else key,
                relation=facts.relation.value, period=DateRange(facts.since, None),
            )  # fmt: skip
    except IntegrityError as error:
        raise HouseholdRefused({"id_number": Reason("lives_elsewhere", _LIVES_ELSEWHERE, {})}) from error
    if member_id is not None:
        send("household_asked", to=ToPerson(member_id))
    _record("change_household", household, by=by, what="person")
    return belonging


@transaction.atomic
def change_person(belonging_id: int, written: KinWritten, *, by: Actor, on: date) -> Belonging:
    """What was written of kin is put right (改家人的资料); a blank number stays as it is."""
    belonging = _held(belonging_id, by=by, on=on)
    kin = belonging.kin
    if kin is None:
        raise Forbidden("out_of_scope")
    facts = _checked(written, belonging.household, by=by, on=on, but=belonging)
    if needs_guardian(facts.birth_on, on=on):
        _consented(by, CHILDREN, on=on)
    kin.name, kin.birth_on = facts.name, facts.birth_on
    kin.save(update_fields=["name", "birth_on"])
    try:
        with transaction.atomic():
            belonging.relation, belonging.period = facts.relation.value, DateRange(facts.since, belonging.period.upper)
            if facts.id_number:
                key = real_name_key(IdKind.ID_CARD.value, facts.id_number)
                _seal_number(kin, facts.id_number, key)
                belonging.key_blind = None if _member_with(key) else key
            belonging.save(update_fields=["relation", "period", "key_blind"])
    except IntegrityError as error:
        raise HouseholdRefused({"id_number": Reason("lives_elsewhere", _LIVES_ELSEWHERE, {})}) from error
    _record("change_household", belonging.household, by=by, what="person")
    return belonging


@transaction.atomic
def move_out(belonging_id: int, until: date, *, by: Actor, on: date) -> None:
    """Somebody lives there no more from a day on (搬走了); what was before stays known."""
    belonging = _held(belonging_id, by=by, on=on)
    fault = end_fault(belonging.period.lower, until, on=on)
    if fault is not None:
        raise HouseholdRefused({"until": fault})
    belonging.period = DateRange(belonging.period.lower, until)
    belonging.save(update_fields=["period"])
    _record("change_household", belonging.household, by=by, what="moved_out")


@transaction.atomic
def strike_person(belonging_id: int, *, by: Actor, on: date) -> None:
    """It was a mistake, or that person does not want it (写错了，删掉): nothing of her stays."""
    belonging = _held(belonging_id, by=by, on=on)
    household, kin = belonging.household, belonging.kin
    belonging.delete()
    if kin is not None:
        kin.delete()
    _record("change_household", household, by=by, what="struck")


@transaction.atomic
def write_school(belonging_id: int, written: SchoolWritten, *, by: Actor, on: date) -> Schooling:
    """Which school somebody goes to (写学校); a later one ends the one before."""
    belonging = _held(belonging_id, by=by, on=on)
    kin = belonging.kin
    faults = school_faults(written, born_on=kin.birth_on if kin else None)
    if faults:
        raise HouseholdRefused(faults)
    before = belonging.schoolings.filter(period__upper_inf=True, period__startswith__lt=written.since)
    for each in before:
        each.period = DateRange(each.period.lower, written.since)
        each.save(update_fields=["period"])
    try:
        with transaction.atomic():
            schooling = Schooling.objects.create(
                city=belonging.city, belonging=belonging, head_id=belonging.head_id, school=written.school.strip(),
                region_code=written.region_code, stage=written.stage.value, grade=written.grade.strip(),
                is_private=written.is_private, period=DateRange(written.since, written.until),
            )  # fmt: skip
    except IntegrityError as error:
        raise HouseholdRefused({"since": Reason("school_overlaps", _SCHOOL_OVERLAPS, {})}) from error
    _record("change_household", belonging.household, by=by, what="school")
    return schooling


@transaction.atomic
def strike_school(schooling_id: int, *, by: Actor, on: date) -> None:
    """A school that was written by mistake (删掉学校)."""
    found = Schooling.objects.filter(pk=schooling_id, head=by.subject_id or 0).first()
    if found is None:
        raise Forbidden("out_of_scope")
    belonging = _held(found.belonging_id, by=by, on=on)
    found.delete()
    _record("change_household", belonging.household, by=by, what="school")


@transaction.atomic
def remove_household(*, by: Actor, on: date) -> None:
    """She takes all of it back (删掉家庭): nothing stays but that it was removed."""
    household = _own(by, on=on)
    _record("remove_household", household, by=by)
    erase_household(household)


def erase_household(household: Household) -> int:
    """The household with everybody and everything in it; answers how many rows went."""
    kin = list(household.belongings.filter(kin__isnull=False).values_list("kin_id", flat=True))
    number = household.delete()[0]
    return number + Kin.objects.filter(pk__in=kin).delete()[0]


@transaction.atomic
def say_yes(belonging_id: int, *, by: Actor, on: date) -> None:
    """She lives there (是一家人): she is linked, and what was copied of her goes."""
    belonging = _asked(belonging_id, by=by, on=on)
    if own_household(by, on=on) or household_she_is_in(by, on=on):
        raise HouseholdRefused({"__all__": Reason("household_already", _ALREADY, {})})
    with beyond(Purpose.HOUSEHOLDS):
        kin = belonging.kin
        belonging.member_id, belonging.kin, belonging.key_blind = by.subject_id, None, None
        try:
            with transaction.atomic():
                belonging.save(update_fields=["member", "kin", "key_blind"])
        except IntegrityError as error:
            raise HouseholdRefused({"__all__": Reason("household_already", _ALREADY, {})}) from error
        if kin is not None:
            kin.delete()
    _record("answer_household", belonging.household, by=by, what="yes")


@transaction.atomic
def say_no(belonging_id: int, *, by: Actor, on: date) -> None:
    """She does not live there (不是一家人), or does not want to be written down: nothing of her stays."""
    belonging = _asked(belonging_id, by=by, on=on)
    household = belonging.household
    with beyond(Purpose.HOUSEHOLDS):
        kin = belonging.kin
        belonging.delete()
        if kin is not None:
            kin.delete()
    _record("answer_household", household, by=by, what="no")


@transaction.atomic
def leave(*, by: Actor, on: date) -> None:
    """Whoever is linked in another's household says that she lives there no more (我不在这一家了)."""
    belonging = household_she_is_in(by, on=on)
    if belonging is None:
        raise Forbidden("out_of_scope")
    with beyond(Purpose.HOUSEHOLDS):
        household = belonging.household
        if belonging.period.lower >= on:
            belonging.delete()
        else:
            belonging.period = DateRange(belonging.period.lower, on)
            belonging.save(update_fields=["period"])
    _record("answer_household", household, by=by, what="left")


def _person(by: Actor) -> Person:
    """Whoever acts, as a member who stands in the register."""
    person = Person.objects.filter(pk=by.subject_id or 0, erased_at=None).first()
    if person is None:
        raise Forbidden("no_person")
    return person


def _own(by: Actor, *, on: date) -> Household:
    found = own_household(by, on=on)
    if found is None:
        raise Forbidden("out_of_scope")
    return Household.objects.select_for_update().get(pk=found.pk)


def _held(belonging_id: int, *, by: Actor, on: date) -> Belonging:
    """Somebody else of her own household."""
    household = _own(by, on=on)
    rows = Belonging.objects.select_for_update(of=("self",)).select_related("household", "kin")
    found = rows.filter(pk=belonging_id, household=household).exclude(relation=Relation.APPLICANT.value).first()
    if found is None:
        raise Forbidden("out_of_scope")
    return found


def _asked(belonging_id: int, *, by: Actor, on: date) -> Belonging:
    """Where she was written down by her number and has not answered."""
    if by.subject_id is None or belonging_id not in {each.belonging_id for each in asked_of(by.subject_id, on=on)}:
        raise Forbidden("out_of_scope")
    with beyond(Purpose.HOUSEHOLDS):
        rows = Belonging.objects.select_for_update(of=("self",)).select_related("household", "kin")
        return rows.get(pk=belonging_id)


def _checked(
    written: KinWritten, household: Household, *, by: Actor, on: date, but: Belonging | None = None
) -> KinFacts:
    others = household.belongings.filter(relation=Relation.SPOUSE.value, period__upper_inf=True)
    has_spouse = others.exclude(pk=but.pk if but else 0).exists()
    known = Known(household.period.lower, has_spouse, number_of(_person(by)))
    facts = checked(written, known, on=on)
    if not isinstance(facts, KinFacts):
        raise HouseholdRefused(facts)
    return facts


def _consented(by: Actor, notice: str, *, on: date) -> None:
    reason = why_not_use(by.subject_id or 0, notice, on=on)
    if reason is not None:
        raise HouseholdRefused({"__all__": reason})


def _check_home(home: Home, *, on: date) -> None:
    faults: dict[str, Reason] = {}
    if not is_region(home.region_code):
        faults["region_code"] = Reason("region_unknown", _REGION_UNKNOWN, {})
    if home.since > on:
        faults["since"] = Reason("since_in_future", _SINCE_IN_FUTURE, {})
    if faults:
        raise HouseholdRefused(faults)


@beyond(Purpose.HOUSEHOLDS)
def _member_with(key: bytes | None) -> int | None:
    """Whoever in the register has this number; the one who wrote it down is never told."""
    if key is None:
        return None
    return Person.objects.filter(subject__key_blind=key, erased_at=None).values_list("pk", flat=True).first()


def _seal_address(household: Household, address: str) -> None:
    sealed = seal(address.strip(), aad=f"{SEALED_ADDRESS}.{household.pk}")
    Household.objects.filter(pk=household.pk).update(address_sealed=sealed)
    household.address_sealed = sealed


def _seal_number(kin: Kin, number: str, key: bytes | None) -> None:
    if number and key is not None:
        Kin.objects.filter(pk=kin.pk).update(id_sealed=seal(number, aad=f"{SEALED_ID}.{kin.pk}"), id_blind=key)


def _record(verb: str, household: Household, *, by: Actor, what: str = "") -> None:
    """Where she is a member now; an entry can never be erased, so it names nobody and nothing of the family."""
    with beyond(Purpose.HOUSEHOLDS):
        present = present_membership(Person.objects.get(pk=by.subject_id or 0))
    place = (household.city, present.union_id) if present else None
    detail: dict[str, Any] = {"what": what} if what else {}
    record(verb, by=by, thing="person", thing_id=by.subject_id, place=place, detail=detail)


_ALREADY = gettext_noop("您已经在一个家庭里了。要换，先在那里删掉，或者点「我不在这一家了」。")
_OVERLAPS = gettext_noop("这一天您还在另一个家庭里。写那以后的日子。")
_LIVES_ELSEWHERE = gettext_noop("这个号码已经写在另一个家庭里了。孩子写在一家就行；不对的，请工会帮着核对。")
_REGION_UNKNOWN = gettext_noop("从单子里选一个县区。")
_SINCE_IN_FUTURE = gettext_noop("还没有到那一天。写从哪天起住在这里。")
_SCHOOL_OVERLAPS = gettext_noop("这段时间已经写过一所学校了。先删掉那一所，或者把日子错开。")
