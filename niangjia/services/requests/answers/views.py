"""Pages of kept answers: write, read as the second person, change, retire."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.web.reasons import in_words
from niangjia.services.requests.answers import queries, services
from niangjia.services.requests.answers.forms import AnswerForm
from niangjia.services.requests.answers.listing import badge_of, may_write
from niangjia.services.requests.models import AnswerState, KnownAnswer
from niangjia.services.requests.rules.moves import KEEP_ANSWERS
from niangjia.services.requests.topics import topic_choices, topic_words


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write an answer."""
    actor = who_asks(request)
    if not may_write(actor):
        raise Http404
    return _written(request, actor, old=None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Write it anew: the old one counts until the new one was read."""
    actor = who_asks(request)
    old = get_object_or_404(queries.kept_by(actor).exclude(state=AnswerState.RETIRED.value), pk=answer_id)
    return _written(request, actor, old=old)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, answer_id: int) -> HttpResponse:
    """One answer; whoever did not write it may agree to it, who keeps it may retire it."""
    actor = who_asks(request)
    kept = get_object_or_404(queries.visible_to(actor), pk=answer_id)
    if request.method == "POST":
        return _settled(request, actor, kept)
    is_kept = queries.kept_by(actor).filter(pk=kept.pk).exists()
    own = kept.written_by_id == actor.account_id
    shown = {
        "kept": kept,
        "badge": badge_of(kept),
        "topic": topic_words(kept.topic),
        "may_read": is_kept and not own and kept.state == AnswerState.WRITTEN,
        "is_own": own and kept.state == AnswerState.WRITTEN,
        "may_change": is_kept and kept.state != AnswerState.RETIRED,
    }
    return render(request, "requests/answer.html", shown)


def _settled(request: HttpRequest, actor: Actor, kept: KnownAnswer) -> HttpResponse:
    try:
        if "retire" in request.POST:
            services.retire_answer(kept.pk, by=actor)
            words = _("停用了。")
        else:
            services.read_answer(kept.pk, by=actor)
            words = _("把关了，从今天起可以用。")
    except services.NotKept as refused:
        messages.error(request, in_words(refused.reason))
    else:
        messages.success(request, words)
    return redirect("answer", answer_id=kept.pk)


def _written(request: HttpRequest, actor: Actor, *, old: KnownAnswer | None) -> HttpResponse:
    first: dict[str, Any] = (
        {"topic": old.topic, "title": old.title, "text": old.text, "source": old.source} if old else {}
    )
    path = (actor.paths(KEEP_ANSWERS) or ("",))[0]
    form = AnswerForm(request.POST or None, initial=first, topics=topic_choices(path))
    if form.is_valid():
        kept = services.write_answer(form.written(), by=actor, replaces=old.pk if old else None)
        messages.success(request, _("写好了，等另一位把关。"))
        return redirect("answer", answer_id=kept.pk)
    return render(request, "requests/answer_form.html", {"form": form, "old": old})
