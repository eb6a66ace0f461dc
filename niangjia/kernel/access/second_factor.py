"""The second factor (第二重验证): codes of a phone, spare codes on paper, and who may not go on without."""

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt, is_mfa_enabled
from django.http import HttpRequest

from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Actor, Role

LAST_COUNTER = "last_counter"


def authenticator_for(account: Account, code: str) -> Authenticator | None:
    """The authenticator that this code proves, used up by it; a code is good once, and none older than the last one.

    A demo account's secret is public, so there a code may come again: several newcomers may press the same button.
    """
    spoken = code.strip().replace(" ", "")
    held = Authenticator.objects.select_for_update().filter(user_id=account.pk)
    for authenticator in held.exclude(type=Authenticator.Type.WEBAUTHN).order_by("-type"):
        if authenticator.type != Authenticator.Type.TOTP:
            if authenticator.wrap().validate_code(spoken):
                return authenticator
            continue
        counter = _counter_of(authenticator, spoken)
        if counter is None or (counter <= authenticator.data.get(LAST_COUNTER, -1) and not account.is_demo):
            continue
        authenticator.data[LAST_COUNTER] = counter
        authenticator.save(update_fields=["data"])
        return authenticator
    return None


def current_code(account: Account) -> str:
    """The code the phone of a demo account would show now; empty where it has none, or where the account is real."""
    held = Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.TOTP).first()
    if held is None or not account.is_demo:
        return ""
    counters = tuple(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(decrypt(held.data["secret"]), counters[len(counters) // 2]))


def has_second_factor(account: Account) -> bool:
    """Whether codes are set up for this account."""
    return bool(is_mfa_enabled(account, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]))


def needs_second_factor(actor: Actor) -> bool:
    """Whether the actor's rights ask for it: every role but the worker's own does."""
    return any(right.role is not Role.WORKER for right in actor.rights)


def was_proved(request: HttpRequest) -> bool:
    """Whether this session was opened with a second factor."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def forget_proof(request: HttpRequest) -> None:
    """The second factor of this session counts no longer: its codes were stopped."""
    records = get_authentication_records(request, request.user)
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [one for one in records if one.get("method") != "mfa"]


def _counter_of(authenticator: Authenticator, code: str) -> int | None:
    secret = decrypt(authenticator.data["secret"])
    fitting = (
        count for count in yield_hotp_counters_from_time() if format_hotp_value(hotp_value(secret, count)) == code
    )
    return next(fitting, None)
