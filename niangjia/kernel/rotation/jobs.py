"""Values under older keys are sealed again in the background, a minute at a time, so that other work comes in between."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.kernel.rotation.queries import is_left
from niangjia.kernel.rotation.rewrapping import rewrap_all
from niangjia.kernel.rotation.rules import is_watched
from niangjia.kernel.rotation.services import QUEUE, REWRAP, ask_rewrapping
from niangjia.kernel.sealed import keyring

TURN_S = 60.0
NIGHT_HOUR = 19  # three o'clock in the morning in China


@app.task(name=REWRAP, queue=QUEUE)
def rewrap() -> None:
    """Seal again what is under older keys; what is left after a minute is done on the next turn."""
    tally = rewrap_all(within_s=TURN_S)
    if not tally.is_whole:
        ask_rewrapping()


@app.periodic(cron="*/5 * * * *")
@app.task(name="rotation.take_up_again", queue=QUEUE, queueing_lock="rotation.take_up_again")
def take_up_again(timestamp: int) -> None:
    """What a killed worker left goes on; what was written back under an older key is found."""
    at = datetime.fromtimestamp(timestamp, UTC)
    is_night = at.hour == NIGHT_HOUR and at.minute == 0
    if is_watched([*keyring().stopped.values()], now=clock.now(), is_night=is_night) and is_left():
        ask_rewrapping()
