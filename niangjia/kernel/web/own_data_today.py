"""What people ask of their own data, on the first page of who settles it."""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.privacy.models import RightsRequest
from niangjia.kernel.privacy.queries import open_requests
from niangjia.kernel.privacy.registered import persons
from niangjia.kernel.privacy.rules import ERASE_PERSON, SETTLE_CORRECTION, AskedBy, RequestKind, answer_due
from niangjia.kernel.privacy.words import ASKED_BY_WORDS
from niangjia.kernel.web.todo import MOST, ToDo, WaitsFor


def things_to_do(actor: Actor, _on: date) -> list[ToDo]:
    """Corrections and erasures that wait for an answer, each with its last day; never one's own."""
    if not actor.paths(SETTLE_CORRECTION) and not actor.paths(ERASE_PERSON):
        return []
    named = import_string(settings.NIANGJIA_PEOPLE_NAMES)
    asked = list(open_requests(actor).exclude(subject=actor.subject_id or 0).annotate(person=named(actor))[:MOST])
    places = place_names({each.place_id for each in asked if each.place_id})
    return [_thing(each, places.get(each.place_id or 0, ""), actor) for each in asked]


def _thing(asked: RightsRequest, place: str, actor: Actor) -> ToDo:
    name = vars(asked)["person"] or _("一位职工")
    is_correction = asked.kind == RequestKind.CORRECT
    if is_correction:
        title = _("{name}说{fact}不对，请更正").format(name=name, fact=persons().correctable.get(asked.fact, _("资料")))
    else:
        title = _("删除{name}的全部资料").format(name=name)
    is_second = asked.recorded_by_id is not None and asked.recorded_by_id != actor.account_id
    return ToDo(
        kind="own_data",
        icon="edit" if is_correction else "trash",
        title=title,
        note=(place, ASKED_BY_WORDS[AskedBy(asked.asked_by).value]),
        address=reverse("privacy_request", args=[asked.pk]),
        verb=gettext_lazy("去核对") if is_correction else gettext_lazy("去办"),
        due=answer_due(asked.asked_at.astimezone(clock.PEOPLE_ZONE).date()),
        waits_for=WaitsFor.SECOND if is_second else WaitsFor.MINE,
    )
