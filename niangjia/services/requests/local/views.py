"""The page of local topics: those there are, one more, and the last day of one."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.listing import Badge
from niangjia.kernel.web.reasons import in_words
from niangjia.services.requests.local import services
from niangjia.services.requests.local.forms import LastDayForm, TopicForm
from niangjia.services.requests.models import LocalTopic

MOST = 200


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def topics(request: HttpRequest) -> HttpResponse:
    """The topics of this place, and the form for one more."""
    actor = who_asks(request)
    place = services.place_for(actor)
    if place is None:
        raise Http404
    form = TopicForm(request.POST or None)
    if form.is_valid():
        try:
            services.add_topic(
                form.cleaned_data["title"],
                form.cleaned_data["words"],
                valid_from=form.cleaned_data["valid_from"],
                by=actor,
            )
        except services.NotAdded as refused:
            form.add_error("title", in_words(refused.reason))
        else:
            messages.success(request, _("加上了，手机上和窗口都能选。"))
            return redirect("local_topics")
    rows = [_shown(topic, clock.today()) for topic in services.kept_by(actor)[:MOST]]
    return render(request, "requests/topics.html", {"form": form, "rows": rows})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def topic(request: HttpRequest, topic_id: int) -> HttpResponse:
    """End one topic with its last day."""
    actor = who_asks(request)
    found = get_object_or_404(services.kept_by(actor), pk=topic_id)
    form = LastDayForm(request.POST or None)
    if form.is_valid():
        try:
            services.end_topic(found.pk, on=form.cleaned_data["valid_to"], by=actor)
        except services.NotAdded as refused:
            form.add_error("valid_to", in_words(refused.reason))
        else:
            messages.success(request, _("记下了，过了那一天就不能再选。"))
            return redirect("local_topics")
    return render(request, "requests/topic.html", {"form": form, **_shown(found, clock.today())})


def _shown(topic: LocalTopic, today: date) -> dict[str, Any]:
    is_over = topic.valid_to is not None and topic.valid_to < today
    if is_over:
        badge = Badge("closed", _("停用了"))
    elif topic.valid_from > today:
        badge = Badge("wait", _("还没有到日子"))
    else:
        badge = Badge("done", _("在用"))
    return {"topic": topic, "badge": badge, "is_over": is_over}
