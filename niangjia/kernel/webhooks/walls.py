"""Walls around subscriptions: the administrators of the place see them, its security administrator keeps them."""

from niangjia.kernel.acting.walls import Wall, stands_in
from niangjia.kernel.programs.rules import KEEP_PROGRAMS, SEE_PROGRAMS

KEPT = stands_in("webhooks_subscription.place_id", KEEP_PROGRAMS.roles)

WALLS = (
    Wall(
        "webhooks_subscription",
        reads=stands_in("webhooks_subscription.place_id", SEE_PROGRAMS.roles),
        adds=KEPT,
        changes=KEPT,
        removes=KEPT,
    ),
    # What is told, and how it arrived, is written by jobs alone.
    Wall("webhooks_delivery", reads=stands_in("webhooks_delivery.place_id", SEE_PROGRAMS.roles)),
)
