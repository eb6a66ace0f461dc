"""Pages of checks: all of them with their numbers, and who does not keep one."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from niangjia.kernel.access.requests import who_asks
from niangjia.registers.orgs.checking.files import check_named, checks
from niangjia.registers.orgs.checking.queries import MOST, number_of, offenders
from niangjia.registers.orgs.rules.moves import SEE_UNIONS


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every check, what is wrong first."""
    actor = who_asks(request)
    if not actor.paths(SEE_UNIONS):
        raise Http404
    found = sorted(((each, number_of(each, actor)) for each in checks()), key=lambda pair: (-pair[1], pair[0].name))
    return render(request, "orgs/checks.html", {"found": found, "wrong": sum(number for _check, number in found)})


@login_required
@require_safe
def show(request: HttpRequest, check: str) -> HttpResponse:
    """Who does not keep a check, and what to do."""
    actor, found = who_asks(request), check_named(check)
    if found is None or not actor.paths(SEE_UNIONS):
        raise Http404
    shown = {"check": found, "number": number_of(found, actor), "rows": offenders(found, actor), "most": MOST}
    return render(request, "orgs/check.html", shown)
