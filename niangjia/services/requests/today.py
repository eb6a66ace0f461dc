"""Requests on the first page: what waits to be accepted, taken, answered; what was handed here; answers to be read by a second person."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.rules import Waits
from niangjia.kernel.cases.today import due_day, offered_to, waiting_for
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.web.todo import MOST, ToDo, WaitsFor
from niangjia.services.requests.answers.queries import kept_by
from niangjia.services.requests.listing import title_of
from niangjia.services.requests.models import AnswerState, Request
from niangjia.services.requests.queries import visible_to, with_local_topic
from niangjia.services.requests.rules.moves import SEE_REQUESTS
from niangjia.services.requests.rules.workflow import ACCEPTED, ANSWERED, IN_HAND, KIND, RECEIVED, REOPENED

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
WAITS_FOR = {REOPENED: WaitsFor.RETURNED, ANSWERED: WaitsFor.SECOND}


def things_to_do(actor: Actor, _on: date) -> list[ToDo]:
    """What waits for this actor: in her hands, or in nobody's where she works; never what lies further down."""
    if not actor.paths(SEE_REQUESTS):
        return []
    return [*_requests(actor), *_hand_overs(actor), *_answers(actor)]


def _requests(actor: Actor) -> Iterator[ToDo]:
    """What is in a colleague's hands already is hers; what goes along with another one waits for that."""
    cases = {case.pk: case for case in waiting_for(actor, (KIND,)) if case.handler_id in (None, actor.account_id)}
    shown = Request.objects.filter(pk__in=[pk for pk, case in cases.items() if case.stage in VERBS])
    found = [*with_local_topic(shown.select_related("employer", "counted_at")), *_unheard(actor)]
    for request in found:
        request.case = cases.get(request.pk) or request.case
    soonest = sorted(
        found, key=lambda each: (each.case.due_at is None, each.case.due_at or each.case.opened_at, each.pk)
    )
    for request in soonest[:MOST]:
        stage = request.case.stage
        yield ToDo(
            kind="request",
            icon="urgent" if request.is_urgent else "message-report",
            title=title_of(request),
            address=reverse("request", args=[request.pk]),
            verb=VERBS[stage],
            note=(request.case.number, WAITS[stage]),
            due=due_day(request.case.due_at),
            waits_for=WAITS_FOR.get(stage, WaitsFor.MINE),
        )


def _unheard(actor: Actor) -> QuerySet[Any]:
    """Answers to who has no account of her own: another than who answered rings her up."""
    here = [right.place_id for right in actor.rights if right.role in SEE_REQUESTS.roles]
    rows = visible_to(actor).filter(
        case__place__in=here, case__waits_for=Waits.ASKER.value, case__stage=ANSWERED, case__closed_at=None
    )
    rows = rows.filter(is_followed=False).exclude(case__maker=actor.account_id)
    return rows.order_by("case__due_at", "pk")[:MOST]


def _hand_overs(actor: Actor) -> Iterator[ToDo]:
    found = list(offered_to(actor, (KIND,)))
    names = place_names(row.from_place_id for row in found)
    for row in found:
        yield ToDo(
            kind="request",
            icon="arrows-exchange",
            title=_("{place}交来一件诉求").format(place=names.get(row.from_place_id, "")),
            address=reverse("request", args=[row.case_id]),
            verb=_("去看看"),
            note=(row.case.number, _("接还是不接，给对方一个准信")),
            due=due_day(row.case.due_at),
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
