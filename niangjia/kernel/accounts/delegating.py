"""Pages of delegation (委托): what one has handed down, handing down, taking back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kernel.access.delegation import delegate, delegated_by
from niangjia.kernel.access.models import Grant
from niangjia.kernel.access.rules import DELEGATE_ROLE, Actor, Role
from niangjia.kernel.access.services import NotGranted, revoke
from niangjia.kernel.accounts.forms import DelegationForm
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.web.reasons import in_words
from niangjia.kernel.web.roles import words_of


@login_required
@require_safe
def delegations(request: HttpRequest) -> HttpResponse:
    """What one has delegated and is not over."""
    actor = _delegator(request)
    found = delegated_by(actor)
    names = place_names(grant.place_id for grant in found)
    shown = [
        {"grant": each, "role": words_of(Role(each.role)), "place": names.get(each.place_id, "")} for each in found
    ]
    return render(request, "accounts/delegations.html", {"delegations": shown})


@login_required
@require_http_methods(["GET", "POST"])
def delegate_role(request: HttpRequest) -> HttpResponse:
    """Hand a role down."""
    actor = _delegator(request)
    form = DelegationForm(request.POST or None, actor=actor, move=DELEGATE_ROLE)
    if form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        try:
            delegate(given["login"], Role(given["role"]), at=given["place"], days=form.days, by=actor)
        except NotGranted as refused:
            form.add_error(None, in_words(refused.reason))
        else:
            messages.success(request, _("已委托。到期自己停，也可以随时收回。"))
            return redirect("delegations")
    return render(request, "accounts/delegate.html", {"form": form})


@login_required
@require_POST
def end(request: HttpRequest, grant: int) -> HttpResponse:
    """Take back what one delegated oneself."""
    actor = _delegator(request)
    own = Grant.objects.filter(delegated_from__account_id=actor.account_id or 0)
    revoke(get_object_or_404(own, pk=grant), by=actor)
    messages.success(request, _("已收回，对方下一次点开页面就没有了。"))
    return redirect("delegations")


def _delegator(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    if not actor.paths(DELEGATE_ROLE):
        raise Http404
    return actor
