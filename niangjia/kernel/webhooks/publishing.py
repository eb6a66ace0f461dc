"""An act that was written down is told to whoever listens, by a job that knows numbers alone."""

from uuid import UUID, uuid5

from procrastinate.contrib.django import app

from niangjia.kernel.journal.models import Entry
from niangjia.kernel.webhooks.queries import listened_to
from niangjia.kernel.webhooks.rules import Event, events_of

PUBLISH, SEND, QUEUE = "webhooks.publish", "webhooks.send", "webhooks"
NUMBERS = UUID("5f3c1f6e-3d0b-4f0a-9a7e-6d0d5e0c8b11")


def publish(entry: Entry) -> None:
    """Have an act told (发布事件) in the transaction of the act itself; where nobody listens an event costs one question.

    What is written down at both ends of one act is one event.
    """
    if entry.place_id is not None:
        for event in events_of(entry.verb, entry.detail):
            _publish(event, entry, entry.place_id)


def _publish(event: Event, entry: Entry, place_id: int) -> None:
    is_wanted, transaction = listened_to(place_id, event.value)
    if not is_wanted:
        return
    number = uuid5(NUMBERS, f"{event.value} {entry.thing_id} {transaction}")
    app.configure_task(PUBLISH, queue=QUEUE).defer(
        number=str(number),
        event=event.value,
        place_id=place_id,
        thing_id=entry.thing_id,
        at=entry.at.isoformat(),
    )
