"""A phone proposal on the desk, and the page on which the person herself answers."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from niangjia.kernel.access.phone_code.addresses import address_of
from niangjia.kernel.access.phone_code.entering import is_sent, is_shown
from niangjia.kernel.access.phone_code.forms import DigitsForm
from niangjia.kernel.access.phone_code.models import PhoneCode
from niangjia.kernel.access.phone_code.queries import digits_of, with_ref
from niangjia.kernel.access.phone_code.rules import Verdict
from niangjia.kernel.access.phone_code.services import MINUTES
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.chinese import Reason
from niangjia.kernel.web.reasons import in_words
from niangjia.kernel.web.templatetags.niangjia_web import moment
from niangjia.kernel.web.trail import trail_of
from niangjia.registers.members.masked import shown_phone
from niangjia.registers.members.phone_changes import queries, services
from niangjia.registers.members.phone_changes.listing import badge_of, name_of, roster_of
from niangjia.registers.members.phone_changes.own_side import where_from
from niangjia.registers.members.queries import visible_to

# All that a browser's session knows of a code: which proposal it is for, and the number of its row.
KEPT = "phone_change"
VERBS = {
    "answer_phone": gettext_lazy("本人答复了换手机"),
    "withdraw_phone": gettext_lazy("撤回了换手机的提议"),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """One proposal as the union that brought it sees it; as long as she has not answered, it can be taken back."""
    actor = who_asks(request)
    found = get_object_or_404(queries.visible_to(actor), pk=proposal_id)
    if request.method == "POST":
        try:
            services.withdraw(proposal_id, by=actor)
        except services.NotAnswered as refused:
            messages.error(request, in_words(refused.reason))
            return redirect("phone_change", proposal_id=proposal_id)
        messages.success(request, _("撤回了，本人不用再答复。"))
        return redirect("phones")
    shown = {
        "proposal": found,
        "name": name_of(found),
        "badge": badge_of(found),
        "facts": _facts(found),
        "person": visible_to(actor).filter(pk=found.person_id).first(),
        "is_open": queries.state_of(found) == "open",
        "steps": trail_of("person", found.person_id, verbs=VERBS, fields={}),
    }
    return render(request, "phone_changes/proposal.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """One question on one page: is this phone hers now? Yes is proved by a code to it."""
    form = DigitsForm(request.POST if "code" in request.POST else None)
    said = ""
    if request.method == "POST" and ("code" not in request.POST or form.is_valid()):
        try:
            answer = _answered(request, form)
        except services.NotAnswered as refused:
            answer = in_words(refused.reason)
        if isinstance(answer, HttpResponse):
            return answer
        said = answer
    return _page(request, form, said)


def _answered(request: HttpRequest, form: DigitsForm) -> HttpResponse | str:
    """What follows from her answer: another page, or a sentence on this one."""
    actor, meant = who_asks(request), _meant(request)
    if "keep" in request.POST:
        services.keep(meant, by=actor)
        messages.success(request, _("记下了，没有改。您的手机还是原来那个。"))
        return redirect("mine")
    if "code" not in request.POST:
        if not _can_prove(request):
            return ""
        asked = services.ask_for_proof(meant, by=actor, address=address_of(request), is_shown=_is_shown(request))
        if isinstance(asked, Reason):
            return in_words(asked)
        request.session[KEPT] = [meant, str(asked.pk)]
        return redirect("my_phone")
    code = _code(request, meant)
    verdict = services.take_over(meant, by=actor, ref=code.pk if code else None, spoken=form.cleaned_data["code"])
    if verdict is Verdict.RIGHT:
        request.session.pop(KEPT, None)
        messages.success(request, _("换好了。以后用这个手机登录、收消息。"))
        return redirect("mine")
    form.add_error("code", _WORDS[verdict]())
    return ""


def _page(request: HttpRequest, form: DigitsForm, said: str) -> HttpResponse:
    actor = who_asks(request)
    waiting = list(queries.waiting_for_her(actor))
    shown: dict[str, Any] = {"said": said, "contact": settings.COMPLAINTS_PHONE, "proposal": None}
    if waiting:
        first = waiting[0]
        code = _code(request, first.pk)
        shown |= {
            "proposal": first,
            "more": len(waiting) - 1,
            "where": where_from(first),
            "brought": queries.shown_phone_in(first),
            "now": shown_phone(first.person),
            "can_prove": _can_prove(request),
            "code": code,
            "message": _shown_message(request, code),
            "form": form,
        }
    return render(request, "phone_changes/mine.html", shown)


def _facts(found: Any) -> list[tuple[str, Any]]:
    facts = [
        (_("写来的手机"), queries.shown_phone_in(found)),
        (_("哪个工会写的"), found.union_name or ""),
        (_("哪份花名册"), roster_of(found)),
        (_("从什么时候"), moment(found.proposed_at)),
    ]
    return [*facts, (_("答复时间"), moment(found.settled_at))] if found.settled_at else facts


def _meant(request: HttpRequest) -> int:
    written = request.POST.get("proposal", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 19 else 0


def _is_shown(request: HttpRequest) -> bool:
    """What a page shows proves a phone of the demo world alone."""
    return is_shown(request) and bool(getattr(request.user, "is_demo", False))


def _can_prove(request: HttpRequest) -> bool:
    return is_sent() or _is_shown(request)


def _code(request: HttpRequest, proposal_id: int) -> PhoneCode | None:
    """The code that was asked for on this page for this proposal."""
    kept = request.session.get(KEPT)
    if not kept or kept[0] != proposal_id:
        return None
    return with_ref(UUID(kept[1])).filter(used_at=None).first()


def _shown_message(request: HttpRequest, code: PhoneCode | None) -> str:
    if code is None or not code.is_shown or not _is_shown(request):
        return ""
    return _(services.CODE.value).format(code=digits_of(code), minutes=MINUTES)


_WORDS = {
    Verdict.WRONG: lambda: _("验证码不对。看看是不是最新那条短信里的，再填一次；错 5 次要重新要一个。"),
    Verdict.DEAD: lambda: _("这个验证码不能用了：过了 5 分钟，或者错了 5 次，或者已经用过。点「重新发」再要一个。"),
}
