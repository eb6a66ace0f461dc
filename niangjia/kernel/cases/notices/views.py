"""One public notice at the desk: what hangs, what is objected, and the answers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.notices import queries, services
from niangjia.kernel.cases.notices.forms import AnswerForm
from niangjia.kernel.cases.notices.listing import badge_of
from niangjia.kernel.cases.notices.rules import ObjectionState
from niangjia.kernel.cases.notices.words import ANSWERS, days_of, facts_of, title_of
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.web.reasons import in_words
from niangjia.kernel.web.todo import due_said
from niangjia.kernel.web.trail import trail_of

VERBS = {
    "publish_notice": gettext_lazy("发布了公示"),
    "object": gettext_lazy("有人提了异议"),
    "answer_objection": gettext_lazy("答复了异议"),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Look at a notice and answer what is objected to it."""
    actor = who_asks(request)
    found = get_object_or_404(queries.visible_to(actor), pk=notice_id)
    form = AnswerForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid() and _answered(request, found.pk, form):
        return redirect("notice", notice_id=notice_id)
    return render(request, "notices/notice.html", _context(request, actor, found, form))


def _answered(request: HttpRequest, notice_id: int, form: AnswerForm) -> bool:
    """Whether the answer was taken; if not, the form says why."""
    actor, asked = who_asks(request), request.POST.get("objection", "")
    objection = get_object_or_404(
        queries.objections_for(actor), publication=notice_id, pk=int(asked) if asked.isdecimal() else 0
    )
    is_upheld = form.cleaned_data["verdict"] == ObjectionState.UPHELD
    try:
        services.answer(objection.pk, form.cleaned_data["says"], is_upheld=is_upheld, by=actor)
    except services.NotTaken as refused:
        form.add_error(None, in_words(refused.reason))
        return False
    messages.success(request, _("答复了。提异议的人凭回执看得到。"))
    return True


def _context(request: HttpRequest, actor: Actor, found: Any, form: AnswerForm | None) -> dict[str, Any]:
    on = clock.today()
    badge = badge_of(found)
    words, due_form = due_said(found.ends_on, on=on) if found.ends_on >= on else ("", "")
    hangs_at = place_names(found.hangings.values_list("place_id", flat=True))
    return {
        "notice": found,
        "title": title_of(found),
        "badge": badge,
        "due_words": words,
        "due_form": due_form,
        "facts": facts_of(found),
        "days": days_of(found),
        "hangs_at": sorted(hangs_at.values()),
        "is_hanging": queries.is_hanging(found, on=on),
        "address": request.build_absolute_uri(reverse("public_notice", args=[found.code])),
        "objections": _objections(request, actor, found, form),
        "steps": trail_of("publication", found.pk, verbs=VERBS, fields={}),
    }


def _objections(request: HttpRequest, actor: Actor, found: Any, form: AnswerForm | None) -> list[dict[str, Any]]:
    """Each with its words, and with a form where this actor may answer it."""
    to_answer = set(queries.open_for(actor).filter(publication=found.pk).values_list("pk", flat=True))
    sent = request.POST.get("objection", "")
    return [
        {
            "objection": each,
            "badge": ANSWERS[each.state],
            "says": queries.says_of(each),
            "answer": queries.answer_of(each),
            "answered_by": each.answered_by.name if each.answered_by else "",
            "form": (form if form is not None and sent == str(each.pk) else AnswerForm(auto_id=f"o{each.pk}_%s"))
            if each.pk in to_answer
            else None,
        }
        for each in queries.objections_for(actor)
        .filter(publication=found.pk)
        .select_related("answered_by")
        .order_by("id")
    ]
