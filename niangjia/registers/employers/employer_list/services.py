"""Try a list of employers, land it, take it back; every employer with its own entry."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from pghistory.models import Event

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.intake.lists import ListKind, Tried, held, keep_tried, landed
from niangjia.kernel.intake.models import Change, Import, Outcome, Remark, State
from niangjia.kernel.intake.sheets import FaultyRow, write_faults
from niangjia.kernel.intake.uploads import Upload, opened_upload
from niangjia.kernel.journal.services import record
from niangjia.registers.employers.employer_list.columns import Fault, Line
from niangjia.registers.employers.employer_list.deciding import Decided, Plan, decide
from niangjia.registers.employers.employer_list.reading import Read, read_employers
from niangjia.registers.employers.models import Employer, HeadCount
from niangjia.registers.employers.rules.employer_facts import EmployerFacts
from niangjia.registers.employers.rules.moves import IMPORT_EMPLOYERS
from niangjia.registers.employers.services import edit_employer, facts_of, register_employer

KIND = "employers"
EMPLOYER_LISTS = ListKind(KIND, IMPORT_EMPLOYERS)
DAYS = ("opened_on", "closed_on")


class UndoRefused(Exception):
    """A list that cannot be taken back, with every employer that stands in the way."""

    def __init__(self, touched: list[tuple[str, Reason]]) -> None:
        super().__init__(f"{len(touched)} employers")
        self.touched = touched


@transaction.atomic
def take_list(name: str, upload: Upload, *, by: Actor) -> Import:
    """Take a list in and try it (试运行): what would come of every row; `Refusal` where the file is of no use."""
    with opened_upload(upload.stored_as) as path:
        read = read_employers(path, filename=name)
    plan, sheet = decide(read.sheet.lines, by=by), read.sheet
    tried = Tried(
        sheet.sheet, sheet.headers, len(sheet.lines), _counts(read, plan), sheet.hidden_rows, sheet.hidden_sheets
    )
    batch = keep_tried(EMPLOYER_LISTS, name, upload, tried, by=by)
    _write_remarks(batch, plan.faults, headers=read.sheet.headers)
    return batch


@transaction.atomic
def land_list(batch: Import, *, by: Actor) -> Import:
    """Land a tried list (入库): judged anew, all rows that are right land together; asked twice, it lands once."""
    found = held(EMPLOYER_LISTS, batch, by=by)
    if found.state != State.TRIED:
        return found
    with opened_upload(found.stored_as) as path:
        read = read_employers(path, filename=found.file_name)
    plan = decide(read.sheet.lines, by=by)
    for decided in (*plan.created, *plan.updated):
        _land(found, decided, by=by)
    found.remarks.all().delete()
    _write_remarks(found, plan.faults, headers=read.sheet.headers)
    counts = _counts(read, plan)
    place = (found.city, found.target.pk)
    record("import_employers", by=by, thing="import", thing_id=found.pk, place=place, detail=counts)
    return landed(found, counts)


@transaction.atomic
def take_back(batch: Import, *, by: Actor) -> Import:
    """Take a landed list back (撤销导入), whole or not at all: what it registered goes, what it changed comes back."""
    found = held(EMPLOYER_LISTS, batch, by=by)
    if found.state != State.DONE:
        raise UndoRefused([(found.file_name, Reason("not_landed", _NOT_LANDED, {}))])
    changes = {change.thing_id: change for change in Change.objects.filter(batch=found)}
    employers = list(Employer.objects.select_for_update().filter(pk__in=changes).order_by("pk"))
    touched = [
        (each.name, Reason("changed_since", _CHANGED, {}))
        for each in employers
        if each.revision != changes[each.pk].revision_after
    ]
    created = [each for each in employers if not changes[each.pk].before]
    used = _used({each.pk for each in created})
    touched += [(each.name, Reason("in_use", _IN_USE, {})) for each in created if each.pk in used]
    if touched:
        raise UndoRefused(touched)
    for each in employers:
        if changes[each.pk].before:
            edit_employer(each.pk, _facts_from(changes[each.pk].before), by=by)
    with beyond(Purpose.EMPLOYER_LIST):
        Employer.objects.filter(pk__in=[each.pk for each in created]).delete()
    Import.objects.filter(pk=found.pk).update(state=State.UNDONE, finished_at=clock.now())
    place = (found.city, found.target.pk)
    record("undo_import", by=by, thing="import", thing_id=found.pk, place=place, detail={"kind": KIND})
    return Import.objects.get(pk=found.pk)


@contextmanager
def faults_workbook(batch: Import, *, by: Actor) -> Iterator[Path]:
    """The refused rows as they were, with what to mend (错误清单), as long as the file is kept: until it lands."""
    with opened_upload(batch.stored_as) as path:
        read = read_employers(path, filename=batch.file_name)
    by_line: dict[int, list[Fault]] = {}
    for fault in decide(read.sheet.lines, by=by).faults:
        by_line.setdefault(fault.line.seq, []).append(fault)
    rows = (_faulty(read, found) for found in by_line.values())
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "faults.xlsx"
        write_faults(target, header=read.header, rows=rows)
        yield target


def _faulty(read: Read, faults: list[Fault]) -> FaultyRow:
    line: Line = faults[0].line
    said = [(read.sheet.index.get(each.field), _(each.reason.sentence).format(**each.reason.values)) for each in faults]
    return FaultyRow(line.row, read.sheet.sheet, line.cells, said)


def _land(batch: Import, decided: Decided, *, by: Actor) -> None:
    """One employer, by the register's own services; what it was is kept for an undo."""
    if decided.known_id is None:
        employer = register_employer(decided.facts, by=by)
        Employer.objects.filter(pk=employer.pk).update(intake=batch)
        before: dict[str, Any] = {}
    else:
        known = Employer.objects.select_for_update().get(pk=decided.known_id)
        before = {
            name: str(value) if isinstance(value, date) else value for name, value in vars(facts_of(known)).items()
        }
        employer = edit_employer(known.pk, decided.facts, by=by)
    after = Employer.objects.values_list("revision", flat=True).get(pk=employer.pk)
    Change.objects.create(batch=batch, thing_id=employer.pk, before=before, revision_after=after)


