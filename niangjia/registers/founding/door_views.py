"""The page where a union says what hangs at its door."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.kernel.access.requests import who_asks
from niangjia.registers.founding.door_signs import Sign, hang, kept_by
from niangjia.registers.founding.forms import DoorSignForm
from niangjia.registers.founding.queries import door_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, code: str) -> HttpResponse:
    """Hours, the way there, whom to ask: what everybody reads who scans the union's code."""
    actor = who_asks(request)
    union = kept_by(actor, code)
    if union is None:
        raise Http404
    known = door_of(union)
    first = {name: getattr(known, name) for name in DoorSignForm.base_fields} if known else None
    form = DoorSignForm(request.POST or None, initial=first)
    if form.is_valid():
        hang(union.pk, Sign(**form.cleaned_data), by=actor)
        messages.success(request, _("挂上了，扫码的人马上看得到。"))
        return redirect("union_door", code=union.code)
    return render(request, "founding/door_sign.html", {"union": union, "form": form})
