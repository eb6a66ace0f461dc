"""Requests on the first page: what waits to be accepted, taken, answered; what was handed here; answers to be read by a second person."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.models import HandOver, HandOverState
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.web.todo import MOST, ToDo, WaitsFor
from niangjia.services.requests.answers.queries import kept_by
from niangjia.services.requests.listing import title_of
from niangjia.services.requests.models import AnswerState
from niangjia.services.requests.queries import visible_to
from niangjia.services.requests.rules.moves import SEE_REQUESTS
from niangjia.services.requests.rules.workflow import ACCEPTED, ANSWERED, IN_HAND, RECEIVED, REOPENED

VERBS = {
    RECEIVED: gettext_lazy("去受理"),
    ACCEPTED: gettext_lazy("去接办"),
    REOPENED: gettext_lazy("去重办"),
    IN_HAND: gettext_lazy("去办"),
    ANSWERED: gettext_lazy("去回访"),
}
WAITS = {
    RECEIVED: gettext_lazy("等受理"),
    ACCEPTED: gettext_lazy("等人接手"),
    REOPENED: gettext_lazy("她不同意，等重办"),
    IN_HAND: gettext_lazy("在您手上"),
    ANSWERED: gettext_lazy("答复了，打电话问问她"),
}


def things_to_do(actor: Actor, _on: date) -> list[ToDo]:
    """What waits for this actor: in her hands, or in nobody's where she works; never what lies further down."""
    if not actor.paths(SEE_REQUESTS):
        return []
    return [*_requests(actor), *_hand_overs(actor), *_answers(actor)]


def _requests(actor: Actor) -> Iterator[ToDo]:
    here = [right.place_id for right in actor.rights if right.role in SEE_REQUESTS.roles]
    rows = visible_to(actor).filter(case__closed_at=None)
    mine = rows.filter(case__handler=actor.account_id, case__stage__in=(IN_HAND, REOPENED))
    nobodys = rows.filter(case__place__in=here, case__handler=None, case__stage__in=(RECEIVED, ACCEPTED, REOPENED))
    unheard = rows.filter(case__place__in=here, is_followed=False, case__stage=ANSWERED)
    unheard = unheard.exclude(case__maker=actor.account_id)
    found: QuerySet[Any] = (mine | nobodys | unheard).order_by("case__due_at", "pk")
    for request in found[:MOST]:
        stage = request.case.stage
        yield ToDo(
            kind="request",
            icon="urgent" if request.is_urgent else "message-report",
            title=title_of(request),
            address=reverse("request", args=[request.pk]),
            verb=VERBS[stage],
            note=(request.case.number, WAITS[stage]),
            due=_day(request.case.due_at),
            waits_for=WaitsFor.RETURNED
            if stage == REOPENED
            else WaitsFor.SECOND
            if stage == ANSWERED
            else WaitsFor.MINE,
        )


def _hand_overs(actor: Actor) -> Iterator[ToDo]:
    here = [right.place_id for right in actor.rights if right.role in SEE_REQUESTS.roles]
    meant = visible_to(actor).values("pk")
    rows = HandOver.objects.filter(state=HandOverState.OFFERED.value, to_place__in=here, case__in=meant)
    found = list(rows.select_related("case").order_by("offered_at", "pk")[:MOST])
    names = place_names(row.from_place_id for row in found)
    for row in found:
        yield ToDo(
            kind="request",
            icon="arrows-exchange",
            title=_("{place}交来一件诉求").format(place=names.get(row.from_place_id, "")),
            address=reverse("request", args=[row.case_id]),
            verb=_("去看看"),
            note=(row.case.number, _("接还是不接，给对方一个准信")),
            due=_day(row.case.due_at),
            waits_for=WaitsFor.SECOND,
        )


def _answers(actor: Actor) -> Iterator[ToDo]:
    waiting = kept_by(actor).filter(state=AnswerState.WRITTEN.value).exclude(written_by=actor.account_id)
    number = waiting.count()
    if number:
        words = ngettext("%(n)s 条现成的答复等把关", "%(n)s 条现成的答复等把关", number) % {"n": number}
        yield ToDo(
            kind="answer", icon="book", title=words, address="/requests/answers/?state=written", verb=_("去把关"),
            note=(_("别人写的，您是第二人"),), waits_for=WaitsFor.SECOND,
        )  # fmt: skip


def _day(at: datetime | None) -> date | None:
    return at.astimezone(clock.PEOPLE_ZONE).date() if at else None
