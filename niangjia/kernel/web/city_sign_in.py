"""The way in by a city's identity system, and linking it. What is decided is decided in `access.city`; the pages are here."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate, get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kernel.access.adapter import locked_words
from niangjia.kernel.access.city import queries, services
from niangjia.kernel.access.city.asking import Answer, Trouble, came_back, go
from niangjia.kernel.access.city.entering import sign_in_by_city
from niangjia.kernel.access.city.models import CityLink
from niangjia.kernel.access.city.rules import CityDoor, Problem
from niangjia.kernel.access.forms import CodeForm
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.own_side import came_by_phone
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.second_factor import needs_second_factor, was_proved
from niangjia.kernel.access.services import NotGranted
from niangjia.kernel.access.sessions import SESSION
from niangjia.kernel.access.tries import Locked
from niangjia.kernel.web.frames import frame_of
from niangjia.kernel.web.phone_sign_in import with_contact
from niangjia.kernel.web.reasons import in_words
from niangjia.kernel.web.returning import safe_next

# What comes back with the answer: for whose account an identity is to be linked, and by which link.
OWNER, TOKEN = "link_for", "link_token"
LINK = "city_link"
View = Callable[..., HttpResponse]
STATUSES = {Problem.AWAY: HTTPStatus.SERVICE_UNAVAILABLE, Problem.REFUSED: HTTPStatus.FORBIDDEN}


def where_set_up(view: View) -> View:
    """Without a city's identity system its addresses are not there."""

    @wraps(view)
    def answered(request: HttpRequest, **values: Any) -> HttpResponse:
        if queries.city_door() is None:
            raise Http404
        return view(request, **values)

    return answered


@where_set_up
@require_POST
@never_cache
def leave(request: HttpRequest) -> HttpResponse:
    """Off to the provider, to sign in."""
    return _off(request, next_url=safe_next(request) or None)


@where_set_up
@require_safe
@never_cache
def back(request: HttpRequest) -> HttpResponse:
    """Back from the provider: sign in, or link what was asked to be linked."""
    door = _door()
    try:
        answer = came_back(request, door)
    except Trouble as trouble:
        return _told(request, trouble.problem)
    if TOKEN in answer.state:
        return _linked_by_link(request, answer)
    if OWNER in answer.state:
        return _linked_by_owner(request, answer)
    identity = queries.identity_meant(door, answer.claims["sub"])
    if identity is None:
        return redirect("city_unknown")
    try:
        return sign_in_by_city(request, identity, answer.claims, door=door, next_page=answer.state.get("next", ""))
    except Locked as locked:
        messages.error(request, locked_words(locked).message)
        return redirect("account_login")


@where_set_up
@require_safe
def unknown(request: HttpRequest) -> HttpResponse:
    """The identity was proved, and opens nothing here: what to do about it."""
    return render(request, "web/city_unknown.html", with_contact({"city": _door()}))


@where_set_up
@require_safe
@never_cache
def problem(request: HttpRequest) -> HttpResponse:
    """It did not work, and nothing was changed."""
    is_away = request.GET.get("why") == Problem.AWAY
    shown = with_contact({"city": _door(), "is_away": is_away})
    return render(
        request, "web/city_problem.html", shown, status=STATUSES[Problem.AWAY if is_away else Problem.REFUSED]
    )


@where_set_up
@login_required
@require_safe
@never_cache
def own_identity(request: HttpRequest) -> HttpResponse:
    """Whether one's own account has a linked identity; asked once more who it is, before anything is changed here."""
    account, door = _account(request), _door()
    if _lacks_factor(request):
        return redirect("mfa_index")
    if get_reauthentication_flows(account) and not did_recently_reauthenticate(request):
        raise ReauthenticationRequired
    shown = {
        "frame": frame_of(request),
        "city": door,
        "identity": queries.identity_of(account, door),
        "may_link": _proved_again(request) and not account.is_demo,
    }
    return render(request, "web/city_identity.html", shown)


