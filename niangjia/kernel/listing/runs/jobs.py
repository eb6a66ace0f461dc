"""Actions on many rows in the background; a job knows numbers, and acts as whoever began it."""

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from niangjia.kernel.listing.runs.services import QUEUE, RUN, carry_on, defer, give_up, left_behind

MOST_FAILURES = 3


@app.task(name=RUN, queue=QUEUE)
def run_bulk(*, run_id: int, account_id: int) -> None:
    """Go on where it stands."""
    carry_on(run_id, account_id)


@app.periodic(cron="* * * * *")
@app.task(name="listing.take_up_again", queue=QUEUE, queueing_lock="listing.take_up_again")
def take_up_bulk_again(timestamp: int) -> None:
    """Once a minute: what a killed worker left goes on; what fails again and again is given up."""
    del timestamp
    take_up_again()


def take_up_again() -> int:
    """Have what was left go on; answers how many were."""
    taken = 0
    for run in left_behind():
        jobs = ProcrastinateJob.objects.filter(task_name=RUN, args__run_id=run.pk)
        if jobs.filter(status="failed").count() >= MOST_FAILURES:
            give_up(run)
        elif not jobs.filter(status="todo").exists():
            # Where a worker is still at it, the next one finds the row held, and leaves.
            defer(run)
            taken += 1
    return taken
