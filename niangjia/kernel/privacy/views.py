"""A person's own side of her data: what she agreed to, her file, corrections, erasure, closing the account."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.chinese import Reason
from niangjia.kernel.privacy.asking import take_back
from niangjia.kernel.privacy.consenting import Act, NotConsented, answer, standing_of
from niangjia.kernel.privacy.erasing import close_account, why_not_close
from niangjia.kernel.privacy.models import RightsRequest
from niangjia.kernel.privacy.own_file import ask_file, take_file
from niangjia.kernel.privacy.proving import proved_again, proved_again_to_write
from niangjia.kernel.privacy.queries import Held, consents_of
from niangjia.kernel.privacy.registered import personal_tables, persons
from niangjia.kernel.privacy.words import CHANNEL_WORDS, KIND_WORDS, STATE_WORDS


@login_required
@require_POST
def ask_own_file(request: HttpRequest) -> HttpResponse:
    """Ask for one's own file; it is made in the background."""
    ask_file(by=who_asks(request))
    return redirect("mine")


@login_required
@require_safe
@proved_again
def download(request: HttpRequest, file_id: int) -> HttpResponse:
    """The file itself, after proving again who one is."""
    body = take_file(file_id, by=who_asks(request))
    response = HttpResponse(body, content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="my-data.zip"'
    return response


@login_required
@require_safe
def consents(request: HttpRequest) -> HttpResponse:
    """我的授权: every notice, and what one answered."""
    held = consents_of(_subject(request), on=clock.today())
    return render(request, "privacy/consents.html", {"held": [consent_in_words(request, each) for each in held]})


@login_required
@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, key: str) -> HttpResponse:
    """One notice to be read; posting gives the consent."""
    held = _held(request, key)
    if request.method == "POST":
        version = request.POST.get("version", "")
        if _answered(request, key, int(version) if version.isdecimal() else 0, given=True):
            messages.success(request, _("已同意。随时可以撤回。"))
        return redirect("my_notice", key=key)
    return render(request, "privacy/notice.html", consent_in_words(request, held))


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """What stops and what stays when consent is withdrawn; posting withdraws it."""
    held = _held(request, key)
    if held.last is None or not held.last.given:
        return redirect("my_notice", key=key)
    if request.method == "POST":
        if _answered(request, key, held.notice.version, given=False):
            messages.success(request, _("已撤回。以后随时可以再同意。"))
        return redirect("my_consents")
    return render(request, "privacy/withdraw.html", consent_in_words(request, held))


@login_required
@require_POST
def take_request_back(request: HttpRequest, request_id: int) -> HttpResponse:
    """Take one's own request back."""
    take_back(request_id, by=who_asks(request))
    return redirect("my_request", request_id=request_id)


@login_required
@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """保存多久: every table that may hold something about persons, for what, how long, by which source."""
    return render(request, "privacy/kept.html", {"tables": personal_tables()})


@login_required
@require_http_methods(["GET", "POST"])
@proved_again_to_write
def close(request: HttpRequest) -> HttpResponse:
    """注销账号: what goes, what stays; posting closes it."""
    actor = who_asks(request)
    against = why_not_close(actor)
    if request.method == "POST" and against is None:
        close_account(by=actor)
        logout(request)
        messages.success(request, _("账号已注销。"))
        return redirect("account_login")
    return render(request, "privacy/close.html", {"against": sentence(against) if against else ""})


def sentence(reason: Reason) -> str:
    """A reason in the reader's language."""
    return _(reason.sentence).format(**reason.values)


def in_words(asked: RightsRequest) -> dict[str, Any]:
    """A request as pages show it."""
    form, words = STATE_WORDS[asked.state]
    fact = persons().correctable.get(asked.fact, "")
    return {"asked": asked, "kind": KIND_WORDS[asked.kind], "fact": fact, "mark": form, "state": words}


def consent_in_words(request: HttpRequest, held: Held) -> dict[str, Any]:
    """A notice in the reader's language with her answer."""
    texts = held.notice.texts
    language: str = request.LANGUAGE_CODE
    channel = CHANNEL_WORDS[held.last.channel] if held.last else ""
    return {"held": held, "notice": held.notice, "text": texts.get(language) or texts["zh-hans"], "channel": channel}


def _answered(request: HttpRequest, key: str, version: int, *, given: bool) -> bool:
    act = Act(key, version, given, origin=request.META.get("REMOTE_ADDR", ""))
    try:
        answer(act, by=who_asks(request), on=clock.today())
    except NotConsented as refused:
        messages.error(request, sentence(refused.reason))
        return False
    return True


def _held(request: HttpRequest, key: str) -> Held:
    for each in consents_of(_subject(request), on=clock.today()):
        if each.notice.key == key:
            return each
    raise Http404


def _subject(request: HttpRequest) -> int:
    return standing_of(who_asks(request).subject_id).subject_id
