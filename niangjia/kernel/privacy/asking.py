"""What people ask of their own data (个人信息权利申请), and how a cadre settles it."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden, check
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.kernel.messages.rules import ToOffice, ToPerson
from niangjia.kernel.messages.services import send
from niangjia.kernel.privacy.consenting import standing_of
from niangjia.kernel.privacy.models import RightsRequest
from niangjia.kernel.privacy.queries import SAYS, visible_to
from niangjia.kernel.privacy.registered import persons
from niangjia.kernel.privacy.rules import (
    ERASE_PERSON,
    SETTLE_CORRECTION,
    AskedBy,
    RequestKind,
    RequestState,
    Standing,
    why_not_settle,
)
from niangjia.kernel.sealed import seal


class NotAsked(Exception):
    """The request cannot be made, or not be settled like this; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True)
class ForAnother:
    """Who asks on paper for whom (代为提出): the person herself, or a near relative of one who died; where the paper is."""

    asked_by: AskedBy
    paper_place: str


@transaction.atomic
def ask_correction(fact: str, says: str, *, by: Actor) -> RightsRequest:
    """Ask for a fact to be put right (更正), in one's own words."""
    standing = standing_of(by.subject_id)
    if fact not in persons().correctable or not says.strip():
        raise NotAsked(Reason("says_nothing", _SAYS_NOTHING, {}))
    asked = _open(standing, RequestKind.CORRECT, AskedBy.SELF, fact=fact)
    asked.says_sealed = seal(says.strip(), aad=f"{SAYS}.{asked.pk}")
    asked.save(update_fields=["says_sealed"])
    _tell("ask_correction", asked, by=by, detail={"fact": fact})
    return asked


@transaction.atomic
def ask_erasure(*, by: Actor) -> RightsRequest:
    """Ask for everything held about oneself to be erased (删除); what stands against it is said at once."""
    standing = standing_of(by.subject_id)
    return _ask_erasure(standing, AskedBy.SELF, by=by)


@transaction.atomic
def take_down_erasure(subject_id: int, given: ForAnother, *, by: Actor) -> RightsRequest:
    """A cadre takes down an erasure asked for on paper, by the person or her heirs; another cadre carries it out."""
    standing = standing_of(subject_id)
    check(by, ERASE_PERSON, standing.place_path)
    return _ask_erasure(standing, given.asked_by, by=by, paper_place=given.paper_place, recorded_by_id=by.account_id)


@transaction.atomic
def propose_erasure(subject_id: int, *, by: Actor) -> RightsRequest | None:
    """The purpose has ended (目的已实现): a cadre is asked to erase; nothing where something stands against it."""
    standing = persons().standing_of(subject_id)
    waiting = RightsRequest.objects.filter(subject_id=subject_id, kind=RequestKind.ERASE, state=RequestState.OPEN)
    if standing is None or standing.against or waiting.exists():
        return None
    return _ask_erasure(standing, AskedBy.RETENTION, by=by)


@transaction.atomic
def take_back(request_id: int, *, by: Actor) -> None:
    """Take one's own request back (撤回申请) while nobody has settled it."""
    asked = RightsRequest.objects.select_for_update().filter(pk=request_id, subject_id=by.subject_id or 0).first()
    if asked is None:
        raise Forbidden("out_of_scope")
    if asked.state == RequestState.OPEN:
        _settle(asked, RequestState.WITHDRAWN, by=by)


@transaction.atomic
def settle_correction(request_id: int, *, by: Actor, refused_because: str = "") -> RightsRequest:
    """The fact is right now (已更正), or it is not changed and she is told why."""
    asked = held_request(request_id, RequestKind.CORRECT, by=by)
    return _settle(asked, RequestState.REFUSED if refused_because else RequestState.DONE, by=by, reason=refused_because)


@transaction.atomic
def refuse_erasure(request_id: int, *, by: Actor, because: str) -> RightsRequest:
    """The data stay (不予删除), and she is told why."""
    asked = held_request(request_id, RequestKind.ERASE, by=by)
    return _settle(asked, RequestState.REFUSED, by=by, reason=because)


def held_request(request_id: int, kind: RequestKind, *, by: Actor) -> RightsRequest:
    """The request, held for settling; `NotAsked` where it is settled already or one's own."""
    found = visible_to(by).filter(pk=request_id, kind=kind).values_list("pk", flat=True).first()
    if found is None:
        raise Forbidden("out_of_scope")
    asked = RightsRequest.objects.select_for_update(of=("self",)).get(pk=found)
    own = by.subject_id is not None and by.subject_id == asked.subject_id
    reason = why_not_settle(state=asked.state, own=own)
    if reason is not None:
        raise NotAsked(reason)
    return asked


def mark_done(asked: RightsRequest, *, by: Actor) -> RightsRequest:
    """What was asked for is done."""
    return _settle(asked, RequestState.DONE, by=by)


def _ask_erasure(standing: Standing, asked_by: AskedBy, *, by: Actor, **more: object) -> RightsRequest:
    if standing.against:
        raise NotAsked(standing.against[0])
    try:
        with transaction.atomic():
            asked = _open(standing, RequestKind.ERASE, asked_by, **more)
    except IntegrityError as error:
        raise NotAsked(Reason("asked_already", _ASKED_ALREADY, {})) from error
    _tell("ask_erasure", asked, by=by, detail={"asked_by": asked_by.value})
    return asked


def _open(standing: Standing, kind: RequestKind, asked_by: AskedBy, **more: object) -> RightsRequest:
    asked = RightsRequest.objects.create(
        city=standing.city,
        subject_id=standing.subject_id,
        place_id=standing.place_id,
        kind=kind.value,
        asked_by=asked_by.value,
        **more,
    )
    if standing.place_id is not None:
        office = ToOffice(standing.place_id, SETTLE_CORRECTION.roles, but=asked.recorded_by_id)
        send("own_data_request_waits", to=office, about=asked.pk)
    return asked


def _settle(asked: RightsRequest, state: RequestState, *, by: Actor, reason: str = "") -> RightsRequest:
    asked.state, asked.reason, asked.settled_at = state.value, reason, clock.now()
    asked.settled_by = Account.objects.filter(pk=by.account_id).first() if by.account_id else None
    asked.save(update_fields=["state", "reason", "settled_at", "settled_by"])
    _tell("settle_request", asked, by=by, detail={"kind": asked.kind, "state": asked.state})
    told = TOLD.get((RequestKind(asked.kind), state))
    if told is not None:
        send(told, to=ToPerson(asked.subject_id), about=asked.pk)
    return asked


def _tell(verb: str, asked: RightsRequest, *, by: Actor, detail: dict[str, str]) -> None:
    place = (asked.city, asked.place_id) if asked.place_id else None
    detail = detail | {"request": str(asked.pk)}
    record(verb, by=by, thing="person", thing_id=asked.subject_id, place=place, detail=detail)


# What she is told; where everything was erased, nobody is left to tell.
TOLD = {
    (RequestKind.CORRECT, RequestState.DONE): "correction_accepted",
    (RequestKind.CORRECT, RequestState.REFUSED): "correction_refused",
    (RequestKind.ERASE, RequestState.REFUSED): "erasure_refused",
}
_SAYS_NOTHING = gettext_noop("请选哪一项不对，再写上对的是什么。")
_ASKED_ALREADY = gettext_noop("已经申请过了，正在等工会办。")
