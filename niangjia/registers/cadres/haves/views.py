"""The page of what a union has of the four things, where it is stated, too; and its part of the union's page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor, why_not
from niangjia.kernel.web.reasons import put_beside_fields
from niangjia.registers.cadres.haves.forms import NO, YES, HavesForm
from niangjia.registers.cadres.haves.listing import address_of
from niangjia.registers.cadres.haves.queries import PARTS, Known, known_of
from niangjia.registers.cadres.haves.rules import SEE_HAVES, STATE_HAVES, STATED
from niangjia.registers.cadres.haves.services import StatementRefused, state_haves
from niangjia.registers.orgs import queries
from niangjia.registers.orgs.listing import Panel
from niangjia.registers.orgs.models import Union


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def haves(request: HttpRequest, code: str) -> HttpResponse:
    """Four things, each with whence it is known; three of them are stated here."""
    actor, today = who_asks(request), clock.today()
    union = _union_or_404(actor, code)
    may_state = why_not(actor, STATE_HAVES, union.place.path) is None
    if request.method == "POST" and not may_state:
        raise Http404
    known = known_of(union)
    form = HavesForm(request.POST or None, initial={"on": today, **_as_stated(known)})
    if form.is_valid():
        try:
            changed = state_haves(union.pk, form.said(), form.cleaned_data["on"], by=actor, today=today)
        except StatementRefused as refused:
            put_beside_fields(form, refused.reasons)
        else:
            messages.success(request, _("记下了，上一级工会也看得到。") if changed else _("和原来说的一样，没有改。"))
            return redirect("union_haves", code=union.code)
    context = {"union": union, "known": known, "form": form, "may_state": may_state}
    return render(request, "haves/union.html", context)


def panel_of(actor: Actor, union: Union) -> Panel | None:
    """What a union's page says of the four things to who may see them."""
    if union.kind in PARTS or union.is_preparing or why_not(actor, SEE_HAVES, union.place.path) is not None:
        return None
    known = known_of(union)
    there = sum(each.is_there is True for each in known)
    lacks = _("、").join(str(each.title) for each in known if each.is_there is False)
    unsaid = _("、").join(str(each.title) for each in known if each.is_there is None)
    if there == len(known):
        words = _("四样都有。")
    else:
        words = " ".join(
            part
            for part in (
                _("没有：{lacks}。").format(lacks=lacks) if lacks else "",
                _("还没说：{lacks}。").format(lacks=unsaid) if unsaid else "",
            )
            if part
        )
    return Panel(_("四有"), there, words, address=address_of(union))


def _union_or_404(actor: Actor, code: str) -> Union:
    rows = queries.visible_to(actor, move=SEE_HAVES).exclude(kind__in=PARTS)
    found = rows.filter(code=code, place__closed_on=None, is_preparing=False).first()
    if found is None:
        raise Http404
    return found


def _as_stated(known: list[Known]) -> dict[str, str]:
    """What was said last, so that only what has changed is written."""
    said: dict[str, str] = {}
    for each in known:
        if each.have in STATED and each.is_there is not None:
            said[each.have.value] = YES if each.is_there else NO
            said[f"{each.have.value}_words"] = each.words
    return said
