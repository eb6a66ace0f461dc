"""Say something to the union (说一件事): by whoever it concerns on her phone, or by the desk that hears it from her."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.drafts.queries import Occasion
from niangjia.kernel.cases.drafts.services import drop
from niangjia.kernel.cases.models import Barred, Case
from niangjia.kernel.cases.rules import CLOCK
from niangjia.kernel.cases.services import make, open_case
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.files.drafts import claim_unnamed
from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.places.models import Place
from niangjia.kernel.sealed import seal
from niangjia.kernel.worded import insert
from niangjia.services.requests.models import Request
from niangjia.services.requests.queries import FILES, PARTED, due_of
from niangjia.services.requests.routing import (
    counted_in,
    employer_in,
    handling_in,
    line_of,
    memberships_of,
    territory_of,
    to_keep_away,
    union_in,
    unions_at,
)
from niangjia.services.requests.rules import BY_CODE, REQUEST, Against, Channel, Kind, Words
from niangjia.services.requests.rules.hotspots import quarter_of
from niangjia.services.requests.rules.kinds import RequestKind
from niangjia.services.requests.rules.moves import TAKE_DOWN
from niangjia.services.requests.rules.sealed_words import CALLER, TEXT, WISH
from niangjia.services.requests.telling import tell_begun


class NotSaid(Exception):
    """Nothing was handed in; `reason` says why and where else to go."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True)
class Caller:
    """Who talks to the desk (来电来访人): somebody in the register, or a name and a phone; and where she works."""

    subject_id: int | None = None
    name: str = ""
    phone: str = ""
    employer_id: int | None = None


@dataclass(frozen=True)
class _Meant:
    """Where a request goes, and what it is counted with."""

    kind: Kind
    handling: Place
    counted: Place
    accused: tuple[Place, ...]
    employer_id: int | None


@transaction.atomic
def submit(
    words: Words, *, by: Actor, at: datetime, drafts: Sequence[StoredFile] = (), begun: Occasion | None = None
) -> Request:
    """Hand a request in (提交诉求) for oneself; `NotSaid` where no union above could take it.

    `begun` is what it was written in: that draft goes with the request.
    """
    held = memberships_of(by.subject_id) if by.subject_id is not None else []
    begin = union_in(held)
    if by.subject_id is None or begin is None:
        raise NotSaid(Reason("no_union", _NO_UNION, {}))
    # One block for all that the program does: within it the database is told once who acts.
    with beyond(Purpose.CASES):
        meant = _meant(words, begin, employer_in(held))
        request = _begun(words, meant, askers=(by.subject_id,), by=by, at=at)
    if drafts:
        claim_unnamed(drafts, owner=FILES, owner_thing=request.pk, place=meant.handling, by=by)
    if begun is not None:
        drop(begun, by=by)
    return request


@transaction.atomic
def take_down(words: Words, caller: Caller, *, by: Actor, at: datetime) -> Request:
    """Write down what somebody says by phone, at the desk or in a letter (登记诉求); she has agreed to that.

    It may go to another union than the one that heard it: that of her employer's territory, and never the one it is about.
    """
    if not by.paths(TAKE_DOWN):
        raise Forbidden("no_role")
    askers = (caller.subject_id,) if caller.subject_id is not None else ()
    with beyond(Purpose.CASES):
        here = Place.objects.get(pk=next(right.place_id for right in by.rights if right.role in TAKE_DOWN.roles))
        held = memberships_of(caller.subject_id) if caller.subject_id is not None else []
        employer_id = caller.employer_id or employer_in(held)
        begin = union_in(held)
        if begin is None:
            begin = territory_of(employer_id) if employer_id is not None else here
        meant = _meant(words, begin, employer_id)
        return _begun(words, meant, askers=askers, by=by, at=at, caller=caller)


@transaction.atomic
def said_for_employer(words: Words, caller: Caller, *, by: Actor, at: datetime) -> Request:
    """Hand a request in for an employer (单位求助): it goes to the union responsible for where the employer is.

    Called beyond one person's scope: whoever asks has no account.
    """
    assert caller.employer_id is not None  # noqa: S101 - the door has found it
    meant = _meant(words, territory_of(caller.employer_id), caller.employer_id)
    with beyond(Purpose.CASES):
        return _begun(words, meant, askers=(), by=by, at=at, caller=caller)


