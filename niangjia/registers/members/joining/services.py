"""Apply to join: a phone that is proved, a case at the union, and the same answer whoever the number belongs to."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.phone_code.models import PhoneCode
from niangjia.kernel.access.phone_code.rules import PhoneHolder, Verdict, those_meant
from niangjia.kernel.access.phone_code.services import ask_for_code, opened_for, prove_phone
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.services import open_case
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.messages import Wording
from niangjia.kernel.people.models import Subject
from niangjia.kernel.privacy.consenting import Act as Consenting
from niangjia.kernel.privacy.consenting import NotConsented, answer
from niangjia.kernel.sealed import blind, seal
from niangjia.registers.members.joining.models import Application
from niangjia.registers.members.joining.phones import PEOPLE
from niangjia.registers.members.joining.queries import held_now, joinable, of_phone, open_with
from niangjia.registers.members.joining.rules.applying import Applicant, Written, read_applicant
from niangjia.registers.members.joining.rules.sealed_columns import SEALED_ID, SEALED_PHONE
from niangjia.registers.members.joining.rules.trades import BY_KEY
from niangjia.registers.members.joining.rules.workflow import JOINING
from niangjia.registers.members.joining.telling import tell_of_application, tell_whose_number
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.queries import real_name_key
from niangjia.registers.members.rules.sealed_columns import PHONE
from niangjia.registers.orgs.models import Union

CODE = Wording.JOIN_CODE
NOTICE = "membership"
# Whoever applies with a number waits for whoever is applying with the same one.
LOCK = 0x6A6F696E


class NotApplied(Exception):
    """What is wrong, by field; nothing was written, and the code is not used up."""

    def __init__(self, reasons: dict[str, Reason]) -> None:
        super().__init__(", ".join(f"{field}: {reason.code}" for field, reason in reasons.items()))
        self.reasons = reasons


@dataclass(frozen=True)
class Applying:
    """What somebody sends to join (申请入会): to which union, what she wrote, what she does, which notice she read."""

    union_id: int
    written: Written
    notice_version: int
    trade: str = ""
    origin: str = ""


@dataclass(frozen=True)
class Proof:
    """The code that was sent to her phone, and what she wrote of it."""

    ref: UUID | None
    spoken: str
    is_shown: bool = False


@dataclass(frozen=True)
class Applied:
    """What became of it: her application, or the union she is a member of already; and her account, where it opens."""

    application: Application | None
    account: Account | None
    member_of: Union | None = None


@transaction.atomic
def ask_to_prove(applying: Applying, *, at: datetime, is_shown: bool) -> PhoneCode | Reason:
    """Have a code sent to whoever applies (发验证码); no register is looked at, so nothing is told of it."""
    applicant = _read(applying, at=at)
    return ask_for_code(applicant.phone, address=applying.origin, is_shown=is_shown, wording=CODE)


@transaction.atomic
def apply_to_join(applying: Applying, proof: Proof, *, at: datetime) -> Applied | Verdict:
    """Apply to join a union (申请入会), with the code that came to the phone; the same application again is the same one."""
    applicant = _read(applying, at=at)
    verdict = prove_phone(proof.ref, proof.spoken, phone=applicant.phone, wording=CODE)
    if verdict is not Verdict.RIGHT:
        return verdict
    key = real_name_key(applicant.id_kind, applicant.id_number)
    with beyond(Purpose.DOOR):
        _lock(key)
        herself = _herself(applicant, key)
        before = open_with(key).filter(phone_blind=blind(PHONE, applicant.phone)).select_related("case").first()
        held = held_now([herself.subject_id]).get(herself.subject_id) if herself else None
        if before is not None:
            return Applied(before, _account(before.subject_id, applicant, proof))
        if held is not None and held.union_id == applying.union_id and herself is not None:
            return Applied(None, _account(herself.subject_id, applicant, proof), held.union)
        return _applied(applying, applicant, proof, herself.subject_id if herself else None, at=at)


def _read(applying: Applying, *, at: datetime) -> Applicant:
    """Whoever applies, where everything is right; the union takes members in."""
    read = read_applicant(applying.written, on=at.astimezone(clock.PEOPLE_ZONE).date())
    if isinstance(read, dict):
        raise NotApplied(read)
    if not joinable().filter(pk=applying.union_id).exists():
        raise NotApplied({"__all__": Reason("union_closed", _UNION_CLOSED, {})})
    return read


def _lock(key: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, int.from_bytes(key[:4], signed=True)])


def _herself(applicant: Applicant, key: bytes) -> PhoneHolder | None:
    """The person of the register whose number and phone both are hers: two facts, and the code proved the phone."""
    known = Person.objects.filter(subject__key_blind=key, erased_at=None).values_list("pk", flat=True).first()
    meant = those_meant(PEOPLE.holders(applicant.phone))
    return next((each for each in meant if each.subject_id == known), None)


def _applied(applying: Applying, applicant: Applicant, proof: Proof, known: int | None, *, at: datetime) -> Applied:
    """A case at the union, her consent, her account; and a word to whoever the number belongs to, where it is another."""
    union = Union.objects.select_related("place").get(pk=applying.union_id)
    subject = known if known is not None else _bare(applicant, union.city)
    case = open_case(JOINING, place=union.place, askers=[subject], by=_as(subject), at=at)
    application = _written(case, union, subject, applicant, trade=applying.trade if applying.trade in BY_KEY else "")
    _consent(applying, subject, at=at)
    account = _account(subject, applicant, proof)
    tell_of_application(application)
    tell_whose_number(application)
    return Applied(application, account)


def _bare(applicant: Applicant, city: str) -> int:
    """Somebody who stands in no register: who applied before with this number and this phone is still the same one."""
    key = real_name_key(applicant.id_kind, applicant.id_number)
    before = of_phone(blind(PHONE, applicant.phone)).filter(id_blind=key).values_list("subject_id", flat=True).last()
    return before if before is not None else Subject.objects.create(city=city).pk


def _written(case: Case, union: Union, subject: int, applicant: Applicant, *, trade: str) -> Application:
    return Application.objects.create(
        case=case,
        city=union.city,
        union=union,
        subject_id=subject,
        name=applicant.name,
        id_kind=applicant.id_kind,
        id_sealed=seal(applicant.id_number, aad=f"{SEALED_ID}.{case.pk}"),
        id_blind=real_name_key(applicant.id_kind, applicant.id_number),
        phone_sealed=seal(applicant.phone, aad=f"{SEALED_PHONE}.{case.pk}"),
        phone_blind=blind(PHONE, applicant.phone),
        trade=trade,
    )


def _consent(applying: Applying, subject: int, *, at: datetime) -> None:
    act = Consenting(NOTICE, applying.notice_version, given=True, origin=applying.origin)
    try:
        answer(act, by=_as(subject), on=at.astimezone(clock.PEOPLE_ZONE).date())
    except NotConsented as refused:
        raise NotApplied({"agrees": refused.reason}) from refused


def _account(subject: int, applicant: Applicant, proof: Proof) -> Account | None:
    """Her account, opened at the first time; her phone is confirmed by it where the register has it."""
    person = Person.objects.filter(pk=subject).first()
    place = _place_of(subject)
    name = person.name if person else applicant.name
    holder = PhoneHolder(subject, name, "", is_confirmed=True, place=place)
    account = opened_for(holder, is_shown=proof.is_shown)
    if account is not None:
        PEOPLE.confirm(subject, applicant.phone, by=actor_of(account, on=clock.today()))
    return account


def _place_of(subject: int) -> tuple[str, int] | None:
    held: Membership | None = held_now([subject]).get(subject)
    return (held.city, held.union_id) if held else None


def _as(subject: int) -> Actor:
    """Whoever applies, as the case knows her."""
    return Actor(account_id=None, name="", subject_id=subject)


_UNION_CLOSED = gettext_noop("这个工会不收会员了，或者不直接收会员。请回上一步，另选一个。")
