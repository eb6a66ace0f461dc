"""Which subscriptions somebody sees, whether anybody listens, and the secrets that sign."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils.module_loading import import_string

from niangjia.kernel import clock
from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.programs.rules import SEE_PROGRAMS
from niangjia.kernel.sealed import unseal
from niangjia.kernel.webhooks.models import Delivery, Subscription
from niangjia.kernel.webhooks.rules import DeliveryState

SECRET, OLD_SECRET = "webhooks_subscription.secret", "webhooks_subscription.old_secret"
SHOWN = 50
# One question for an event that nobody may listen to, whoever acts; with it the transaction's number, which is given once
# while this server runs, and again at most by one that was started from a copy.
WANTED = "SELECT webhooks_wanted(%s, %s), pg_current_xact_id()::text || ' ' || pg_postmaster_start_time()::text"


def subscriptions_seen(actor: Actor) -> QuerySet[Subscription]:
    """The subscriptions of the actor's places, the newest first."""
    rows = Subscription.objects.filter(within(actor.paths(SEE_PROGRAMS), field="place__path"))
    failed = Count("deliveries", filter=Q(deliveries__state=DeliveryState.TEMPORARY.value))
    return rows.select_related("place", "made_by").annotate(waiting=failed).order_by("-id")


def deliveries_of(subscription: Subscription) -> Sequence[Delivery]:
    """The last deliveries, the newest first."""
    return list(Delivery.objects.filter(subscription=subscription).order_by("-id")[:SHOWN])


def listened_to(place_id: int, event: str) -> tuple[bool, str]:
    """Whether an active subscription of a place above is for this event; and what tells this transaction from all others."""
    with connection.cursor() as cursor:
        cursor.execute(WANTED, [place_id, event])
        is_wanted, transaction = cursor.fetchone()
    return bool(is_wanted), str(transaction)


def secrets_of(subscription: Subscription, *, at: datetime | None = None) -> list[str]:
    """The secrets that sign now, the newest first."""
    found = [unseal(subscription.secret_sealed, aad=f"{SECRET}.{subscription.ref}")]
    until = subscription.old_secret_until
    if subscription.old_secret_sealed is not None and until is not None and until > (at or clock.now()):
        found.append(unseal(subscription.old_secret_sealed, aad=f"{OLD_SECRET}.{subscription.ref}"))
    return found


def place_code(place_id: int) -> str:
    """The code that the register gives to a place, by the function wired in `NIANGJIA_PLACE_CODES`."""
    codes: dict[int, str] = import_string(settings.NIANGJIA_PLACE_CODES)([place_id])
    return codes.get(place_id, "")
