"""What everybody may open: notices that hang, a place for objections, the answer for a receipt."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.phone_code.addresses import address_of
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.cases.notices import queries, services
from niangjia.kernel.cases.notices.forms import ObjectionForm, ReceiptForm
from niangjia.kernel.cases.notices.models import Objection, Publication
from niangjia.kernel.cases.notices.rules import in_fours
from niangjia.kernel.cases.notices.words import ANSWERS, category_of, days_of, facts_of, title_of
from niangjia.kernel.idempotency.requests import key_of
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.sealed import blind
from niangjia.kernel.web.frames import DOOR, frame_of
from niangjia.kernel.web.reasons import in_words

MOST_PLACES = 200
View = Callable[..., HttpResponse]


def leaves_no_copy(view: View) -> View:
    """Nobody keeps a copy of what comes down by itself: no cache, no search engine."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, no_store=True, private=True)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive, nosnippet"
        return response

    return answered


@leaves_no_copy
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """What hangs today (公示栏): the places, and the notices of the one that is chosen."""
    on, asked = clock.today(), request.GET.get("at", "")
    numbers = queries.places_with_notices(on=on)
    names = place_names(numbers)
    words = request.GET.get("q", "").strip()[:64]
    places = sorted((name, place, numbers[place]) for place, name in names.items() if words in name)
    at = int(asked) if asked.isdecimal() and int(asked) in names else places[0][1] if len(places) == 1 else None
    rows = [_row(each) for each in queries.hanging_at(at, on=on)] if at else []
    shown = {
        "frame": frame_of(request), "places": places[:MOST_PLACES], "more": max(len(places) - MOST_PLACES, 0), "at": at,
        "place": names.get(at or 0, ""), "rows": rows, "words": words, "on": on, "is_searched": bool(words) or len(names) > SEARCHED_FROM,
    }  # fmt: skip
    return render(request, "notices/board.html", shown)


SEARCHED_FROM = 12


@leaves_no_copy
@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One notice, to be read and printed; on the day after its last one it is as if it had never hung."""
    notice = _hanging(code)
    hangs_at = place_names(notice.hangings.values_list("place_id", flat=True))
    shown = _row(notice) | {
        # Whoever prints it hangs it on a wall: it stands in the frame of the door, without the desk's foot.
        "frame": DOOR,
        "hangs_at": sorted(hangs_at.values()),
        "address": request.build_absolute_uri(request.path),
        "now": clock.now(),
    }
    return render(request, "notices/one.html", shown)


@leaves_no_copy
@require_http_methods(["GET", "HEAD", "POST"])
def object_(request: HttpRequest, code: str) -> HttpResponse:
    """Say what is not right about a notice, signed in or not; the receipt is told once."""
    notice = _hanging(code)
    form = ObjectionForm(request.POST or None)
    shown = _row(notice) | {"frame": frame_of(request), "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "notices/object.html", shown)
    said = services.Said(form.cleaned_data["words"], address_of(request), key_of(request))
    try:
        receipt = services.object_to(notice.pk, said, by=who_asks(request))
    except services.NotTaken as refused:
        form.add_error(None, in_words(refused.reason))
        return render(request, "notices/object.html", shown)
    return render(request, "notices/taken.html", shown | {"receipt": in_fours(receipt), "now": clock.now()})


@leaves_no_copy
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """What became of an objection, for whoever holds its receipt; the digits stand in no address."""
    form = ReceiptForm(request.POST or None)
    shown: dict[str, Any] = {"frame": frame_of(request), "form": form}
    if request.method == "POST" and form.is_valid():
        if not _may_try(request):
            form.add_error(None, _("这个网络上试的次数太多，过一小时再看。急的话请打工会的电话。"))
        else:
            found = queries.with_receipt(form.cleaned_data["receipt"])
            if found is None:
                form.add_error("receipt", _("没有这个回执码。对着记下来的再看一遍，每四位一组。"))
            else:
                shown["found"] = _followed(found)
    return render(request, "notices/receipt.html", shown)


@leaves_no_copy
@login_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """What somebody objected while she was signed in, with the answers."""
    found = queries.own_objections(who_asks(request))[:MOST_PLACES]
    return render(
        request, "notices/own.html", {"frame": frame_of(request), "rows": [_followed(each) for each in found]}
    )


def _hanging(code: str) -> Publication:
    notice = get_object_or_404(Publication, code=code)
    if not queries.is_hanging(notice, on=clock.today()):
        raise Http404
    return notice


def _row(notice: Publication) -> dict[str, Any]:
    return {
        "notice": notice,
        "title": title_of(notice),
        "category": category_of(notice),
        "days": days_of(notice),
        "facts": facts_of(notice),
    }


def _followed(objection: Objection) -> dict[str, Any]:
    """What became of an objection: of the notice no more than hung in public."""
    notice = objection.publication
    return {
        "title": title_of(notice),
        "union": notice.union_name,
        "made_at": objection.made_at,
        "badge": ANSWERS[objection.state],
        "is_open": objection.answered_at is None,
        "answered_at": objection.answered_at,
        "says": queries.says_of(objection),
        "answer": queries.answer_of(objection),
    }


def _may_try(request: HttpRequest) -> bool:
    """So many tries an hour from one address (本系统默认值); the address is counted by a keyed index."""
    address = address_of(request)
    return not address or ratelimit.consume(
        request, action="objection_receipt", key=blind(queries.ADDRESS, address).hex()
    )