@where_set_up
@login_required
@require_POST
@never_cache
def link_own(request: HttpRequest) -> HttpResponse:
    """Off to the provider, to link one's own account."""
    account = _account(request)
    if _lacks_factor(request) or not _proved_again(request) or account.is_demo:
        return redirect("city_identity")
    return _off(request, **{OWNER: account.pk})


@where_set_up
@login_required
@require_POST
@never_cache
def unlink_own(request: HttpRequest) -> HttpResponse:
    """Unlink one's own account."""
    if not _lacks_factor(request) and _proved_again(request):
        kept = request.session.get(SESSION)
        if services.unlink(_account(request), door=_door(), by=who_asks(request), but=kept):
            messages.success(request, _("取消关联了，别的设备已经退出。"))
    return redirect("city_identity")


@where_set_up
@require_safe
@never_cache
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """A link is taken out of the address bar at once, and kept for the page that follows."""
    request.session[LINK] = token
    return redirect("city_link")


@where_set_up
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def use_link(request: HttpRequest) -> HttpResponse:
    """Who came by a link shows a code of the phone, and goes on to the provider."""
    token = request.session.get(LINK, "")
    found = queries.link_meant(token)
    if found is None:
        return render(request, "web/city_link.html", {"account": None, "city": _door()}, status=HTTPStatus.NOT_FOUND)
    form = CodeForm(request.POST or None, user=found.account)
    if form.is_valid():
        return _off(request, **{TOKEN: token})
    return render(request, "web/city_link.html", {"account": found.account, "form": form, "city": _door()})


def _off(request: HttpRequest, **asked: Any) -> HttpResponse:
    try:
        return go(request, _door(), **asked)
    except Trouble as trouble:
        return _told(request, trouble.problem)


def _told(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Sent on to where it is said: what was used up stays used up, whatever the page's status."""
    if problem is not Problem.CANCELLED:
        return redirect(f"{reverse('city_problem')}?why={problem.value}")
    messages.info(request, _("您在统一身份那边取消了，什么都没有改。"))
    return redirect("city_identity" if request.user.is_authenticated else "account_login")


def _linked_by_owner(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Link for whoever asked, in the session that asked."""
    if not request.user.is_authenticated or answer.state[OWNER] != request.user.pk or came_by_phone(request):
        return _told(request, Problem.REFUSED)
    if _link(request, _account(request), answer, by=who_asks(request)):
        messages.success(request, _("关联好了，下次可以用它登录。"))
    return redirect("city_identity")


def _linked_by_link(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Link for the account that a link was made for, while it is good."""
    request.session.pop(LINK, None)
    found: CityLink | None = queries.link_meant(answer.state[TOKEN])
    if found is None:
        return _told(request, Problem.REFUSED)
    owner = Actor(account_id=found.account_id, name=found.account.name)
    if _link(request, found.account, answer, by=owner):
        messages.success(request, _("关联好了，现在用它登录。"))
    return redirect("account_login")


def _link(request: HttpRequest, account: Account, answer: Answer, *, by: Actor) -> bool:
    try:
        services.link(account, answer.claims["sub"], door=_door(), by=by)
    except NotGranted as refused:
        messages.error(request, in_words(refused.reason))
        return False
    return True


def _proved_again(request: HttpRequest) -> bool:
    """Whether the owner has just shown password or second factor; an account with neither shows nothing."""
    return bool(get_reauthentication_flows(_account(request))) and did_recently_reauthenticate(request)


def _lacks_factor(request: HttpRequest) -> bool:
    return needs_second_factor(who_asks(request)) and not was_proved(request)


def _door() -> CityDoor:
    return cast("CityDoor", queries.city_door())  # behind `where_set_up`


def _account(request: HttpRequest) -> Account:
    return cast("Account", request.user)  # behind login_required
