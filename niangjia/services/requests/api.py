"""Requests for programs that a person signed in with: the desk's list, one request, what she says, what is done with it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.api.doors import PERSON
from niangjia.kernel.api.instance import SHOWN, WRITTEN, actor_of, such_as
from niangjia.kernel.api.listed import Shape, add_list
from niangjia.kernel.api.problems import refused
from niangjia.kernel.cases.models import Opinion
from niangjia.kernel.cases.services import NotMade
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.services.requests import following, handling
from niangjia.services.requests.handling import Seen
from niangjia.services.requests.listing import REQUESTS
from niangjia.services.requests.models import Request
from niangjia.services.requests.queries import own_requests, visible_to
from niangjia.services.requests.routing import own_union
from niangjia.services.requests.rules import Against, Grade, RequestKind, Secrecy, Words
from niangjia.services.requests.rules.workflow import (
    DISAGREE_REASONS,
    ELSEWHERE_REASONS,
    EXTENSION_REASONS,
    TAKE_UP_REASONS,
)
from niangjia.services.requests.saying import NotSaid, submit
from niangjia.services.requests.topics import is_known

router = Router(tags=["requests"])
OWN_MOVES = ("say_more", "press", "part", "agree", "disagree", "rate", "withdraw")
PLAIN_DESK_MOVES = ("put_back", "ask_more", "heard_more", "answer", "tell_elsewhere", "heard_agree", "heard_disagree")
DESK_MOVES = ("accept", "take", "extend", "take_up", *PLAIN_DESK_MOVES)
RequestId = Annotated[
    int, Field(ge=1, lt=2**63, description="The request's number.", json_schema_extra={"example": 31})
]
MoveName = Annotated[
    str,
    Field(
        description="What is done. Whoever asked: "
        + ", ".join(OWN_MOVES)
        + ". The desk: "
        + ", ".join(DESK_MOVES)
        + ".",
        json_schema_extra={"enum": [*OWN_MOVES, *DESK_MOVES], "example": "press"},
    ),
]
EXAMPLE: dict[str, Any] = {
    "id": 31, "number": "2026-0481-7735", "kind": "ask", "topic": "leave", "channel": "phone", "grade": "consult",
    "stage": "in_hand", "secrecy": "confidential", "is_urgent": False, "opened_at": "2026-11-20T02:00:00Z", "due_at": None,
}  # fmt: skip


def _one_of(codes: Sequence[str]) -> str:
    return " | ".join(codes)


class RequestOut(Schema):
    """A request as programs read it; what was said is read on its page alone."""

    id: int
    number: str
    kind: RequestKind
    topic: str
    channel: str
    grade: str
    stage: str
    secrecy: Secrecy
    is_urgent: bool
    opened_at: datetime
    due_at: datetime | None

    model_config = such_as(EXAMPLE)


class RequestIn(Schema):
    """What somebody says; `against` is whom it is about: nobody, or her employer."""

    kind: RequestKind
    topic: Annotated[str, Field(max_length=32)]
    text: Annotated[str, Field(min_length=5, max_length=3_000)]
    wish: Annotated[str, Field(max_length=500)] = ""
    against: Literal["nobody", "employer"] = "nobody"
    secrecy: Secrecy = Secrecy.CONFIDENTIAL
    is_urgent: bool = False

    model_config = such_as({"kind": "ask", "topic": "leave", "text": "How many days of leave have I after five years?"})


class MoveIn(Schema):
    """What is done: the words, the reason, the grade, the days and the opinion that the move asks for."""

    says: Annotated[
        str,
        Field(
            max_length=3_000,
            description="For say_more, ask_more, heard_more, answer, tell_elsewhere; free with others.",
        ),
    ] = ""
    reason: Annotated[
        str,
        Field(
            max_length=32,
            description=(
                f"disagree and heard_disagree: {_one_of(DISAGREE_REASONS)}. tell_elsewhere: {_one_of(ELSEWHERE_REASONS)}. "
                f"extend: {_one_of(EXTENSION_REASONS)}. take_up: {_one_of(TAKE_UP_REASONS)}."
            ),
        ),
    ] = ""
    grade: Annotated[Grade | None, Field(description="For accept: how hard it is; the day of the answer follows.")] = (
        None
    )
    days: Annotated[int, Field(ge=0, le=90, description="For extend.")] = 0
    opinion: Annotated[Opinion | None, Field(description="For rate: how it went.")] = None

    model_config = such_as({"says": "", "reason": "not_solved"})


@router.post(
    "",
    response={201: RequestOut, **WRITTEN},
    auth=PERSON,
    operation_id="say_request",
    summary="Say something to the union",
)
def say(request: HttpRequest, given: RequestIn) -> Status[dict[str, Any]]:
    """Hand a request in for oneself; a union above the enterprise gets it."""
    actor = actor_of(request)
    begin = own_union(actor.subject_id) if actor.subject_id is not None else None
    if begin is None:
        raise Http404
    if not is_known(given.topic, begin.path):
        raise refused({"topic": Reason("code_unknown", _UNKNOWN, {"written": given.topic})})
    words = Words(
        given.kind.value,
        given.topic,
        given.text,
        given.wish,
        secrecy=given.secrecy,
        against=Against(given.against),
        is_urgent=given.is_urgent,
    )
    try:
        made = submit(words, by=actor, at=clock.now())
    except NotSaid as why:
        raise refused({"__all__": why.reason}) from why
    return Status(201, _out(made))


@router.get(
    "/{case_id}", response={200: RequestOut, **SHOWN}, auth=PERSON, operation_id="get_request", summary="Show a request"
)
def show(request: HttpRequest, case_id: RequestId) -> dict[str, Any]:
    """One's own request, or one that lies at one's desk."""
    return _out(_met(actor_of(request), case_id))


@router.post(
    "/{case_id}/{move}",
    response={200: RequestOut, **WRITTEN},
    auth=PERSON,
    operation_id="move_request",
    summary="Do something with a request",
)
def act(request: HttpRequest, case_id: RequestId, move: MoveName, given: MoveIn) -> dict[str, Any]:
    """One move: on her own request those of whoever asked, on one at the desk those of the desk; none other is there.

    Refused with 422 where it cannot be made now, or lacks its words, reason or opinion. Nothing that was said is answered.
    """
    actor, at = actor_of(request), clock.now()
    found = _met(actor, case_id)
    own = own_requests(actor).filter(pk=case_id).exists()
    acts = _own_acts(found.pk, given, actor, at) if own else _desk_acts(found.pk, given, actor, at)
    if move not in acts:
        raise Http404
    try:
        acts[move]()
    except NotMade as why:
        raise refused({"__all__": why.reason}) from why
    return _out(_met(actor, case_id))


def _own_acts(pk: int, given: MoveIn, actor: Actor, at: datetime) -> dict[str, Callable[[], object]]:
    return {
        "say_more": lambda: following.say_more(pk, _words(given), by=actor, at=at),
        "press": lambda: following.press(pk, by=actor, at=at),
        "part": lambda: following.part(pk, by=actor, at=at),
        "agree": lambda: following.agree(pk, by=actor, at=at),
        "disagree": lambda: following.disagree(pk, by=actor, at=at, reason=given.reason, says=given.says),
        "rate": lambda: following.rate(pk, _opinion(given), by=actor, at=at, says=given.says),
        "withdraw": lambda: following.withdraw(pk, by=actor, at=at),
    }


def _words(given: MoveIn) -> str:
    if not given.says.strip():
        raise refused({"says": Reason("words_missing", _WORDS_MISSING, {})})
    return given.says


def _opinion(given: MoveIn) -> Opinion:
    if given.opinion is None:
        raise refused({"opinion": Reason("opinion_missing", _OPINION_MISSING, {})})
    return given.opinion


def _desk_acts(pk: int, given: MoveIn, actor: Actor, at: datetime) -> dict[str, Callable[[], object]]:
    seen = Seen(actor, at)
    made: dict[str, Callable[[], object]] = {
        name: lambda name=name: handling.move(pk, name, seen=seen, says=given.says, reason=given.reason)  # type: ignore[misc]  # bound now
        for name in PLAIN_DESK_MOVES
    }
    return made | {
        "accept": lambda: handling.accept(pk, (given.grade or Grade.ORDINARY).value, seen=seen),
        "take": lambda: handling.take(pk, seen=seen),
        "extend": lambda: handling.extend(pk, given.days, reason=given.reason, seen=seen),
        "take_up": lambda: handling.take_up(pk, reason=given.reason, seen=seen),
    }


def _met(actor: Actor, case_id: int) -> Any:
    found = own_requests(actor).filter(pk=case_id).first() or visible_to(actor).filter(pk=case_id).first()
    if found is None:
        raise Http404
    return found


def _out(request: Request) -> dict[str, Any]:
    case = request.case
    return {
        "id": request.pk,
        "number": case.number,
        "stage": case.stage,
        "opened_at": case.opened_at,
        "due_at": case.due_at,
        **{name: getattr(request, name) for name in ("kind", "topic", "channel", "grade", "secrecy", "is_urgent")},
    }


add_list(
    router,
    REQUESTS,
    words="Requests held where one handles them, what is open first; never what was said.",
    shape=Shape(RequestOut, _out),
)

_WORDS_MISSING = gettext_noop("还没有写。写几句再交。")
_OPINION_MISSING = gettext_noop("选一个再交：满意、一般还是不满意。")
_UNKNOWN = gettext_noop("没有「{written}」这个事由。")
