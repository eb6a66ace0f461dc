"""The one clock: the database's time, in the zone people live in."""

from niangjia.kernel.clock.reading import INSTANT, at, held_or, now, today
from niangjia.kernel.clock.rules import PEOPLE_ZONE

__all__ = ["INSTANT", "PEOPLE_ZONE", "at", "held_or", "now", "today"]
