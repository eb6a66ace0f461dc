"""From a proved identity to an open session, by the steps that everybody goes."""

from collections.abc import Mapping
from typing import Any

from allauth.account.internal.flows.login import clear_authentication_records, perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from niangjia.kernel import clock
from niangjia.kernel.access.city.models import CityIdentity
from niangjia.kernel.access.city.rules import CityDoor, proves_twice
from niangjia.kernel.access.stages import BY_CITY
from niangjia.kernel.access.tries import Locked, locked_until

CITY_IDENTITY = "city_identity"


def sign_in_by_city(
    request: HttpRequest, identity: CityIdentity, claims: Mapping[str, Any], *, door: CityDoor, next_page: str
) -> HttpResponse:
    """Open the session of the account that an identity is linked to; `Locked` while wrong tries lock it.

    The second factor is asked for as after a password, unless the provider says that it asked for one, and is believed.
    """
    account = identity.account
    opens_at = locked_until(account.login)
    if opens_at is not None:
        raise Locked(opens_at)
    if request.user.is_authenticated:
        logout(request)
    CityIdentity.objects.filter(pk=identity.pk).update(last_used_at=clock.now())
    attempt = Login(user=account, redirect_url=next_page or None)
    if proves_twice(claims, door):
        attempt.state[BY_CITY] = True
    record_authentication(request, account, method=CITY_IDENTITY)
    response = perform_login(request, attempt)
    if not account.is_active:
        clear_authentication_records(request)
    return response
