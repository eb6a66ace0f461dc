"""Her own household on her phone: seen, written down one person at a time, corrected, taken back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.dated.queries import region_names
from niangjia.kernel.privacy.queries import why_not_use
from niangjia.kernel.web.reasons import in_words, put_beside_fields
from niangjia.registers.households import services
from niangjia.registers.households.forms import HomeForm, LeavingForm, PersonForm, SchoolForm
from niangjia.registers.households.models import Household
from niangjia.registers.households.queries import (
    Lives,
    address_of,
    asked_of,
    household_she_is_in,
    own_household,
    people_of,
)
from niangjia.registers.households.rules import CHILDREN, FAMILY
from niangjia.registers.households.services import HouseholdRefused
from niangjia.registers.households.words import RELATION_WORDS, STAGE_WORDS
from niangjia.registers.members.models import Person
from niangjia.registers.members.queries import present_membership
from niangjia.registers.orgs.queries import region_of

PHONE_METHODS = ["GET", "HEAD", "POST"]


@login_required
@never_cache
@require_http_methods(PHONE_METHODS)
def mine(request: HttpRequest) -> HttpResponse:
    """我的家庭: who lives with her; whoever says so of her is answered here, too."""
    actor, today = who_asks(request), clock.today()
    if actor.subject_id is None:
        raise Http404
    if request.method == "POST":
        return _answered(request, actor)
    household = own_household(actor, on=today)
    linked = None if household else household_she_is_in(actor, on=today)
    people = people_of(household) if household else []
    context = {
        "household": household,
        "region": _region(household) if household else "",
        "address": address_of(household) if household else "",
        "people": [_row(each) for each in people if each.is_now],
        "past": [_row(each) for each in people if not each.is_now],
        "linked": linked,
        "linked_relation": RELATION_WORDS[linked.relation] if linked else "",
        "asked": [(each, RELATION_WORDS[each.relation]) for each in asked_of(actor.subject_id, on=today)],
        "is_member": Person.objects.filter(pk=actor.subject_id).exists(),
        "is_agreed": why_not_use(actor.subject_id, FAMILY, on=today) is None,
        "notice": FAMILY,
    }
    return render(request, "households/mine.html", context)


@login_required
@never_cache
@require_http_methods(PHONE_METHODS)
def home(request: HttpRequest) -> HttpResponse:
    """Where the household lives: written the first time, changed later."""
    actor, today = who_asks(request), clock.today()
    household = own_household(actor, on=today)
    near = household.region_code if household else _near(actor)
    first = {"region_code": near, "address": address_of(household) if household else "", "since": today}
    form = HomeForm(request.POST or None, near=near, is_begun=household is not None, initial=first)
    if form.is_valid():
        if household:
            keep = lambda: services.change_home(form.home(since=household.period.lower), by=actor, on=today)  # noqa: E731 - one of two calls
        else:
            keep = lambda: services.begin_household(form.home(), by=actor, on=today)  # noqa: E731 - the other
        if _kept(form, keep):
            messages.success(request, _("记下了。"))
            return redirect("my_household")
    return render(request, "households/home.html", {"form": form, "household": household})


@login_required
@never_cache
@require_http_methods(PHONE_METHODS)
def add(request: HttpRequest) -> HttpResponse:
    """One person more."""
    actor, today = who_asks(request), clock.today()
    household = own_household(actor, on=today)
    if household is None:
        raise Http404
    form = PersonForm(request.POST or None, initial={"since": household.period.lower})
    if form.is_valid() and _kept(form, lambda: services.add_person(form.written(), by=actor, on=today)):
        messages.success(request, _("添上了。还有别人就接着添。"))
        return redirect("my_household")
    return render(request, "households/person_new.html", {"form": form, "children": CHILDREN})


@login_required
@never_cache
@require_http_methods(PHONE_METHODS)
def person(request: HttpRequest, belonging_id: int) -> HttpResponse:
    """One person she lives with: put right, school, moved out, struck."""
    actor, today = who_asks(request), clock.today()
    lives = _lives_or_404(actor, belonging_id)
    forms = _Forms(request, lives)
    answer = _done(request, actor, lives, forms) if request.method == "POST" else None
    if answer is not None:
        return answer
    context = {
        "lives": lives,
        "relation": RELATION_WORDS[lives.belonging.relation],
        "schools": [(each, STAGE_WORDS[each.stage]) for each in lives.schools],
        "form": forms.person,
        "school": forms.school,
        "leaving": forms.leaving,
        "today": today,
        "children": CHILDREN,
    }
    return render(request, "households/person.html", context)


class _Forms:
    """The three forms of one person's page; the one that was sent is bound."""

    def __init__(self, request: HttpRequest, lives: Lives) -> None:
        sent = request.POST
        kin = lives.belonging.kin
        first = {
            "relation": lives.belonging.relation,
            "name": lives.name,
            "birth_on": lives.birth_on,
            "since": lives.belonging.period.lower,
        }
        self.person = PersonForm(sent if "change" in sent else None, initial=first) if kin else None
        self.school = SchoolForm(sent if "school" in sent else None)
        self.leaving = LeavingForm(sent if "leave" in sent else None, initial={"until": clock.today()})


