"""What exports bring to the first page: requests that wait for a second pair of eyes, one's own that came back or are ready."""

from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.exports.models import ExportRequest
from niangjia.kernel.exports.queries import visible_to, waiting_for
from niangjia.kernel.exports.rules import ANSWER_WITHIN, APPROVE_EXPORT, SEE_EXPORTS, State
from niangjia.kernel.exports.words import PURPOSE_WORDS
from niangjia.kernel.web.exports.listing import title_of, who_asked
from niangjia.kernel.web.templatetags.niangjia_web import moment
from niangjia.kernel.web.todo import MOST, ToDo, WaitsFor

# How long a refusal stands on the first page of who asked.
TOLD_DAYS = 7


def things_to_do(actor: Actor, _on: date) -> list[ToDo]:
    """Lists that others want to take out and this actor decides on; her own that are ready, or were refused."""
    if not actor.paths(SEE_EXPORTS) or not actor.account_id:
        return []
    now = clock.now()
    waiting = Q(pk__in=waiting_for(actor).order_by().values("pk")) if actor.paths(APPROVE_EXPORT) else Q(pk__in=[])
    ready = Q(account_id=actor.account_id, state=State.READY, downloads=0, expires_at__gt=now)
    refused = Q(account_id=actor.account_id, state=State.REFUSED, decided_at__gt=now - timedelta(days=TOLD_DAYS))
    found = visible_to(actor).filter(waiting | ready | refused).order_by("id")[:MOST]
    return [_to_decide(each) if each.state == State.ASKED else _own_thing(each) for each in found]


def _to_decide(request: ExportRequest) -> ToDo:
    return ToDo(
        kind="export",
        icon="file-download",
        title=_("{who}要导出「{what}」").format(who=who_asked(request), what=title_of(request)),
        note=(_rows(request), PURPOSE_WORDS[request.purpose], moment(request.asked_at)),
        address=reverse("export", args=[request.pk]),
        verb=gettext_lazy("看了再定"),
        due=(request.asked_at + ANSWER_WITHIN).astimezone(clock.PEOPLE_ZONE).date(),
        waits_for=WaitsFor.SECOND,
    )


def _own_thing(request: ExportRequest) -> ToDo:
    what = title_of(request)
    is_ready = request.state == State.READY
    expires = request.expires_at.astimezone(clock.PEOPLE_ZONE).date() if is_ready and request.expires_at else None
    return ToDo(
        kind="export",
        icon="file-download" if is_ready else "arrow-back-up",
        title=(_("「{what}」做好了，可以下载") if is_ready else _("「{what}」没有批")).format(what=what),
        note=(_rows(request), moment(request.made_at if is_ready else request.decided_at)),
        address=reverse("export", args=[request.pk]),
        verb=gettext_lazy("下载") if is_ready else gettext_lazy("看原因"),
        due=expires,
        waits_for=WaitsFor.MINE if is_ready else WaitsFor.RETURNED,
    )


def _rows(request: ExportRequest) -> str:
    return ngettext("%(n)s 行", "%(n)s 行", request.rows_asked) % {"n": f"{request.rows_asked:,}"}
