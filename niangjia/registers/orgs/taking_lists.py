"""A list of unions at the desk: taken in and tried, landed, thrown away, taken back."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from niangjia.kernel import clock
from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.intake.models import Import, State
from niangjia.kernel.intake.uploads import Upload, forget_upload, opened_upload
from niangjia.kernel.journal.services import record
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.services import lock_tree
from niangjia.registers.orgs.rules.moves import IMPORT_UNIONS
from niangjia.registers.orgs.services import KIND, counted, resume_key_of, try_unions, undo_import
from niangjia.registers.orgs.union_list.deciding import decide
from niangjia.registers.orgs.union_list.landing import Landing, write_remarks
from niangjia.registers.orgs.union_list.reading import UnionSheet, read_unions
from niangjia.registers.orgs.union_list.register import register_for


def lists_seen(actor: Actor) -> QuerySet[Import]:
    """The lists of unions brought in at the desk within the actor's subtrees."""
    scope = within(actor.paths(IMPORT_UNIONS), field="place__path")
    return Import.objects.filter(scope, kind=KIND).select_related("place__union", "account")


@transaction.atomic
def take_list(name: str, upload: Upload, *, by: Actor) -> Import:
    """Take a list in and try it (试运行): what would come of every row; `Refusal` where the file is of no use."""
    place = _place_of(by)
    with opened_upload(upload.stored_as) as path:
        tried = try_unions(path, filename=name, by=by)
    batch = Import.objects.create(
        city=place.city,
        kind=KIND,
        place=place,
        account_id=by.account_id,
        author=by.words,
        file_name=name[:255],
        file_bytes=upload.size_bytes,
        file_sha256=upload.sha256,
        stored_as=upload.stored_as,
        resume_key=resume_key_of(upload.sha256, by=by),
        state=State.TRIED,
        finished_at=clock.now(),
        **_sheet_facts(tried.sheet),
        **tried.counts,
    )
    write_remarks(batch, tried.faults, headers=tried.sheet.headers)
    return batch


@transaction.atomic
def land_list(batch: Import, *, by: Actor, on: date) -> Import:
    """Land a tried list (入库): judged anew, all rows that are right land together; asked twice, it lands once."""
    lock_tree()
    held = _held(batch, by=by)
    if held.state != State.TRIED:
        return held
    with opened_upload(held.stored_as) as path:
        read = read_unions(path, filename=held.file_name)
    register = register_for(read.lines, by=by)
    plan = decide(read.lines, register)
    landed = counted(read, plan)
    held.remarks.all().delete()
    Landing(batch=held, unions=register.unions, on=on).land(plan)
    write_remarks(held, landed.faults, headers=read.headers)
    stored_as = held.stored_as
    facts = {**landed.counts, "state": State.DONE, "finished_at": clock.now(), "stored_as": ""}
    Import.objects.filter(pk=held.pk).update(**facts)
    record(
        "import_unions",
        by=by,
        thing="import",
        thing_id=held.pk,
        place=(held.city, held.target.pk),
        detail=landed.counts,
    )
    transaction.on_commit(lambda: forget_upload(stored_as))
    return Import.objects.get(pk=held.pk)


@transaction.atomic
def throw_away(batch: Import, *, by: Actor) -> bool:
    """Forget a list that never landed; False where it has."""
    held = _held(batch, by=by)
    if held.state != State.TRIED:
        return False
    stored_as = held.stored_as
    held.delete()
    transaction.on_commit(lambda: forget_upload(stored_as))
    return True


@transaction.atomic
def take_back(batch: Import, *, by: Actor, on: date) -> Import:
    """Take a landed list back (撤销导入); `UndoRefused` with what stands in the way."""
    return undo_import(_held(batch, by=by), by=by, on=on)


def _held(batch: Import, *, by: Actor) -> Import:
    found = lists_seen(by).filter(pk=batch.pk).values_list("pk", flat=True).first()
    if found is None:
        raise Forbidden("out_of_scope")
    return Import.objects.select_for_update(of=("self",)).select_related("place").get(pk=found)


def _place_of(by: Actor) -> Place:
    """Where the list is kept: the highest place in which the actor may import."""
    right = min(
        (right for right in by.rights if right.role in IMPORT_UNIONS.roles),
        key=lambda each: len(each.path),
        default=None,
    )
    if right is None:
        raise Forbidden("no_role")
    return Place.objects.get(pk=right.place_id)


def _sheet_facts(read: UnionSheet) -> dict[str, object]:
    return {
        "sheet": read.sheet,
        "mapping": {written: code for code, written in read.headers.items()},
        "rows_expected": read.rows_in,
        "cursor": read.rows_in,
        "hidden_rows": read.hidden_rows,
        "hidden_sheets": read.hidden_sheets,
    }
