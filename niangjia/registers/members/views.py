"""Pages of members: one person, registering one, changing one."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor, why_not
from niangjia.kernel.chinese import Reason
from niangjia.kernel.places.rules import Level
from niangjia.kernel.privacy.rules import RECORD_CONSENT
from niangjia.kernel.reveal.queries import purposes_of
from niangjia.kernel.reveal.rules import Field
from niangjia.kernel.web.reasons import in_words, put_beside_fields
from niangjia.kernel.web.sealed import AskedLook, answer_look, mask
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.kernel.web.trail import trail_of
from niangjia.registers.employers.models import Employer
from niangjia.registers.members.changes import with_changes
from niangjia.registers.members.forms import CODED, MemberForm, initial_of
from niangjia.registers.members.listing import age_of, may_edit, state_badge
from niangjia.registers.members.masked import is_here, shown_number, shown_phone
from niangjia.registers.members.merging.queries import gone_into, of_person
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.queries import (
    active_at,
    active_in,
    editable_by,
    memberships_seen,
    sealed_value,
    visible_to,
    with_latest,
)
from niangjia.registers.members.retiring import facts_at_desk
from niangjia.registers.members.rules import READ_LIKE_ID_CARD, IdKind
from niangjia.registers.members.rules.moves import SEE_MEMBERS
from niangjia.registers.members.services import MemberRefused, TransferAsked, edit_member, register_member
from niangjia.registers.members.verified.showing import certainty_of
from niangjia.registers.members.words import FIELD_WORDS, KEPT_WORDS, KIND_WORDS, SEX_WORDS, STATE_BADGES, title_of
from niangjia.registers.orgs.listing import Panel, below_address
from niangjia.registers.orgs.models import Union

MEMBERSHIPS_BESIDE = 3
# What is sealed of a member, and how it is shown masked.
SEALED_FACTS = {Field.PHONE: shown_phone, Field.ID_NUMBER: shown_number}
VERBS = {
    "register_member": gettext_lazy("登记了会员"),
    "edit_member": gettext_lazy("修改了资料"),
    "ask_transfer": gettext_lazy("提出了转会"),
    "settle_transfer": gettext_lazy("答复了转会"),
    "see_papers": gettext_lazy("看过证件"),
    "withdraw_papers": gettext_lazy("撤回了看过证件"),
    "change_membership": gettext_lazy("会籍变动"),
    "raise_transfer": gettext_lazy("没有人答复，转会交上级定"),
    "answer_phone": gettext_lazy("本人答复了换手机"),
    "withdraw_phone": gettext_lazy("撤回了换手机的提议"),
    "report_lost_phone": gettext_lazy("报了旧手机丢了"),
    "stop_lost_phone": gettext_lazy("本人说不是她在换手机"),
    "hand_over_phone": gettext_lazy("换上了新手机"),
}


@login_required
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: facts masked, memberships, what was changed. Of who left only what was."""
    actor = who_asks(request)
    person = with_latest(visible_to(actor)).select_related("intake").filter(pk=pk).first()
    if person is None:
        return _to_what_stays(request, pk)
    here = is_here(person)
    context = {
        "person": person,
        "standing": state_badge(person),
        "age": age_of(person),
        "sex": SEX_WORDS.get(person.sex, ""),
        "here": here,
        "facts": _facts(request, person) if here else _facts_of_past(person),
        "more": _more(person) if here else [],
        "memberships": [_row(membership) for membership in memberships_seen(actor, person)],
        "steps": with_changes(person, trail_of("person", person.pk, verbs=VERBS, fields=FIELD_WORDS)) if here else [],
        "may_see_consents": here and bool(actor.paths(RECORD_CONSENT)),
        "may_edit": here and editable_by(actor).filter(pk=person.pk).exists(),
        "sure": certainty_of(person) if here else None,
        "ways": _ways(actor, person) if here else [],
    }
    # Whoever may change the record is told that another one may be of the same person.
    context["alike"] = of_person(actor, person.pk).first() if context["may_edit"] else None
    return render(request, "members/person.html", context)


