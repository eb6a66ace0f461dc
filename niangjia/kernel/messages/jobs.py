"""Messages on their way by other channels; a job knows numbers of rows, never an address nor a word."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from niangjia.kernel.messages.channels import ChannelAway
from niangjia.kernel.messages.delivering import due_now, give_up_lost, left_unplanned, plan, try_one
from niangjia.kernel.messages.proving import ASK, send_proof
from niangjia.kernel.messages.services import DELIVER, QUEUE


@app.task(name=DELIVER, queue=QUEUE)
def deliver(*, first_id: int, last_id: int) -> None:
    """Plan the channels of messages that were just sent, and try what is due."""
    for delivery_id in plan(first_id, last_id):
        try_one(delivery_id)


@app.periodic(cron="* * * * *")
@app.task(name="messages.look_after", queue=QUEUE, queueing_lock="messages.look_after")
def look_after_messages(timestamp: int) -> None:
    """Once a minute: what waited for its time goes, what a killed worker left is given up."""
    del timestamp
    give_up_lost()
    for message_id in left_unplanned():
        plan(message_id, message_id)
    for delivery_id in due_now():
        try_one(delivery_id)


@app.task(
    name=ASK, queue=QUEUE, retry=RetryStrategy(max_attempts=4, exponential_wait=30, retry_exceptions=(ChannelAway,))
)
def prove_email(*, account_id: int) -> None:
    """Send the letter that proves an address."""
    send_proof(account_id)
