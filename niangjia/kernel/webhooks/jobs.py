"""Events on their way; a job knows numbers, never an address and nothing about anybody."""

from datetime import datetime
from uuid import UUID

from procrastinate.contrib.django import app

from niangjia.kernel.webhooks.delivering import forget_old_secrets, send_due, waiting, write_down
from niangjia.kernel.webhooks.publishing import PUBLISH, QUEUE, SEND


@app.task(name=PUBLISH, queue=QUEUE)
def publish_event(*, number: str, event: str, place_id: int, thing_id: int | None, at: str) -> None:
    """Write down whom an event is told."""
    write_down(UUID(number), event, place_id=place_id, thing_id=thing_id, at=datetime.fromisoformat(at))


@app.task(name=SEND, queue=QUEUE)
def send_to_subscription(*, subscription_id: int) -> None:
    """Send what is due to one subscription."""
    send_due(subscription_id)


@app.periodic(cron="* * * * *")
@app.task(name="webhooks.look_after", queue=QUEUE, queueing_lock="webhooks.look_after")
def look_after_webhooks(timestamp: int) -> None:
    """Once a minute: what waited for its time goes, and what a killed worker left; old secrets are forgotten."""
    del timestamp
    forget_old_secrets()
    for subscription_id in waiting():
        send_due(subscription_id)
