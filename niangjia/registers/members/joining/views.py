"""The phone page of joining: which union, who, the code. Works without scripts; what was typed comes along."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.phone_code import queries as codes
from niangjia.kernel.access.phone_code.addresses import address_of
from niangjia.kernel.access.phone_code.entering import is_sent, is_shown, sign_in_by_phone
from niangjia.kernel.access.phone_code.models import PhoneCode
from niangjia.kernel.access.phone_code.rules import Verdict
from niangjia.kernel.access.phone_code.services import MINUTES
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.chinese import Reason
from niangjia.kernel.people.masks import masked_phone
from niangjia.kernel.privacy.models import Notice
from niangjia.kernel.privacy.queries import notice_of
from niangjia.kernel.web.frames import DOOR
from niangjia.kernel.web.reasons import in_words, put_beside_fields
from niangjia.registers.members.joining import services
from niangjia.registers.members.joining.forms import ProofForm, WhoForm
from niangjia.registers.members.joining.queries import found_by, joinable_with, taking_in
from niangjia.registers.members.joining.rules.trades import BY_KEY, TRADES
from niangjia.registers.members.joining.services import Applied, Applying, NotApplied, Proof
from niangjia.registers.orgs.models import Union

Shown = dict[str, Any]
# All that the browser's session knows: the number of the code's row.
REF = "join_code"
LONGEST_SEARCH = 64


@require_safe
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """Step one: which union, by its code on the wall, by search, or by what she does for a living."""
    words, trade = request.GET.get("q", "").strip()[:LONGEST_SEARCH], request.GET.get("as", "")
    with beyond(Purpose.DOOR):
        taking = taking_in(trade) if trade in BY_KEY else []
        found = found_by(words) if words else []
    if len(taking) == 1:
        return redirect(_address(taking[0].union, trade))
    shown = {
        "words": words,
        "found": [(union.name, _address(union, "")) for union in found],
        "taking": [(each.place.union.name, each.union.name, _address(each.union, trade)) for each in taking],
        "trade": BY_KEY.get(trade),
        "trades": TRADES,
    }
    return _page(request, "start", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def who(request: HttpRequest, code: str) -> HttpResponse:
    """Step two: who she is. The code goes to whatever phone was written; the register is not looked at."""
    union = joinable_with(code)
    if union is None:
        return _page(request, "start", {"is_closed": True, "trades": TRADES, "words": "", "found": (), "taking": ()})
    notice = notice_of(services.NOTICE, on=clock.today())
    is_open = notice is not None and (is_shown(request) or is_sent())
    form = WhoForm(request.POST or None, initial={"version": notice.version if notice else None})
    if is_open and form.is_valid():
        said = _ask(request, union, form)
        if said is None:
            return _code_page(request, union, form, ProofForm())
    return _page(request, "who", _who(request, union, form, notice) | {"is_open": is_open})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def code(request: HttpRequest, code: str) -> HttpResponse:
    """Step three: the code. What was written before comes with it, and is checked again."""
    union = joinable_with(code)
    form = WhoForm(request.POST or None)
    if union is None or request.method != "POST" or not form.is_valid():
        return redirect("join_union", code=code)
    if "again" in request.POST:
        return _code_page(request, union, form, ProofForm(), said=_ask(request, union, form) or "")
    proof = ProofForm(request.POST)
    if not proof.is_valid():
        return _code_page(request, union, form, proof)
    given = Proof(_ref(request), proof.cleaned_data["code"], is_shown=is_shown(request))
    try:
        became = services.apply_to_join(_applying(request, union, form), given, at=clock.now())
    except NotApplied as refused:
        put_beside_fields(form, refused.reasons)
        notice = notice_of(services.NOTICE, on=clock.today())
        return _page(request, "who", _who(request, union, form, notice) | {"is_open": True})
    if isinstance(became, Verdict):
        proof.add_error("code", _WRONG[became]())
        return _code_page(request, union, form, proof)
    request.session.pop(REF, None)
    return _in(request, became, stays=proof.cleaned_data["stays"])


def _in(request: HttpRequest, became: Applied, *, stays: bool) -> HttpResponse:
    """Signed in by the phone that was just proved, at the page of her application; whoever else is signed in here stays so."""
    page = reverse("joining_own", args=[became.application.pk]) if became.application else reverse("my_union")
    if became.account is not None and not request.user.is_authenticated:
        return sign_in_by_phone(request, became.account, next_page=page, stays=stays)
    if became.account is not None and request.user.pk == became.account.pk:
        return redirect(page)
    return _page(request, "sent", {"member_of": became.member_of, "application": became.application})


def _ask(request: HttpRequest, union: Union, form: WhoForm) -> str | None:
    """Have a code sent; None where it is on its way, else the sentence why not, put where it belongs."""
    try:
        asked = services.ask_to_prove(_applying(request, union, form), at=clock.now(), is_shown=is_shown(request))
    except NotApplied as refused:
        put_beside_fields(form, refused.reasons)
        return " ".join(in_words(reason) for reason in refused.reasons.values())
    if isinstance(asked, Reason):
        form.add_error(None, in_words(asked))
        return in_words(asked)
    request.session[REF] = str(asked.pk)
    return None


def _applying(request: HttpRequest, union: Union, form: WhoForm) -> Applying:
    version = form.cleaned_data["version"]
    return Applying(union.pk, form.written, version, trade=_trade(request), origin=address_of(request))


def _trade(request: HttpRequest) -> str:
    trade = request.GET.get("as", "")
    return trade if trade in BY_KEY else ""


def _who(request: HttpRequest, union: Union, form: WhoForm, notice: Notice | None) -> Shown:
    texts = notice.texts if notice else {}
    text = texts.get(get_language() or "") or texts.get(settings.LANGUAGE_CODE, {})
    return {"union": union, "form": form, "notice": notice, "text": text, "trade": BY_KEY.get(_trade(request))}


def _code_page(request: HttpRequest, union: Union, form: WhoForm, proof: ProofForm, *, said: str = "") -> HttpResponse:
    sent = _code(request)
    message = ""
    if sent is not None and sent.is_shown and is_shown(request):
        message = _(services.CODE.value).format(code=codes.digits_of(sent), minutes=MINUTES)
    shown = {
        "union": union,
        "form": proof,
        "along": [(name, request.POST.get(name, "")) for name in form.fields],
        "phone": masked_phone(form.written.phone),
        "message": message,
        "failed": sent is not None and sent.failed_at is not None,
        "said": said,
        "address": _address(union, _trade(request), name="join_code"),
        "back": _address(union, _trade(request)),
    }
    return _page(request, "code", shown)


def _code(request: HttpRequest) -> PhoneCode | None:
    return codes.with_ref(_ref(request)).first()


def _ref(request: HttpRequest) -> UUID | None:
    kept = request.session.get(REF)
    return UUID(kept) if kept else None


def _address(union: Union, trade: str, *, name: str = "join_union") -> str:
    query = QueryDict(mutable=True)
    if trade:
        query["as"] = trade
    address = reverse(name, kwargs={"code": union.code})
    return f"{address}?{query.urlencode()}" if query else address


def _page(request: HttpRequest, name: str, shown: Shown) -> HttpResponse:
    """One of the pages, in the frame of the door whoever is signed in; with whom to call."""
    return render(request, f"joining/{name}.html", shown | {"frame": DOOR, "contact": settings.COMPLAINTS_PHONE})


_WRONG = {
    Verdict.WRONG: lambda: _("验证码不对。看看是不是最新那条短信里的，再填一次；错 5 次要重新要一个。"),
    Verdict.DEAD: lambda: _("这个验证码不能用了：过了 5 分钟，或者错了 5 次，或者已经用过。点「重新发」再要一个。"),
}