def _facts_from(before: dict[str, Any]) -> EmployerFacts:
    days = {name: date.fromisoformat(before[name]) if before[name] else None for name in DAYS}
    return EmployerFacts(**before | days)


def _used(ids: set[int]) -> set[int]:
    """Of these employers, those that a row elsewhere refers to; their own history and head-counts go with them."""
    found: set[int] = set()
    with beyond(Purpose.EMPLOYER_LIST):
        for relation in Employer._meta.get_fields(include_hidden=True):  # noqa: SLF001 - Django's own way to ask
            model: Any = relation.related_model
            if not relation.auto_created or relation.concrete or relation.many_to_many or model is HeadCount:
                continue
            if not issubclass(model, Event):
                name = relation.field.name  # type: ignore[union-attr]  # a relation from elsewhere has one
                rows = model._base_manager.filter(**{f"{name}__in": ids})  # noqa: SLF001 - every row counts
                found |= set(rows.order_by().values_list(name, flat=True).distinct())
    return found


def _counts(read: Read, plan: Plan) -> dict[str, int]:
    return {
        "rows_in": len(read.sheet.lines),
        "created": len(plan.created),
        "updated": len(plan.updated),
        "unchanged": plan.unchanged,
        "rejected": len(plan.rejected),
        "conflicts": 0,
    }


def _write_remarks(batch: Import, faults: list[Fault], *, headers: dict[str, str]) -> None:
    Remark.objects.bulk_create(
        Remark(
            batch=batch,
            seq=fault.line.seq,
            sheet=batch.sheet,
            row=fault.line.row,
            column=headers.get(fault.field, ""),
            outcome=Outcome.FAULT,
            code=fault.reason.code,
            sentence=fault.reason.sentence,
            values=fault.reason.values,
            name=fault.name,
            shown=fault.shown,
        )
        for fault in faults
    )


_NOT_LANDED = gettext_noop("这次导入没有入库，或者已经撤销过了。")
_CHANGED = gettext_noop("导入以后有人改过。先看看改了什么；要撤销，先把它改回去。")
_IN_USE = gettext_noop("导入以后已经有工会覆盖它，或者有会员、交办的事在它名下。先挪走，再撤销。")
