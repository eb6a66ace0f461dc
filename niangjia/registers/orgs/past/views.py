"""The page of the tree of a day: a day, a union, what stood below it then."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.web.templatetags.niangjia_web import number
from niangjia.registers.orgs.listing import level_words
from niangjia.registers.orgs.past.figures import figures_of_day
from niangjia.registers.orgs.past.queries import Stood, led_on, level_on
from niangjia.registers.orgs.queries import visible_to
from niangjia.registers.orgs.rules.moves import SEE_UNIONS

SINCE = {
    "closed": gettext_lazy("后来撤销了"),
    "moved": gettext_lazy("后来换了上级"),
    "renamed": gettext_lazy("后来改了名"),
}


@login_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The tree of a day, one level at a time; the address says day and union, so it can be sent to a colleague."""
    actor = who_asks(request)
    if not actor.paths(SEE_UNIONS):
        raise Http404
    written, code = request.GET.get("on", ""), request.GET.get("at", "")
    day, wrong = _day(written)
    level = level_on(actor, day, code)
    if level is None:
        return render(request, "orgs/past.html", _asked(day, written, wrong, code) | {"absent": True}, status=404)
    figures = figures_of_day()
    context = {
        "above": [(name, _address(day, each)) for each, name in level.above],
        "here": level.here,
        "facts": _facts(level.here),
        "heads": [figure.words for figure in figures],
        "means": [(figure.words, figure.means) for figure in figures],
        "below": [_row(each, day) for each in level.below],
        "is_today": day == clock.today(),
        "is_seen_now": level.here is not None and visible_to(actor).filter(pk=level.here.union.pk).exists(),
    }
    return render(request, "orgs/past.html", _asked(day, written, wrong, code) | context)


@login_required
@require_safe
def industry(request: HttpRequest, code: str) -> HttpResponse:
    """What an industrial union leads beside the territory, on a day."""
    actor = who_asks(request)
    union = visible_to(actor).filter(code=code).first()
    if union is None:
        raise Http404
    day, wrong = _day(request.GET.get("on", ""))
    led = led_on(union, day)
    seen = set(visible_to(actor).filter(pk__in=[each.union.pk for each in led]).values_list("pk", flat=True))
    rows = [_row(each, day) | {"seen": each.union.pk in seen, "code": each.union.code} for each in led]
    context = {"union": union, "rows": rows, "heads": [figure.words for figure in figures_of_day()]}
    return render(request, "orgs/industry.html", _asked(day, request.GET.get("on", ""), wrong, "") | context)


def _day(written: str) -> tuple[date, str]:
    """The day that is meant; today where none can be read, with the reason."""
    today = clock.today()
    if not written:
        return today, ""
    try:
        day = parse_date(written)
    except ValueError:
        day = None
    if day is None:
        return today, _("看不出是哪一天。写成 2025-12-31 这样。下面是今天的。")
    return (day, "") if day <= today else (today, _("这一天还没有到。下面是今天的。"))


def _asked(day: date, written: str, wrong: str, code: str) -> dict[str, Any]:
    return {"on": day, "written": written or day.isoformat(), "wrong": wrong, "code": code, "today": clock.today()}


def _address(day: date, code: str) -> str:
    return f"{reverse('tree_on_a_day')}?{urlencode({'on': day.isoformat(), 'at': code})}"


def _row(stood: Stood, day: date) -> dict[str, Any]:
    return {
        "name": stood.name,
        "level": level_words(stood.union),
        "address": _address(day, stood.union.code),
        "unions": stood.unions,
        "figures": [(figure.words, stood.figures[figure.key]) for figure in figures_of_day()],
        "since": SINCE.get(stood.since, ""),
        "second": stood.second,
    }


def _facts(stood: Stood | None) -> list[tuple[str, Any]]:
    if stood is None:
        return []
    counted = [(figure.words, stood.figures[figure.key]) for figure in figures_of_day()]
    return [
        (_("工会编码"), stood.union.code),
        (_("层级"), level_words(stood.union)),
        (_("第二上级"), stood.second),
        (_("下级工会"), number(stood.unions)),
        *((str(words), number(found)) for words, found in counted),
        (_("现在"), SINCE.get(stood.since, _("还在原处"))),
    ]
