"""Codes on their way to phones; a job knows the number of a row, neither phone nor code."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from niangjia.kernel.access.phone_code.services import QUEUE, SEND, forget_old_codes, send_code
from niangjia.kernel.messages import TextsAway

# Within the life of a code; the message is the same each time.
AGAIN = RetryStrategy(max_attempts=4, wait=5, linear_wait=10, retry_exceptions=(TextsAway,))


@app.task(name=SEND, queue=QUEUE, retry=AGAIN)
def send(*, ref: str) -> None:
    """Send one code."""
    send_code(UUID(ref))


@app.periodic(cron="17 * * * *")
@app.task(name="phone_code.forget", queue=QUEUE, queueing_lock="phone_code.forget")
def forget(timestamp: int) -> None:
    """Once an hour: codes that no limit counts any more are forgotten."""
    del timestamp
    forget_old_codes()
