"""Pages of unions away from home: one of them, entering one, changing one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.web.reasons import put_beside_fields
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.registers.employers.away.forms import AwayForm, initial_of
from niangjia.registers.employers.away.listing import agreement_badge, may_keep
from niangjia.registers.employers.away.models import AwayUnion
from niangjia.registers.employers.away.queries import visible_to
from niangjia.registers.employers.away.rules import KEEP_AWAY
from niangjia.registers.employers.away.services import AwayRefused, keep_away
from niangjia.registers.employers.queries import covered_by
from niangjia.registers.employers.queries import visible_to as employers_visible_to
from niangjia.registers.orgs.listing import Panel
from niangjia.registers.orgs.models import Union

EMPLOYERS_SHOWN = 20


@login_required
@require_safe
def show(request: HttpRequest, away_id: int) -> HttpResponse:
    """One union away from home: who sends, where they are, what was agreed, whom it covers there."""
    actor = who_asks(request)
    known = _away_or_404(actor, away_id)
    employers = covered_by(known.union).filter(pk__in=employers_visible_to(actor).values("pk")).order_by("name", "pk")
    context = {
        "away": known,
        "badge": agreement_badge(known),
        "ends": _ends(known),
        "agreement": _agreement(known),
        "employers": employers[:EMPLOYERS_SHOWN],
        "may_edit": _may_edit(actor, known),
    }
    return render(request, "away/union.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Say that a union serves workers away from home."""
    actor = who_asks(request)
    if not may_keep(actor):
        raise Http404
    first = {"since_on": clock.today(), "union": request.GET.get("union", "")}
    form = AwayForm(request.POST or None, actor=actor, initial=first)
    if form.is_valid() and (kept := _kept(form, actor)) is not None:
        messages.success(request, _("已登记。"))
        return redirect("away_union", away_id=kept.pk)
    return render(request, "away/form.html", {"form": form, "parts": _parts(form), "away": None})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, away_id: int) -> HttpResponse:
    """Change what is known of a union away from home."""
    actor = who_asks(request)
    known = _away_or_404(actor, away_id)
    if not _may_edit(actor, known):
        raise Http404
    form = AwayForm(request.POST or None, actor=actor, known=known, initial=initial_of(known))
    if form.is_valid() and _kept(form, actor) is not None:
        messages.success(request, _("已保存。"))
        return redirect("away_union", away_id=known.pk)
    return render(request, "away/form.html", {"form": form, "parts": _parts(form), "away": known})


def panel_of(actor: Actor, union: Union) -> Panel | None:
    """What a union's page says: that it is away from home, or how many of its own are."""
    own = visible_to(actor).filter(pk=union.pk).first()
    if own is not None:
        words = _("在{place}，老家的工会是「{home}」。").format(place=own.host_place, home=own.home.name)
        return Panel(_("驻外农民工工会"), 1, words, address=f"/away-unions/{own.pk}/")
    sent = visible_to(actor).filter(home=union).order_by("host_region", "pk")
    if not sent.exists():
        return None
    lines = tuple((f"{each.union.name}", f"/away-unions/{each.pk}/") for each in sent[:EMPLOYERS_SHOWN])
    return Panel(_("驻外农民工工会"), sent.count(), _("本地人在外地做工，那里的工会。"), lines)


def _away_or_404(actor: Actor, away_id: int) -> AwayUnion:
    found = visible_to(actor).filter(pk=away_id).first()
    if found is None:
        raise Http404
    return found


def _may_edit(actor: Actor, known: AwayUnion) -> bool:
    return any(known.union.place.path.startswith(path) for path in actor.paths(KEEP_AWAY))


def _kept(form: AwayForm, actor: Actor) -> AwayUnion | None:
    """Do what the form asks; None where the rules refuse, with the reasons beside the fields."""
    try:
        return keep_away(form.facts(), by=actor, revision=form.cleaned_data["revision"])
    except AwayRefused as refused:
        put_beside_fields(form, refused.reasons)
        return None


def _ends(known: AwayUnion) -> list[tuple[str, Any]]:
    return [
        (_("输出地工会"), known.home.name),
        (_("输入地"), known.host_place),
        (_("输入地行政区划代码"), known.host_region),
        (_("输入地工会"), known.host_union),
        (_("从哪天起"), day(known.since_on)),
        *([(_("到哪天止"), day(known.until_on))] if known.until_on else []),
    ]


def _agreement(known: AwayUnion) -> list[tuple[str, Any]]:
    return [
        (_("协议编号"), known.agreement_no),
        (_("签订日期"), day(known.agreed_on)),
        (_("到期日期"), day(known.agreed_to)),
        (_("约定的事"), known.tasks),
    ]


def _parts(form: AwayForm) -> list[tuple[str, list[Any]]]:
    groups = (
        (_("两头是谁"), ("union", "home", "host_region", "host_place", "host_union", "since_on", "until_on")),
        (_("两边的协议"), ("agreement_no", "agreed_on", "agreed_to", "tasks")),
    )
    return [(title, [form[name] for name in names if name in form.fields]) for title, names in groups]
