"""The desk's page of a member's household: masked until somebody says what for; shown for this once."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.dated.queries import region_names
from niangjia.kernel.reveal.rules import PURPOSE_SENTENCES, PURPOSE_WORDS, Purpose
from niangjia.kernel.reveal.services import LookRefused
from niangjia.kernel.web.reasons import in_words
from niangjia.kernel.web.sealed import TOO_MANY, UNFIT
from niangjia.registers.households.looking import ShownHousehold, look_at_household, purposes_for_household
from niangjia.registers.households.words import RELATION_WORDS, STAGE_WORDS
from niangjia.registers.members.models import Person
from niangjia.registers.members.queries import visible_to


class PurposeForm(forms.Form):
    """For what a household is looked at (用途)."""

    purpose = forms.ChoiceField(label=gettext_lazy("为什么看"), widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, purposes: tuple[Purpose, ...], **kwargs: Any) -> None:
        """The purposes for which this actor may look."""
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (each.value, _("{purpose}：{sentence}").format(purpose=_(PURPOSE_WORDS[each]), sentence=_(PURPOSE_SENTENCES[each])))
            for each in purposes
        ]  # fmt: skip


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def household(request: HttpRequest, person_id: int) -> HttpResponse:
    """A member's household: asked for with a purpose, shown on the answer alone; she sees the look at once."""
    actor = who_asks(request)
    person = get_object_or_404(visible_to(actor), pk=person_id)
    purposes = purposes_for_household(actor, person)
    if not purposes:
        raise Http404
    form = PurposeForm(request.POST or None, purposes=purposes)
    context: dict[str, Any] = {"person": person, "form": form, "shown": None, "is_asked": False, "refusal": ""}
    status = 200
    if request.method == "POST":
        try:
            wished = request.POST.get("purpose", "")
            shown = look_at_household(person.pk, purpose=wished, by=actor, on=clock.today())
            context |= {"shown": _told(shown) if shown else None, "is_asked": True, "at": clock.now()}
        except LookRefused as refused:
            context["refusal"] = in_words(refused.reason)
            status = TOO_MANY if refused.is_full else UNFIT
    return render(request, "households/household.html", context, status=status)


def way_to(actor: Actor, person: Person) -> tuple[str, str] | None:
    """Where a member's page leads whoever may look at her household; it says nothing of whether there is one."""
    if not purposes_for_household(actor, person):
        return None
    return reverse("household", args=[person.pk]), _("家庭情况")


def _told(shown: ShownHousehold) -> dict[str, Any]:
    code = shown.household.region_code
    return {
        "region": region_names([code], on=clock.today()).get(code, code),
        "address": shown.address,
        "since": shown.household.period.lower,
        "people": [
            {
                "lives": each,
                "relation": RELATION_WORDS[each.belonging.relation],
                "schools": [
                    (school, STAGE_WORDS[school.stage]) for school in each.schools if school.period.upper is None
                ],
            }
            for each in shown.people
            if each.is_now
        ],
    }
