"""From a proved phone to an open session, by the steps that everybody goes."""

from allauth.account.internal.flows.login import (
    clear_authentication_records,
    perform_login,
    record_authentication,
)
from allauth.account.models import Login
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from niangjia.kernel.access.loopback import is_on_loopback
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.own_side import PHONE_CODE
from niangjia.kernel.access.phone_code.queries import demo_phones
from niangjia.kernel.access.stages import BY_PHONE
from niangjia.kernel.messages import texts


def is_sent() -> bool:
    """Whether codes are sent here at all: a gateway is named."""
    return texts().can_send


def is_shown(request: HttpRequest) -> bool:
    """Whether the page shows the message itself: no gateway, demo data alone, and the person sits at this machine."""
    return not is_sent() and is_on_loopback(request) and bool(demo_phones())


def sign_in_by_phone(request: HttpRequest, account: Account, *, next_page: str, stays: bool) -> HttpResponse:
    """Open the session of an account whose phone was just proved; it lasts on a phone of one's own."""
    attempt = Login(user=account, redirect_url=next_page or None)
    attempt.state[BY_PHONE] = True
    record_authentication(request, account, method=PHONE_CODE)
    response = perform_login(request, attempt)
    if not request.user.is_authenticated:
        clear_authentication_records(request)
        return response
    request.session.set_expiry(settings.WORKER_SESSION_AGE if stays else 0)
    return response
