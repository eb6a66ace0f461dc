"""The phone page of asking for a union: which employer, how many and who, the code. Works without scripts."""

from dataclasses import dataclass
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
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.chinese import Reason
from niangjia.kernel.people.masks import masked_phone
from niangjia.kernel.privacy.queries import notice_of
from niangjia.kernel.web.frames import DOOR
from niangjia.kernel.web.reasons import in_words, put_beside_fields
from niangjia.registers.employers.models import Employer
from niangjia.registers.founding import services
from niangjia.registers.founding.forms import AskForm, ProofForm
from niangjia.registers.founding.queries import employers_found, prepared_for, territories, territory, union_of
from niangjia.registers.founding.rules.applying import Workplace, read_workplace
from niangjia.registers.founding.rules.forms import Side
from niangjia.registers.founding.services import Applied, Applying, NotApplied, Proof
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.rules import check_credit_code

Shown = dict[str, Any]
# All that the browser's session knows: the number of the code's row.
REF = "founding_code"
LONGEST_SEARCH = 128


@dataclass(frozen=True)
class Meant:
    """Which employer the address speaks of (说的是哪个单位), and from which side it is asked."""

    side: Side
    workplace: Workplace
    name: str
    office: str

    def address(self, name: str) -> str:
        """The same employer on another of the pages."""
        query = QueryDict(mutable=True)
        query["as"] = self.side.value
        if self.workplace.employer_id is not None:
            query["employer"] = str(self.workplace.employer_id)
        else:
            query.update({"name": self.workplace.name, "in": str(self.workplace.place_id or "")})
            if self.workplace.uscc:
                query["uscc"] = self.workplace.uscc
        return f"{reverse(name)}?{query.urlencode()}"


