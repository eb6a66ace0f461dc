"""Pages of the calendar: a year with its days off, and bringing in the next one."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.dated.queries import published_years
from niangjia.kernel.web.reasons import in_words
from niangjia.kernel.web.trail import trail_of
from niangjia.kernel.workdays import services
from niangjia.kernel.workdays.forms import NoticeForm
from niangjia.kernel.workdays.queries import may_publish, months_of, told_of
from niangjia.kernel.workdays.rules import (
    FIRST_YEAR,
    LAST_YEAR,
    SEE_CALENDAR,
    Notice,
    feasts_of,
    read_notice,
    stretches,
)
from niangjia.kernel.workdays.words import VERBS


@login_required
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """The calendar of this year."""
    _reader_or_404(request)
    return redirect("calendar_year", year=clock.today().year)


@login_required
@require_safe
def show(request: HttpRequest, year: int) -> HttpResponse:
    """A year: its feasts, its sheet of months, and where that is written."""
    actor = _reader_or_404(request)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    days = told_of(year)
    shown = [each for each in (*days, *told_of(year + 1)) if each.day.year == year]
    context = {
        "year": year,
        "feasts": [_row(each) for each in feasts_of(days)],
        "off": sum(not each.is_working for each in days),
        "worked": sum(each.is_working for each in days),
        "sources": list(dict.fromkeys(each.source for each in days)),
        "months": months_of(year, shown),
        "today": clock.today(),
        "heads": _("一 二 三 四 五 六 日").split(),
        "before": year - 1,
        "after": year + 1,
        "may_publish": may_publish(actor),
        "steps": trail_of(services.THING, year, verbs=VERBS, fields={}) if may_publish(actor) else [],
    }
    return render(request, "workdays/year.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Bring in a notice: what was read is shown first, then put in force."""
    actor = _reader_or_404(request)
    if not may_publish(actor):
        raise Http404
    given = request.POST if request.method == "POST" else None
    form = NoticeForm(given, request.FILES or None, initial={"year": _wished_year(request)})
    notice: Notice | None = None
    if form.is_valid():
        year = form.cleaned_data["year"]
        notice = read_notice(form.cleaned_data["text"], year=year, source=form.cleaned_data["source"])
        form = _with_text(form)
        for fault in notice.faults:
            form.add_error("text", in_words(fault))
        if not notice.faults and request.POST.get("verb") == "publish":
            return _published(request, notice, year=year, by=actor)
    return render(request, "workdays/new.html", {"form": form, **_read(notice)})


def _published(request: HttpRequest, notice: Notice, *, year: int, by: Actor) -> HttpResponse:
    if services.publish(notice, year=year, by=by):
        messages.success(request, _("装好了。没办完的事，到期日都按新的安排重新算。"))
    else:
        messages.info(request, _("和已经装入的一样，什么都没有变。"))
    return redirect("calendar_year", year=year)


def _with_text(form: NoticeForm) -> NoticeForm:
    """The same form with the file's content as its text, so that what was looked at is what is put in force."""
    kept = {name: form.cleaned_data[name] for name in ("year", "source", "text")}
    again = NoticeForm(kept)
    again.is_valid()
    return again


def _read(notice: Notice | None) -> dict[str, Any]:
    if notice is None or notice.faults:
        return {"feasts": []}
    return {
        "feasts": [_row(each) for each in feasts_of(notice.days)],
        "off": sum(not each.is_working for each in notice.days),
        "worked": sum(each.is_working for each in notice.days),
        "doubts": [in_words(each) for each in notice.doubts],
    }


def _row(feast: Any) -> dict[str, Any]:
    return {"name": feast.name, "off": stretches(feast.off), "days": len(feast.off), "worked": feast.worked}


def _wished_year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    is_year = asked.isascii() and asked.isdecimal() and len(asked) == len("2027")
    return int(asked) if is_year else _first_unpublished(clock.today())


def _first_unpublished(on: date) -> int:
    known = published_years()
    return on.year if on.year not in known else on.year + 1


def _reader_or_404(request: HttpRequest) -> Actor:
    actor = who_asks(request)
    if not actor.paths(SEE_CALENDAR):
        raise Http404
    return actor
