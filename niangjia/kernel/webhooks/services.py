"""Name an address, draw a new secret, stop and start again, try it out, remove it."""

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import check
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.kernel.places.models import Place
from niangjia.kernel.programs.rules import KEEP_PROGRAMS
from niangjia.kernel.sealed import seal
from niangjia.kernel.webhooks.delivering import THING, give_up_open, send_soon
from niangjia.kernel.webhooks.models import Delivery, Subscription
from niangjia.kernel.webhooks.queries import OLD_SECRET, SECRET, secrets_of
from niangjia.kernel.webhooks.rules import OLD_SECRET_FOR, TEST, State, why_no_subscription
from niangjia.kernel.webhooks.signing import drawn_secret


class WebhookRefused(Exception):
    """It is not done; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True)
class Wish:
    """What a subscription is to be: its name, its address, the events it is told of."""

    name: str
    address: str
    events: frozenset[str]


@transaction.atomic
def subscribe(wish: Wish, *, at: Place, by: Actor) -> tuple[Subscription, str]:
    """Have events told to an address (加推送); answers the subscription with its secret, which is shown once."""
    check(by, KEEP_PROGRAMS, at.path)
    reason = why_no_subscription(wish.address, wish.events, may_be_local=settings.NIANGJIA_WEBHOOK_LOCAL)
    if reason is not None:
        raise WebhookRefused(reason)
    secret, ref = drawn_secret(), uuid4()
    made = Subscription.objects.create(
        ref=ref,
        city=at.city,
        place=at,
        name=wish.name,
        address=wish.address,
        events=sorted(wish.events),
        secret_sealed=seal(secret, aad=f"{SECRET}.{ref}"),
        made_by_id=by.account_id,
    )
    # The rest of an address may hold what opens it.
    _record("make_webhook", made, by=by, host=urlsplit(made.address).hostname or "", events=made.events)
    return made, secret


@transaction.atomic
def rotate_secret(subscription: Subscription, *, by: Actor) -> str:
    """Draw a new secret (换签名密钥), shown once; the old one signs beside it for a day."""
    held = _held(subscription, by=by)
    old, secret = secrets_of(held)[0], drawn_secret()
    held.secret_sealed = seal(secret, aad=f"{SECRET}.{held.ref}")
    held.old_secret_sealed = seal(old, aad=f"{OLD_SECRET}.{held.ref}")
    held.old_secret_until = clock.now() + OLD_SECRET_FOR
    held.save(update_fields=["secret_sealed", "old_secret_sealed", "old_secret_until"])
    _record("rotate_webhook", held, by=by)
    return secret


@transaction.atomic
def stop(subscription: Subscription, *, by: Actor) -> None:
    """Nothing more is sent (停用推送), also of what waits; what happens meanwhile is not told later."""
    held = _held(subscription, by=by)
    if held.state == State.ACTIVE:
        _move(held, State.STOPPED)
        with beyond(Purpose.WEBHOOKS):
            given_up = give_up_open(held)
        _record("stop_webhook", held, by=by, given_up=given_up)


@transaction.atomic
def start(subscription: Subscription, *, by: Actor) -> None:
    """What happens from now on is sent again (重新启用)."""
    held = _held(subscription, by=by)
    if held.state != State.ACTIVE:
        _move(held, State.ACTIVE)
        _record("start_webhook", held, by=by)


@transaction.atomic
def try_out(subscription: Subscription, *, by: Actor) -> Delivery:
    """Send a trial (发一条试试); `WebhookRefused` where nothing is sent there."""
    held = _held(subscription, by=by)
    if held.state != State.ACTIVE:
        raise WebhookRefused(Reason("webhook_at_rest", _AT_REST, {}))
    with beyond(Purpose.WEBHOOKS):
        held.rests_until = None
        held.save(update_fields=["rests_until"])
        trial = Delivery.objects.create(
            subscription=held, event_id=uuid4(), event=TEST, city=held.city, place_id=held.place_id, at=clock.now()
        )
    _record("try_webhook", held, by=by)
    send_soon(held.pk)
    return trial


@transaction.atomic
def remove(subscription: Subscription, *, by: Actor) -> None:
    """Forget an address (删推送) with its secrets and everything that was sent there; the journal keeps that it was."""
    held = _held(subscription, by=by)
    _record("remove_webhook", held, by=by)
    with beyond(Purpose.WEBHOOKS):
        held.delete()


def _held(subscription: Subscription, *, by: Actor) -> Subscription:
    check(by, KEEP_PROGRAMS, subscription.place.path)
    return Subscription.objects.select_for_update(of=("self",)).get(pk=subscription.pk)


def _move(held: Subscription, state: State) -> None:
    held.state, held.state_at, held.rests_until = state.value, clock.now(), None
    held.save(update_fields=["state", "state_at", "rests_until"])


def _record(verb: str, held: Subscription, *, by: Actor, **more: object) -> None:
    place = (held.city, held.place_id)
    record(verb, by=by, thing=THING, thing_id=held.pk, place=place, detail={"webhook": held.number, **more})


_AT_REST = gettext_noop("推送停着，什么都不发。先重新启用，再发一条试试。")
