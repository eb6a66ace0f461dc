"""Find records that may be of one person (查找同一个人): at the door and in bulk; found is proposed, never merged."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import QuerySet

from niangjia.kernel import clock
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import common_ancestor
from niangjia.registers.members.linking.register import Alike, alike_to
from niangjia.registers.members.linking.rules.deciding import reasons_of
from niangjia.registers.members.linking.weights import shipped_weights
from niangjia.registers.members.merging.models import Pair, Search
from niangjia.registers.members.merging.rules.deciding import PairState
from niangjia.registers.members.models import Membership

CHUNK = 1_000


@transaction.atomic
@beyond(Purpose.MERGE)
def propose_alike(ids: Sequence[int]) -> int:
    """Whoever may be one of these is put on the list (列入疑似同一人); how many pairs are new, or are so again."""
    return _kept(list(alike_to(ids)))


def look_through(search_id: int) -> None:
    """Everybody who is or was a member at or below a union (全面查一遍), a chunk at a time, from where an earlier job stopped."""
    with beyond(Purpose.MERGE):
        search = Search.objects.select_related("place").filter(pk=search_id, finished_at=None).first()
        if search is None:
            return
        search.total = _members(search.place).values("person").distinct().count()
    while ids := _next(search.place, search.reached):
        with transaction.atomic():
            search.found += propose_alike(ids)
            search.done, search.reached = search.done + len(ids), ids[-1]
            with beyond(Purpose.MERGE):
                search.save(update_fields=["total", "found", "done", "reached"])
    search.finished_at = clock.now()
    with beyond(Purpose.MERGE):
        search.save(update_fields=["finished_at"])


@beyond(Purpose.MERGE)
def brought_by(import_id: int, after: int) -> list[int]:
    """The next persons that a roster brought."""
    rows = Membership.objects.filter(intake=import_id, person__gt=after).order_by("person_id").distinct()
    return list(rows.values_list("person_id", flat=True)[:CHUNK])


@beyond(Purpose.MERGE)
def _next(place: Place, after: int) -> list[int]:
    rows = _members(place).filter(person__gt=after).order_by("person_id")
    return list(rows.values_list("person_id", flat=True).distinct()[:CHUNK])


def _members(place: Place) -> QuerySet[Membership]:
    return Membership.objects.filter(union__place__path__startswith=place.path).order_by()


def _kept(found: Iterable[Alike]) -> int:
    found = [each for each in found if common_ancestor(each.paths) is not None]
    known = {
        (pair.left_id, pair.right_id): pair
        for pair in Pair.objects.select_for_update().filter(left__in={each.left for each in found}).order_by("pk")
    }
    places = Place.objects.in_bulk({place for each in found if (place := common_ancestor(each.paths)) is not None})
    return sum(_keep(each, known.get((each.left, each.right)), places) for each in found)


def _keep(alike: Alike, known: Pair | None, places: dict[int, Place]) -> bool:
    """What was decided stands until something of it changes; what waits says how alike they are now."""
    place = places[common_ancestor(alike.paths) or 0]
    if known is not None and (known.state == PairState.MERGED or bytes(known.facts) == alike.facts):
        return False
    told = {
        "city": place.city,
        "place": place,
        "score": alike.verdict.score,
        "levels": [reason.code for reason in reasons_of(alike.likeness, shipped_weights())],
        "excluded": alike.verdict.excluded or "",
        "facts": alike.facts,
        "state": PairState.OPEN.value,
        "found_at": clock.now(),
        "settled_at": None,
        "settled_by": None,
        "reason": "",
    }
    Pair.objects.update_or_create(left_id=alike.left, right_id=alike.right, defaults=told)
    return known is None or known.state != PairState.OPEN
