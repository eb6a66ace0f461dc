"""A declared list as a source of the box: the same rows, found by the same words, under the same rights."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, IntegerField, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing import Listing
from niangjia.kernel.search.declaration import Found, Hit, SearchSource, Words
from niangjia.kernel.search.rules import Asked
from niangjia.kernel.search.sounds import begins_like

# Beyond this a group says "more than": whoever has a hundred hits writes more of the name.
MOST = 100


def of_list(listing: Listing, *, icon: str, hit: Callable[[Any], Hit], codes: tuple[str, ...] = ()) -> SearchSource:
    """A source of a list whose rows have a `name` and a column `sounds`; its search is the list's own."""
    search = listing.search
    if search is None:
        raise ValueError(f"{listing.name} cannot be searched")

    def find(actor: Actor, asked: Asked, limit: int) -> Found:
        rows = search(listing.visible_to(actor), asked.text)
        best = rows.order_by(_rank(asked, codes), *listing.order)[:limit]
        hits = tuple(hit(row) for row in best)
        total = len(hits) if len(hits) < limit else rows.order_by()[: MOST + 1].count()
        return Found(hits, *more(listing, asked, total=total, limit=limit))

    return SearchSource(listing.name, listing.title, icon, find, listing.move)


def more(listing: Listing, asked: Asked, *, total: int, limit: int) -> tuple[Words, str]:
    """How many there are in words, and the list with this search; neither where all are shown or a number was asked."""
    if total <= limit or asked.is_number:
        return "", ""
    shown = min(total, MOST)
    counted = f"{shown:,}" if listing.counted is None else listing.counted(shown)
    words = _("全部 {n}") if total <= MOST else _("全部，超过 {n}")
    return words.format(n=counted), f"{reverse(listing.name)}?{urlencode({'q': asked.text})}"


def _rank(asked: Asked, codes: tuple[str, ...]) -> Case:
    exact = Q(name__iexact=asked.text)
    for code in codes:
        exact |= Q(**{f"{code}__iexact": asked.text})
    begins = When(begins_like(asked.text), then=Value(1))
    return Case(When(exact, then=Value(0)), begins, default=Value(2), output_field=IntegerField())
