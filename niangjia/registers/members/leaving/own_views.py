"""A member's own pages: when she retires and how that was worked out; leaving, asked and confirmed by herself."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.web.reasons import in_words
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.registers.members.leaving.asking import ask_to_leave, asked_already, own_membership
from niangjia.registers.members.leaving.forms import LeaveForm
from niangjia.registers.members.models import Person
from niangjia.registers.members.retiring import KIND_WORDS, days_of
from niangjia.registers.members.rules.retirement import how


@login_required
@require_safe
def retirement(request: HttpRequest) -> HttpResponse:
    """Her day by each table that may be meant, line by line."""
    actor = who_asks(request)
    person = Person.objects.filter(pk=actor.subject_id, erased_at=None).first()
    if actor.subject_id is None or person is None:
        raise Http404
    found = [(KIND_WORDS[each.kind], day(each.on), [in_words(line) for line in how(each)]) for each in days_of(person)]
    return render(request, "leaving/retirement.html", {"found": found, "hotline": settings.COMPLAINTS_PHONE})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """What leaving means, and the one button; asked already, it leads to where that is."""
    actor = who_asks(request)
    held = own_membership(actor)
    known = asked_already(actor) if actor.subject_id is not None else None
    if known is not None:
        return redirect("leaving_own", case_id=known.case_id)
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if held is not None and form.is_valid():
        case = ask_to_leave(by=actor)
        messages.success(request, _("提出来了。工会确认以前，您还是会员，随时可以撤回。"))
        return redirect("leaving_own", case_id=case.pk)
    shown = {"union": held.union if held else None, "form": form, "hotline": settings.COMPLAINTS_PHONE}
    return render(request, "leaving/leave.html", shown)
