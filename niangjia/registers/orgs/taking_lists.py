"""A list of unions at the desk: taken in and tried, landed, taken back; what all lists have in common is the kernel's."""

from datetime import date

from django.db import transaction

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.intake.lists import ListKind, held, keep_tried, landed
from niangjia.kernel.intake.models import Import, State
from niangjia.kernel.intake.uploads import Upload, opened_upload
from niangjia.kernel.journal.services import record
from niangjia.kernel.places.services import lock_tree
from niangjia.registers.orgs.rules.moves import IMPORT_UNIONS
from niangjia.registers.orgs.services import KIND, counted, tried_facts, try_unions, undo_import
from niangjia.registers.orgs.union_list.deciding import decide
from niangjia.registers.orgs.union_list.landing import Landing, write_remarks
from niangjia.registers.orgs.union_list.reading import read_unions
from niangjia.registers.orgs.union_list.register import register_for

UNION_LISTS = ListKind(KIND, IMPORT_UNIONS)


@transaction.atomic
def take_list(name: str, upload: Upload, *, by: Actor) -> Import:
    """Take a list in and try it (试运行): what would come of every row; `Refusal` where the file is of no use."""
    with opened_upload(upload.stored_as) as path:
        tried = try_unions(path, filename=name, by=by)
    batch = keep_tried(UNION_LISTS, name, upload, tried_facts(tried.sheet, tried.counts), by=by)
    write_remarks(batch, tried.faults, headers=tried.sheet.headers)
    return batch


@transaction.atomic
def land_list(batch: Import, *, by: Actor, on: date) -> Import:
    """Land a tried list (入库): judged anew, all rows that are right land together; asked twice, it lands once."""
    lock_tree()
    found = held(UNION_LISTS, batch, by=by)
    if found.state != State.TRIED:
        return found
    with opened_upload(found.stored_as) as path:
        read = read_unions(path, filename=found.file_name)
    register = register_for(read.lines, by=by)
    plan = decide(read.lines, register)
    outcome = counted(read, plan)
    found.remarks.all().delete()
    Landing(batch=found, unions=register.unions, on=on).land(plan)
    write_remarks(found, outcome.faults, headers=read.headers)
    place = (found.city, found.target.pk)
    record("import_unions", by=by, thing="import", thing_id=found.pk, place=place, detail=outcome.counts)
    return landed(found, outcome.counts)


@transaction.atomic
def take_back(batch: Import, *, by: Actor, on: date) -> Import:
    """Take a landed list back (撤销导入); `UndoRefused` with what stands in the way."""
    return undo_import(held(UNION_LISTS, batch, by=by), by=by, on=on)
