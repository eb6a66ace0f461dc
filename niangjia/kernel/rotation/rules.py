"""When a key may go: nothing is sealed under it any more, and nobody can be sealing with it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

# A process looks once a second whether keys have changed; one that was held up has this long.
SETTLES_AFTER = timedelta(seconds=10)
# What is left for longer than this after a change of keys is looked for once a night only.
WATCHED_FOR = timedelta(days=1)


# Why a key stays.
WhyStays = Literal["unknown_key", "active_key", "too_soon", "still_needed", "still_running"]


@dataclass(frozen=True)
class Holding:
    """Where sealed values lie (密封处), and how many of them are under which key."""

    name: str
    kind: str
    by_key: dict[int, int]

    def under(self, number: int) -> int:
        """How many values need one key."""
        return self.by_key.get(number, 0)


def why_key_stays(
    number: int, *, active: int, known: set[int], stopped: datetime | None, now: datetime
) -> WhyStays | None:
    """Why a key cannot go by what the keyring alone says; None where the values have to be asked."""
    if number not in known:
        return "unknown_key"
    if number == active:
        return "active_key"
    if stopped is None or now < stopped + SETTLES_AFTER:
        return "too_soon"
    return None


def is_watched(stopped: list[datetime], *, now: datetime, is_night: bool) -> bool:
    """Whether it is worth looking for values under older keys now: after a change of keys often, later once a night."""
    return any(is_night or now < at + WATCHED_FOR for at in stopped)
