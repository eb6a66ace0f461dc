"""Lists that people bring to the desk (名单): kept once they were tried, thrown away, or landed once; their rows are the registers'."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from niangjia.kernel import clock
from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor, Move
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.intake.models import Import, State
from niangjia.kernel.intake.uploads import Upload, forget_upload
from niangjia.kernel.places.models import Place


@dataclass(frozen=True)
class ListKind:
    """A kind of list (名单种类): what its imports are called, and by which move somebody brings one in."""

    name: str
    move: Move


@dataclass(frozen=True)
class Tried:
    """What a list came to (试运行的结果): where it lay in the file, what stands in which column, how many rows became what."""

    sheet: str
    headers: Mapping[str, str]
    rows: int
    counts: Mapping[str, int]
    hidden_rows: Sequence[int] = ()
    hidden_sheets: Sequence[str] = ()


def lists_seen(kind: ListKind, actor: Actor) -> QuerySet[Import]:
    """The lists of a kind brought in at the desk within the actor's subtrees."""
    scope = within(actor.paths(kind.move), field="place__path")
    return Import.objects.filter(scope, kind=kind.name).select_related("place__union", "account")


def place_of(kind: ListKind, by: Actor) -> Place:
    """Where a list is kept: the highest place in which the actor may bring one in."""
    rights = [right for right in by.rights if right.role in kind.move.roles]
    if not rights:
        raise Forbidden("no_role")
    return Place.objects.get(pk=min(rights, key=lambda each: len(each.path)).place_id)


def keep_tried(kind: ListKind, name: str, upload: Upload, tried: Tried, *, by: Actor) -> Import:
    """Keep a list that was tried, with its file, until somebody lands it or throws it away."""
    place = place_of(kind, by)
    return Import.objects.create(
        city=place.city,
        kind=kind.name,
        place=place,
        account_id=by.account_id,
        author=by.words,
        file_name=name[:255],
        file_bytes=upload.size_bytes,
        file_sha256=upload.sha256,
        stored_as=upload.stored_as,
        resume_key=resume_key_of(kind.name, upload.sha256, by=by),
        state=State.TRIED,
        finished_at=clock.now(),
        **sheet_facts(tried),
        **tried.counts,
    )


def sheet_facts(tried: Tried) -> dict[str, object]:
    """How a list was read, for its import."""
    return {
        "sheet": tried.sheet,
        "mapping": {written: code for code, written in tried.headers.items()},
        "rows_expected": tried.rows,
        "cursor": tried.rows,
        "hidden_rows": list(tried.hidden_rows),
        "hidden_sheets": list(tried.hidden_sheets),
    }


def resume_key_of(name: str, digest: bytes, *, by: Actor) -> bytes:
    """What makes the same file of the same person the same import."""
    return hashlib.sha256(f"{name} {by.account_id} ".encode() + digest).digest()


def held(kind: ListKind, batch: Import, *, by: Actor) -> Import:
    """A list, held alone until the transaction ends; only who may bring one in there meets it."""
    found = lists_seen(kind, by).filter(pk=batch.pk).values_list("pk", flat=True).first()
    if found is None:
        raise Forbidden("out_of_scope")
    return Import.objects.select_for_update(of=("self",)).select_related("place").get(pk=found)


def landed(batch: Import, counts: Mapping[str, int]) -> Import:
    """All its rows are in: it is done, and its file is forgotten with the transaction."""
    stored_as = batch.stored_as
    Import.objects.filter(pk=batch.pk).update(**counts, state=State.DONE, finished_at=clock.now(), stored_as="")
    transaction.on_commit(lambda: forget_upload(stored_as))
    return Import.objects.get(pk=batch.pk)


@transaction.atomic
def throw_away(kind: ListKind, batch: Import, *, by: Actor) -> bool:
    """Forget a list that never landed; False where it has."""
    found = held(kind, batch, by=by)
    if found.state != State.TRIED:
        return False
    stored_as = found.stored_as
    found.delete()
    transaction.on_commit(lambda: forget_upload(stored_as))
    return True
