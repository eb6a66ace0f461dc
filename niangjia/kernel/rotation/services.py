"""Change keys, and let one go that nothing needs any more; both are in the journal, no key ever is."""

from time import monotonic, sleep

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from niangjia.kernel import clock
from niangjia.kernel.journal import services as journal
from niangjia.kernel.rotation.queries import OLDEST, rows_under
from niangjia.kernel.rotation.rules import WhyStays, why_key_stays
from niangjia.kernel.sealed import keyring
from niangjia.kernel.sealed.keys import draw_key, drop_key

REWRAP = "rotation.rewrap"
QUEUE = "keys"
ENDS_WITHIN_S = 60.0
LOOK_S = 0.2


class KeyStays(Exception):
    """The key cannot go, for this reason; `needed` says where values are still sealed under it."""

    def __init__(self, why: WhyStays, needed: dict[str, int] | None = None) -> None:
        """Why, and what needs the key."""
        super().__init__(why)
        self.why = why
        self.needed = needed or {}


@transaction.atomic
def rotate(*, cipher: str, by: journal.Author) -> int:
    """Draw a new data key: it seals from now on, what older keys sealed is sealed again in the background."""
    before = keyring().active
    ask_rewrapping()
    number = draw_key(cipher, at=clock.now())
    journal.record("rotate_keys", by=by, thing="keys", thing_id=number, detail={"cipher": cipher, "before": before})
    return number


def ask_rewrapping() -> None:
    """Have a worker seal again what is under older keys; asked twice, it is done once."""
    try:
        with transaction.atomic():
            app.configure_task(REWRAP, queue=QUEUE, queueing_lock=REWRAP, lock=REWRAP).defer()
    except AlreadyEnqueued:
        return


def retire(number: int, *, by: journal.Author) -> None:
    """Let a key go for good; `KeyStays` as long as anything needs it, or might."""
    ring = keyring.looked_up()
    why = why_key_stays(
        number, active=ring.active, known=set(ring.ciphers), stopped=ring.stopped.get(number), now=clock.now()
    )
    if why is not None:
        raise KeyStays(why)
    _refuse_needed(number)
    # Whoever was at work when we looked may still write back what he read before.
    _wait_for_those_at_work()
    with transaction.atomic():
        _refuse_needed(number)
        journal.record("retire_key", by=by, thing="keys", thing_id=number, detail={"cipher": ring.kinds[number]})
        drop_key(number)


def _refuse_needed(number: int) -> None:
    needed = rows_under(number)
    if needed:
        raise KeyStays("still_needed", needed)


def _wait_for_those_at_work() -> None:
    began, until = clock.now(), monotonic() + ENDS_WITHIN_S
    while True:
        with connection.cursor() as cursor:
            cursor.execute(OLDEST, [began])
            if not cursor.fetchone()[0]:
                return
        if monotonic() > until:
            raise KeyStays("still_running")
        sleep(LOOK_S)
