"""Proposed exits in the background; no job knows whose they are, and none of them ends anything."""

from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.registers.members.leaving.exits import propose_from_sources


@app.periodic(cron="40 6 * * *")
@app.task(name="leaving.daily", queue="leaving", queueing_lock="leaving.daily")
def ask_members(timestamp: int) -> None:
    """Once a day: whomever a source names is asked."""
    del timestamp
    propose_from_sources(on=clock.today())
