"""What is looked after once a day about rights."""

from procrastinate.contrib.django import app

from niangjia.kernel.access.telling import tell_of_ends


@app.periodic(cron="30 0 * * *")
@app.task(name="access.tell_of_ends", queue="messages", queueing_lock="access.tell_of_ends")
def tell_of_delegations_that_end(timestamp: int) -> None:
    """In the morning: whoever stands in for somebody hears that it ends soon."""
    del timestamp
    tell_of_ends()
