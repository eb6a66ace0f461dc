"""What the desk does with a case besides its moves (交接、延期): the same for every line of work."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404
from django.utils.translation import gettext_lazy

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases import services as cases
from niangjia.kernel.cases.kinds import Words
from niangjia.kernel.cases.models import Case, HandOver, HandOverKind, Running
from niangjia.kernel.cases.pages.declared import Line
from niangjia.kernel.cases.pages.desk import colleagues_at, places_to_hand_to
from niangjia.kernel.cases.pages.forms import AssignForm, DeclineForm, ExtendForm, HandOnForm
from niangjia.kernel.cases.pages.own import days_in_words
from niangjia.kernel.cases.services import Act, Offer
from niangjia.kernel.places.models import Place

TITLES: dict[str, Words] = {
    "assign": gettext_lazy("交给同事"),
    "offer": gettext_lazy("交给别的工会，或者请来一起办"),
    "extend": gettext_lazy("办不完，延一次期"),
    "decline": gettext_lazy("不接，说明为什么"),
}
DONE: dict[str, Words] = {
    "assign": gettext_lazy("交给同事了，在那位手上。"),
    "offer": gettext_lazy("交过去了，等对方接。对方没有接以前，还在这里。"),
    "extend": gettext_lazy("延期了，本人看得到新的最后一天和为什么。"),
    "accept": gettext_lazy("接过来了，由您这里办。"),
    "decline": gettext_lazy("没有接，对方看得到为什么。"),
    "take_back": gettext_lazy("收回了，还在这里办。"),
}


def form_of(act: str, line: Line, case: Case, *, data: Any = None) -> forms.Form | None:
    """The form of one act, bound where something was sent; None where a press is enough."""
    if act == "assign":
        return AssignForm(data, colleagues=colleagues_at(case.place_id))
    if act == "offer":
        return HandOnForm(data, places=places_to_hand_to(case))
    if act == "decline":
        return DeclineForm(data)
    if act == "extend":
        return _extend_form(line, case, data)
    if act not in DONE:
        raise Http404
    return None


def lengthened(line: Line, case: Case) -> Running | None:
    """The time that runs and may be lengthened still, the soonest first."""
    rows = Running.objects.filter(case=case, tier__in=line.extends, ended_at=None, extended_at=None)
    return rows.filter(due_at__gt=clock.now()).order_by("due_at").first()


@dataclass(frozen=True)
class Given:
    """What was sent with it: the fields of its form, the number of a hand-over, and the revision that was looked at."""

    fields: Mapping[str, Any]
    number: int | None
    seen: int | None


def do(act: str, line: Line, case: Case, given: Given, *, by: Actor) -> None:
    """One call of the engine's service for each act."""
    fields, seen = given.fields, given.seen
    done = Act(by, clock.now(), reason=fields.get("reason", ""), says=fields.get("says", ""))
    acts: dict[str, Callable[[], object]] = {
        "assign": lambda: cases.assign(case.pk, int(fields["account"]), act=done, seen=seen),
        "offer": lambda: cases.offer(case.pk, _offer(case, fields), act=done, seen=seen),
        "accept": lambda: cases.accept(_of(case, given), act=done),
        "decline": lambda: cases.decline(_of(case, given), act=done),
        "take_back": lambda: cases.take_back(_of(case, given), act=done),
        "extend": lambda: _extend(line, case, given, act=done),
    }
    acts[act]()


def _offer(case: Case, given: Mapping[str, Any]) -> Offer:
    """Upwards it goes with the name of who asked, downwards without."""
    to = Place.objects.get(pk=int(given["place"]))
    return Offer(HandOverKind(given["kind"]), to.pk, knows_who=case.place.path.startswith(to.path))


def _of(case: Case, given: Given) -> int:
    """The number of a hand-over of this very case."""
    row = HandOver.objects.filter(case=case, pk=given.number or 0).first()
    if row is None:
        raise Http404
    return row.pk


def _extend_form(line: Line, case: Case, data: Any) -> forms.Form | None:
    running = lengthened(line, case)
    if running is None:
        return None
    longest = line.extends[running.tier]
    reasons = [(reason, line.kind.reasons[reason]) for reason in line.extension_reasons]
    return ExtendForm(data, longest=longest, unit=days_in_words(running.unit, longest), reasons=reasons)


def _extend(line: Line, case: Case, given: Given, *, act: Act) -> None:
    running = lengthened(line, case)
    if running is None:
        raise Http404
    cases.extend(case.pk, running.tier, given.fields["days"], act=act, seen=given.seen)
