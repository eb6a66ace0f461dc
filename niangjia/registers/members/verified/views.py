"""Pages: the three figures with how they are counted; papers of one member that were seen."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor, why_not
from niangjia.kernel.places.rules import Level
from niangjia.kernel.web.reasons import in_words
from niangjia.registers.members.models import Person
from niangjia.registers.members.queries import editable_by
from niangjia.registers.members.rules.moves import SEE_MEMBERS
from niangjia.registers.members.verified.forms import PapersForm
from niangjia.registers.members.verified.queries import Certainty, certainty, papers_of, sees_who_is_reached
from niangjia.registers.members.verified.services import NotSeen, see_papers, withdraw_papers
from niangjia.registers.members.verified.showing import certainty_of, rows_of
from niangjia.registers.orgs.listing import Panel
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import visible_to as unions_visible_to

SHARE = 100


@login_required
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """登记、核实、联系得上: for one union with everything below it, or for all that the actor keeps."""
    actor = who_asks(request)
    paths = actor.paths(SEE_MEMBERS)
    if not paths:
        raise Http404
    union = _union(request, actor)
    found = certainty(actor, (union.place.path,) if union else paths)
    context = {
        "union": union,
        "figures": found,
        "lines": _lines(found, union, actor),
        "sees_who": sees_who_is_reached(actor),
    }
    return render(request, "verified/figures.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that this member's papers were seen; take back what was a mistake."""
    actor = who_asks(request)
    person = get_object_or_404(editable_by(actor), pk=pk)
    form = PapersForm(request.POST or None, initial={"seen_on": clock.today()})
    if "withdraw" in request.POST:
        return _withdrawn(request, person, actor)
    if form.is_valid() and _seen(form, person, actor):
        messages.success(request, _("记下了。本人在「我的资料」里看得到是谁、哪天看的。"))
        return redirect("member", pk=person.pk)
    context = {"person": person, "form": form, "sure": certainty_of(person), "rows": rows_of(person)}
    return render(request, "verified/papers.html", context)


def panel_of(actor: Actor, union: Union) -> Panel | None:
    """What the page of a union of a town or below says of how sure the register is of its members.

    Above a town everybody would be looked through with each page: there the list of members leads to the figures.
    """
    if Level(union.place.level).rank < Level.TOWN.rank or why_not(actor, SEE_MEMBERS, union.place.path) is not None:
        return None
    found = certainty(actor, (union.place.path,))
    if not found.registered:
        return None
    address = f"{reverse('certainty')}?{urlencode({'under': union.code})}"
    told = {"registered": f"{found.registered:,}", "reachable": f"{found.reachable or 0:,}"}
    words = _("登记 {registered} 人，这是身份核实过的。").format(**told)
    if found.reachable is not None:
        words += _("一年里联系上的 {reachable} 人。").format(**told)
    return Panel(_("核实"), found.verified, words, address=address)


def _lines(found: Certainty, union: Union | None, actor: Actor) -> list[dict[str, Any]]:
    """Each figure with how it was counted, and the list of whom it does not count yet."""
    below = {"under": union.code} if union else {}
    sees_who = sees_who_is_reached(actor)
    return [
        {
            "title": _("登记"),
            "number": found.registered,
            "share": None,
            "how": _("现在在册的会员，不算保留会籍的。"),
            "address": f"{reverse('members')}?{urlencode(below)}" if below else reverse("members"),
            "verb": _("看名册"),
        },
        {
            "title": _("核实"),
            "number": found.verified,
            "share": _share(found.verified, found.registered),
            "how": _("身份有两样对得上：证件号码自己的校验，加上本人手机的验证码；或者干部当面看过证件。"),
            "address": f"{reverse('members')}?{urlencode(below | {'verified': 'no'})}",
            "verb": _("看还没有核实的"),
        },
        {
            "title": _("联系得上"),
            "number": found.reachable,
            "share": _share(found.reachable, found.registered),
            "how": _("十二个月里，本人确认过手机、看过工会发的消息，或者有一条送到了。诉求、投诉的消息不算在里面。"),
            "address": f"{reverse('members')}?{urlencode(below | {'reachable': 'no'})}" if sees_who else "",
            "verb": _("看一年没有联系上的"),
        },
    ]


def _share(part: int | None, whole: int) -> str | None:
    return None if part is None or not whole else f"{SHARE * part / whole:.1f}%"


def _union(request: HttpRequest, actor: Actor) -> Union | None:
    code = request.GET.get("under", "").strip()
    if not code:
        return None
    found = unions_visible_to(actor, move=SEE_MEMBERS).select_related("place").filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _seen(form: PapersForm, person: Person, actor: Actor) -> bool:
    paper, occasion = form.written()
    try:
        see_papers(person.pk, paper, occasion, by=actor, seen_on=form.cleaned_data["seen_on"])
    except NotSeen as refused:
        form.add_error("seen_on", in_words(refused.reason))
        return False
    return True


def _withdrawn(request: HttpRequest, person: Person, actor: Actor) -> HttpResponse:
    wanted = request.POST["withdraw"]
    seen = papers_of(person).filter(pk=int(wanted)).first() if wanted.isdecimal() else None
    if seen is None:
        raise Http404
    withdraw_papers(seen.pk, by=actor)
    messages.success(request, _("撤回了。这一次不再算数，记录还在。"))
    return redirect("member_papers", pk=person.pk)
