"""Which keys somebody sees, and what each of them is worth today."""

from collections.abc import Callable
from typing import Literal

from django.db.models import Q, QuerySet

from niangjia.kernel import clock
from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.programs.models import Key
from niangjia.kernel.programs.rules import SEE_PROGRAMS


def keys_seen(actor: Actor) -> QuerySet[Key]:
    """The keys of the actor's places, the newest first."""
    rows = Key.objects.filter(within(actor.paths(SEE_PROGRAMS), field="place__path"))
    return rows.select_related("place", "made_by").order_by("-id")


# What a key is worth, as a condition of rows; the day is asked for when the condition is.
STANDINGS: dict[str, Callable[[], Q]] = {
    "at_work": lambda: Q(revoked_at=None, expires_on__gte=clock.today()),
    "over": lambda: Q(revoked_at=None, expires_on__lt=clock.today()),
    "revoked": lambda: Q(revoked_at__isnull=False),
}


def standing_of(key: Key) -> Literal["at_work", "over", "revoked"]:
    """Whether a key opens anything today."""
    if key.revoked_at is not None:
        return "revoked"
    return "at_work" if key.expires_on >= clock.today() else "over"
