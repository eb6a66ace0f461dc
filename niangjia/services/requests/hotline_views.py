"""Write a request down while somebody talks (热线登记): from top to bottom with the keyboard; what looks alike is shown first."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.web.reasons import in_words
from niangjia.registers.employers import queries as employers
from niangjia.registers.members import queries as members
from niangjia.services.requests.forms import CallForm
from niangjia.services.requests.listing import may_take_down, title_of
from niangjia.services.requests.models import Request
from niangjia.services.requests.queries import open_ones, visible_to
from niangjia.services.requests.rules import Against, Channel, Secrecy, Words
from niangjia.services.requests.rules.moves import TAKE_DOWN
from niangjia.services.requests.saying import Caller, NotSaid, take_down
from niangjia.services.requests.topics import topic_choices

SHOWN = 5


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write it down; where the same person or employer has something open already, that is shown before."""
    actor = who_asks(request)
    if not may_take_down(actor):
        raise Http404
    form = CallForm(request.POST or None, actor=actor, topics=topic_choices(actor.paths(TAKE_DOWN)[0]))
    alike: list[tuple[Any, str]] = []
    if form.is_valid():
        caller = _caller(form, actor)
        alike = _open_already(caller, actor) if caller is not None and "sure" not in request.POST else []
        if caller is not None and not alike:
            made = _taken_down(form, caller, actor)
            if made is not None:
                return _told(request, made, actor)
    return render(request, "requests/new.html", {"form": form, "alike": alike})


def _told(request: HttpRequest, made: Request, actor: Actor) -> HttpResponse:
    if visible_to(actor).filter(pk=made.pk).exists():
        messages.success(request, _("记下来了，编号 {number}。").format(number=made.case.number))
        return redirect("request", case_id=made.pk)
    words = _("记下来了，编号 {number}，按规定交给上一级工会办。把编号告诉对方。")
    messages.success(request, words.format(number=made.case.number))
    return redirect("requests")


def _taken_down(form: CallForm, caller: Caller, actor: Actor) -> Request | None:
    given = form.cleaned_data
    words = Words(
        given["kind"],
        given["topic"],
        given["text"],
        given["wish"],
        channel=Channel(given["channel"]),
        secrecy=Secrecy.OPEN if given["is_open"] else Secrecy.CONFIDENTIAL,
        against=Against.EMPLOYER if given["is_against"] and caller.employer_id else Against.NOBODY,
        is_urgent=given["is_urgent"],
    )
    try:
        return take_down(words, caller, by=actor, at=clock.now())
    except NotSaid as refused:
        form.add_error(None, in_words(refused.reason))
        return None


def _caller(form: CallForm, actor: Actor) -> Caller | None:
    """Who calls and from which employer, as far as what was written means somebody; else beside the field what is wrong."""
    given = form.cleaned_data
    member = _member(given["member"], actor)
    employer = _employer(given["employer"], actor)
    if given["member"] and member is None:
        form.add_error("member", _("没有查到这位会员，或者有好几位。从找到的里面选一位，或者留称呼和电话。"))
    if given["employer"] and employer is None:
        form.add_error("employer", _("没有查到这个单位，或者有好几个。从找到的里面选一个，或者空着。"))
    if form.errors:
        return None
    return Caller(member, given["caller_name"], given["caller_phone"], employer)


def _member(written: str, actor: Actor) -> int | None:
    if not written:
        return None
    seen = members.visible_to(actor)
    if written.isascii() and written.isdigit() and seen.filter(pk=int(written)).exists():
        return int(written)
    found = list(members.matching(seen, written).values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def _employer(written: str, actor: Actor) -> int | None:
    if not written:
        return None
    seen = employers.visible_to(actor, move=TAKE_DOWN)
    if written.isascii() and written.isdigit() and seen.filter(pk=int(written)).exists():
        return int(written)
    found = list(employers.by_name_part(seen, written).values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def _open_already(caller: Caller, actor: Actor) -> list[tuple[Any, str]]:
    if caller.subject_id is None:
        return []
    rows = open_ones(visible_to(actor)).filter(case__parties__subject=caller.subject_id).order_by("-pk")
    return [(row, title_of(row)) for row in rows[:SHOWN]]
