"""Files handed in before the form is sent (未提交的附件): kept sealed for a day, seen by who handed them in alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.chinese import Reason
from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.files.rules import DRAFT, DRAFT_HOURS, too_many
from niangjia.kernel.files.sealed_files import forget_file
from niangjia.kernel.files.services import SOMEBODY, Refused, let_go, take_in
from niangjia.kernel.journal.services import record
from niangjia.kernel.places.models import Place

PIECE_BYTES = 1024 * 1024


@dataclass
class Handed:
    """What came with a form: drafts that are held, and the files that were not taken, each with its name and why."""

    held: list[StoredFile] = field(default_factory=list)
    refused: list[tuple[str, Reason]] = field(default_factory=list)


def may_see(actor: Actor, stored: StoredFile) -> bool:
    """Whoever handed it in, until it belongs to something."""
    return actor.account_id is not None and actor.account_id == stored.account_id


def drafts_of(actor: Actor) -> QuerySet[StoredFile]:
    """What somebody handed in and has not sent yet, in the order in which it came."""
    return StoredFile.objects.filter(owner=DRAFT, account_id=actor.account_id or 0).order_by("pk")


@transaction.atomic
def hold(file: "UploadedFile[bytes]", *, place: Place, by: Actor) -> StoredFile:
    """Keep a file as a draft (暂存附件); `Refused` says what is wrong with it, or that there are too many."""
    if fault := too_many(drafts_of(by).count()):
        raise Refused(fault)
    return take_in(_pieces(file), owner=DRAFT, owner_thing=by.account_id or 0, place=place, by=by)


def hold_all(files: "Iterable[UploadedFile[bytes]]", kept: Iterable[int], *, place: Place, by: Actor) -> Handed:
    """Hold what came with a form beside the drafts it names; what is refused does not keep the rest from being held."""
    handed = Handed(list(drafts_of(by).filter(pk__in=list(kept))))
    for file in files:
        try:
            handed.held.append(hold(file, place=place, by=by))
        except Refused as refused:
            handed.refused.append((file.name or "", refused.reason))
    return handed


@transaction.atomic
def claim(drafts: Sequence[StoredFile], *, owner: str, owner_thing: int, place: Place, by: Actor) -> int:
    """The drafts belong to a thing from now on (附上附件); only one's own drafts can be claimed."""
    number = _claimed(drafts, owner=owner, owner_thing=owner_thing, place=place, by=by)
    _tell_claimed(number, owner=owner, owner_thing=owner_thing, place=place, by=by)
    return number


@transaction.atomic
def claim_unnamed(drafts: Sequence[StoredFile], *, owner: str, owner_thing: int, place: Place, by: Actor) -> int:
    """The same for a thing whose entries do not say whose it is."""
    number = _claimed(drafts, owner=owner, owner_thing=owner_thing, place=place, by=by)
    _tell_claimed(number, owner=owner, owner_thing=owner_thing, place=place, by=SOMEBODY)
    return number


def _claimed(drafts: Sequence[StoredFile], *, owner: str, owner_thing: int, place: Place, by: Actor) -> int:
    own = drafts_of(by).filter(pk__in=[each.pk for each in drafts])
    return own.update(owner=owner, owner_thing=owner_thing, place=place, city=place.city)


def _tell_claimed(number: int, *, owner: str, owner_thing: int, place: Place, by: Actor) -> None:
    if number:
        facts = {"owner": owner, "owner_thing": owner_thing, "files": number}
        record("claim_files", by=by, thing="file", place=(place.city, place.pk), detail=facts)


def drop(draft_id: int, *, by: Actor) -> None:
    """Let go of a draft of one's own (不要这个附件); one that is not there is gone already."""
    draft = drafts_of(by).filter(pk=draft_id).first()
    if draft is not None:
        let_go(draft, by=by)


def past_drafts(at: datetime) -> QuerySet[StoredFile]:
    """Drafts that nobody sent within their hours."""
    return StoredFile.objects.filter(owner=DRAFT, stored_at__lt=at - timedelta(hours=DRAFT_HOURS))


@transaction.atomic
def forget(files: QuerySet[StoredFile]) -> int:
    """Rows and what rests on the disk, for what is past its time or erased with its person."""
    rows = list(files.values_list("pk", "stored_as"))
    StoredFile.objects.filter(pk__in=[pk for pk, _name in rows]).delete()
    for _pk, name in rows:
        transaction.on_commit(partial(forget_file, name))
    return len(rows)


def _pieces(file: "UploadedFile[bytes]") -> Iterator[bytes]:
    yield from file.chunks(PIECE_BYTES)
