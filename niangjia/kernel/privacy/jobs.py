"""What is done about people's own data in the background."""

from procrastinate.contrib.django import app

from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.privacy.own_file import MAKE, QUEUE, make_file
from niangjia.kernel.privacy.retaining import retain


@app.task(name=MAKE, queue=QUEUE)
def make_own_file(*, file_id: int) -> None:
    """Make the file that a person asked for."""
    make_file(file_id)


@app.periodic(cron="17 2 * * *")
@app.task(name="privacy.retention", queue=QUEUE, queueing_lock="privacy.retention")
def keep_no_longer(timestamp: int) -> None:
    """Once a night: what is past its time goes."""
    del timestamp
    with beyond(Purpose.RETENTION):
        retain()
