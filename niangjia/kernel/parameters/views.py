"""Pages of local parameters: what holds here and where it comes from, entering a value, deciding on one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import why_not
from niangjia.kernel.dated.declared import declared
from niangjia.kernel.dated.queries import default_of, history
from niangjia.kernel.dated.rules import Parameter, ParameterKey, nearest
from niangjia.kernel.parameters import queries, services
from niangjia.kernel.parameters.forms import RefusalForm, ValueForm
from niangjia.kernel.parameters.listing import badge, title_of
from niangjia.kernel.parameters.models import ParameterChange
from niangjia.kernel.parameters.queries import Held, Standpoint
from niangjia.kernel.parameters.rules import SET_PARAMETER, State, why_not_decide
from niangjia.kernel.parameters.services import NotChanged
from niangjia.kernel.parameters.words import REFUSAL_WORDS, region_said, said_source, said_value
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.web.reasons import in_words


@login_required
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """Every parameter as it holds here today."""
    stand = _stand_or_404(request)
    today = clock.today()
    held = queries.held_at(stand.region, on=today)
    names = queries.names_of({each.value.region_code for each in held if each.value} | {stand.region}, on=today)
    waiting = set(
        queries.visible_to(who_asks(request))
        .filter(state=State.WAITS.value, region_code=stand.region)
        .values_list("key", flat=True)
    )
    context = {
        "rows": [_row(each, names, is_waiting=each.key.key in waiting) for each in held],
        "region": region_said(stand.region, names),
    }
    return render(request, "parameters/all.html", context)


@login_required
@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    """One parameter: what holds here, from where down it comes, and what held before."""
    stand, actor, declared_key = _stand_or_404(request), who_asks(request), _key_or_404(key)
    today = clock.today()
    line = queries.line_of(key, stand.region, on=today)
    names = queries.names_of({code for code, _value in line}, on=today)
    found = nearest((value for _code, value in line if value), stand.region)
    held = Held(declared_key, found or default_of(key))
    waiting = queries.visible_to(actor).filter(key=key, region_code=stand.region, state=State.WAITS.value).first()
    context = {
        "row": _row(held, names),
        "about": _(declared_key.about) if declared_key.about else "",
        "region": region_said(stand.region, names),
        "line": [_step(code, value, names, is_held=value is not None and value == found) for code, value in line],
        "default": _said(default_of(key)),
        "holds_default": found is None,
        "history": [_said(each) for each in history(key, region=stand.region)],
        "waiting": waiting,
        "may_set": waiting is None and queries.may_set(actor, stand.place),
        "key": key,
    }
    return render(request, "parameters/one.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, key: str) -> HttpResponse:
    """Enter a new value for the region where one stands."""
    stand, actor, declared_key = _stand_or_404(request), who_asks(request), _key_or_404(key)
    if not queries.may_set(actor, stand.place):
        raise Http404
    form = ValueForm(request.POST if request.method == "POST" else None, key=declared_key)
    if form.is_valid():
        try:
            change = services.enter(form.new(), place=stand.place, by=actor)
        except NotChanged as refused:
            form.refuse(refused.reason, field=refused.field)
        else:
            messages.success(request, _("填好了。等另一位干部看过才生效，现在还用原来的值。"))
            return redirect("parameter_change", change_id=change.pk)
    today = clock.today()
    held = Held(declared_key, nearest(_values(key, stand.region), stand.region) or default_of(key))
    names = queries.names_of({stand.region, held.value.region_code if held.value else stand.region}, on=today)
    context = {"form": form, "row": _row(held, names), "key": key, "region": region_said(stand.region, names)}
    return render(request, "parameters/new.html", context)


@login_required
@require_safe
def change(request: HttpRequest, change_id: int) -> HttpResponse:
    """A change where it stands: for who entered it, and for who decides."""
    return _page(request, _change_or_404(request, change_id), RefusalForm())


@login_required
@require_POST
def decide(request: HttpRequest, change_id: int) -> HttpResponse:
    """Put a value in force, refuse it with a reason, or take one's own back."""
    found, actor = _change_or_404(request, change_id), who_asks(request)
    verb, form = request.POST.get("verb", ""), RefusalForm()
    act: Callable[[], ParameterChange] | None = None
    if verb == "agree":
        act, said = lambda: services.agree(found.pk, by=actor), _("生效了。原来的值到前一天为止。")
    elif verb == "withdraw":
        act, said = lambda: services.withdraw(found.pk, by=actor), _("撤回了，什么都没有变。")
    elif verb == "refuse":
        form, said = RefusalForm(request.POST), _("没有同意，原来的值照用。")
        act = (lambda: services.refuse(found.pk, why=form.chosen, by=actor)) if form.is_valid() else None
    else:
        raise Http404
    if act is None:
        return _page(request, found, form)
    try:
        act()
    except NotChanged as refused:
        messages.error(request, in_words(refused.reason))
    else:
        messages.success(request, said)
    return redirect("parameter_change", change_id=found.pk)


