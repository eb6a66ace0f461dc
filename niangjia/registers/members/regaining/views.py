"""The page on which a cadre files that a member lost her phone, with what follows and who decides."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.reveal.queries import purposes_of
from niangjia.kernel.reveal.rules import Field
from niangjia.kernel.web.reasons import put_beside_fields
from niangjia.registers.members.masked import shown_number, shown_phone
from niangjia.registers.members.queries import editable_by, sealed_value
from niangjia.registers.members.regaining.filing import NotFiled, report_lost
from niangjia.registers.members.regaining.forms import LostForm
from niangjia.registers.members.regaining.queries import open_about


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """File that her phone is lost; a phone that nobody confirmed is simply changed in her record."""
    actor = who_asks(request)
    person = get_object_or_404(editable_by(actor), pk=pk)
    form = LostForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            regaining = report_lost(person.pk, form.filing, by=actor, at=clock.now())
        except NotFiled as refused:
            put_beside_fields(form, refused.reasons)
        else:
            messages.success(request, _("报上去了，等上级工会的两位干部核。旧手机和她的消息里已经说了。"))
            return redirect("regaining_case", case_id=regaining.pk)
    value = sealed_value(person, Field.ID_NUMBER)
    shown: dict[str, Any] = {
        "person": person,
        "form": form,
        "waits": open_about(person.pk),
        "number": shown_number(person),
        "old_phone": shown_phone(person),
        "is_confirmed": person.phone_confirmed_at is not None,
        "may_reveal": value is not None and bool(purposes_of(actor, Field.ID_NUMBER, value.path)),
    }
    return render(request, "regaining/report.html", shown)
