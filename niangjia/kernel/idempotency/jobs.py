"""Answers nobody asks for again are forgotten at night."""

from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.kernel.idempotency.services import forget_expired


@app.periodic(cron="7 3 * * *")
@app.task(name="idempotency.forget", queueing_lock="idempotency.forget")
def forget_answers(timestamp: int) -> None:
    """Once a night."""
    del timestamp
    forget_expired(on=clock.today())