def _to_what_stays(request: HttpRequest, pk: int) -> HttpResponse:
    """A record that was merged leads to the one that stays, as far as that one is seen; nothing else is there."""
    kept = gone_into(pk)
    if kept is None or not visible_to(who_asks(request)).filter(pk=kept).exists():
        raise Http404
    messages.info(request, _("您找的那份登记是同一个人的另一份，已经并到这一份里了。"))
    return redirect("member", pk=kept)


def _ways(actor: Actor, person: Person) -> list[tuple[str, str]]:
    """Where the page leads besides (`NIANGJIA_MEMBER_WAYS`): what other registers keep of her, for who may look."""
    found = (import_string(name)(actor, person) for name in settings.NIANGJIA_MEMBER_WAYS)
    return [way for way in found if way is not None]


def beside(request: HttpRequest, person: Person) -> dict[str, Any]:
    """One person beside the list: what her page begins with, from the same rows."""
    actor, here = who_asks(request), is_here(person)
    joined = [(FIELD_WORDS["joined_on"], day(person.shown_joined_on))] if person.shown_joined_on else []
    return {
        "person": person,
        "standing": state_badge(person),
        "age": age_of(person),
        "sex": SEX_WORDS.get(person.sex, ""),
        "here": here,
        "facts": [(FIELD_WORDS["union"], person.shown_union), *joined, *_facts(request, person)]
        if here
        else _facts_of_past(person),
        "memberships": [_row(membership) for membership in memberships_seen(actor, person)[:MEMBERSHIPS_BESIDE]],
        "may_edit": here and editable_by(actor).filter(pk=person.pk).exists(),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sealed(request: HttpRequest, pk: int, field: str) -> HttpResponse:
    """One sealed fact of a member: masked when it is got, shown for a while when a purpose is posted."""
    actor = who_asks(request)
    person = get_object_or_404(with_latest(visible_to(actor)), pk=pk)
    asked = _asked(actor, person, Field(field)) if field in SEALED_FACTS else None
    if asked is None or not asked.purposes:
        raise Http404
    return answer_look(request, asked, crumb=(reverse("member", args=(person.pk,)), person.name))


@login_required
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register a member by hand."""
    actor = who_asks(request)
    if not may_edit(actor):
        raise Http404
    form = MemberForm(request.POST or None, actor=actor, initial=_first(request, actor))
    asked: Reason | None = None
    if form.is_valid():
        answer = _registered(form, actor)
        if isinstance(answer, TransferAsked):
            asked = answer.reason
        elif answer is not None:
            _warn(request, answer.warnings)
            messages.success(request, _("已登记「{name}」。").format(name=answer.person.name))
            return redirect("member", pk=answer.person.pk)
    context = {"form": form, "parts": form.parts(), "person": None, "asked": in_words(asked) if asked else ""}
    return render(request, "members/member_form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is registered of a member."""
    actor = who_asks(request)
    person = get_object_or_404(editable_by(actor), pk=pk)
    membership = memberships_seen(actor, person).filter(period__upper_inf=True).first()
    if membership is None:
        raise Http404
    form = MemberForm(request.POST or None, actor=actor, person=person, initial=initial_of(person, membership))
    if form.is_valid() and _edited(request, form, person, actor):
        messages.success(request, _("已保存。"))
        return redirect("member", pk=person.pk)
    return render(
        request, "members/member_form.html", {"form": form, "parts": form.parts(), "person": person, "asked": ""}
    )


def panel_of(actor: Actor, union: Union) -> Panel | None:
    """What a union's page says of members to who may see them: how many there are at and below it now."""
    if why_not(actor, SEE_MEMBERS, union.place.path) is not None:
        return None
    number = active_in(union).count()
    words = ngettext("本级和下级在册 %(n)s 人。", "本级和下级在册 %(n)s 人。", number) % {"n": f"{number:,}"}
    address = below_address(union).replace("/unions/", "/members/") if number else ""
    return Panel(_("会员"), number, words if number else _("还没有会员。"), address=address)


def panel_of_employer(actor: Actor, employer: Employer) -> Panel | None:
    """What an employer's page says of its members to who may see them: how many there are in the unions that cover it."""
    covering = Union.objects.filter(coverages__employer=employer, coverages__valid_to=None).select_related("place")
    seen = [union for union in covering if why_not(actor, SEE_MEMBERS, union.place.path) is None]
    if not seen:
        return None
    number = active_at(employer, seen).count()
    words = _("还没有会员。")
    if number and employer.employees:
        words = _("会员占职工 {share}%。").format(share=f"{100 * number / employer.employees:.1f}")
    elif number:
        words = _("登记了职工人数，就算得出会员占多少。")
    return Panel(_("会员"), number, words)


def _first(request: HttpRequest, actor: Actor) -> dict[str, str]:
    """What stands in an empty form: whoever acts at a union without others below registers there."""
    named = request.GET.get("union", "")
    own = Union.objects.filter(pk__in=[right.place_id for right in actor.rights], place__level=Level.BASE.value)
    code = "" if named else own.values_list("code", flat=True).first()
    return {"union": named or code or "", "id_kind": IdKind.ID_CARD.value}


def _registered(form: MemberForm, actor: Actor) -> Any:
    union: Union = form.cleaned_data["union"]
    try:
        return register_member(form.written(), union_id=union.pk, by=actor, on=clock.today())
    except MemberRefused as refused:
        put_beside_fields(form, refused.reasons)
        return None


def _edited(request: HttpRequest, form: MemberForm, person: Person, actor: Actor) -> bool:
    seen = form.cleaned_data["revision"]
    try:
        answer = edit_member(person.pk, form.written(), by=actor, on=clock.today(), revision=seen)
    except MemberRefused as refused:
        put_beside_fields(form, refused.reasons)
        return False
    _warn(request, answer.warnings)
    return True


def _warn(request: HttpRequest, warnings: tuple[Reason, ...]) -> None:
    for warning in warnings:
        messages.warning(request, in_words(warning))


def _asked(actor: Actor, person: Person, field: Field) -> AskedLook | None:
    """A sealed fact with the purposes for which this actor may look at it; of who left nothing is asked for."""
    value = sealed_value(person, field) if is_here(person) else None
    if value is None:
        return None
    return AskedLook(
        value,
        title=_coded_title("id_kind", person.id_kind) if field is Field.ID_NUMBER else str(FIELD_WORDS["phone"]),
        masked=SEALED_FACTS[field](person),
        name=person.name,
        address=reverse("member_sealed", args=(person.pk, field.value)),
        purposes=purposes_of(actor, field, value.path),
    )


def _masked(request: HttpRequest, person: Person, field: Field) -> str:
    """A sealed fact on the person's page: masked, with the way to a look where there is one."""
    asked = _asked(who_asks(request), person, field)
    return mask(request, asked) if asked else SEALED_FACTS[field](person)


def _facts(request: HttpRequest, person: Person) -> list[tuple[Any, Any]]:
    """Beside the last four of an identity card no birth date: with the region they would make the whole number."""
    born = [] if person.id_kind in READ_LIKE_ID_CARD else [(FIELD_WORDS["birth_on"], day(person.birth_on))]
    return [
        (FIELD_WORDS["phone"], _masked(request, person, Field.PHONE)),
        (_coded_title("id_kind", person.id_kind), _masked(request, person, Field.ID_NUMBER)),
        *born,
        (FIELD_WORDS["workplace"], person.workplace),
        (FIELD_WORDS["title"], person.title),
    ]


def _facts_of_past(person: Person) -> list[tuple[Any, Any]]:
    return [(_coded_title("id_kind", person.id_kind), shown_number(person))]


def _more(person: Person) -> list[tuple[Any, Any]]:
    coded = ("employment", "skill", "occupation", "household_registration", "ethnicity", "education", "political")
    said = [(FIELD_WORDS[name], _coded_title(name, getattr(person, name))) for name in coded]
    migrant = {None: "", True: "yes", False: "no"}[person.migrant]
    return [*said, (FIELD_WORDS["migrant"], _coded_title("migrant", migrant)), *facts_at_desk(person)]


def _coded_title(name: str, code: str) -> str:
    return title_of(CODED[name], code)


def _row(membership: Membership) -> dict[str, Any]:
    return {
        "union": membership.union,
        "employer": membership.employer,
        "badge": STATE_BADGES[membership.state],
        "because": KEPT_WORDS.get(membership.because, ""),
        "kind": KIND_WORDS[membership.kind],
        "joined_on": membership.joined_on,
        "from": membership.period.lower,
        "to": membership.period.upper,
        "member_no": membership.member_no,
    }
