"""Deliveries: written down for every subscription that covers the place, sent, tried again, given up."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.journal.services import record
from niangjia.kernel.messages.rules import ToOffice
from niangjia.kernel.messages.services import send as send_message
from niangjia.kernel.places.models import Place
from niangjia.kernel.webhooks.models import Delivery, Subscription
from niangjia.kernel.webhooks.publishing import QUEUE, SEND
from niangjia.kernel.webhooks.queries import place_code, secrets_of
from niangjia.kernel.webhooks.rules import (
    GONE,
    LOST_AFTER,
    OPEN,
    TAKEN,
    DeliveryState,
    Failure,
    State,
    Told,
    next_try,
)
from niangjia.kernel.webhooks.sending import AddressRefused, Unreached, post
from niangjia.kernel.webhooks.signing import headers_of

THING = "webhooks.subscription"
# One job of one subscription sends so many, and so long, before another has its turn.
BATCH, LONGEST_JOB = 50, timedelta(seconds=20)
logger = logging.getLogger(__name__)


@transaction.atomic
@beyond(Purpose.WEBHOOKS)
def write_down(number: UUID, event: str, *, place_id: int, thing_id: int | None, at: datetime) -> list[int]:
    """One delivery for every active subscription of a place above; twice is once. Answers the subscriptions."""
    place = Place.objects.get(pk=place_id)
    found = Subscription.objects.filter(state=State.ACTIVE.value, events__contains=[event]).select_related("place")
    listening = [each for each in found.order_by("id") if place.path.startswith(each.place.path)]
    facts = {"event_id": number, "event": event, "city": place.city, "place": place, "thing_id": thing_id, "at": at}
    Delivery.objects.bulk_create(
        [Delivery(subscription=each, **facts) for each in listening], ignore_conflicts=True, batch_size=500
    )
    for each in listening:
        send_soon(each.pk)
    return [each.pk for each in listening]


def send_soon(subscription_id: int) -> None:
    """A job sends what is due to a subscription."""
    app.configure_task(SEND, queue=QUEUE).defer(subscription_id=subscription_id)


@beyond(Purpose.WEBHOOKS)
def send_due(subscription_id: int) -> int:
    """Send what is due to a subscription, the oldest first, until a try fails; answers how many were taken.

    A receiver that is away holds up nobody but itself: after a failed try it rests.
    """
    begun, taken = clock.now(), 0
    while taken < BATCH and clock.now() - begun < LONGEST_JOB:
        delivery = _taken_up(subscription_id)
        if delivery is None or not _tried(delivery):
            return taken
        taken += 1
    send_soon(subscription_id)
    return taken


@beyond(Purpose.WEBHOOKS)
def waiting() -> list[int]:
    """Subscriptions with something that is due: its time has come, or whoever sent it has died."""
    return sorted(set(_due(clock.now()).values_list("subscription_id", flat=True)))


@beyond(Purpose.WEBHOOKS)
def forget_old_secrets() -> int:
    """Secrets that sign no more are forgotten."""
    over = Subscription.objects.filter(old_secret_until__lte=clock.now())
    return over.update(old_secret_sealed=None, old_secret_until=None)


def _due(at: datetime) -> QuerySet[Delivery]:
    awake = Q(subscription__rests_until=None) | Q(subscription__rests_until__lte=at)
    is_open = [state.value for state in OPEN]
    return Delivery.objects.filter(awake, subscription__state=State.ACTIVE.value, state__in=is_open, due_at__lte=at)


@transaction.atomic
def _taken_up(subscription_id: int) -> Delivery | None:
    """The next delivery, taken up and written down before anything is sent; nobody else takes it up meanwhile."""
    at = clock.now()
    found = _due(at).filter(subscription_id=subscription_id).select_related("subscription")
    delivery = found.select_for_update(skip_locked=True, of=("self",)).order_by("id").first()
    if delivery is None:
        return None
    delivery.state, delivery.tries = DeliveryState.SENDING.value, delivery.tries + 1
    delivery.changed_at, delivery.due_at = at, at + LOST_AFTER
    delivery.save(update_fields=["state", "tries", "changed_at", "due_at"])
    return delivery


def _tried(delivery: Delivery) -> bool:
    """Send it once, outside of any transaction of ours; True where it was taken."""
    subscription, at = delivery.subscription, clock.now()
    told = Told(delivery.event, delivery.at, delivery.city, place_code(delivery.place_id), delivery.thing_id)
    number = str(delivery.event_id)
    headers = {"content-type": "application/json", "user-agent": "Niangjia", "connection": "close"}
    headers |= headers_of(number, told.body, at=at, by=secrets_of(subscription, at=at))
    try:
        status = post(subscription.address, told.body, headers)
    except AddressRefused:
        return _failed(delivery, Failure.REFUSED_ADDRESS)
    except Unreached as error:
        logger.warning("webhook %s was not reached: %s", subscription.number, type(error.__cause__).__name__)
        return _failed(delivery, Failure.UNREACHED)
    delivery.http_status = status
    if status in TAKEN:
        return _arrived(delivery)
    return _failed(delivery, Failure.GONE if status == GONE else Failure.NOT_TAKEN)


@transaction.atomic
def _arrived(delivery: Delivery) -> bool:
    _settle(delivery, DeliveryState.DELIVERED)
    Subscription.objects.filter(pk=delivery.subscription_id).exclude(rests_until=None).update(rests_until=None)
    return True


@transaction.atomic
def _failed(delivery: Delivery, failure: Failure) -> bool:
    again = None
    if failure in (Failure.UNREACHED, Failure.NOT_TAKEN):
        again = next_try(delivery.tries, at=clock.now())
    if again is None:
        _settle(delivery, DeliveryState.PERMANENT, failure)
        _break(delivery.subscription_id, failure)
        return False
    delivery.due_at = again
    _settle(delivery, DeliveryState.TEMPORARY, failure)
    Subscription.objects.filter(pk=delivery.subscription_id).update(rests_until=again)
    return False


def _settle(delivery: Delivery, state: DeliveryState, failure: Failure | None = None) -> None:
    """Written down unless somebody stopped it meanwhile."""
    held = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.SENDING.value)
    held.update(
        state=state.value,
        failure=failure.value if failure else "",
        http_status=delivery.http_status,
        due_at=delivery.due_at,
        changed_at=clock.now(),
    )


def give_up_open(subscription: Subscription) -> int:
    """Nothing more goes to a subscription: what was still open never will."""
    is_open = subscription.deliveries.filter(state__in=[state.value for state in OPEN])
    given_up = DeliveryState.PERMANENT.value
    return is_open.update(state=given_up, failure=Failure.STOPPED.value, changed_at=clock.now())


def _break(subscription_id: int, failure: Failure) -> None:
    """Nothing goes there until somebody has looked; the administrators are told."""
    held = Subscription.objects.select_for_update(of=("self",)).filter(pk=subscription_id, state=State.ACTIVE.value)
    subscription = held.first()
    if subscription is None:
        return
    subscription.state, subscription.state_at = State.BROKEN.value, clock.now()
    subscription.save(update_fields=["state", "state_at"])
    give_up_open(subscription)
    place = (subscription.city, subscription.place_id)
    detail = {"webhook": subscription.number, "failure": failure.value}
    record("break_webhook", by=Actor.operator(), thing=THING, thing_id=subscription.pk, place=place, detail=detail)
    send_message(
        "webhook_broken",
        to=ToOffice(subscription.place_id, frozenset({Role.SECURITY_ADMIN.value})),
        facts={"number": subscription.number, "place": subscription.place_id},
        about=subscription.pk,
    )