@require_safe
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """Step one: which employer, by its name or credit code; one that is not there is written, with where it lies."""
    side, words = _side(request), _said(request, "q")
    code = check_credit_code(words) if words else ""
    is_code = isinstance(code, str) and bool(code)
    name = _said(request, "name") or ("" if is_code else words)
    with beyond(Purpose.DOOR):
        found = [_found(each, side) for each in employers_found(words)] if words else []
        places = _places(name, words if is_code else _said(request, "uscc"), side) if name else []
    shown = {
        "side": side.value,
        "sides": [(Side.WORKER.value, _("我是职工")), (Side.EMPLOYER.value, _("我代表单位"))],
        "words": words,
        "found": found,
        "name": name,
        "places": places,
        "uscc": words if is_code and not found else "",
        "is_written": bool(_said(request, "name")),
    }
    return _page(request, "start", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Step two: how many, which form, who asks. Whoever is signed in is done with it."""
    meant = _meant(request)
    if meant is None:
        return redirect("found")
    actor, notice = _signed_in(request), notice_of(services.NOTICE, on=clock.today())
    form = AskForm(
        request.POST or None,
        side=meant.side,
        is_known=actor is not None,
        initial={"version": notice.version if notice else None},
    )
    is_open = notice is not None and (actor is not None or is_shown(request) or is_sent())
    if is_open and form.is_valid():
        answer = _sent(request, meant, form) if actor is None else _kept(request, meant, form, actor)
        if answer is not None:
            return answer
    texts = notice.texts if notice else {}
    text = texts.get(get_language() or "") or texts.get(settings.LANGUAGE_CODE, {})
    return _page(request, "ask", {"meant": meant, "form": form, "notice": notice, "text": text, "is_open": is_open})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """Step three: the code. What was written before comes with it, and is checked again."""
    meant = _meant(request)
    if meant is None:
        return redirect("found")
    form = AskForm(request.POST or None, side=meant.side)
    if request.method != "POST" or not form.is_valid():
        return redirect(meant.address("found_ask"))
    if "again" in request.POST:
        return _code_page(request, meant, form, ProofForm(), said=_ask(request, meant, form) or "")
    proof = ProofForm(request.POST)
    if not proof.is_valid():
        return _code_page(request, meant, form, proof)
    return _proved(request, meant, form, proof)


def _proved(request: HttpRequest, meant: Meant, form: AskForm, proof: ProofForm) -> HttpResponse:
    """Applied with the code that was written; what is wrong stays on the page where it can be put right."""
    given = Proof(_ref(request), proof.cleaned_data["code"], is_shown=is_shown(request))
    try:
        became = services.apply_by_phone(_applying(request, meant, form), form.written, given, at=clock.now())
    except NotApplied as refused:
        put_beside_fields(form, refused.reasons)
        return _page(request, "ask", {"meant": meant, "form": form, "notice": None, "text": {}, "is_open": True})
    if isinstance(became, Verdict):
        proof.add_error("code", _WRONG[became]())
        return _code_page(request, meant, form, proof)
    request.session.pop(REF, None)
    return _in(request, became, stays=proof.cleaned_data["stays"])


def _in(request: HttpRequest, became: Applied, *, stays: bool) -> HttpResponse:
    """Signed in by the phone that was just proved, at the page of the application; whoever else is signed in stays so."""
    page = reverse("founding_own", args=[became.application.pk])
    if became.account is not None and not request.user.is_authenticated:
        return sign_in_by_phone(request, became.account, next_page=page, stays=stays)
    if became.account is not None and request.user.pk == became.account.pk:
        return redirect(page)
    return _page(request, "sent", {"application": became.application})


def _sent(request: HttpRequest, meant: Meant, form: AskForm) -> HttpResponse | None:
    """The code is on its way; None where it is not, and the form says why."""
    said = _ask(request, meant, form)
    return _code_page(request, meant, form, ProofForm()) if said is None else None


def _kept(request: HttpRequest, meant: Meant, form: AskForm, actor: Actor) -> HttpResponse | None:
    """Applied by who is signed in; None where it was not, and the form says why."""
    try:
        made = services.apply_signed_in(_applying(request, meant, form), by=actor, at=clock.now())
    except NotApplied as refused:
        put_beside_fields(form, refused.reasons)
        return None
    return redirect("founding_own", made.pk)


def _ask(request: HttpRequest, meant: Meant, form: AskForm) -> str | None:
    """Have a code sent; None where it is on its way, else the sentence why not, put where it belongs."""
    try:
        asked = services.ask_to_prove(_applying(request, meant, form), form.written, is_shown=is_shown(request))
    except NotApplied as refused:
        put_beside_fields(form, refused.reasons)
        return " ".join(in_words(reason) for reason in refused.reasons.values())
    if isinstance(asked, Reason):
        form.add_error(None, in_words(asked))
        return in_words(asked)
    request.session[REF] = str(asked.pk)
    return None


def _applying(request: HttpRequest, meant: Meant, form: AskForm) -> Applying:
    version = form.cleaned_data["version"]
    return Applying(meant.side, meant.workplace, form.wish, version, origin=address_of(request))


def _code_page(request: HttpRequest, meant: Meant, form: AskForm, proof: ProofForm, *, said: str = "") -> HttpResponse:
    sent = _code(request)
    message = ""
    if sent is not None and sent.is_shown and is_shown(request):
        message = _(services.CODE.value).format(code=codes.digits_of(sent), minutes=MINUTES)
    shown = {
        "meant": meant,
        "form": proof,
        "along": [(name, request.POST.get(name, "")) for name in form.fields if request.POST.get(name)],
        "phone": masked_phone(form.written.phone),
        "message": message,
        "failed": sent is not None and sent.failed_at is not None,
        "said": said,
        "address": meant.address("found_code"),
    }
    return _page(request, "code", shown)


def _meant(request: HttpRequest) -> Meant | None:
    """Which employer the address speaks of; None where it speaks of none that could be asked for."""
    side, number = _side(request), _said(request, "employer")
    with beyond(Purpose.DOOR):
        if number:
            found = _employer(number)
            office = _name_of(found.place_id) if found else ""
            return Meant(side, Workplace(found.pk), found.name, office) if found else None
        place = territory(int(_said(request, "in")) if _said(request, "in").isdecimal() else None)
        read = read_workplace(
            Workplace(None, _said(request, "name"), _said(request, "uscc"), place.pk if place else None)
        )
        if place is None or isinstance(read, dict):
            return None
        return Meant(side, read, read.name, _name_of(place.pk))


def _employer(number: str) -> Employer | None:
    rows = Employer.objects.filter(closed_on=None, place__closed_on=None)
    return rows.filter(pk=int(number)).first() if number.isdecimal() and len(number) <= 18 else None


def _name_of(place_id: int) -> str:
    return Union.objects.values_list("name", flat=True).get(pk=place_id)


def _found(employer: Employer, side: Side) -> Shown:
    """One employer that was found: it has a union, one is prepared, or none is there yet."""
    union, prepared = union_of(employer.pk), prepared_for(employer.pk)
    there = union or prepared
    address = reverse("union_door", args=[there.code]) if there else ""
    meant = Meant(side, Workplace(employer.pk), employer.name, "")
    return {
        "name": employer.name,
        "union": union.name if union else "",
        "is_prepared": union is None and prepared is not None,
        "address": address or meant.address("found_ask"),
    }


def _places(name: str, uscc: str, side: Side) -> list[tuple[str, str, str]]:
    """Where it may lie: town by town, with the county above."""
    found = []
    for union in territories():
        meant = Meant(side, Workplace(None, name, uscc, union.pk), name, union.name)
        above = union.place.parent.union.name if union.place.parent else ""
        found.append((union.name, above, meant.address("found_ask")))
    return found


def _side(request: HttpRequest) -> Side:
    return Side.EMPLOYER if request.GET.get("as") == Side.EMPLOYER.value else Side.WORKER


def _said(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").strip()[:LONGEST_SEARCH]


def _signed_in(request: HttpRequest) -> Actor | None:
    """Whoever is signed in as somebody of the register."""
    actor: Actor | None = getattr(request, "actor", None)
    is_person = actor is not None and actor.subject_id is not None and request.user.is_authenticated
    return actor if is_person else None


def _code(request: HttpRequest) -> PhoneCode | None:
    return codes.with_ref(_ref(request)).first()


def _ref(request: HttpRequest) -> UUID | None:
    kept = request.session.get(REF)
    return UUID(kept) if kept else None


def _page(request: HttpRequest, name: str, shown: Shown) -> HttpResponse:
    """One of the pages, in the frame of the door whoever is signed in; with whom to call."""
    return render(request, f"founding/{name}.html", shown | {"frame": DOOR, "contact": settings.COMPLAINTS_PHONE})


_WRONG = {
    Verdict.WRONG: lambda: _("验证码不对。看看是不是最新那条短信里的，再填一次；错 5 次要重新要一个。"),
    Verdict.DEAD: lambda: _("这个验证码不能用了：过了 5 分钟，或者错了 5 次，或者已经用过。点「重新发」再要一个。"),
}
