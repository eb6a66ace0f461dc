"""Pages of employers: one employer, registering one, changing one, which unions cover it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.web.reasons import put_beside_fields
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.kernel.web.trail import trail_of
from niangjia.registers.employers.forms import CoverageForm, EmployerForm, HeadForm, ParkForm, initial_of
from niangjia.registers.employers.heads import MONTHS_SHOWN, heads_of, keep_head_count
from niangjia.registers.employers.listing import may_register, ownership_words, standing_badge, trade_words
from niangjia.registers.employers.models import Employer
from niangjia.registers.employers.parks import ParkRefused, open_park, parks_seen
from niangjia.registers.employers.queries import (
    coverages_of,
    coverages_of_union,
    covered_by,
    in_territory,
    visible_to,
    with_coverage,
)
from niangjia.registers.employers.rules import trade_title
from niangjia.registers.employers.rules.kinds import HeadSource, nature_of
from niangjia.registers.employers.rules.moves import EDIT_EMPLOYER, KEEP_PARKS, SEE_EMPLOYERS
from niangjia.registers.employers.services import (
    EmployerRefused,
    attach_union,
    detach_union,
    edit_employer,
    register_employer,
)
from niangjia.registers.employers.words import NATURE_WORDS, SOURCE_WORDS
from niangjia.registers.orgs.listing import Panel
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import visible_to as unions_visible_to

SHOWN_ON_PANEL = 8
VERBS = {
    "register_employer": gettext_lazy("登记了这个单位"),
    "edit_employer": gettext_lazy("修改了登记"),
    "attach_union": gettext_lazy("登记了覆盖它的工会"),
    "detach_union": gettext_lazy("取消了覆盖"),
    "keep_head_count": gettext_lazy("登记了人数"),
    "hand_target": gettext_lazy("交给人去建会"),
    "visit_employer": gettext_lazy("去走访了"),
    "end_target": gettext_lazy("建会的事有了结果"),
}
FIELDS = {
    "name": gettext_lazy("单位名称"),
    "uscc": gettext_lazy("统一社会信用代码"),
    "place": gettext_lazy("属地工会"),
    "trade_code": gettext_lazy("行业"),
    "ownership_code": gettext_lazy("所有制"),
    "employees": gettext_lazy("职工人数"),
    "women_employees": gettext_lazy("女职工人数"),
    "region_code": gettext_lazy("行政区划代码"),
    "address": gettext_lazy("地址"),
    "opened_on": gettext_lazy("开业日期"),
    "closed_on": gettext_lazy("关停日期"),
    "union": gettext_lazy("工会"),
    "park": gettext_lazy("园区"),
    "legal_representative": gettext_lazy("法定代表人"),
}


@login_required
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One employer: what is registered, which unions cover it, what was changed."""
    actor = who_asks(request)
    form = CoverageForm(actor=actor, initial={"valid_from": clock.today()})
    return _page(request, _employer_or_404(actor, pk), form)


def beside(request: HttpRequest, employer: Employer) -> dict[str, Any]:
    """One employer beside the list: what is registered, and which unions cover it now."""
    actor = who_asks(request)
    return {
        "employer": employer,
        "standing": standing_badge(employer),
        "trade": trade_words(employer),
        "facts": _facts(employer),
        "covering": [coverage.union.name for coverage in coverages_of(employer).filter(valid_to=None)],
        "may_edit": in_territory(actor, move=EDIT_EMPLOYER).filter(pk=employer.pk).exists(),
    }


