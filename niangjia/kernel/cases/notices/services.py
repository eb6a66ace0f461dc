"""Put up a public notice, take in an objection, answer it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from secrets import choice, token_hex
from typing import Any

from django.db import connection, transaction

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden, check
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.clocks import region_of
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.notices import queries
from niangjia.kernel.cases.notices.catalogue import kind_of
from niangjia.kernel.cases.notices.models import Hanging, Objection, Publication
from niangjia.kernel.cases.notices.rules import (
    ANSWER_OBJECTION,
    CODE_LENGTH,
    CODE_LETTERS,
    PUBLISH_NOTICE,
    ObjectionState,
    receipt_of,
    shown_of,
    why_not_answer,
    why_not_object,
    why_not_publish,
    why_not_shown_at,
)
from niangjia.kernel.chinese import Reason
from niangjia.kernel.clock.rules import Due, due
from niangjia.kernel.dated.queries import calendar, parameter
from niangjia.kernel.journal.services import record
from niangjia.kernel.messages.rules import ToAccount, ToOffice, ToPerson
from niangjia.kernel.messages.services import send
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.sealed import blind, seal

# Whoever objects counts what was objected before, so that a burst is counted exactly.
OBJECTING_LOCK = 0x6F626A65


class NotPublished(Exception):
    """The notice does not go up; `reason` says why and what next."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