def _done(request: HttpRequest, actor: Actor, lives: Lives, forms: _Forms) -> HttpResponse | None:
    """What was pressed on one person's page; nothing where a form has to be shown again."""
    pk, today = lives.belonging.pk, clock.today()
    if "strike" in request.POST:
        services.strike_person(pk, by=actor, on=today)
        messages.success(request, _("删掉了，什么也没有留下。"))
        return redirect("my_household")
    if request.POST.get("strike_school", "").isdecimal():
        services.strike_school(int(request.POST["strike_school"]), by=actor, on=today)
        messages.success(request, _("学校删掉了。"))
        return redirect("my_household_person", belonging_id=pk)
    acts: list[tuple[Any, Callable[[Any], Any]]] = [
        (forms.person, lambda form: services.change_person(pk, form.written(), by=actor, on=today)),
        (forms.school, lambda form: services.write_school(pk, form.written(), by=actor, on=today)),
        (forms.leaving, lambda form: services.move_out(pk, form.cleaned_data["until"], by=actor, on=today)),
    ]
    for form, act in acts:
        if form is not None and form.is_valid() and _kept(form, lambda act=act, form=form: act(form)):  # type: ignore[misc]  # bound now, called now
            messages.success(request, _("记下了。"))
            return redirect("my_household")
    return None


def _answered(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What was pressed on the first page: yes, no, I left, take all of it back."""
    today, sent = clock.today(), request.POST
    try:
        if sent.get("yes", "").isdecimal():
            services.say_yes(int(sent["yes"]), by=actor, on=today)
            messages.success(request, _("记下了，你们是一家人。"))
        elif sent.get("no", "").isdecimal():
            services.say_no(int(sent["no"]), by=actor, on=today)
            messages.success(request, _("删掉了，那边不再有您。"))
        elif "left" in sent:
            services.leave(by=actor, on=today)
            messages.success(request, _("记下了，您不在那一家了。"))
        elif "remove" in sent:
            services.remove_household(by=actor, on=today)
            messages.success(request, _("全部删掉了。"))
    except HouseholdRefused as refused:
        for reason in refused.reasons.values():
            messages.error(request, in_words(reason))
    return redirect("my_household")


def _row(lives: Lives) -> dict[str, Any]:
    return {
        "lives": lives,
        "relation": RELATION_WORDS[lives.belonging.relation],
        "school": next((each for each in lives.schools if each.period.upper is None), None),
        "is_herself": lives.belonging.member_id == lives.belonging.head_id,
    }


def _lives_or_404(actor: Actor, belonging_id: int) -> Lives:
    household = own_household(actor, on=clock.today())
    found = [each for each in people_of(household) if each.belonging.pk == belonging_id] if household else []
    if not found or found[0].belonging.member_id == actor.subject_id:
        raise Http404
    return found[0]


def _region(household: Household) -> str:
    return region_names([household.region_code], on=clock.today()).get(household.region_code, household.region_code)


def _near(actor: Actor) -> str:
    """The county of her own union: she lives there more often than not."""
    person = Person.objects.filter(pk=actor.subject_id or 0).first()
    membership = present_membership(person) if person else None
    if membership is None:
        raise Http404
    return region_of(membership.union_id)


def _kept(form: Any, keep: Callable[[], Any]) -> bool:
    """Do what the form asks; where the rules refuse, the reasons stand beside the fields."""
    try:
        with transaction.atomic():
            keep()
    except HouseholdRefused as refused:
        put_beside_fields(form, refused.reasons)
        return False
    return True
