"""Transfers in the background; no job knows whose they are."""

from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.registers.members.transfers.raising import send_up


@app.periodic(cron="25 6 * * *")
@app.task(name="transfers.daily", queue="transfers", queueing_lock="transfers.daily")
def look_after_transfers(timestamp: int) -> None:
    """Once a day: what the other end did not answer goes to the union above both."""
    del timestamp
    send_up(on=clock.today())
