"""The first page of a whole list, which is asked more often than all others: its question is worded once."""

from typing import Any

from niangjia.kernel.access.rules import Actor, Right
from niangjia.kernel.listing.declaration import Listing
from niangjia.kernel.worded import Worded

NOWHERE = 0


def first_rows(page: Any) -> list[Any] | None:
    """The rows of this page as the queryset would answer them; None where something else is asked."""
    listing = page.listing
    if not listing.by_place_alone or listing.move is None or page.number > 1 or page.is_narrowed or page.is_sorted:
        return None
    paths = page.actor.paths(listing.move)
    return _asked(listing.name, page.per_page, listing)(path=paths[0]) if len(paths) == 1 and paths[0] else None


_known: dict[tuple[str, int], Worded] = {}


def _asked(name: str, per_page: int, listing: Listing) -> Worded:
    key = (name, per_page)
    if key not in _known:
        _known[key] = Worded(lambda path: _rows(listing, path)[:per_page], path=str)
    return _known[key]


def _rows(listing: Listing, path: str) -> Any:
    """What somebody sees who holds a right there, and nothing else."""
    role = min(listing.move.roles) if listing.move else None
    rights = (Right(role, NOWHERE, path),) if role else ()
    rows = listing.visible_to(Actor(account_id=None, name="", rights=rights)).order_by(*listing.order)
    return rows.only(*listing.reads) if listing.reads else rows
