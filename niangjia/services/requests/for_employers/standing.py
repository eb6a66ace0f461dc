"""Whose phone was proved in this browser, and for which employer: a number of a code and a credit code, for half an hour."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from niangjia.kernel import clock
from niangjia.kernel.access.phone_code import queries as codes
from niangjia.kernel.access.phone_code.models import PhoneCode
from niangjia.registers.employers.models import Employer
from niangjia.services.requests.for_employers.queries import employer_with
from niangjia.services.requests.for_employers.rules import PROVED_FOR
from niangjia.services.requests.for_employers.services import Contact

REF, USCC, PROVED = "for_employers_code", "for_employers_uscc", "for_employers_proved"
KEYS = (REF, USCC, PROVED)


def remember(request: HttpRequest, code: PhoneCode, *, uscc: str) -> None:
    """A code is on its way; what was proved before counts no longer."""
    request.session.pop(PROVED, None)
    request.session.update({REF: str(code.pk), USCC: uscc})


def code_of(request: HttpRequest) -> PhoneCode | None:
    """The code that was asked for in this browser."""
    ref = request.session.get(REF)
    return codes.with_ref(UUID(ref)).first() if ref else None


def proved(request: HttpRequest) -> None:
    """The phone was proved just now; the session is another one from here on."""
    request.session.cycle_key()
    request.session[PROVED] = clock.now().isoformat()


def contact_of(request: HttpRequest) -> tuple[Contact, Employer] | None:
    """Who asks here, and for which employer; None where no phone was proved within the half hour."""
    at, code = request.session.get(PROVED), code_of(request)
    if at is None or code is None or clock.now() > datetime.fromisoformat(at) + PROVED_FOR:
        return None
    employer = employer_with(request.session.get(USCC, ""))
    return (Contact(employer.pk, codes.phone_of(code)), employer) if employer else None


def forget(request: HttpRequest) -> None:
    """Nobody is known here any more."""
    for key in KEYS:
        request.session.pop(key, None)
