"""Take in what somebody hands in, and let go of it again."""

from collections.abc import Iterable
from contextlib import ExitStack
from functools import partial

from django.db import transaction

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.chinese import Reason
from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.files.pictures import Picture, drawn_anew
from niangjia.kernel.files.rules import DRAFT, MAX_BYTES, Kind, document_fault, kind_of, size_fault
from niangjia.kernel.files.sealed_files import forget_file, keep_file, pieces_of
from niangjia.kernel.journal.services import record
from niangjia.kernel.places.models import Place
from niangjia.kernel.sealed import blind

PURPOSE = "files_storedfile.content"
THING = "file"
# Whoever hands something in and has not sent it yet: what it is for may be nobody's to know.
SOMEBODY = Actor(account_id=None, name="somebody")


class Refused(Exception):
    """The file is sent back (不收的文件); `reason` says why, and what to do next."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason.code)


def take_in(pieces: Iterable[bytes], *, owner: str, owner_thing: int, place: Place, by: Actor) -> StoredFile:
    """Keep a picture or a document sealed; a picture is drawn anew first. `Refused` says what is wrong with it.

    The file is read in memory and never lies on the disk in clear; its name is not asked for.
    """
    content = _whole(pieces)
    kind = kind_of(content[:4096])
    if isinstance(kind, Reason):
        raise Refused(kind)
    kept = keep_file([_harmless(kind, content)], max_bytes=MAX_BYTES)
    with ExitStack() as otherwise, transaction.atomic():
        # Whatever goes wrong here, the sealed file does not stay without its row.
        otherwise.callback(forget_file, kept.stored_as)
        stored = StoredFile.objects.create(
            city=place.city,
            place=place,
            owner=owner,
            owner_thing=owner_thing,
            kind=kind,
            stored_as=kept.stored_as,
            size_bytes=kept.size_bytes,
            content_blind=blind(PURPOSE, kept.sha256.hex()),
            account_id=by.account_id,
        )
        facts = {"owner": owner, "owner_thing": owner_thing, "kind": kind.value, "size_bytes": kept.size_bytes}
        if owner == DRAFT:
            record("take_in_file", by=SOMEBODY, thing=THING, place=(place.city, place.pk), detail={"owner": DRAFT})
        else:
            record("take_in_file", by=by, thing=THING, thing_id=stored.pk, place=(place.city, place.pk), detail=facts)
        otherwise.pop_all()
    return stored


@transaction.atomic
def let_go(stored: StoredFile, *, by: Actor) -> None:
    """The file is needed no more: its row goes, and what rests on the disk goes with the commit."""
    place = (stored.city, stored.place_id)
    author, thing_id = (SOMEBODY, None) if stored.owner == DRAFT else (by, stored.pk)
    record("let_go_file", by=author, thing=THING, thing_id=thing_id, place=place, detail={"owner": stored.owner})
    transaction.on_commit(partial(forget_file, stored.stored_as))
    stored.delete()


def content_of(stored: StoredFile) -> bytes:
    """The whole content; `Tampered` where the sealed file, or the row that names it, is not as it was kept."""
    return b"".join(pieces_of(stored.stored_as))


def _whole(pieces: Iterable[bytes]) -> bytes:
    """The content, no more of it than may be taken."""
    content = bytearray()
    for piece in pieces:
        content += piece
        if fault := size_fault(len(content)):
            raise Refused(fault)
    return bytes(content)


def _harmless(kind: Kind, content: bytes) -> bytes:
    """The content as it may be kept."""
    if kind is Kind.DOCUMENT:
        if fault := document_fault(content):
            raise Refused(fault)
        return content
    picture = drawn_anew(content)
    if isinstance(picture, Picture):
        return picture.content
    raise Refused(picture)
