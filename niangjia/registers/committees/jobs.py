"""What terms need in the background; no job knows which union."""

from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.registers.committees.reminding import remind


@app.periodic(cron="20 8 * * *")
@app.task(name="committees.daily", queue="committees", queueing_lock="committees.daily")
def look_after_terms(timestamp: int) -> None:
    """Once a day: whose term ends soon, or has ended, is told."""
    del timestamp
    remind(on=clock.today())
