"""The page of a union as a legal person: what the certificate says, whether it holds, and what is registered next."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from niangjia.kernel import clock
from niangjia.kernel.access.queries import within
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor, why_not
from niangjia.kernel.listing import Badge
from niangjia.kernel.web.reasons import put_beside_fields
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.registers.founding.legal import services
from niangjia.registers.founding.legal.forms import CancelForm, RegisterForm, ReissueForm
from niangjia.registers.founding.legal.queries import Standing, registrars, standing_of, visible_to
from niangjia.registers.founding.legal.rules import SEE_LEGAL, LegalState
from niangjia.registers.founding.legal.services import LegalRefused
from niangjia.registers.orgs.listing import Panel
from niangjia.registers.orgs.models import Union

BADGES: dict[LegalState, Badge] = {
    LegalState.VALID: Badge("done", gettext_lazy("有效")),
    LegalState.CHANGED: Badge("wait", gettext_lazy("要办变更")),
    LegalState.RUN_OUT: Badge("late", gettext_lazy("任期到了，证书失效")),
    LegalState.ENDED: Badge("late", gettext_lazy("工会并走了，要注销")),
    LegalState.CANCELLED: Badge("closed", gettext_lazy("已注销")),
}
PARTS: dict[str, Any] = {
    "name": gettext_lazy("名称"),
    "address": gettext_lazy("住所"),
    "representative": gettext_lazy("法定代表人"),
}
FORMS: dict[str, type[forms.Form]] = {"register": RegisterForm, "reissue": ReissueForm, "cancel": CancelForm}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, code: str) -> HttpResponse:
    """One union as a legal person; what is registered is sent to the same address."""
    actor = who_asks(request)
    unions = Union.objects.filter(within(actor.paths(SEE_LEGAL), field="place__path"), code=code)
    # One that is gone has this page as long as anything stands on it.
    there = unions.filter(Q(place__closed_on=None) | Q(legal_person__isnull=False))
    found = there.select_related("place").first()
    if found is None:
        raise Http404
    standing = _standing(actor, found)
    may = registrars(actor, found)
    act = request.POST.get("act", "")
    if request.method == "POST":
        if not may or act not in FORMS:
            raise Http404
        form = FORMS[act](request.POST)
        if form.is_valid() and _done(form, act, found, actor):
            messages.success(request, _("登记好了。"))
            return redirect("legal_person", code=code)
        return render(request, "legal/union.html", _shown(found, standing, may=may) | {act: form})
    return render(request, "legal/union.html", _shown(found, standing, may=may))


def panel_of(actor: Actor, union: Union) -> Panel | None:
    """What a union's page says of it as a legal person; nothing of parts of a union, and of one in preparation."""
    if why_not(actor, SEE_LEGAL, union.place.path) is not None or union.is_preparing:
        return None
    standing = _standing(actor, union)
    if standing is None and (union.place.closed_on or not registrars(actor, union)):
        return None
    address = f"/unions/{union.code}/legal-person/"
    if standing is None:
        return Panel(_("法人资格"), 0, _("还没有登记。"), address=address)
    words = _("{state}，有效期到{day}").format(state=BADGES[standing.state].words, day=day(standing.valid_to))
    return Panel(_("法人资格"), 1, words, address=address)


def _standing(actor: Actor, union: Union) -> Standing | None:
    legal = visible_to(actor).filter(pk=union.pk).first()
    return standing_of(legal, on=clock.today()) if legal else None


def _done(form: forms.Form, act: str, union: Union, actor: Actor) -> bool:
    """Whether it was registered; what is wrong stands beside its field."""
    on, given = clock.today(), form.cleaned_data
    does: dict[str, Callable[[], Any]] = {
        "register": lambda: services.register_legal_person(
            union.pk, uscc=given["uscc"], certificate_no=given["certificate_no"], by=actor, on=on
        ),
        "reissue": lambda: services.reissue(union.pk, certificate_no=given["certificate_no"], by=actor, on=on),
        "cancel": lambda: services.cancel(union.pk, by=actor, on=on),
    }
    try:
        does[act]()
    except LegalRefused as refused:
        put_beside_fields(form, refused.reasons)
        return False
    return True


def _shown(union: Union, standing: Standing | None, *, may: bool) -> dict[str, Any]:
    """The page, with the forms of what can be registered now."""
    is_there = standing is not None and standing.state is not LegalState.CANCELLED
    wants = is_there and standing is not None and standing.state in (LegalState.CHANGED, LegalState.RUN_OUT)
    is_open = union.place.closed_on is None
    return {
        "union": union,
        "standing": standing,
        "badge": BADGES[standing.state] if standing else None,
        "facts": _facts(union, standing) if standing else (),
        "differs": [PARTS[part] for part in standing.differs] if standing else (),
        "register": RegisterForm(initial={"uscc": union.uscc or ""}) if may and is_open and not is_there else None,
        "reissue": ReissueForm() if may and wants else None,
        "cancel": CancelForm() if may and is_there else None,
    }


def _facts(union: Union, standing: Standing) -> list[tuple[Any, Any]]:
    legal = standing.legal
    facts = [
        (_("统一社会信用代码"), union.uscc or ""),
        (_("证书编号"), legal.certificate_no),
        (_("名称"), legal.name),
        (_("住所"), legal.address),
        (_("法定代表人"), legal.representative.name),
        (_("登记日期"), day(legal.registered_on)),
        (_("发证日期"), day(legal.issued_on)),
        (_("有效期到"), day(standing.valid_to)),
        (_("注销日期"), day(legal.cancelled_on) if legal.cancelled_on else ""),
    ]
    return [(term, value) for term, value in facts if value]