class NotTaken(Exception):
    """The objection is not taken in, or not answered like this; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True)
class Told:
    """What a line of work has told of a case (要公示的内容): whose it is, of which category; the service masks the name."""

    kind: str
    name: str
    category: str
    amount_fen: int | None = None


@dataclass(frozen=True)
class Said:
    """What somebody objects (提出异议): her words, from where, and the key of her form, so that a second press is no second one."""

    words: str
    address: str = ""
    key: str = ""


@transaction.atomic
def publish(case: Case, told: Told, *, at: Sequence[Place], by: Actor, on: date) -> Publication:
    """Put a case up in public (公示) at these places from a day on; it comes down by itself.

    Call it in the transaction of the move that brings the case to the stage where the notice hangs, after that move: notices
    put up before are another round's. `NotPublished` for whatever may not hang in public.
    """
    check(by, PUBLISH_NOTICE, case.place.path)
    kind, places = kind_of(told.kind), list(at) or [case.place]
    names = place_names([case.place_id, *(each for each in (case.place.at_town, case.place.at_county) if each)])
    town = names.get(case.place.at_town or case.place.at_county or 0, "")
    union = names.get(case.place_id, "")
    shown = shown_of(
        told.name, told.category, union=union, town=town if town != union else "", amount_fen=told.amount_fen
    )
    reason = why_not_publish(kind, shown) or why_not_shown_at(case.place.path, [place.path for place in places])
    if reason is not None:
        raise NotPublished(reason)
    ends = last_day(kind.parameter, case=case, on=on)
    notice = Publication.objects.create(
        city=case.city, code=_drawn_code(), case=case, kind=kind.key, place=case.place, name=shown.name,
        category=shown.category, union_name=shown.union, town_name=shown.town, amount_fen=shown.amount_fen,
        begins_on=on, ends_on=ends.on, is_provisional=ends.is_provisional, published_by_id=by.account_id,
    )  # fmt: skip
    Hanging.objects.bulk_create(Hanging(city=case.city, publication=notice, place=place) for place in places)
    _tell(
        "publish_notice",
        notice,
        by=by,
        detail={"kind": kind.key, "to": ends.on.isoformat(), "places": [each.pk for each in places]},
    )
    _tell_her(notice)
    return notice


def last_day(key: str, *, case: Case, on: date) -> Due:
    """The last day of a notice put up on a day, with the reckoning; the day it goes up does not count."""
    return due(on, parameter(key, region=region_of(case), on=on).term(rolls=False), calendar())


@transaction.atomic
def object_to(publication_id: int, said: Said, *, by: Actor) -> str:
    """Take in an objection (提出异议) of anybody; answers the receipt, which is told once and kept nowhere.

    The same form sent again gets the same receipt and no second objection. `NotTaken` says why not.
    """
    address = blind(queries.ADDRESS, said.address) if said.address else None
    with beyond(Purpose.OBJECTION):
        _one_by_one()
        notice = Publication.objects.select_related("case").filter(pk=publication_id).first()
        receipt = _receipt(publication_id, said.key)
        index = blind(queries.RECEIPT, receipt)
        if notice is None or Objection.objects.filter(receipt_blind=index).exists():
            return receipt
        counted = queries.made_before(notice.pk, address=address, account_id=by.account_id, at=clock.now())
        reason = why_not_object(said.words, is_hanging=queries.is_hanging(notice, on=clock.today()), **counted)
        if reason is not None:
            raise NotTaken(reason)
        made = _taken_in(notice, said.words.strip(), index=index, address=address, by=by)
        send(
            "objection_waits",
            to=ToOffice(notice.place_id, ANSWER_OBJECTION.roles, but=notice.published_by_id),
            about=notice.pk,
        )
    # Who objected stands in no entry: whoever reads the journal of the place would know it.
    _tell("object", notice, by=NOBODY, detail={"objection": made.pk})
    return receipt


@transaction.atomic
def answer(objection_id: int, says: str, *, is_upheld: bool, by: Actor) -> Objection:
    """Answer an objection (答复异议): it stands, and the case cannot go on like this; or it does not, and why."""
    found = queries.objections_for(by).filter(pk=objection_id).values_list("pk", flat=True).first()
    if found is None:
        raise Forbidden("out_of_scope")
    held = Objection.objects.select_for_update(of=("self",)).select_related("publication").get(pk=found)
    maker = queries.maker_of(held.publication.case_id)
    made_by = (held.published_by_id, maker)
    reason = why_not_answer(held.state, says, answers=by.account_id, made_by=made_by)
    if reason is not None:
        raise NotTaken(reason)
    held.state = (ObjectionState.UPHELD if is_upheld else ObjectionState.DISMISSED).value
    held.answer_sealed = seal(says.strip(), aad=f"{queries.ANSWER}.{held.pk}")
    held.answered_at, held.answered_by_id, held.maker_id = clock.now(), by.account_id, maker
    held.address_blind = None
    held.save(update_fields=["state", "answer_sealed", "answered_at", "answered_by", "maker", "address_blind"])
    _tell("answer_objection", held.publication, by=by, detail={"objection": held.pk, "state": held.state})
    if held.account_id is not None:
        send("objection_answered", to=ToAccount(held.account_id), about=held.pk)
    return held


def _taken_in(notice: Publication, words: str, *, index: bytes, address: bytes | None, by: Actor) -> Objection:
    made = Objection.objects.create(
        city=notice.city,
        publication=notice,
        place_id=notice.place_id,
        concerned_id=queries.whom_it_concerns(notice.case),
        receipt_blind=index,
        account=Account.objects.filter(pk=by.account_id).first() if by.account_id else None,
        address_blind=address,
        published_by_id=notice.published_by_id,
    )
    made.says_sealed = seal(words, aad=f"{queries.SAYS}.{made.pk}")
    made.save(update_fields=["says_sealed"])
    return made


def _receipt(publication_id: int, key: str) -> str:
    """Drawn from the key of the form under a key of ours: the same form has the same receipt, and nobody can work it out."""
    return receipt_of(blind("notices.drawn_receipt", f"{publication_id}:{key or token_hex(16)}"))


def _one_by_one() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [OBJECTING_LOCK])


def _drawn_code() -> str:
    return "".join(choice(CODE_LETTERS) for _each in range(CODE_LENGTH))


def _tell_her(notice: Publication) -> None:
    """Whose case it is hears that it hangs, and until when."""
    with beyond(Purpose.OBJECTION):
        concerned = queries.whom_it_concerns(notice.case)
    if concerned is not None:
        facts = {"first": notice.begins_on, "last": notice.ends_on}
        send("notice_hangs", to=ToPerson(concerned), facts=facts, about=notice.pk)


def _tell(verb: str, notice: Publication, *, by: Actor, detail: dict[str, Any]) -> None:
    record(verb, by=by, thing="publication", thing_id=notice.pk, place=(notice.city, notice.place_id), detail=detail)


NOBODY = Actor(account_id=None, name="somebody")
