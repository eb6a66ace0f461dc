"""Pages of the employers' door: credit code and phone, the code, what was asked, ask, follow."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.phone_code import queries as codes
from niangjia.kernel.access.phone_code.addresses import address_of
from niangjia.kernel.access.phone_code.entering import is_sent, is_shown
from niangjia.kernel.access.phone_code.forms import DigitsForm
from niangjia.kernel.access.phone_code.models import PhoneCode
from niangjia.kernel.access.phone_code.rules import Verdict
from niangjia.kernel.access.phone_code.services import MINUTES, ask_for_code, prove_phone
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.services import NotMade
from niangjia.kernel.idempotency.requests import key_of
from niangjia.kernel.messages import Wording
from niangjia.kernel.people.masks import masked_phone
from niangjia.kernel.web.frames import DOOR
from niangjia.kernel.web.reasons import in_words
from niangjia.registers.employers.models import Employer
from niangjia.services.requests.for_employers import queries, services
from niangjia.services.requests.for_employers.following import Asked, followed, line_of
from niangjia.services.requests.for_employers.forms import AddForm, AskForm, DoorForm
from niangjia.services.requests.for_employers.rules import BY_CODE, KINDS
from niangjia.services.requests.for_employers.services import Asking, Contact
from niangjia.services.requests.for_employers.standing import code_of, contact_of, forget, proved, remember
from niangjia.services.requests.saying import NotSaid
from niangjia.services.requests.topics import topic_choices

Shown = dict[str, Any]
View = Callable[..., HttpResponse]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def door(request: HttpRequest) -> HttpResponse:
    """Which employer, and to whose phone the code goes; the register is not asked yet."""
    is_open = is_shown(request) or is_sent()
    form = DoorForm(request.POST or None)
    if is_open and form.is_valid():
        given = form.cleaned_data
        asked = ask_for_code(
            given["phone"], address=address_of(request), is_shown=is_shown(request), wording=Wording.EMPLOYER_CODE
        )
        if isinstance(asked, PhoneCode):
            remember(request, asked, uscc=given["uscc"])
            return redirect("for_employers_code")
        form.add_error(None, in_words(asked))
    return _page(request, "door", {"form": form, "is_open": is_open})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """The code of the message; then the register is asked for the employer."""
    found = code_of(request)
    if found is None:
        return redirect("for_employers")
    form, phone = DigitsForm(request.POST or None), codes.phone_of(found)
    if form.is_valid():
        said = prove_phone(found.pk, form.cleaned_data["code"], phone=phone, wording=Wording.EMPLOYER_CODE)
        if said is Verdict.RIGHT:
            proved(request)
            return redirect("for_employers_mine")
        form.add_error("code", _WRONG[said]())
    message = ""
    if found.is_shown and is_shown(request):
        message = _(Wording.EMPLOYER_CODE.value).format(code=codes.digits_of(found), minutes=MINUTES)
    shown = {"form": form, "phone": masked_phone(phone), "message": message, "failed": found.failed_at is not None}
    return _page(request, "code", shown)


@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """What may be asked, and what was asked with this phone."""
    known = contact_of(request)
    if known is None:
        return _page(request, "unknown", {}) if code_of(request) else redirect("for_employers")
    contact, employer = known
    rows = queries.asked_by(employer.pk, contact.phone)
    with beyond(Purpose.CASES):
        lines = [line_of(each) for each in rows]
    return _page(request, "mine", {"employer": employer, "kinds": KINDS, "rows": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask; what was typed stays where something is wrong."""
    contact, employer = _known(request)
    if kind not in BY_CODE:
        raise Http404
    with beyond(Purpose.CASES):
        topics = topic_choices(employer.place.path)
    form = AskForm(request.POST or None, topics=topics)
    if form.is_valid():
        given = form.cleaned_data
        asking = Asking(kind, given["topic"], given["text"], given["name"], given["is_urgent"], key_of(request))
        try:
            made = services.ask_for_employer(asking, contact, at=clock.now())
        except NotSaid as refused:
            form.add_error(None, in_words(refused.reason))
        else:
            messages.success(request, _("收到了，编号 {number}。").format(number=made.case.number))
            return redirect("for_employers_asked", said_id=made.pk)
    return _page(request, "ask", {"form": form, "employer": employer, "wanted": BY_CODE[kind]})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def asked(request: HttpRequest, said_id: int) -> HttpResponse:
    """How far it is, what was answered; and something more to say."""
    contact, employer = _known(request)
    form = AddForm(request.POST or None)
    if form.is_valid():
        try:
            services.add_for_employer(said_id, form.cleaned_data["says"], contact, at=clock.now())
        except NotMade as refused:
            form.add_error(None, in_words(refused.reason))
        else:
            messages.success(request, _("补充好了，经办人看得到。"))
            return redirect("for_employers_asked", said_id=said_id)
    found = queries.one_asked_by(employer.pk, contact.phone, said_id)
    if found is None:
        raise Http404
    with beyond(Purpose.CASES):
        shown: Asked = followed(found)
    return _page(request, "asked", {"asked": shown, "form": form, "employer": employer})


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Nobody is known in this browser any more."""
    forget(request)
    return redirect("for_employers")


def _known(request: HttpRequest) -> tuple[Contact, Employer]:
    """Whose phone was proved here; without one there is no such page."""
    known = contact_of(request)
    if known is None:
        raise Http404
    return known


def _page(request: HttpRequest, name: str, shown: Shown) -> HttpResponse:
    """One of the pages, in the frame of the door whoever is signed in; with whom to call."""
    return render(request, f"for_employers/{name}.html", shown | {"frame": DOOR, "hotline": settings.COMPLAINTS_PHONE})


_WRONG = {
    Verdict.WRONG: lambda: _("验证码不对。看看是不是最新那条短信里的，再填一次；错 5 次要重新要一个。"),
    Verdict.DEAD: lambda: _("这个验证码不能用了：过了 5 分钟，或者错了 5 次，或者已经用过。回上一页再要一个。"),
}