@login_required
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register an employer by hand."""
    actor = who_asks(request)
    if not may_register(actor):
        raise Http404
    first = {"place": request.GET.get("under", ""), "name": request.GET.get("name", "")}
    form = EmployerForm(request.POST or None, actor=actor, initial=first)
    if form.is_valid():
        employer = _kept(form, lambda: register_employer(form.facts(), by=actor))
        if employer is not None:
            messages.success(request, _("已登记「{name}」。").format(name=employer.name))
            return redirect("employer", pk=employer.pk)
    return render(request, "employers/employer_form.html", {"form": form, "parts": _parts(form), "employer": None})


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is registered of an employer."""
    actor = who_asks(request)
    employer = get_object_or_404(in_territory(actor, move=EDIT_EMPLOYER), pk=pk)
    form = EmployerForm(request.POST or None, actor=actor, employer=employer, initial=initial_of(employer))
    if form.is_valid():
        seen = form.cleaned_data["revision"]
        if _kept(form, lambda: edit_employer(employer.pk, form.facts(), by=actor, revision=seen)) is not None:
            messages.success(request, _("已保存。"))
            return redirect("employer", pk=employer.pk)
    return render(request, "employers/employer_form.html", {"form": form, "parts": _parts(form), "employer": employer})


@login_required
@require_POST
def cover(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a union covers the employer."""
    actor = who_asks(request)
    employer = _employer_or_404(actor, pk)
    form = CoverageForm(request.POST, actor=actor)
    if form.is_valid():
        given = form.cleaned_data
        attach = lambda: attach_union(employer.pk, given["union"].pk, by=actor, on=given["valid_from"])  # noqa: E731 - one call, said once
        if _kept(form, attach) is not None:
            messages.success(request, _("已登记：「{name}」覆盖这个单位。").format(name=given["union"].name))
            return redirect("employer", pk=employer.pk)
    return _page(request, employer, form)


@login_required
@require_POST
def uncover(request: HttpRequest, pk: int, union_id: int) -> HttpResponse:
    """Say that a union covers the employer no more."""
    actor = who_asks(request)
    try:
        detach_union(pk, union_id, by=actor, on=clock.today())
    except EmployerRefused:
        raise Http404 from None
    messages.success(request, _("已取消覆盖。会员的会籍没有变。"))
    return redirect("employer", pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def heads(request: HttpRequest, pk: int) -> HttpResponse:
    """How many worked month by month; keep one more."""
    actor = who_asks(request)
    employer = _employer_or_404(actor, pk)
    may_edit = in_territory(actor, move=EDIT_EMPLOYER).filter(pk=employer.pk).exists()
    if request.method == "POST" and not may_edit:
        raise Http404
    first = {"month": clock.today().replace(day=1), "source": HeadSource.COUNTED.value}
    form = HeadForm(request.POST or None, initial=first)
    if form.is_valid():
        faults = keep_head_count(employer.pk, form.facts(), by=actor)
        if not faults:
            messages.success(request, _("已登记。单位上显示的是最近一个月的数。"))
            return redirect("employer_heads", pk=employer.pk)
        put_beside_fields(form, faults)
    rows = [(row, SOURCE_WORDS[row.source]) for row in heads_of(employer)[: MONTHS_SHOWN * len(SOURCE_WORDS)]]
    context = {"employer": employer, "rows": rows, "form": form, "may_edit": may_edit}
    return render(request, "employers/heads.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def parks(request: HttpRequest) -> HttpResponse:
    """The parks of one's territory with how many employers stand in each; enter one more."""
    actor = who_asks(request)
    if not actor.paths(SEE_EMPLOYERS):
        raise Http404
    may_keep = bool(actor.paths(KEEP_PARKS))
    if request.method == "POST" and not may_keep:
        raise Http404
    form = ParkForm(request.POST or None, actor=actor)
    if form.is_valid():
        try:
            park = open_park(form.cleaned_data["name"], form.cleaned_data["place"].pk, by=actor)
        except ParkRefused as refused:
            put_beside_fields(form, refused.reasons)
        else:
            messages.success(request, _("已登记「{name}」。").format(name=park.name))
            return redirect("employer_parks")
    rows = parks_seen(actor).select_related("place__union").annotate(number=Count("employers"))
    return render(request, "employers/parks.html", {"rows": rows, "form": form, "may_keep": may_keep})


def panel_of(actor: Actor, union: Union) -> Panel:
    """What a union's page says of employers: those it covers."""
    covered = covered_by(union).filter(pk__in=visible_to(actor).values("pk")).order_by("name", "pk")
    number = covered.count()
    lines = tuple((employer.name, f"/employers/{employer.pk}/") for employer in covered[:SHOWN_ON_PANEL])
    words = (
        ngettext("它覆盖 %(n)s 个单位。", "它覆盖 %(n)s 个单位。", number) % {"n": number}
        if number
        else _("还没有登记它覆盖哪些单位。")
    )
    address = f"/employers/coverages/?union={union.code}" if coverages_of_union(union).exists() else ""
    return Panel(_("覆盖单位"), number, words, lines, address)


def _page(request: HttpRequest, employer: Employer, form: CoverageForm) -> HttpResponse:
    actor = who_asks(request)
    may_edit = in_territory(actor, move=EDIT_EMPLOYER).filter(pk=employer.pk).exists()
    seen = set(unions_visible_to(actor).filter(coverages__employer=employer).values_list("pk", flat=True))
    context = {
        "employer": employer,
        "standing": standing_badge(employer),
        "trade": trade_words(employer),
        "ownership": ownership_words(employer),
        "facts": _registered_facts(employer),
        "panels": _panels(actor, employer),
        "coverages": [(coverage, coverage.union_id in seen) for coverage in coverages_of(employer)],
        "form": form,
        "may_edit": may_edit,
        "steps": trail_of("employer", employer.pk, verbs=VERBS, fields=FIELDS),
    }
    return render(request, "employers/employer.html", context)


def _kept(form: Any, keep: Callable[[], Any]) -> Any:
    """Do what the form asks; None where the rules refuse, with the reasons beside the fields."""
    try:
        return keep()
    except EmployerRefused as refused:
        put_beside_fields(form, refused.reasons)
        return None


def _employer_or_404(actor: Actor, pk: int) -> Employer:
    seen = with_coverage(visible_to(actor, move=SEE_EMPLOYERS)).select_related("place__union", "park")
    return get_object_or_404(seen, pk=pk)


def _registered_facts(employer: Employer) -> list[tuple[str, Any]]:
    return [
        (_("地址"), employer.address),
        (_("属地工会"), employer.place.union.name),
        (_("统一社会信用代码"), employer.uscc),
        (_("行业"), trade_title(employer.trade_code) if employer.trade_code else ""),
        (_("单位性质"), NATURE_WORDS[nature_of(employer.ownership_list, employer.ownership_code).value]),
        (_("所有制"), ownership_words(employer)),
        *([(_("园区"), employer.park.name)] if employer.park else []),
        (_("行政区划代码"), employer.region_code),
        (_("开业日期"), day(employer.opened_on)),
        *([(_("关停日期"), day(employer.closed_on))] if employer.closed_on else []),
    ]


def _facts(employer: Employer) -> list[tuple[str, Any]]:
    numbers = [(_("职工人数"), employer.employees), (_("女职工人数"), employer.women_employees)]
    return numbers + _registered_facts(employer)


def _panels(actor: Actor, employer: Employer) -> list[Panel]:
    """What the registers above this one say of the employer to this actor; the configuration names them."""
    panels: list[Panel | None] = [import_string(name)(actor, employer) for name in settings.NIANGJIA_EMPLOYER_PANELS]
    return [panel for panel in panels if panel is not None]


def _parts(form: EmployerForm) -> list[tuple[str, list[Any]]]:
    groups = (
        (_("是哪个单位"), ("name", "uscc", "legal_representative", "place", "region_code", "park", "address")),
        (_("做什么，有多少人"), ("trade_code", "ownership", "employees", "women_employees")),
        (_("开业和关停"), ("opened_on", "closed_on")),
    )
    return [(title, [form[name] for name in names]) for title, names in groups]
