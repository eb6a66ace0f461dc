"""What people ask of an import at the desk (导入): take a file in, try it, land it, throw it away, take it up again."""

from collections.abc import Mapping
from functools import partial

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor, Move
from niangjia.kernel.access.services import check
from niangjia.kernel.chinese import gettext_noop as _
from niangjia.kernel.intake.models import Import, State
from niangjia.kernel.intake.sheets import open_source
from niangjia.kernel.intake.uploads import forget_upload
from niangjia.registers.members.roster.looking import look_at_source
from niangjia.registers.members.roster.services import KIND, RUN_LOCK, RosterFile, receive
from niangjia.registers.members.roster.staging import Staging
from niangjia.registers.members.roster.undoing import CannotUndo
from niangjia.registers.members.rules.moves import IMPORT_ROSTER, UNDO_IMPORT
from niangjia.registers.members.telling import tell_of_import
from niangjia.registers.orgs.models import Union

TRY, LAND, UNDO = "roster.try", "roster.land", "roster.undo"
TASKS = {State.TRYING: TRY, State.READING: LAND, State.RUNNING: LAND, State.UNDOING: UNDO}
QUEUE = "imports"
# May still be mapped anew, or thrown away: nothing of it is in the register.
OPEN = (State.RECEIVED, State.TRIED, State.REFUSED)
MOST_FAILURES = 5


@transaction.atomic
def take_in(file: RosterFile, *, unit: Union, by: Actor) -> Import:
    """Take an uploaded roster in; a file that cannot be a roster raises `Refusal`, one sent twice is found again."""
    check(by, IMPORT_ROSTER, unit.place.path)
    with connection.cursor() as cursor:  # a double click: the second waits here and then finds the first's import
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(file.sha256[:8], signed=True)])
    same = Import.objects.filter(
        kind=KIND, place=unit.place, account=by.account_id or 0, file_sha256=file.sha256, state=State.RECEIVED
    )
    batch = same.exclude(stored_as="").order_by("-id").first()
    if batch is None:
        with file.opened() as path:
            look_at_source(open_source(path, filename=file.name), place_id=unit.pk)
        batch = receive(file, unit=unit, by=by)
    if batch.stored_as != file.stored_as:
        forget_upload(file.stored_as)
    return batch


@transaction.atomic
def ask_trial(batch: Import, *, by: Actor, sheet: str, mapping: Mapping[str, str]) -> Import:
    """Have every row judged with these columns; asked while something is under way, nothing new begins."""
    held = _held(batch, by)
    if held.state not in OPEN or not held.stored_as:
        return held
    Staging(held.pk).drop()
    held.state, held.sheet, held.mapping, held.refusal = State.TRYING, sheet, dict(mapping), {}
    held.rows_expected = held.cursor = 0
    held.save(update_fields=["state", "sheet", "mapping", "refusal", "rows_expected", "cursor"])
    _defer(held)
    return held


@transaction.atomic
def ask_landing(batch: Import, *, by: Actor) -> Import:
    """Have the tried roster land in the register; asked twice, it lands once."""
    held = _held(batch, by)
    if held.state != State.TRIED or not held.stored_as:
        return held
    # What the trial counted is no progress of the landing.
    zero = dict.fromkeys(("rows_in", "created", "updated", "unchanged", "rejected", "conflicts", "cursor"), 0)
    Import.objects.filter(pk=held.pk).update(state=State.READING, **zero)
    held.refresh_from_db()
    _defer(held)
    return held


@transaction.atomic
def ask_undo(batch: Import, *, by: Actor) -> Import:
    """Have a landed roster taken back in the background; asked twice, it is taken back once."""
    held = _held(batch, by, move=UNDO_IMPORT)
    if held.state != State.DONE:
        return held
    held.state, held.refusal, held.undone_by_id, held.begun_at = State.UNDOING, {}, by.account_id, clock.now()
    held.save(update_fields=["state", "refusal", "undone_by", "begun_at"])
    _defer(held)
    return held


def stays_landed(batch: Import, refused: CannotUndo) -> None:
    """The roster was not taken back: who stands in the way is kept for the person who asked."""
    blockers = [{"code": each.code, "path": each.path} for each in refused.blockers]
    Import.objects.filter(pk=batch.pk, state=State.UNDOING).update(
        state=State.DONE, refusal={"code": "cannot_undo", "blockers": blockers}
    )


@transaction.atomic
def throw_away(batch: Import, *, by: Actor) -> bool:
    """Forget a file that never landed, with everything that was read from it; False where it has landed or is landing."""
    held = _held(batch, by)
    if held.state not in OPEN:
        return False
    Staging(held.pk).drop()
    forget_with(held)
    held.delete()
    return True


def forget_with(batch: Import) -> None:
    """With an import go the file as it came and the workbook of its faults, once that is settled."""
    for name in filter(None, (batch.stored_as, batch.faults_stored_as)):
        transaction.on_commit(partial(forget_upload, name))


def _held(batch: Import, by: Actor, *, move: Move = IMPORT_ROSTER) -> Import:
    held = Import.objects.select_for_update(of=("self",)).select_related("place").get(pk=batch.pk)
    check(by, move, held.place.path if held.place else "")
    return held


def _defer(batch: Import) -> None:
    app.configure_task(TASKS[State(batch.state)], queue=QUEUE).defer(import_id=batch.pk)


def running() -> frozenset[int]:
    """The imports that some process holds at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT objid FROM pg_locks JOIN pg_database b ON b.oid = database AND b.datname = current_database()"
            " WHERE locktype = 'advisory' AND granted AND classid = %s",
            [RUN_LOCK],
        )
        return frozenset(row[0] for row in cursor.fetchall())


def take_up_again() -> int:
    """Have imports go on whose worker died; one that fails again and again before it changed anything is sent back."""
    held, begun = running(), 0
    unfinished = Import.objects.filter(kind=KIND, state__in=tuple(TASKS)).exclude(stored_as="")
    for batch in unfinished.order_by("id"):
        jobs = ProcrastinateJob.objects.filter(task_name=TASKS[State(batch.state)], args__import_id=batch.pk)
        if batch.pk in held or jobs.filter(status="todo").exists():
            continue
        if batch.state != State.RUNNING and jobs.filter(status="failed").count() >= MOST_FAILURES:
            send_back(batch, code="gave_up", sentence=GAVE_UP)
            continue
        _defer(batch)
        begun += 1
    return begun


@transaction.atomic
def send_back(batch: Import, *, code: str, sentence: str) -> None:
    """Stop an import that has landed nothing, with the reason for the person who asked for it."""
    if batch.state == State.UNDOING:
        Import.objects.filter(pk=batch.pk, state=State.UNDOING).update(
            state=State.DONE, refusal={"code": code, "sentence": _UNDO_GAVE_UP, "values": {}}
        )
        return
    stopped = Import.objects.filter(pk=batch.pk, state__in=(State.TRYING, State.READING)).update(
        state=State.REFUSED,
        refusal={"code": code, "sentence": sentence, "values": {}},
        finished_at=clock.now(),
    )
    if stopped:
        batch.refresh_from_db()
        tell_of_import(batch)


GAVE_UP = _("这份文件试了几次都没有读完，是系统这边的问题，库里什么都没有改。请把文件名告诉管理员，或者另存一份再传。")
_UNDO_GAVE_UP = _("撤销试了几次都没有办完，是系统这边的问题，库里什么都没有改。请把文件名告诉管理员。")
NO_RIGHT = _("办这次导入的账号已经不管这个工会了，所以没有往下办。库里什么都没有改。")
