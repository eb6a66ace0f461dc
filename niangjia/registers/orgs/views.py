"""Pages of unions: one union, registering one, changing one."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor, Move, why_not
from niangjia.kernel.chinese import Reason
from niangjia.kernel.web.reasons import put_beside_fields
from niangjia.kernel.web.roles import words_of
from niangjia.kernel.web.trail import trail_of
from niangjia.registers.orgs.closing import effects_of
from niangjia.registers.orgs.forms import ClosingForm, UnionForm, initial_of
from niangjia.registers.orgs.keepers import keepers_of
from niangjia.registers.orgs.listing import Panel, below_address, level_words, may_register, standing_badge
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import ancestors_of, children_of, closable_by, visible_to
from niangjia.registers.orgs.rules.moves import EDIT_UNION, REGISTER_UNION, REORGANISE, SEE_UNIONS
from niangjia.registers.orgs.services import UnionRefused, close_union, edit_union, register_union

CHILDREN_SHOWN, KEEPERS_SHOWN = 20, 5
VERBS = {
    "register_union": gettext_lazy("登记了这个工会"),
    "edit_union": gettext_lazy("修改了登记"),
    "close_union": gettext_lazy("撤销了这个工会"),
    "prepare_union": gettext_lazy("准予筹建"),
    "found_union": gettext_lazy("批复成立"),
    "hang_door_sign": gettext_lazy("改了门牌"),
    "register_legal_person": gettext_lazy("登记了法人资格"),
    "reissue_legal_person": gettext_lazy("换了法人证书"),
    "cancel_legal_person": gettext_lazy("注销了法人资格"),
    "reorganise": gettext_lazy("随组织调整变动"),
}
FIELDS = {
    "name": gettext_lazy("工会名称"),
    "parent": gettext_lazy("上级工会"),
    "second_parent": gettext_lazy("第二上级"),
    "uscc": gettext_lazy("统一社会信用代码"),
    "region_code": gettext_lazy("行政区划代码"),
    "address": gettext_lazy("地址"),
    "phone": gettext_lazy("办公电话"),
}


@login_required
@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One union: what is registered, who stands above and below, what other registers say."""
    actor = who_asks(request)
    union = _union_or_404(actor, code, SEE_UNIONS)
    children = list(children_of(union)[: CHILDREN_SHOWN + 1])
    keepers = [(each, words_of(each.role)) for each in keepers_of(union, on=clock.today())]
    path = union.place.path
    context = {
        "union": union,
        "level": level_words(union),
        "standing": standing_badge(union),
        "facts": _registered_facts(union),
        "above": [(each, _is_seen(actor, each)) for each in ancestors_of(union)],
        "keepers": keepers[:KEEPERS_SHOWN],
        "more_keepers": len(keepers[KEEPERS_SHOWN:]),
        "children": [(each, level_words(each)) for each in children[:CHILDREN_SHOWN]],
        "children_count": children_of(union).count() if len(children) > CHILDREN_SHOWN else len(children),
        "below_address": below_address(union),
        "has_more": len(children) > CHILDREN_SHOWN,
        "panels": _panels(actor, union),
        "steps": trail_of("union", union.pk, verbs=VERBS, fields=FIELDS),
        "may_edit": why_not(actor, EDIT_UNION, path) is None and not union.place.closed_on,
        "may_close": not union.place.closed_on and closable_by(actor).filter(pk=union.pk).exists(),
        "may_reorganise": why_not(actor, REORGANISE, path) is None and closable_by(actor).filter(pk=union.pk).exists(),
        "may_register": why_not(actor, REGISTER_UNION, path) is None and not union.place.closed_on,
    }
    return render(request, "orgs/union.html", context)


def beside(request: HttpRequest, union: Union) -> dict[str, Any]:
    """One union beside the list: where it stands, what is registered, what other registers say."""
    actor, path = who_asks(request), union.place.path
    return {
        "union": union,
        "level": level_words(union),
        "standing": standing_badge(union),
        "facts": _facts(union),
        "below_address": below_address(union),
        "children": children_of(union).count(),
        "panels": _panels(actor, union),
        "may_edit": why_not(actor, EDIT_UNION, path) is None and not union.place.closed_on,
    }


