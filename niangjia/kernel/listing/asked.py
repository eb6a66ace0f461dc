"""Who asks about which declared list: what the pages beside a list have in common."""

from django.http import Http404, HttpRequest

from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.listing.declaration import Listing
from niangjia.kernel.listing.exporting import listings


def listing_or_404(request: HttpRequest, name: str) -> Listing:
    """The list of this name, for whoever holds its move anywhere; for everybody else there is none."""
    listing = listings().get(name)
    if listing is None or listing.move is None or not who_asks(request).paths(listing.move):
        raise Http404
    return listing
