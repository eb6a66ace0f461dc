"""The county's page: which union takes in whoever drives, delivers or works by the piece."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.web.reasons import in_words
from niangjia.registers.members.joining.catching import NotSet, place_for, set_catch_all
from niangjia.registers.members.joining.forms import CatchAllForm
from niangjia.registers.members.joining.queries import set_for
from niangjia.registers.members.joining.rules.trades import TRADES


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def catch_all(request: HttpRequest) -> HttpResponse:
    """What is set now, and the form to set it."""
    actor = who_asks(request)
    place = place_for(actor)
    if place is None:
        raise Http404
    form = CatchAllForm(request.POST or None)
    if form.is_valid():
        try:
            set_catch_all(form.cleaned_data["trade"], form.cleaned_data["union"], by=actor)
        except NotSet as refused:
            form.add_error("union", in_words(refused.reason))
        else:
            messages.success(request, _("定好了，手机上马上照这个走。"))
            return redirect("catch_all")
    now = {each.trade: each.union for each in set_for(place.pk)}
    rows = [(_(trade.title), now.get(trade.key)) for trade in TRADES]
    return render(request, "joining/catch_all.html", {"form": form, "rows": rows, "place": place})
