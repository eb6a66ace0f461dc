"""How many rows a whole list has, and the line that says so: looked up anew each minute where there are many."""

from hashlib import sha256

from django.core.cache import cache
from django.utils.translation import get_language

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing.declaration import Listing, Words

# 本系统默认值: a register of more rows than these is told as it was a minute ago; counting it for every page costs more
# than everything else on the page.
MANY = 1_000
KEPT_SECONDS = 60


def total_and_line(listing: Listing, actor: Actor) -> tuple[int, Words] | None:
    """Both, for all that this actor may see; None where the list does not tell them at one look."""
    if listing.total_and_line is None:
        return None
    key = _key(listing, actor)
    kept: tuple[int, str] | None = cache.get(key)
    if kept is not None:
        return kept
    total, line = listing.total_and_line(actor)
    if total > MANY:
        cache.set(key, (total, str(line)), KEPT_SECONDS)
    return total, line


def _key(listing: Listing, actor: Actor) -> str:
    """The same places on the same day, in the same language; nothing of a person stands in it."""
    paths = ",".join(sorted(actor.paths(listing.move))) if listing.move else str(actor.account_id)
    said = f"{listing.name}|{paths}|{clock.today()}|{get_language()}"
    return f"list-total-{sha256(said.encode()).hexdigest()[:32]}"
