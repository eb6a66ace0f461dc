"""What cases need in the background; no job knows which case."""

from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.kernel.cases.by_clock import QUEUE, RECOMPUTE, compute_all_again, make_due_moves
from niangjia.kernel.cases.reminding import remind


@app.periodic(cron="3 * * * *")
@app.task(name="cases.hourly", queue=QUEUE, queueing_lock="cases.hourly")
def look_after_cases(timestamp: int) -> None:
    """Once an hour: what is over by itself is made, who has to be reminded is; in working time alone."""
    del timestamp
    at = clock.now()
    make_due_moves(at=at)
    remind(at=at)


# One after the other, none left out: a job that began before a change was there would not see it.
@app.task(name=RECOMPUTE, queue=QUEUE, lock=RECOMPUTE)
def compute_again(*, first: str, last: str) -> None:
    """The calendar changed between two days: whatever runs is computed again."""
    del first, last
    compute_all_again(at=clock.now())
