"""Which saved views stand above a list."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.db.models import Q, QuerySet

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing.models import SavedView
from niangjia.kernel.listing.page import ListPage
from niangjia.kernel.listing.rules import MOST_COUNTED, MOST_VIEWS
from niangjia.kernel.worded import OneOf, Worded


@dataclass(frozen=True)
class Tab:
    """A saved view as it stands above its list."""

    pk: int
    name: str
    asked: str
    is_mine: bool
    counts: bool
    is_current: bool


@dataclass(frozen=True)
class Tabs:
    """All saved views of a list, and the one that is shown."""

    views: tuple[Tab, ...]

    @property
    def current(self) -> Tab | None:
        """The view whose conditions are asked now."""
        return next((tab for tab in self.views if tab.is_current), None)

    def __bool__(self) -> bool:
        return True


def _views(account: int, places: list[int], listing: str) -> QuerySet[SavedView]:
    shared = Q(is_shared=True) & Q(OneOf("place_id", places))
    return SavedView.objects.filter(Q(account_id=account) | shared, listing=listing).order_by("pk")


NOBODY = 0
VIEWS = Worded(_views, account=int, places=list, listing=str)


def visible_to(actor: Actor) -> QuerySet[SavedView]:
    """One's own views, and those shared at the places where one acts."""
    shared = Q(is_shared=True, place_id__in=[right.place_id for right in actor.rights])
    return SavedView.objects.filter(Q(account_id=actor.account_id) | shared)


def tabs_of(page: ListPage) -> Tabs:
    """The saved views above a list, one's own first; those that ask for it tell their number later."""
    places = [right.place_id for right in page.actor.rights]
    found = VIEWS(account=page.actor.account_id or NOBODY, places=places, listing=page.listing.name)
    views = sorted(found, key=lambda view: view.account_id != page.actor.account_id)
    now, left = conditions(page.asked_now), MOST_COUNTED
    tabs = []
    for view in views[: 2 * MOST_VIEWS]:
        counts = view.counts and left > 0
        left -= counts
        is_mine = view.account_id == page.actor.account_id
        is_current = bool(now) and conditions(view.asked) == now
        tabs.append(Tab(view.pk, view.name, view.asked, is_mine, counts, is_current))
    return Tabs(tuple(tabs))


def conditions(asked: str) -> frozenset[tuple[str, str]]:
    """What an address asks, in whatever order."""
    return frozenset(parse_qsl(asked))
