"""Pages of the desk: one request with all that can be done, beside the list, and written down while somebody talks."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases import services as cases
from niangjia.kernel.cases.models import HandOverKind
from niangjia.kernel.cases.pages.desk import helpers_of, places_to_hand_to, trail_of
from niangjia.kernel.cases.pages.forms import AssignForm, ExtendForm, HandOnForm, ReasonForm
from niangjia.kernel.cases.pages.own import days_in_words
from niangjia.kernel.cases.pages.times import times_of
from niangjia.kernel.cases.queries import knows_who
from niangjia.kernel.cases.services import NotMade
from niangjia.kernel.web.reasons import in_words
from niangjia.services.requests import desk, handling
from niangjia.services.requests.answers.queries import to_insert
from niangjia.services.requests.forms import AcceptForm, WordsForm, reason_choices
from niangjia.services.requests.handling import Seen
from niangjia.services.requests.listing import badge_of, due_words, title_of
from niangjia.services.requests.looking import write_look
from niangjia.services.requests.models import Request
from niangjia.services.requests.opinions import opinions_of
from niangjia.services.requests.own_side import answer_to
from niangjia.services.requests.queries import additions_of, like, papers_of, presses_of, said_in, visible_to
from niangjia.services.requests.rules import BY_CODE, REQUEST, topics
from niangjia.services.requests.rules.workflow import (
    ALONE_REASONS,
    ANSWER_TIERS,
    DISAGREE_REASONS,
    ELSEWHERE_REASONS,
    EXTENSION_REASONS,
    LONGEST_EXTENSION,
    TAKE_UP_REASONS,
)
from niangjia.services.requests.words import (
    ALIKE_WORDS,
    CHANNEL_WORDS,
    GRADE_WORDS,
    HOTLINE_WORDS,
    KIND_WORDS,
    SECRECY_WORDS,
    SPEAKERS,
)

DONE = {
    "accept": gettext_lazy("受理了，她会收到答复的最后一天。"),
    "take": gettext_lazy("接过来了，在您手上。"),
    "answer": gettext_lazy("答复了，等她说同意不同意。"),
    "tell_elsewhere": gettext_lazy("告诉她了，等她说同意不同意。"),
    "ask_more": gettext_lazy("问她了。她补充以前，时间停着。"),
    "extend": gettext_lazy("延期了，她会收到新的最后一天，看到为什么。"),
    "take-up": gettext_lazy("提上来了，从现在起由您这里办。"),
    "hand-on": gettext_lazy("交过去了，等对方接。对方没有接以前，还在这里。"),
    "press": gettext_lazy("催了，经办人会收到。"),
}
TO_HER = gettext_lazy("写给她的话")
# What the words of a move are, and how to write them.
ASKS = {
    "answer": (TO_HER, gettext_lazy("她会一字不差地看到。说清楚办了什么、按哪一条、不满意找谁。")),
    "ask_more": (gettext_lazy("请她补充什么"), gettext_lazy("她会一字不差地看到。一次问全，要什么材料一样一样写。")),
    "heard_more": (gettext_lazy("她补充了什么"), gettext_lazy("照她说的记，她在手机上看得到。")),
    "tell_elsewhere": (TO_HER, gettext_lazy("她会一字不差地看到。说清楚该去哪里、带什么、找谁。")),
    "heard_disagree": (gettext_lazy("她怎么说"), gettext_lazy("照她说的记，重新办的人要看。")),
}
FORMS: dict[str, Callable[..., forms.Form]] = {
    "answer": partial(WordsForm, asks=ASKS["answer"]),
    "ask_more": partial(WordsForm, asks=ASKS["ask_more"]),
    "heard_more": partial(WordsForm, asks=ASKS["heard_more"]),
    "tell_elsewhere": partial(WordsForm, asks=ASKS["tell_elsewhere"], reasons=ELSEWHERE_REASONS),
    "heard_disagree": partial(WordsForm, asks=ASKS["heard_disagree"], reasons=DISAGREE_REASONS),
    "take-up": partial(ReasonForm, reasons=reason_choices(TAKE_UP_REASONS)),
    "go_alone": partial(ReasonForm, reasons=reason_choices(ALONE_REASONS)),
}


@login_required
@require_safe
def show(request: HttpRequest, case_id: int) -> HttpResponse:
    """One request: what was said, the times, what can be done now."""
    actor = who_asks(request)
    found = _met(actor, case_id)
    return _page(request, actor, found)


@login_required
@require_POST
def act(request: HttpRequest, case_id: int, move: str) -> HttpResponse:
    """Do one thing with it; what was typed stays where something is missing."""
    actor = who_asks(request)
    found = _met(actor, case_id)
    form = _form(move, found, data=request.POST)
    if form is not None and not form.is_valid():
        return _page(request, actor, found, {move: form})
    given = form.cleaned_data if form is not None else {}
    written = request.POST.get("revision", "")
    seen = Seen(actor, clock.now(), int(written) if written.isdecimal() else None)
    try:
        _do(request, move, found, given=given, seen=seen)
    except NotMade as refused:
        messages.error(request, in_words(refused.reason))
        if form is not None:
            return _page(request, actor, found, {move: form})
    else:
        messages.success(request, DONE.get(move, _("办好了。")))
    still_here = visible_to(actor).filter(pk=found.pk).exists()
    return redirect("request", case_id=found.pk) if still_here else redirect("requests")


def beside(_request: HttpRequest, found: Any) -> dict[str, Any]:
    """One request beside the list: where it stands and by when; what was said is opened on its page."""
    case = found.case
    return {
        "request_": found,
        "title": title_of(found),
        "badge": badge_of(found),
        "due_words": due_words(found),
        "facts": _facts(found),
        "times": times_of(case, at=clock.now()),
    }


def _met(actor: Actor, case_id: int) -> Any:
    return get_object_or_404(visible_to(actor), pk=case_id)


def _form(move: str, found: Request, *, data: Any = None) -> forms.Form | None:
    """The form of one act, bound where something was sent; None where a press is enough."""
    if move == "accept":
        return AcceptForm(data, days=_days(), initial={"grade": BY_CODE[found.kind].grade.value})
    if move == "assign":
        return AssignForm(data, colleagues=desk.colleagues(found.case))
    if move == "hand-on":
        return HandOnForm(data, places=places_to_hand_to(found.case))
    if move == "extend":
        return _extend_form(found, data)
    return FORMS[move](data) if move in FORMS else None


def _extend_form(found: Request, data: Any) -> forms.Form | None:
    """How many days the time that runs may still be lengthened; None where none may."""
    running = desk.lengthened(found.case)
    if running is None:
        return None
    longest = LONGEST_EXTENSION[running.tier]
    unit, reasons = days_in_words(running.unit, longest), reason_choices(EXTENSION_REASONS)
    return ExtendForm(data, longest=longest, unit=unit, reasons=reasons)


def _do(request: HttpRequest, move: str, found: Request, *, given: dict[str, Any], seen: Seen) -> None:
    """One call of a service for each act; an act that there is none of is not there."""
    posted = request.POST.get("number", "")
    number = int(posted) if posted.isdecimal() else 0
    words = {name: given[name] for name in ("says", "reason") if given.get(name)}
    acts: dict[str, Callable[[], object]] = {
        "accept": lambda: handling.accept(found.pk, given["grade"], seen=seen),
        "take": lambda: handling.take(found.pk, seen=seen),
        "assign": lambda: handling.assign(found.pk, int(given["account"]), seen=seen),
        "extend": lambda: handling.extend(found.pk, given.get("days", 0), reason=given.get("reason", ""), seen=seen),
        "hand-on": lambda: handling.hand_on(
            found.pk, HandOverKind(given["kind"]), int(given["place"]), seen=seen, says=given["says"]
        ),
        "take-over": lambda: handling.answer_hand_over(number, takes=True, seen=seen),
        "decline": lambda: handling.answer_hand_over(number, takes=False, seen=seen, says=request.POST.get("says", "")),
        "take-back": lambda: cases.take_back(number, act=seen.act()),
        "take-up": lambda: handling.take_up(found.pk, reason=given["reason"], seen=seen),
        "go_along": lambda: handling.go_along(found.pk, number, seen=seen),
        "go_alone": lambda: handling.go_alone(found.pk, reason=given["reason"], seen=seen),
        "press": lambda: handling.press_from_above(found.pk, seen=seen),
    }
    if move in acts:
        acts[move]()
    elif move in PLAIN_MOVES:
        handling.move(found.pk, move, seen=seen, **words)
    else:
        raise Http404


# Moves of the table that are made as they stand.
PLAIN_MOVES = frozenset({
    "mark_urgent", "put_back", "ask_more", "heard_more", "answer", "tell_elsewhere", "heard_agree", "heard_disagree",
})  # fmt: skip


def _page(request: HttpRequest, actor: Actor, found: Any, bound: dict[str, forms.Form] | None = None) -> HttpResponse:
    """The page with what was said on it: that it was opened is written down before."""
    write_look(found, by=actor, at=clock.now())
    return render(request, "requests/request.html", _context(request, actor, found, bound))


def _context(
    request: HttpRequest, actor: Actor, found: Any, bound: dict[str, forms.Form] | None = None
) -> dict[str, Any]:
    case, at = found.case, clock.now()
    offers = desk.offered_on(case, actor)
    # What is offered here is taken or declined first.
    is_offered = any(each.is_here for each in offers)
    moves = frozenset() if is_offered else desk.moves_here(actor, case)
    names = desk.names_of_askers(actor, found)
    knows = knows_who(actor, case)
    return {
        "request_": found,
        "case": case,
        "title": title_of(found),
        "badge": badge_of(found),
        "facts": _facts(found),
        "said": said_in(found, with_caller=knows),
        "names": names,
        "knows": knows,
        "additions": [{"who": SPEAKERS[row.speaker], "at": row.at, "says": says} for row, says in additions_of(found)],
        "papers": papers_of(found),
        "times": times_of(case, at=at),
        "steps": trail_of(case),
        "answer": answer_to(found) if case.stage in ("answered", "agreed", "lapsed") else None,
        "opinions": opinions_of(case, actor),
        "moves": moves,
        "may_call_back": bool(moves & {"heard_agree", "heard_disagree"}),
        "may_hand_on": case.closed_at is None and case.place.path in _paths(actor),
        "may_take_up": case.closed_at is None and handling.own_place_above(actor, case) is not None,
        "is_above": desk.is_above(actor, case) and case.closed_at is None,
        "offers": offers,
        "is_offered": is_offered,
        "helpers": helpers_of(case),
        "alike": [(each, title_of(each), ALIKE_WORDS[why]) for each, why in like(found, for_=actor)] if moves else [],
        "articles": _articles(found.topic),
        "known": to_insert(actor, topic=found.topic),
        "presses": presses_of(found),
        "forms": _forms(request, found, actor, moves) | (bound or {}),
    }


def _forms(request: HttpRequest, found: Request, actor: Actor, moves: frozenset[str]) -> dict[str, forms.Form]:
    wanted = [name for name in FORMS if name in moves] + ["assign", "hand-on", "extend", "take-up"]
    if any(name.startswith("accept_") for name in moves):
        wanted.append("accept")
    made = {name: form for name in wanted if (form := _form(name, found)) is not None}
    inserted = request.GET.get("insert", "")
    kept = to_insert(actor, topic=found.topic).filter(pk=int(inserted)).first() if inserted.isdecimal() else None
    if kept is not None and "answer" in made:
        made["answer"].initial["says"] = f"{kept.text}\n\n{_('依据')}：{kept.source}"
    return {name.replace("-", "_"): form for name, form in made.items()}


def _paths(actor: Actor) -> tuple[str, ...]:
    return tuple(right.path for right in actor.rights)


def _kind_words(code: str) -> str:
    """The kind, and what the hotline calls it where that is another word."""
    kind, hotline = str(KIND_WORDS[code]), str(HOTLINE_WORDS[BY_CODE[code].hotline.value])
    return kind if kind == hotline else _("{kind}（{hotline}）").format(kind=kind, hotline=hotline)


def _facts(found: Any) -> list[tuple[str, Any]]:
    """What is known of it beside the words."""
    return [
        (_("编号"), found.case.number),
        (_("类型"), _kind_words(found.kind)),
        (_("来源"), CHANNEL_WORDS[found.channel]),
        (_("难易"), GRADE_WORDS.get(found.grade, _("还没有定"))),
        (_("单位"), found.employer.name if found.employer else ""),
        (_("经办人"), found.case.handler.name if found.case.handler else _("还没有人接")),
        (_("保密"), SECRECY_WORDS[found.secrecy]),
    ]


def _articles(topic: str) -> list[tuple[str, str]]:
    row = topics.BY_CODE.get(topic)
    return [(article.source, _(article.says)) for article in row.articles] if row else []


def _days() -> dict[str, str]:
    terms = {grade: REQUEST.tier(tier).term for grade, tier in ANSWER_TIERS.items()}
    return {grade: days_in_words(term.unit.value, term.number) for grade, term in terms.items()}
