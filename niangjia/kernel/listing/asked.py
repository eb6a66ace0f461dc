"""Who asks about which declared list: what the pages beside a list have in common."""

from django.http import Http404, HttpRequest

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing.declaration import Listing
from niangjia.kernel.listing.exporting import listings


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    return actor


def listing_or_404(request: HttpRequest, name: str) -> Listing:
    """The list of this name, for whoever holds its move anywhere; for everybody else there is none."""
    listing = listings().get(name)
    if listing is None or listing.move is None or not actor_of(request).paths(listing.move):
        raise Http404
    return listing
