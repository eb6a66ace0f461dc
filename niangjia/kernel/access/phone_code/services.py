"""Ask for a code, try it, and let the person in whose phone it was sent to."""

import hmac
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_bytes, token_hex
from uuid import UUID, uuid4

from django.db import connection, transaction
from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.phone_code import queries, rules
from niangjia.kernel.access.phone_code.models import PHONE_SEALED, PhoneCode
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.chinese import Reason
from niangjia.kernel.journal.services import record
from niangjia.kernel.messages import TextRefused, TextsMissing, Wording, texts
from niangjia.kernel.people.models import Subject
from niangjia.kernel.sealed import blind, seal

SEND, QUEUE = "phone_code.send", "messages"
AT_ONCE = 10  # somebody waits for it with the phone in her hand: before whatever else waits
ASKING_LOCK = 0x636F6465  # whoever asks counts what was asked before, so that a burst is counted exactly
DRAW_BYTES = 16
LOGIN_BYTES = 6
MINUTES = str(rules.GOOD_FOR // timedelta(minutes=1))


@dataclass(frozen=True)
class Nobody:
    """The phone stands in no record that it may open."""


@dataclass(frozen=True)
class WhichOne:
    """Several persons have this phone, or it rested for long: she says who she is."""


@transaction.atomic
def ask_for_code(
    phone: str, *, address: str, is_shown: bool, wording: Wording = Wording.SIGN_IN_CODE
) -> PhoneCode | Reason:
    """Have a code sent to a phone (发验证码), or say why not; the register is not looked at, so nothing is told of it."""
    at = clock.now()
    phone_blind = blind(queries.PHONE_OF_CODE, phone)
    address_blind = blind(queries.ADDRESS_OF_CODE, address) if address else None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ASKING_LOCK])
    reason = rules.why_no_code(queries.asked_before(phone_blind, address_blind, at=at), queries.caps(), at=at)
    if reason is not None:
        return reason
    ref = uuid4()
    code = PhoneCode.objects.create(
        ref=ref,
        draw=token_bytes(DRAW_BYTES),
        phone_sealed=seal(phone, aad=f"{PHONE_SEALED}.{ref}"),
        phone_blind=phone_blind,
        address_blind=address_blind,
        asked_at=at,
        is_shown=is_shown,
        wording=wording.name,
    )
    if not is_shown:
        app.configure_task(SEND, queue=QUEUE, priority=AT_ONCE).defer(ref=str(ref))
    return code


@transaction.atomic
def send_code(ref: UUID) -> None:
    """Hand a code over to the gateway; one that is no longer good is not sent. `TextsAway`: worth another try."""
    code = queries.with_ref(ref).select_for_update().first()
    if code is None or code.sent_at or code.failed_at or not rules.is_alive(code.standing, at=clock.now()):
        return
    values = {"code": queries.digits_of(code), "minutes": MINUTES}
    try:
        texts().send(queries.phone_of(code), Wording[code.wording], values, key=str(ref))
    except (TextRefused, TextsMissing):
        code.failed_at = clock.now()
    else:
        code.sent_at = clock.now()
    code.save(update_fields=["sent_at", "failed_at"])


@transaction.atomic
def try_code(ref: UUID | None, spoken: str) -> rules.Verdict:
    """Try a code (核对验证码): each try is counted, the right one counts once, and a dead code answers like none at all."""
    code = queries.with_ref(ref).select_for_update().first()
    if code is None:
        return rules.Verdict.DEAD
    at = clock.now()
    is_right = hmac.compare_digest(queries.digits_of(code).encode(), spoken.encode())
    found = rules.verdict(code.standing, is_right=is_right, at=at)
    if found is rules.Verdict.RIGHT:
        code.proved_at = at
    elif found is rules.Verdict.WRONG:
        code.tries += 1
    code.save(update_fields=["proved_at", "tries"])
    return found


