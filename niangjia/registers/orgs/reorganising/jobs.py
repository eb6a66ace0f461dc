"""Reorganisations in the background: on their day, and everybody told; a job knows the number of a case alone."""

from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.registers.orgs.reorganising.services import QUEUE, RUN, carry_out, carry_out_due, tell_members, untold


@app.task(name=RUN, queue=QUEUE)
def carry_out_one(*, case_id: int) -> None:
    """Carry it out where its day has come and it is not done yet; then tell whom it touched."""
    carry_out(case_id, at=clock.now())
    tell_members(case_id)


@app.periodic(cron="5 * * * *")
@app.task(name="reorganising.hourly", queue=QUEUE, queueing_lock="reorganising.hourly")
def look_after_reorganisations(timestamp: int) -> None:
    """Once an hour, from five past midnight on: what is due is done, what a killed worker left untold is told."""
    del timestamp
    carry_out_due(at=clock.now())
    for case_id in untold():
        tell_members(case_id)
