"""Pages of who asks: choose, say, follow like a parcel, say more, agree or not, press, rate, take back."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.drafts.filling_in import kept
from niangjia.kernel.cases.models import Opinion, Rating
from niangjia.kernel.cases.pages.own import days_in_words
from niangjia.kernel.cases.queries import why_not
from niangjia.kernel.cases.services import NotMade
from niangjia.kernel.files.drafts import Handed, hold_all
from niangjia.kernel.files.forms import FilesField, Given
from niangjia.kernel.files.uploading import takes_files
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.web.reasons import in_words
from niangjia.registers.orgs.models import Union
from niangjia.services.requests import following
from niangjia.services.requests.filling_in import Offered, opened
from niangjia.services.requests.forms import OPINIONS, DisagreeForm, MoreForm, RateForm, SayForm
from niangjia.services.requests.half_written import occasion_of
from niangjia.services.requests.models import Request
from niangjia.services.requests.own_side import answer_to, matter_of, own_matters, question_to, who_says
from niangjia.services.requests.queries import (
    additions_of,
    last_press_on,
    main_of_same_asker,
    own_requests,
    papers_of,
    presses_of,
    said_in,
)
from niangjia.services.requests.routing import handling_place, own_union, way_up
from niangjia.services.requests.rules import BY_CODE, KINDS, REQUEST, Against, Channel, Kind, Secrecy, Words, pressing
from niangjia.services.requests.rules.workflow import ALONG, ANSWER_TIERS, DISAGREE_REASONS, OPEN_STAGES
from niangjia.services.requests.saying import NotSaid, submit
from niangjia.services.requests.topics import topic_choices
from niangjia.services.requests.words import OWN_SPEAKERS, SECRECY_OWN

SHOWN = 3
NOBODY, EMPLOYER = Against.NOBODY.value, Against.EMPLOYER.value


@login_required
@require_safe
def say(request: HttpRequest) -> HttpResponse:
    """说一件事: what one wants, in plain words; and where to call instead."""
    actor = who_asks(request)
    shown = {
        "kinds": [_shown(kind) for kind in KINDS],
        "office": own_union(actor.subject_id) if actor.subject_id is not None else None,
        "union": request.GET.get("union", "")[:32],
        "last": [matter for matter in own_matters(actor) if matter.is_open][:SHOWN],
        "hotline": settings.COMPLAINTS_PHONE,
    }
    return render(request, "requests/say.html", shown)


@login_required
@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def saying(request: HttpRequest, kind: str) -> HttpResponse:
    """Say it: what was typed and handed in stays where something else is wrong."""
    actor = who_asks(request)
    begin = own_union(actor.subject_id) if actor.subject_id is not None else None
    if kind not in BY_CODE or begin is None:
        raise Http404
    offered = Offered(topic_choices(begin.path), _whom(begin))
    form = opened(request, kind, offered, place=begin, by=actor)
    if answer := kept(request, form):
        return answer
    if form.is_valid() and not form.held.refused:
        words, begun = _words(form, kind, request), occasion_of(kind)
        try:
            made = submit(words, by=actor, at=clock.now(), drafts=form.held.held, begun=begun)
        except NotSaid as refused:
            form.add_error(None, in_words(refused.reason))
        else:
            messages.success(request, _("收到了，编号 {number}。").format(number=made.case.number))
            return redirect("said", said_id=made.pk)
    return render(
        request, "requests/saying.html", {"form": form, "kind": _shown(BY_CODE[kind]), **_promised(begin, kind)}
    )


@login_required
@require_safe
def said(request: HttpRequest, said_id: int) -> HttpResponse:
    """One request like a parcel: where it is, who has it, by when, what comes next, the answer, how it got here."""
    actor = who_asks(request)
    found = _own(actor, said_id)
    return render(request, "requests/said.html", _followed(found, actor))


@login_required
@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def more(request: HttpRequest, said_id: int) -> HttpResponse:
    """Say something more, with what shows it."""
    actor = who_asks(request)
    found = _own(actor, said_id)
    if found.case.stage not in OPEN_STAGES:
        raise Http404
    form = MoreForm(request.POST or None, request.FILES or None)
    handed = _handed(form, actor, found.case.place) if request.method == "POST" else Handed()
    if form.is_valid() and not handed.refused:
        says = form.cleaned_data["says"]
        done = partial(following.say_more, found.pk, says, by=actor, at=clock.now(), drafts=handed.held)
        return _done(request, found, done, _("补充好了，经办人看得到。"))
    return render(request, "requests/more.html", {"form": form, "pk": found.pk, "question": question_to(found)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def disagree(request: HttpRequest, said_id: int) -> HttpResponse:
    """Do not agree: why, in one press and perhaps a few words."""
    actor = who_asks(request)
    found = _own(actor, said_id)
    if found.case.stage not in ("answered", "agreed", "lapsed"):
        raise Http404
    form = DisagreeForm(request.POST or None, reasons=DISAGREE_REASONS)
    if form.is_valid():
        given = form.cleaned_data
        done = partial(
            following.disagree, found.pk, by=actor, at=clock.now(), reason=given["reason"], says=given["says"]
        )
        return _done(request, found, done, _("知道了，重新办。"))
    days = days_in_words(REQUEST.tier("again").term.unit.value, REQUEST.tier("again").term.number)
    words = _("{office}会重新办，{days}内再答复您。您说的理由，办的人和他的上级都看得到。")
    shown = {"form": form, "pk": found.pk, "what_next": words.format(office=_name(found.case.place_id), days=days)}
    return render(request, "requests/disagree.html", shown)


def _by_one_press(do: Callable[..., object], words: Promise) -> Callable[..., HttpResponse]:
    """A page that does one thing with her own request, and says so."""

    @login_required
    @require_POST
    def pressed(request: HttpRequest, said_id: int) -> HttpResponse:
        actor = who_asks(request)
        found = _own(actor, said_id)
        return _done(request, found, partial(do, found.pk, by=actor, at=clock.now()), str(words))

    return pressed


# Only her yes closes it.
agree = _by_one_press(following.agree, gettext_lazy("办结了。说说办得怎么样？"))
# It is another matter than the other one she said.
part = _by_one_press(following.part, gettext_lazy("拆开了，这一件单独办。"))
press = _by_one_press(following.press, gettext_lazy("催了。经办人和上一级工会都收到了。"))
withdraw = _by_one_press(following.withdraw, gettext_lazy("撤回了，以后还能再说。"))


@login_required
@require_POST
def rate(request: HttpRequest, said_id: int) -> HttpResponse:
    """Say how it went."""
    actor = who_asks(request)
    found = _own(actor, said_id)
    form = RateForm(request.POST)
    if not form.is_valid():
        return render(request, "requests/said.html", _followed(found, actor) | {"rating_form": form})
    given = form.cleaned_data
    done = partial(following.rate, found.pk, Opinion(given["opinion"]), by=actor, at=clock.now(), says=given["says"])
    return _done(request, found, done, _("谢谢您告诉我们。"))


def _done(request: HttpRequest, found: Request, do: Callable[[], object], words: str) -> HttpResponse:
    try:
        do()
    except NotMade as refused:
        messages.error(request, in_words(refused.reason))
    else:
        messages.success(request, words)
    return redirect("said", said_id=found.pk)


def _own(actor: Actor, said_id: int) -> Request:
    return get_object_or_404(own_requests(actor), pk=said_id)


def _shown(kind: Kind) -> dict[str, Any]:
    return {"code": kind.code.value, "title": _(kind.title), "line": _(kind.line), "icon": kind.icon}


def _whom(begin: Place) -> list[tuple[str, str]]:
    """Whom it may be about: nobody, her employer, her own union, and those above it."""
    spots = [spot.place_id for spot in way_up(begin)]
    names = place_names(spots)
    unions = [(str(place_id), names[place_id]) for place_id in spots if place_id in names]
    return [(NOBODY, _("没有说谁，就是有这件事")), (EMPLOYER, _("我现在的单位")), *unions]


def _words(form: SayForm, kind: str, request: HttpRequest) -> Words:
    given = form.cleaned_data
    about = given["against"]
    is_union = about not in (NOBODY, EMPLOYER)
    came_by_code = Union.objects.filter(code=request.GET.get("union", "")[:32]).exists()
    return Words(
        kind,
        given["topic"],
        given["text"],
        given["wish"],
        channel=Channel.QR if came_by_code else Channel.PHONE,
        secrecy=Secrecy(given["secrecy"]),
        against=Against.UNION if is_union else Against(about),
        union_id=int(about) if is_union else None,
        is_urgent=given["is_urgent"],
    )


def _promised(begin: Place, kind: str) -> dict[str, Any]:
    """Who will have it, by when, and by which rule."""
    row = BY_CODE[kind]
    handling = handling_place(begin, row, accused=None)
    accept, answer = REQUEST.tier("accept").term, REQUEST.tier(ANSWER_TIERS[row.grade.value]).term
    return {
        "office": _name(handling.pk) if handling else _("上级工会"),
        "accept": days_in_words(accept.unit.value, accept.number),
        "answer": _("受理后{days}内").format(days=days_in_words(answer.unit.value, answer.number)),
        "source": _("答复的天数：{source}。难办的会长一些，延期要告诉您为什么。").format(source=_(answer.source)),
    }


def _followed(found: Request, actor: Actor) -> dict[str, Any]:
    case, at = found.case, clock.now()
    words = said_in(found)
    today = at.astimezone(clock.PEOPLE_ZONE).date()
    not_pressed = pressing.why_not_press(case.stage, last_on=last_press_on(found), today=today)
    may = {
        "agree": why_not(actor, "agree", case) is None,
        "say_more": why_not(actor, "say_more", case) is None,
        "add": case.stage in OPEN_STAGES,
        "press": not_pressed is None,
        "withdraw": why_not(actor, "withdraw", case) is None,
        "reopen": why_not(actor, "reopen", case) is None,
    }
    rating = Rating.objects.filter(case=case, revision=case.revision).first()
    may_rate = rating is None and case.stage in ("agreed", "lapsed")
    union = Union.objects.filter(pk=case.place_id).first()
    return {
        "pk": found.pk,
        "number": case.number,
        "matter": matter_of(found, at=at),
        "answer": (answer := answer_to(found)),
        "answered_by": who_says(answer) if answer else "",
        "question": (question := question_to(found)),
        "asked_by": who_says(question) if question else "",
        "may": may,
        "text": words.text,
        "wish": words.wish,
        "additions": [
            {"who": OWN_SPEAKERS[row.speaker], "at": row.at, "says": says} for row, says in additions_of(found)
        ],
        "files": papers_of(found),
        "secrecy": SECRECY_OWN[found.secrecy],
        "handler": case.handler.name if case.handler and case.stage != "received" else "",
        "phone": (union.phone if union else "") or settings.COMPLAINTS_PHONE,
        "same": main_of_same_asker(found) if case.stage == ALONG else None,
        "pressed": presses_of(found),
        "pressed_today": not_pressed == "pressed_today",
        "rating": dict(OPINIONS)[rating.opinion] if rating else "",
        "rating_form": RateForm() if may_rate else None,
    }


def _handed(form: MoreForm, actor: Actor, place: Place) -> Handed:
    """Hold what came with the form, whatever else is wrong with it, and show it there."""
    field = form.fields["papers"]
    assert isinstance(field, FilesField)  # noqa: S101 - what it was declared as, for the types
    given: Given = form["papers"].data
    handed = hold_all(given.files, given.kept, place=place, by=actor)
    field.show(handed)
    return handed


def _name(place_id: int) -> str:
    return place_names([place_id]).get(place_id, "")
