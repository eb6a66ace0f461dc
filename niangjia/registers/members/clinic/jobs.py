"""Everybody's record is looked through every night (18:50 UTC is 02:50 where the people are), and when somebody asks."""

from procrastinate.contrib.django import app

from niangjia.registers.members.clinic.asking import LOOK, QUEUE
from niangjia.registers.members.clinic.looking import look_through

NIGHTLY = "clinic.nightly"


@app.task(name=LOOK, queue=QUEUE, queueing_lock=LOOK)
def look_now() -> None:
    """Somebody asked for it."""
    look_through()


@app.periodic(cron="50 18 * * *")
@app.task(name=NIGHTLY, queue=QUEUE, queueing_lock=NIGHTLY)
def look_every_night(timestamp: int) -> None:
    """Once a night."""
    del timestamp
    look_through()
