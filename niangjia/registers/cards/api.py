"""Cards for programs: check one, hand in checks that were taken without a line, the public keys for who checks by herself."""

from base64 import b64encode
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import AwareDatetime, Field

from niangjia.kernel.api.doors import open_to
from niangjia.kernel.api.instance import WRITTEN, actor_of, such_as
from niangjia.kernel.api.paging import Text
from niangjia.kernel.api.problems import Problem, ProblemOut, in_words
from niangjia.kernel.programs.rules import Scope
from niangjia.registers.cards.checking import Checked, CheckRefused, Taken, check_card, take_in
from niangjia.registers.cards.rules.checking import MOST_AT_ONCE, CheckPurpose, Verdict
from niangjia.registers.cards.rules.moves import CHECK_CARDS
from niangjia.registers.cards.rules.tokens import CLOCKS_APART_S, GRACE_S, LONGEST, WINDOW_S
from niangjia.registers.cards.signing import published

router = Router(tags=["cards"])
Code = Annotated[Text, Field(min_length=1, max_length=LONGEST, description="As scanned, or number and six digits.")]
KEY = "5f0c1b9e-6a0e-4a55-9d5e-0d8f6f7d1c11"
CHECKED: dict[str, Any] = {
    "verdict": "valid",
    "look": False,
    "name": "",
    "checked_at": "2026-03-02T09:00:00+08:00",
}


KEY_SUCH_AS: dict[str, Any] = {
    "id": 1,
    "public_key": "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    "from_at": "2026-03-02T09:00:00+08:00",
    "until_at": None,
    "revoked": False,
}
TAKEN: dict[str, Any] = {
    "key": KEY,
    "code": "NJCAQABAAAAF0h26AAB",
    "purpose": "venue",
    "checked_at": "2026-03-02T09:00:00+08:00",
}


class CheckIn(Schema):
    """A code and what the card is checked for; both lists are closed."""

    code: Code
    purpose: CheckPurpose

    model_config = such_as({"code": "NJCAQABAAAAF0h26AAB", "purpose": "venue"})


class CheckOut(Schema):
    """What a check comes to. `look`: a printed card, look at the person. `name`: the surname, where the purpose needs one."""

    verdict: Verdict
    look: bool
    name: str
    checked_at: datetime

    model_config = such_as(CHECKED)


class TakenIn(CheckIn):
    """A check that was taken without a line: its time by the checker's clock, and the checker's own key for it."""

    key: UUID
    checked_at: Annotated[AwareDatetime, Field(description="With its offset.")]

    model_config = such_as(TAKEN)


class TakenOut(CheckOut):
    """What a check came to at its time, and how the card stands now: frozen or lost meanwhile is told here."""

    key: UUID
    now: Verdict | None

    model_config = such_as(CHECKED | {"key": KEY, "now": "frozen"})


class ManyIn(Schema):
    """Checks that were taken without a line, in any order; each counts once, however often it is handed in."""

    checks: Annotated[list[TakenIn], Field(min_length=1, max_length=MOST_AT_ONCE)]

    model_config = such_as({"checks": [TAKEN]})


class ManyOut(Schema):
    """The answers, in the order of the checks."""

    checks: list[TakenOut]

    model_config = such_as({"checks": [CHECKED | {"key": KEY, "now": "frozen"}]})


class KeyOut(Schema):
    """A key that signs codes: its public half (Ed25519, base64), when it signed, whether nothing of it counts any more."""

    id: int
    public_key: str
    from_at: datetime
    until_at: datetime | None
    revoked: bool

    model_config = such_as(KEY_SUCH_AS)


class KeysOut(Schema):
    """Every key, the newest first, and how long a code counts: window, grace after it, how far clocks may be apart."""

    keys: list[KeyOut]
    window_s: int = WINDOW_S
    grace_s: int = GRACE_S
    clocks_apart_s: int = CLOCKS_APART_S

    model_config = such_as(
        {"keys": [KEY_SUCH_AS], "window_s": WINDOW_S, "grace_s": GRACE_S, "clocks_apart_s": CLOCKS_APART_S}
    )


@router.post(
    "/verify",
    response={200: CheckOut, **WRITTEN},
    auth=open_to(Scope.CARDS_CHECK),
    operation_id="verify_card",
    summary="Check a card",
)
def verify(request: HttpRequest, given: CheckIn) -> dict[str, Any]:
    """Check a code now; its holder sees that it was done (429 where too many wrong ones came)."""
    try:
        return _out(check_card(given.code, purpose=given.purpose, by=_checker(request)))
    except CheckRefused as refusal:
        raise _too_many(refusal) from refusal


@router.post(
    "/verify/batch",
    response={200: ManyOut, **WRITTEN},
    auth=open_to(Scope.CARDS_CHECK),
    operation_id="verify_cards_later",
    summary="Hand in checks taken without a line",
)
def verify_batch(request: HttpRequest, given: ManyIn) -> dict[str, Any]:
    """Hand in checks that were taken by signature and minute alone; of each what it came to, and how the card stands now."""
    taken = [Taken(each.key, each.code, each.purpose, each.checked_at) for each in given.checks]
    try:
        found = take_in(taken, by=_checker(request))
    except CheckRefused as refusal:
        raise _too_many(refusal) from refusal
    pairs = zip(taken, found, strict=True)
    return {"checks": [_out(each) | {"key": one.key, "now": each.now} for one, each in pairs]}


@router.get(
    "/keys",
    response={200: KeysOut, frozenset({401, 403, 404, 429, 500}): ProblemOut},
    auth=open_to(Scope.CARDS_CHECK),
    operation_id="list_card_keys",
    summary="List the keys that sign codes",
)
def keys(request: HttpRequest) -> dict[str, Any]:
    """The public halves, for whoever checks codes without a line; fetch them again at least daily."""
    _checker(request)
    return {
        "keys": [
            {
                "id": key.pk,
                "public_key": b64encode(bytes(key.public)).decode("ascii"),
                "from_at": key.drawn_at,
                "until_at": key.stopped_at,
                "revoked": key.revoked_at is not None,
            }
            for key in published()
        ]
    }


def _checker(request: HttpRequest) -> Any:
    actor = actor_of(request)
    if not actor.paths(CHECK_CARDS):
        raise Http404
    return actor


def _out(checked: Checked) -> dict[str, Any]:
    return {"verdict": checked.verdict, "look": checked.look, "name": checked.name, "checked_at": checked.at}


def _too_many(refusal: CheckRefused) -> Problem:
    return Problem(HTTPStatus.TOO_MANY_REQUESTS, refusal.reason.code, in_words(refusal.reason))
