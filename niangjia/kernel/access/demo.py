"""One press and a newcomer is inside: the accounts of the demo county, on this machine only."""

from collections.abc import Sequence
from dataclasses import dataclass

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse

from niangjia.kernel.access.loopback import is_on_loopback
from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.second_factor import authenticator_for, current_code
from niangjia.kernel.access.stages import PROVED_BY


@dataclass(frozen=True)
class DemoAccount:
    """A demo account (演示账号) as the first page lists it, with the code its phone would show now."""

    login: str
    name: str
    post: str
    code: str
    role: Role | None
    place_id: int


def demo_accounts(request: HttpRequest) -> Sequence[DemoAccount]:
    """The demo accounts for this request; none for a request from anywhere else."""
    if not is_on_loopback(request):
        return ()
    found = Account.objects.filter(is_demo=True, is_active=True).order_by("id")
    grants: dict[int, Grant] = {}
    for grant in Grant.objects.filter(account__in=found).order_by("-id"):
        grants[grant.account_id] = grant
    # Who came in by phone for the first time has no password: that is nobody's account but her own.
    return [_listed(account, grants.get(account.pk)) for account in found if account.has_usable_password()]


def sign_in_to_demo(request: HttpRequest, login: str, *, next_page: str) -> HttpResponse:
    """Sign in to a demo account: the code is filled in here, all the rest is the way everybody goes."""
    account = Account.objects.filter(login=login, is_demo=True, is_active=True).first()
    if account is None or not is_on_loopback(request):
        raise Http404
    if request.user.is_authenticated:
        logout(request)
    attempt = Login(user=account, redirect_url=next_page or None)
    authenticator = authenticator_for(account, current_code(account))
    if authenticator is not None:
        attempt.state[PROVED_BY] = authenticator.pk
    record_authentication(request, account, method="demo", username=login)
    return perform_login(request, attempt)


def _listed(account: Account, grant: Grant | None) -> DemoAccount:
    return DemoAccount(
        login=account.login,
        name=account.name,
        post=account.post,
        code=current_code(account),
        role=Role(grant.role) if grant else None,
        place_id=grant.place_id if grant else 0,
    )
