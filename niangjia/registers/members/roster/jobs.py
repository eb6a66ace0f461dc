"""Rosters judged and landed in the background; a job knows an id, and acts as the account that asked for it."""

from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import why_not
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.intake.models import Import, State
from niangjia.registers.members.roster import faults_book
from niangjia.registers.members.roster.asking import (
    LAND,
    NO_RIGHT,
    QUEUE,
    TRY,
    UNDO,
    send_back,
    stays_landed,
    take_up_again,
)
from niangjia.registers.members.roster.looking import file_of
from niangjia.registers.members.roster.services import Busy, held_alone, run, try_out
from niangjia.registers.members.roster.tidying import tidy
from niangjia.registers.members.roster.undoing import CannotUndo, undo
from niangjia.registers.members.rules.moves import IMPORT_ROSTER


@app.task(name=TRY, queue=QUEUE)
@beyond(Purpose.ROSTER)
def try_roster(*, import_id: int) -> None:
    """Judge every row of an uploaded roster (试运行)."""
    batch = _asked(import_id, State.TRYING)
    if batch is not None:
        try:
            try_out(batch, file_of(batch))
        except Busy:
            return


@app.task(name=LAND, queue=QUEUE)
@beyond(Purpose.ROSTER)
def land_roster(*, import_id: int) -> None:
    """Land an uploaded roster in the register (入库), from where an earlier job stopped."""
    batch = _asked(import_id, State.READING, State.RUNNING)
    if batch is not None:
        try:
            run(batch, file_of(batch))
        except Busy:
            return


@app.task(name=UNDO, queue=QUEUE)
@beyond(Purpose.ROSTER)
def undo_roster(*, import_id: int) -> None:
    """Take a landed roster back (撤销导入), whole or not at all, as whoever asked for it."""
    batch = Import.objects.select_related("place", "undone_by").filter(pk=import_id, state=State.UNDOING).first()
    if batch is None or batch.undone_by is None:
        return
    try:
        with held_alone(batch):
            undo(batch, by=actor_of(batch.undone_by, on=clock.today()))
    except Busy:
        return
    except CannotUndo as refused:
        stays_landed(batch, refused)
    except Forbidden:
        send_back(batch, code="no_right", sentence=NO_RIGHT)


@app.task(name=faults_book.MAKE, queue=QUEUE)
@beyond(Purpose.ROSTER)
def make_faults(*, import_id: int) -> None:
    """Make the faults workbook of a long roster."""
    batch = Import.objects.select_related("place", "faults_by").filter(pk=import_id).first()
    if batch is not None:
        faults_book.make(batch)


@app.periodic(cron="* * * * *")
@app.task(name="roster.take_up_again", queue=QUEUE, queueing_lock="roster.take_up_again")
@beyond(Purpose.ROSTER)
def take_up_rosters_again(timestamp: int) -> None:
    """Once a minute: what a killed worker left goes on."""
    del timestamp
    take_up_again()
    faults_book.take_up_again()


@app.periodic(cron="37 3 * * *")
@app.task(name="roster.tidy", queue=QUEUE, queueing_lock="roster.tidy")
@beyond(Purpose.ROSTER)
def tidy_rosters(timestamp: int) -> None:
    """Once a night: trials nobody confirmed and pieces of uploads are forgotten."""
    del timestamp
    tidy()


def _asked(import_id: int, *states: State) -> Import | None:
    """The import where it still waits for this job, and its account may still import there."""
    batch = Import.objects.select_related("place", "account").filter(pk=import_id, state__in=states).first()
    if batch is None or batch.place is None or batch.account is None:
        return None
    if batch.state != State.RUNNING:
        reason = why_not(actor_of(batch.account, on=clock.today()), IMPORT_ROSTER, batch.place.path)
        if reason is not None:
            send_back(batch, code=reason, sentence=NO_RIGHT)
            return None
    return batch