def _meant(words: Words, begin: Place, employer_id: int | None) -> _Meant:
    kind = BY_CODE[words.kind]
    accused = Place.objects.get(pk=words.union_id) if words.against is Against.UNION and words.union_id else None
    line = line_of(begin)
    handling = handling_in(line, kind, accused=accused)
    if handling is None:
        raise NotSaid(Reason("nobody_above", _NOBODY_ABOVE, {}))
    against = unions_at(employer_id) if words.against is Against.EMPLOYER else ()
    meant = (*against, *([accused] if accused else []))
    return _Meant(kind, handling, counted_in(line, handling), meant, employer_id)


def _begun(  # noqa: PLR0913 - what was said, where it goes, whose it is, who writes it, when, who called
    words: Words, meant: _Meant, *, askers: Sequence[int], by: Actor, at: datetime, caller: Caller | None = None
) -> Request:
    """The case with its record and the times of the door; inside the enterprise nobody meets it. And who is told.

    The desk that heard it may not be the one that handles it.
    """
    case = open_case(REQUEST, place=meant.handling, askers=askers, by=by, at=at)
    request = _record(words, meant, case, caller=None if askers else caller)
    insert(request)
    away = keep_away(request, askers=frozenset(askers), accused=meant.accused)
    if words.kind == RequestKind.COMPLAIN:
        request.case = make(case.pk, "mark_petition", by=CLOCK, at=at)
    if words.is_urgent:
        request.case = make(case.pk, "mark_urgent", by=CLOCK, at=at)
    key = "request_urgent" if words.is_urgent else "request_new"
    tell_begun(key, request.case, askers=askers, away=away, due=due_of(request.case, "accept"))
    return request


def _record(words: Words, meant: _Meant, case: Case, *, caller: Caller | None) -> Request:
    """What was said, sealed, with where it is counted; not saved yet."""
    is_employer = words.channel is Channel.EMPLOYER
    return Request(
        case=case,
        city=case.city,
        kind=words.kind,
        topic=words.topic,
        channel=words.channel.value,
        secrecy=words.secrecy.value,
        is_urgent=words.is_urgent,
        is_followed=caller is None,
        against=words.against.value,
        employer_id=meant.employer_id,
        union_id=words.union_id if words.against is Against.UNION else None,
        asking_employer_id=meant.employer_id if is_employer else None,
        counted_at=meant.counted,
        quarter=quarter_of(case.opened_at.astimezone(clock.PEOPLE_ZONE).date()),
        text_sealed=_sealed(words.text, TEXT, case),
        wish_sealed=_sealed(words.wish, WISH, case),
        caller_sealed=_sealed(f"{caller.name}{PARTED}{caller.phone}", CALLER, case) if caller else None,
    )


def keep_away(request: Request, *, askers: frozenset[int], accused: Sequence[Place]) -> frozenset[int]:
    """Whoever has to keep away from a request does not meet it from now on (回避); answers who that is."""
    case = request.case
    employer_id = request.employer_id if request.against == Against.EMPLOYER else None
    away = to_keep_away(case.place, askers=askers, accused=accused, employer_id=employer_id)
    if away:
        with beyond(Purpose.CASES):
            Barred.objects.bulk_create(
                [Barred(city=case.city, case=case, account_id=each, reason=why.value) for each, why in away.items()],
                ignore_conflicts=True,
            )
    return frozenset(away)


def _sealed(text: str, aad: str, case: Case) -> bytes | None:
    return seal(text.strip(), aad=f"{aad}.{case.pk}") if text.strip() else None


_NO_UNION = gettext_noop("没有查到您在哪个工会，不知道该交给谁。请打 12351，一样有人办。")
_NOBODY_ABOVE = gettext_noop("上面没有能办这件事的工会：说的正是最上一级。请打 12351，由上级工会来办。")
