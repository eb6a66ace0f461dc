"""The one clock: the database's time, in the zone people live in."""

from niangjia.kernel.clock.reading import INSTANT, PEOPLE_ZONE, at, held_or, now, today

__all__ = ["INSTANT", "PEOPLE_ZONE", "at", "held_or", "now", "today"]
