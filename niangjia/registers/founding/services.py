"""Ask for a union: by a phone that was proved, or by who is signed in; the same again is the same one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.phone_code.models import PhoneCode
from niangjia.kernel.access.phone_code.rules import PhoneHolder, Verdict, those_meant
from niangjia.kernel.access.phone_code.services import ask_for_code, opened_for, prove_phone
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.services import open_case
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.messages import Wording
from niangjia.kernel.people.models import Subject
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.services import lock_tree
from niangjia.kernel.privacy.consenting import Act as Consenting
from niangjia.kernel.privacy.consenting import NotConsented, answer
from niangjia.kernel.sealed import blind, seal
from niangjia.registers.employers.models import Employer
from niangjia.registers.founding.models import FoundingApplication
from niangjia.registers.founding.phones import PEOPLE
from niangjia.registers.founding.queries import prepared_for, territory, union_of
from niangjia.registers.founding.rules.applying import (
    Wish,
    Workplace,
    Written,
    read_wish,
    read_workplace,
    read_written,
)
from niangjia.registers.founding.rules.forms import Side
from niangjia.registers.founding.rules.sealed_columns import SEALED_NAME, SEALED_PHONE
from niangjia.registers.founding.rules.workflow import FOUNDING
from niangjia.registers.founding.telling import tell_of_application
from niangjia.registers.members.masked import phone_of
from niangjia.registers.members.models import Person
from niangjia.registers.members.rules.sealed_columns import PHONE

CODE = Wording.FOUNDING_CODE
NOTICE = "founding"


class NotApplied(Exception):
    """What is wrong, by field; nothing was written, and the code is not used up."""

    def __init__(self, reasons: dict[str, Reason]) -> None:
        super().__init__(", ".join(f"{field}: {reason.code}" for field, reason in reasons.items()))
        self.reasons = reasons


@dataclass(frozen=True)
class Applying:
    """What somebody sends to ask for a union: for which side, which employer, what she wishes, which notice she read."""

    side: Side
    workplace: Workplace
    wish: Wish
    notice_version: int
    origin: str = ""


@dataclass(frozen=True)
class Proof:
    """The code that was sent to her phone, and what she wrote of it."""

    ref: UUID | None
    spoken: str
    is_shown: bool = False


@dataclass(frozen=True)
class Applied:
    """What became of it: the application, and the account it is followed with, where it opens."""

    application: FoundingApplication
    account: Account | None


@dataclass(frozen=True)
class _Asking:
    """What was read and found right (申请内容): for whom, where, what is wished."""

    side: Side
    employer: Employer | None
    workplace: Workplace
    wish: Wish
    place: Place


@transaction.atomic
def ask_to_prove(applying: Applying, written: Written, *, is_shown: bool) -> PhoneCode | Reason:
    """Have a code sent to whoever asks (发验证码); no register of persons is looked at, so nothing is told of it."""
    with beyond(Purpose.DOOR):
        _read(applying)
    who = _who(written)
    return ask_for_code(who.phone, address=applying.origin, is_shown=is_shown, wording=CODE)


@transaction.atomic
def apply_by_phone(applying: Applying, written: Written, proof: Proof, *, at: datetime) -> Applied | Verdict:
    """Ask for a union (申请建会) with the code that came to the phone; the same again is the same application."""
    who = _who(written)
    with beyond(Purpose.DOOR):
        asking = _read(applying)
        verdict = prove_phone(proof.ref, proof.spoken, phone=who.phone, wording=CODE)
        if verdict is not Verdict.RIGHT:
            return verdict
        subject = _subject_of(who, asking.place)
        application = _applied(asking, who, subject, at=at)
        _consent(applying, subject, at=at)
        account = _account(subject, who, proof, asking.place)
        return Applied(application, account)


@transaction.atomic
def apply_signed_in(applying: Applying, *, by: Actor, at: datetime) -> FoundingApplication:
    """Ask for a union by who is signed in: her name and phone stand in the register."""
    with beyond(Purpose.DOOR):
        asking = _read(applying)
        person = Person.objects.filter(pk=by.subject_id, erased_at=None).first()
        phone = phone_of(person) if person else ""
        if person is None or not phone:
            raise NotApplied({"__all__": Reason("phone_missing", _PHONE_MISSING, {})})
        application = _applied(asking, Written(person.name, phone), person.pk, at=at)
        _consent(applying, person.pk, at=at)
        return application


def _who(written: Written) -> Written:
    read = read_written(written)
    if isinstance(read, dict):
        raise NotApplied(read)
    return read


def _read(applying: Applying) -> _Asking:
    """What is asked, where everything is right, and the employer has no union and none is under way."""
    workplace, wish = read_workplace(applying.workplace), read_wish(applying.wish)
    reasons = (workplace if isinstance(workplace, dict) else {}) | (wish if isinstance(wish, dict) else {})
    if isinstance(workplace, dict) or isinstance(wish, dict):
        raise NotApplied(reasons)
    employer = _employer(workplace)
    if employer is not None:
        _refuse_with_union(employer)
        return _Asking(applying.side, employer, workplace, wish, employer.place)
    place = territory(workplace.place_id)
    if place is None:
        raise NotApplied({"__all__": Reason("place_missing", _PLACE, {})})
    return _Asking(applying.side, None, workplace, wish, place)


def _employer(workplace: Workplace) -> Employer | None:
    rows = Employer.objects.filter(closed_on=None).select_related("place")
    if workplace.employer_id is not None:
        found = rows.filter(pk=workplace.employer_id).first()
        if found is None:
            raise NotApplied({"__all__": Reason("employer_gone", _GONE, {})})
        return found
    return rows.filter(uscc=workplace.uscc).first() if workplace.uscc else None


def _refuse_with_union(employer: Employer) -> None:
    union = union_of(employer.pk)
    if union is not None:
        raise NotApplied({"__all__": Reason("union_there", _UNION_THERE, {"name": union.name})})
    prepared = prepared_for(employer.pk)
    if prepared is not None:
        raise NotApplied({"__all__": Reason("being_prepared", _PREPARED, {"name": prepared.name})})


def _subject_of(who: Written, place: Place) -> int:
    """Whoever holds the phone: the one of the register who is so called, who asked before with it, else somebody new."""
    meant = [each for each in those_meant(PEOPLE.holders(who.phone)) if each.name == who.name]
    if len(meant) == 1:
        return meant[0].subject_id
    return Subject.objects.create(city=place.city).pk


def _applied(asking: _Asking, who: Written, subject: int, *, at: datetime) -> FoundingApplication:
    # Two presses at once make one application.
    lock_tree()
    name = asking.employer.name if asking.employer else asking.workplace.name
    before = FoundingApplication.objects.filter(subject=subject, employer_name=name, settled_at=None)
    found = before.select_related("case").first()
    if found is not None:
        return found
    case = open_case(FOUNDING, place=asking.place, askers=[subject], by=_as(subject), at=at)
    application = FoundingApplication.objects.create(
        case=case,
        city=asking.place.city,
        side=asking.side.value,
        subject_id=subject,
        name_sealed=seal(who.name, aad=f"{SEALED_NAME}.{case.pk}"),
        phone_sealed=seal(who.phone, aad=f"{SEALED_PHONE}.{case.pk}"),
        phone_blind=blind(PHONE, who.phone),
        employer=asking.employer,
        employer_name=name,
        employer_uscc=(asking.employer.uscc if asking.employer else asking.workplace.uscc) or "",
        size=asking.wish.size,
        form=asking.wish.form,
        is_named=asking.wish.is_named or asking.side is Side.EMPLOYER,
    )
    tell_of_application(application)
    return application


def _consent(applying: Applying, subject: int, *, at: datetime) -> None:
    act = Consenting(NOTICE, applying.notice_version, given=True, origin=applying.origin)
    try:
        answer(act, by=_as(subject), on=at.astimezone(clock.PEOPLE_ZONE).date())
    except NotConsented as refused:
        raise NotApplied({"agrees": refused.reason}) from refused


def _account(subject: int, who: Written, proof: Proof, place: Place) -> Account | None:
    person = Person.objects.filter(pk=subject).first()
    union = None if person else (place.city, place.pk)
    account = opened_for(PhoneHolder(subject, who.name, "", is_confirmed=True, place=union), is_shown=proof.is_shown)
    if account is not None:
        PEOPLE.confirm(subject, who.phone, by=actor_of(account, on=clock.today()))
    return account


def _as(subject: int) -> Actor:
    """Whoever asks, as the case knows her."""
    return Actor(account_id=None, name="", subject_id=subject)


_PHONE_MISSING = gettext_noop("登记里没有您的手机，工会没法回您的话。先在「我的」里补上手机，再申请。")
_PLACE = gettext_noop("还没有选单位在哪个乡镇、街道。回上一步选一个，工会才知道由谁来办。")
_GONE = gettext_noop("这个单位的登记变了。回上一步，再找一次。")
_UNION_THERE = gettext_noop("这个单位已经有工会了：「{name}」。不用再建，直接申请入会。")
_PREPARED = gettext_noop("这个单位已经在筹建工会：「{name}」。不用再申请，可以先入会。")
