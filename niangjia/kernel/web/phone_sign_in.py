"""The workers' door: phone, code, in. What is decided is decided in `access.phone_code`; the pages are here."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kernel.access.models import Account
from niangjia.kernel.access.phone_code import queries, services
from niangjia.kernel.access.phone_code.addresses import address_of
from niangjia.kernel.access.phone_code.entering import is_sent, is_shown, sign_in_by_phone
from niangjia.kernel.access.phone_code.forms import DigitsForm, PhoneForm, TailForm
from niangjia.kernel.access.phone_code.models import PhoneCode
from niangjia.kernel.access.phone_code.rules import Verdict
from niangjia.kernel.chinese import Reason
from niangjia.kernel.messages import Wording
from niangjia.kernel.people.masks import masked_phone
from niangjia.kernel.web.other_doors import other_doors
from niangjia.kernel.web.reasons import in_words
from niangjia.kernel.web.returning import safe_next

# All that a browser's session knows of a code: the number of its row, and what follows once inside.
REF, NEXT, STAYS = "phone_code", "phone_code_next", "phone_code_stays"
KEYS = (REF, NEXT, STAYS)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Send a code to the phone that was written; the answer is the same whoever has it."""
    shown = is_shown(request)
    if request.user.is_authenticated or not (shown or is_sent()):
        return redirect("account_login")
    form = PhoneForm(request.POST or None)
    if form.is_valid():
        asked = services.ask_for_code(form.cleaned_data["phone"], address=address_of(request), is_shown=shown)
        if isinstance(asked, PhoneCode):
            _remember(request, asked, next_page=safe_next(request), stays=form.cleaned_data["stays"])
            return redirect("phone_code")
        form.add_error(None, in_words(asked))
    return render(request, "web/phone_number.html", with_contact({"form": form, "next": safe_next(request)}))


@require_POST
@never_cache
def ask_again(request: HttpRequest) -> HttpResponse:
    """Send another code to the same phone; from now on only that one counts here."""
    code = _code(request)
    if code is None:
        return redirect("account_login")
    asked = services.ask_for_code(queries.phone_of(code), address=address_of(request), is_shown=is_shown(request))
    if isinstance(asked, Reason):
        return _code_page(request, code, DigitsForm(), said=in_words(asked))
    request.session[REF] = str(asked.pk)
    return redirect("phone_code")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """The page where the code is written."""
    found = _code(request)
    if found is None:
        return redirect("account_login")
    form = DigitsForm(request.POST or None)
    if not form.is_valid():
        return _code_page(request, found, form)
    said = services.try_code(found.pk, form.cleaned_data["code"])
    if said is Verdict.RIGHT:
        return _in(request, services.enter(found.pk))
    form.add_error("code", _WORDS[said]())
    return _code_page(request, found, form)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def who(request: HttpRequest) -> HttpResponse:
    """Several have this phone: which of them is here, by the end of her number; no name is told."""
    ref = _ref(request)
    if request.user.is_authenticated or not services.waits_for_tail(ref):
        return redirect("account_login")
    form = TailForm(request.POST or None)
    if form.is_valid():
        found = services.say_who(ref, form.cleaned_data["tail"])
        if not isinstance(found, services.WhichOne):
            return _in(request, found)
        form.add_error("tail", _("和登记的对不上。看看身份证，再填一次；一共可以填 3 次。"))
    return render(request, "web/phone_who.html", with_contact({"form": form}))


@require_safe
@never_cache
def unknown(request: HttpRequest) -> HttpResponse:
    """The phone was proved, and opens nothing here: what to do about it."""
    return render(request, "web/phone_unknown.html", with_contact({}))


def first_page(request: HttpRequest) -> dict[str, Any]:
    """What the page of the door shows of the way by phone."""
    shown = is_shown(request)
    return with_contact(
        {
            "phone_form": PhoneForm() if shown or is_sent() else None,
            "next": safe_next(request),
            "other_doors": other_doors(),
            "demo_phones": sorted(queries.demo_phones().values()) if shown else (),
        }
    )


def _in(request: HttpRequest, found: Account | services.WhichOne | services.Nobody) -> HttpResponse:
    if isinstance(found, services.WhichOne):
        return redirect("phone_who")
    kept = {key: request.session.pop(key, None) for key in KEYS}
    if isinstance(found, services.Nobody):
        return redirect("phone_unknown")
    return sign_in_by_phone(request, found, next_page=kept[NEXT] or "", stays=bool(kept[STAYS]))


def _code_page(request: HttpRequest, code: PhoneCode, form: DigitsForm, *, said: str = "") -> HttpResponse:
    message = ""
    if code.is_shown and is_shown(request):
        values = {"code": queries.digits_of(code), "minutes": services.MINUTES}
        message = _(Wording.SIGN_IN_CODE.value).format(**values)
    shown = {
        "form": form,
        "phone": masked_phone(queries.phone_of(code)),
        "message": message,
        "failed": code.failed_at is not None,
        "said": said,
    }
    return render(request, "web/phone_code.html", with_contact(shown))


def _remember(request: HttpRequest, code: PhoneCode, *, next_page: str, stays: bool) -> None:
    request.session.update({REF: str(code.pk), NEXT: next_page, STAYS: stays})


def _ref(request: HttpRequest) -> UUID | None:
    kept = request.session.get(REF)
    return UUID(kept) if kept else None


def _code(request: HttpRequest) -> PhoneCode | None:
    if request.user.is_authenticated:
        return None
    return queries.with_ref(_ref(request)).first()


def with_contact(shown: dict[str, Any]) -> dict[str, Any]:
    """What a page shows, and whom to call where it does not help."""
    return shown | {"contact": settings.COMPLAINTS_PHONE}


_WORDS = {
    Verdict.WRONG: lambda: _("验证码不对。看看是不是最新那条短信里的，再填一次；错 5 次要重新要一个。"),
    Verdict.DEAD: lambda: _("这个验证码不能用了：过了 5 分钟，或者错了 5 次，或者已经用过。点「重新发」再要一个。"),
}