def _page(request: HttpRequest, found: ParameterChange, form: RefusalForm) -> HttpResponse:
    actor, today = who_asks(request), clock.today()
    is_mine = found.entered_by_id is not None and found.entered_by_id == actor.account_id
    reason = why_not_decide(State(found.state), entered_by=found.entered_by_id, decides=actor.account_id)
    names = queries.names_of({found.region_code}, on=today)
    now = nearest(_values(found.key, found.region_code), found.region_code) or _default(found.key)
    context = {
        "change": found,
        "title": title_of(found),
        "badge": badge(found),
        "value": said_value(found.value, found.unit),
        "now": _said(now),
        "now_region": region_said(now.region_code, queries.names_of({now.region_code}, on=today)) if now else "",
        "region": region_said(found.region_code, names),
        "unit": place_names([found.place_id]).get(found.place_id, ""),
        "refusal": REFUSAL_WORDS.get(found.refusal, ""),
        "may_decide": reason is None and why_not(actor, SET_PARAMETER, found.place.path) is None,
        "may_withdraw": is_mine and found.state == State.WAITS,
        "is_mine": is_mine,
        "is_known": found.key in declared(),
        "form": form,
    }
    return render(request, "parameters/change.html", context)


def _row(held: Held, names: dict[str, str], *, is_waiting: bool = False) -> dict[str, Any]:
    value = held.value
    return {
        "key": held.key.key,
        "title": _(held.key.title),
        "value": said_value(value.value, value.measure) if value else "",
        "since": value.valid_from if value else None,
        "region": region_said(value.region_code, names) if value and value.valid_from else "",
        "source": said_source(value) if value else "",
        "is_default": bool(value and value.is_default),
        "is_waiting": is_waiting,
    }


def _step(code: str, value: Parameter | None, names: dict[str, str], *, is_held: bool) -> dict[str, Any]:
    return {"region": region_said(code, names), "said": _said(value), "is_held": is_held}


def _said(value: Parameter | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return {
        "value": said_value(value.value, value.measure),
        "since": value.valid_from,
        "until": value.valid_to,
        "source": said_source(value),
    }


def _values(key: str, region: str) -> list[Parameter]:
    line = queries.line_of(key, region, on=clock.today())
    return [value for _code, value in line if value]


def _default(key: str) -> Parameter | None:
    return default_of(key) if key in declared() else None


def _key_or_404(key: str) -> ParameterKey:
    found = declared().get(key)
    if found is None:
        raise Http404
    return found


def _stand_or_404(request: HttpRequest) -> Standpoint:
    stand = queries.standpoint(who_asks(request))
    if stand is None:
        raise Http404
    return stand


def _change_or_404(request: HttpRequest, change_id: int) -> ParameterChange:
    found = queries.visible_to(who_asks(request)).filter(pk=change_id).first()
    if found is None:
        raise Http404
    return found