@transaction.atomic
def prove_phone(ref: UUID | None, spoken: str, *, phone: str, wording: Wording) -> rules.Verdict:
    """Whether somebody holds this phone (验证手机), for anything but signing in; the code is used up by it."""
    code = queries.with_ref(ref).filter(wording=wording.name).first()
    if code is None or queries.phone_of(code) != phone:
        return rules.Verdict.DEAD
    found = try_code(code.pk, spoken)
    if found is rules.Verdict.RIGHT:
        PhoneCode.objects.filter(pk=code.pk).update(used_at=clock.now())
    return found


@transaction.atomic
def enter(ref: UUID) -> Account | WhichOne | Nobody:
    """Who comes in with a code that was just proved: the account of the one person, made where she has none yet (激活)."""
    code = _proved(ref)
    if code is None:
        return Nobody()
    with beyond(Purpose.DOOR):
        meant = rules.those_meant(queries.people().holders(queries.phone_of(code)))
        return WhichOne() if rules.needs_tail(meant) else _open(code, meant[0] if meant else None)


@transaction.atomic
def say_who(ref: UUID | None, tail: str) -> Account | WhichOne | Nobody:
    """Which of several persons is here, by the end of her paper's number; each try is counted, and every miss looks alike."""
    code = _proved(ref)
    if code is None:
        return Nobody()
    with beyond(Purpose.DOOR):
        meant = rules.those_meant(queries.people().holders(queries.phone_of(code)))
        one = rules.one_with_tail(meant, tail)
        if one is not None:
            return _open(code, one)
    code.tail_tries += 1
    code.save(update_fields=["tail_tries"])
    return WhichOne() if rules.waits_for_tail(code.standing, at=clock.now()) else Nobody()


@transaction.atomic
def opened_for(holder: rules.PhoneHolder, *, is_shown: bool) -> Account | None:
    """The account of somebody whose phone was just proved for another reason than signing in; made where she has none yet.

    None where it may not be opened by this code: what a page showed opens nobody real.
    """
    account = _account_of(holder, is_demo=is_shown)
    return account if account.is_demo is is_shown and account.is_active else None


def waits_for_tail(ref: UUID | None) -> bool:
    """Whether the page that asks for the end of the number has something to ask."""
    code = queries.with_ref(ref).first()
    return code is not None and rules.waits_for_tail(code.standing, at=clock.now())


@transaction.atomic
def forget_old_codes() -> int:
    """Forget codes that no limit counts any more."""
    return PhoneCode.objects.filter(asked_at__lt=clock.now() - queries.KEPT_FOR).delete()[0]


def _proved(ref: UUID | None) -> PhoneCode | None:
    code = queries.with_ref(ref).filter(wording=Wording.SIGN_IN_CODE.name).select_for_update().first()
    return code if code is not None and rules.waits_for_tail(code.standing, at=clock.now()) else None


def _open(code: PhoneCode, holder: rules.PhoneHolder | None) -> Account | Nobody:
    """The holder's account; the code is used up by it, whoever it was for."""
    code.used_at = clock.now()
    code.save(update_fields=["used_at"])
    if holder is None:
        return Nobody()
    account = _account_of(holder, is_demo=code.is_shown)
    if account.is_demo is not code.is_shown:
        # What a page showed opens nobody real, and no message opens what lives on this machine only.
        return Nobody()
    by = actor_of(account, on=clock.today())
    queries.people().confirm(holder.subject_id, queries.phone_of(code), by=by)
    return account


def _account_of(holder: rules.PhoneHolder, *, is_demo: bool) -> Account:
    """Her account, opened at the first sign-in; two first sign-ins at once open one."""
    Subject.objects.select_for_update().get(pk=holder.subject_id)
    account = Account.objects.filter(subject_id=holder.subject_id).first()
    if account is None:
        login = f"w-{token_hex(LOGIN_BYTES)}"
        account = Account.objects.create_account(login, name=holder.name, subject_id=holder.subject_id, is_demo=is_demo)
        by = actor_of(account, on=clock.today())
        record("activate", by=by, thing="account", thing_id=account.pk, place=holder.place, detail={"by": "phone"})
    return account
