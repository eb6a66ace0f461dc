"""Pages of accounts: one account with its rights, opening one, and what the administrators do with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import int_to_base36
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kernel.access import accounts, services
from niangjia.kernel.access.city import services as city
from niangjia.kernel.access.city.queries import city_door, identity_of
from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import (
    GRANT_ROLE,
    GUARD_ACCOUNTS,
    MANAGE_ACCOUNTS,
    SEE_ACCOUNTS,
    Actor,
    Move,
    Role,
    why_not,
)
from niangjia.kernel.access.services import NotGranted
from niangjia.kernel.access.tries import locked_until
from niangjia.kernel.accounts.forms import OpenForm, RightForm
from niangjia.kernel.accounts.listing import state_of
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.web.own_account import VERBS
from niangjia.kernel.web.reasons import in_words
from niangjia.kernel.web.roles import words_of
from niangjia.kernel.web.trail import trail_of

ACTS: dict[str, tuple[Callable[..., Any], Any]] = {
    "switch-off": (accounts.switch_off, gettext_lazy("已停用，登录着的都退出了。")),
    "switch-on": (accounts.switch_on, gettext_lazy("已重新启用。")),
    "unlock": (accounts.unlock, gettext_lazy("已解锁，现在就可以登录。")),
    "renew": (accounts.renew_second_factor, gettext_lazy("动态码和通行密钥停用了。本人下次登录时重新设。")),
    "sign-out": (accounts.sign_out_everywhere, gettext_lazy("登录着的都退出了。")),
    "city-unlink": (city.unlink_at_desk, gettext_lazy("统一身份取消关联了，登录着的都退出了。")),
}


@login_required
@require_safe
def show(request: HttpRequest, number: int) -> HttpResponse:
    """One account: what it is, its rights, what may be done with it, what happened to it."""
    actor = who_asks(request)
    account = _account_or_404(actor, number)
    rights = accounts.rights_of(account, actor)
    names = place_names([*(grant.place_id for grant in rights), account.place_id or 0])
    is_own = account.pk == actor.account_id
    door = city_door()
    context = {
        "account": account,
        "city": door,
        "identity": identity_of(account, door) if door else None,
        "standing": state_of(account),
        "facts": [*_facts(account, names), *_city_fact(account)],
        "rights": [_right(grant, names, actor) for grant in rights],
        "locked_until": locked_until(account.login),
        "may_manage": not is_own and accounts.is_in_charge(account, MANAGE_ACCOUNTS, by=actor),
        "may_guard": not is_own and accounts.is_in_charge(account, GUARD_ACCOUNTS, by=actor),
        "may_grant": not is_own and bool(actor.paths(GRANT_ROLE)),
        "is_own": is_own,
        "steps": trail_of("account", account.pk, verbs=VERBS, fields={}),
    }
    return render(request, "accounts/account.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def open_account(request: HttpRequest) -> HttpResponse:
    """Open an account; its first password is shown this once."""
    actor = who_asks(request)
    if not actor.paths(MANAGE_ACCOUNTS):
        raise Http404
    form = OpenForm(request.POST or None, actor=actor, move=MANAGE_ACCOUNTS)
    if form.is_valid():
        given = form.cleaned_data
        try:
            account, password = accounts.open_at_desk(
                given["login"], name=given["name"], post=given["post"], at=given["place"], by=actor
            )
        except NotGranted as refused:
            form.add_error("login", in_words(refused.reason))
        else:
            return render(request, "accounts/opened.html", {"account": account, "password": password})
    return render(request, "accounts/open.html", {"form": form})


@never_cache
@login_required
@require_POST
def do(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """Do one of the few things that are done with an account."""
    actor = who_asks(request)
    account = _account_or_404(actor, number)
    try:
        if act == "link":
            return _linked(request, account)
        if act == "city-link":
            return _city_linked(request, account)
        if act not in ACTS:
            raise Http404
        service, words = ACTS[act]
        service(account, by=actor)
    except NotGranted as refused:
        messages.error(request, in_words(refused.reason))
    else:
        messages.success(request, words)
    return redirect("account", number=number)


@login_required
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, number: int) -> HttpResponse:
    """Give an account a right."""
    actor = who_asks(request)
    if not actor.paths(GRANT_ROLE):
        raise Http404
    account = _account_or_404(actor, number)
    form = RightForm(request.POST or None, actor=actor)
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.grant_role(account, Role(given["role"]), at=given["place"], days=form.days, by=actor)
        except NotGranted as refused:
            form.add_error(None, in_words(refused.reason))
        else:
            messages.success(request, _("已授权，下一次点开页面就生效。"))
            return redirect("account", number=number)
    return render(request, "accounts/give.html", {"account": account, "form": form})


@login_required
@require_POST
def take(request: HttpRequest, number: int, grant: int) -> HttpResponse:
    """Take a right back."""
    actor = who_asks(request)
    account = _account_or_404(actor, number)
    found = get_object_or_404(Grant.objects.filter(account=account), pk=grant)
    services.revoke(found, by=actor)
    messages.success(request, _("已收回，下一次点开页面就没有了。由它委托出去的也一起收回。"))
    return redirect("account", number=number)


def _linked(request: HttpRequest, account: Account) -> HttpResponse:
    token = accounts.password_link(account, by=who_asks(request))
    path = reverse("open_password_link", kwargs={"account": int_to_base36(account.pk), "token": token})
    return render(request, "accounts/link.html", {"account": account, "link": request.build_absolute_uri(path)})


def _city_linked(request: HttpRequest, account: Account) -> HttpResponse:
    token = city.make_link(account, by=who_asks(request))
    path = reverse("open_city_link", kwargs={"token": token})
    return render(request, "accounts/city_link.html", {"account": account, "link": request.build_absolute_uri(path)})


def _right(grant: Grant, names: dict[int, str], actor: Actor) -> dict[str, Any]:
    may = why_not(actor, GRANT_ROLE, grant.place.path) is None and grant.account_id != actor.account_id
    given_by = grant.given_by.name if grant.given_by else _("运维人员")
    return {
        "grant": grant,
        "role": words_of(Role(grant.role)),
        "place": names.get(grant.place_id, ""),
        "given_by": given_by,
        "may_take": may,
    }


def _facts(account: Account, names: dict[int, str]) -> list[tuple[Any, Any]]:
    factor = _("已设") if account.has_factor else _("没有设")  # type: ignore[attr-defined]  # annotated by the query
    return [
        (_("姓名"), account.name),
        (_("职务"), account.post),
        (_("归哪个工会管"), names.get(account.place_id or 0, "")),
        (_("第二重验证"), factor),
    ]


def _city_fact(account: Account) -> list[tuple[Any, Any]]:
    """Whether a city's identity opens it, where there is such a system."""
    door = city_door()
    if door is None:
        return []
    return [(_("统一身份"), _("已关联") if identity_of(account, door) else _("没有关联"))]


def _account_or_404(actor: Actor, number: int, move: Move = SEE_ACCOUNTS) -> Account:
    return get_object_or_404(accounts.of_move(actor, move), pk=number)