@login_required
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register a union by hand."""
    actor = who_asks(request)
    if not may_register(actor):
        raise Http404
    first = {"parent": request.GET.get("under", ""), "opened_on": clock.today()}
    form = UnionForm(request.POST or None, actor=actor, initial=first)
    if form.is_valid():
        union = _kept(form, lambda facts: register_union(facts, by=actor, on=form.opened))
        if union is not None:
            messages.success(request, _("已登记「{name}」，编码 {code}。").format(name=union.name, code=union.code))
            return redirect("union", code=union.code)
    return render(request, "orgs/union_form.html", {"form": form, "parts": _parts(form), "union": None})


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change what is registered of a union."""
    actor = who_asks(request)
    union = _union_or_404(actor, code, EDIT_UNION)
    form = UnionForm(request.POST or None, actor=actor, union=union, initial=initial_of(union))
    if form.is_valid():
        seen = form.cleaned_data["revision"]
        edited = _kept(form, lambda facts: edit_union(union.pk, facts, by=actor, on=clock.today(), revision=seen))
        if edited is not None:
            messages.success(request, _("已保存。"))
            return redirect("union", code=edited.code)
    return render(request, "orgs/union_form.html", {"form": form, "parts": _parts(form), "union": union})


@login_required
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Say what follows from closing a union, ask once more, close it."""
    actor = who_asks(request)
    union = closable_by(actor).filter(code=code).first()
    if union is None:
        raise Http404
    form = ClosingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            close_union(union.pk, by=actor, on=clock.today())
        except UnionRefused as refused:
            put_beside_fields(form, refused.reasons)
        else:
            messages.success(request, _("「{name}」已撤销，编码不再给别的工会。").format(name=union.name))
            return redirect("union", code=union.code)
    effects = effects_of(union, on=clock.today())
    context = {
        "union": union,
        "form": form,
        "against": [effect for effect in effects if effect.blocks],
        "follows": [effect for effect in effects if not effect.blocks],
        "on": clock.today(),
    }
    return render(request, "orgs/close.html", context)


def _kept(form: UnionForm, keep: Callable[[Any], Union]) -> Union | None:
    """Do what the form asks; None where the rules refuse, with the reasons beside the fields."""
    facts = form.facts()
    if isinstance(facts, Reason):
        put_beside_fields(form, {"level": facts})
        return None
    try:
        return keep(facts)
    except UnionRefused as refused:
        put_beside_fields(form, refused.reasons)
        return None


def _union_or_404(actor: Actor, code: str, move: Move) -> Union:
    related = ("place__parent__union", "place__second_parent__union")
    union = visible_to(actor, move=move).select_related(*related).filter(code=code).first()
    if union is None:
        raise Http404
    return union


def _is_seen(actor: Actor, union: Union) -> bool:
    return why_not(actor, SEE_UNIONS, union.place.path) is None


def _registered_facts(union: Union) -> list[tuple[str, Any]]:
    second = union.place.second_parent
    return [
        (_("工会编码"), union.code),
        (_("层级"), level_words(union)),
        (_("统一社会信用代码"), union.uscc),
        (_("行政区划代码"), union.region_code),
        (_("第二上级"), second.union.name if second else None),
    ]


def _facts(union: Union) -> list[tuple[str, Any]]:
    return [*_registered_facts(union), (_("地址"), union.address), (_("办公电话"), union.phone)]


def _panels(actor: Actor, union: Union) -> list[Panel]:
    """What the registers above this one say of the union to this actor; the configuration names them."""
    panels: list[Panel | None] = [import_string(name)(actor, union) for name in settings.NIANGJIA_UNION_PANELS]
    return [panel for panel in panels if panel is not None]


def _parts(form: UnionForm) -> list[tuple[str, list[Any]]]:
    """The form's fields in the order of the paper, under headings."""
    groups = (
        (_("是哪个工会"), ("name", "level", "parent", "second_parent", "opened_on")),
        (_("编码和代码"), ("code", "uscc", "region_code")),
        (_("怎么找到它"), ("address", "phone")),
    )
    return [(title, [form[name] for name in names if name in form.fields]) for title, names in groups]
