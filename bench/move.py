"""A move in the tree with its history: a township, and a county with 50,000 members, against the bare update of the same rows.

The service keeps where everything stood before; the limit of the same run is one UPDATE of the paths that move, without history,
by the owner, without a wall. Every repetition moves the subtree there and back.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from time import perf_counter

from django.core.management import call_command
from django.db import connection, connections, transaction

import bench.ready  # noqa: F401 - before the models below
from bench.figures import Figure, median, show
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.places.models import Place, PlaceStanding
from niangjia.kernel.places.rules import Level
from niangjia.kernel.places.services import NewPlace, move_place, open_place, open_places, reserve_ids

DAY = date(2020, 1, 1)
CITY = "349900"
# A county with some 900 unions: towns, villages below them, base unions below the villages, and members in these.
TOWNS, VILLAGES, BASES = 20, 5, 8
MEMBERS = 50_000
FILL = (
    """INSERT INTO orgs_union (place_id, city, code, name, kind, region_code, address, phone, revision)
    SELECT id, city, 'B' || id, 'union ' || id, 'base', '', '', '', 1 FROM places_place""",
    "INSERT INTO people_subject (id, city) SELECT 1000000 + n, '349900' FROM generate_series(1, %(members)s) n",
    """INSERT INTO members_person (subject_id, city, name, name_sort, name_keys, id_kind, id_sealed, sex, ethnicity, political, education,
      household_registration, employment, workplace, title, skill, occupation, revision, registered_at)
    SELECT id, city, 'x', 'x', '{}', 'id_card', '', '', '', '', '', '', '', '', '', '', '', 1, now() FROM people_subject WHERE id > 1000000""",
    """INSERT INTO members_membership (city, person_id, union_id, kind, state, period, member_no, revision)
    SELECT s.city, s.id, (%(bases)s::bigint[])[1 + s.id %% %(number)s], 'joined', 'active', daterange('2020-01-01', NULL), '', 1
    FROM people_subject s WHERE s.id > 1000000""",
    "ANALYZE",
)
BARE = "UPDATE places_place SET path = %s || substr(path, %s), at_city = %s WHERE path ^@ %s"


def measure(*, repeat: int) -> Iterator[Figure]:
    """The township, then the county."""
    call_command("migrate", database="owner", verbosity=0)
    with acting(Actor.operator()):
        cities, county = _made()
        town = Place.objects.filter(parent=county, level=Level.TOWN.value).order_by("pk")[0]
        other = open_place(Level.COUNTY, city=CITY, on=DAY, parent=cities[0])
        yield from _moved("township", town, (county, other), repeat, goal="at most 2 × the bare update")
        yield from _moved("county of 50,000 members", county, cities, repeat, goal="at most 100 ms")


def _made() -> tuple[tuple[Place, Place], Place]:
    """Two cities, and a county with all that is below it."""
    first, second = (open_place(Level.CITY, city=CITY, on=DAY) for _each in range(2))
    county = open_place(Level.COUNTY, city=CITY, on=DAY, parent=first)
    levels = ((Level.TOWN, TOWNS), (Level.VILLAGE, VILLAGES), (Level.BASE, BASES))
    above = [county.pk]
    for level, number in levels:
        ids = reserve_ids(len(above) * number)
        new = [NewPlace(pk, level, CITY, above[place // number]) for place, pk in enumerate(ids)]
        open_places(new, on=DAY)
        above = ids
    with connections["owner"].cursor() as owner:
        for statement in FILL:
            owner.execute(statement, {"members": MEMBERS, "bases": above, "number": len(above)})
    return (first, second), county


def _moved(name: str, place: Place, parents: tuple[Place, Place], repeat: int, *, goal: str) -> Iterator[Figure]:
    """The dated move and the bare one, in turn, each in a transaction of its own; both there and back."""
    rows = Place.objects.filter(path__startswith=Place.objects.get(pk=place.pk).path).count()
    dated, bare = [], []
    day = PlaceStanding.objects.filter(place=place).order_by("-since").values_list("since", flat=True)[0]
    for each in range(2 * repeat):
        to = parents[(each + 1) % 2]
        day = day + timedelta(days=1)
        bare.append(_timed(lambda to=to: _bare(place.pk, to.pk)))  # type: ignore[misc]
        dated.append(_timed(lambda to=to, day=day: move_place(Place.objects.get(pk=place.pk), to, on=day)))  # type: ignore[misc]
    _is_whole(place, rows, 2 * repeat)
    took, limit = median(dated) * 1000, median(bare) * 1000
    yield Figure(f"move {name}, {rows:,} places, ms", took, limit, took / limit, goal)


def _timed(work: Callable[[], object]) -> float:
    began = perf_counter()
    with transaction.atomic():
        work()
    return perf_counter() - began


def _bare(place_id: int, to_id: int) -> None:
    """The same rows get other paths, and have their own again: the transaction is undone."""
    place, to = Place.objects.get(pk=place_id), Place.objects.get(pk=to_id)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BARE, [f"x{to.path}{place_id}.", len(place.path) + 1, to.at_city, place.path])
        transaction.set_rollback(True)


def _is_whole(place: Place, rows: int, moves: int) -> None:
    """Every place has a standing for each move, and no membership was touched."""
    now = Place.objects.get(pk=place.pk)
    standings = PlaceStanding.objects.filter(place__path__startswith=now.path).count()
    with connections["owner"].cursor() as owner:
        owner.execute("SELECT count(*) FROM members_membershipevent")
        (rewritten,) = owner.fetchone()
    if standings < rows * (moves + 1) or rewritten:
        message = f"{rows} places, {moves} moves, {standings} standings, {rewritten} memberships rewritten"
        raise RuntimeError(message)


if __name__ == "__main__":
    _scale, repetitions, shape = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    show(list(measure(repeat=repetitions)), as_json=shape == "json")
