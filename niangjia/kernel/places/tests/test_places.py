"""The tree of places, as it is and as it was on every past day."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from niangjia.kernel.places.models import Place, PlaceStanding
from niangjia.kernel.places.queries import standing_on, subtree
from niangjia.kernel.places.rules import (
    COLUMN_LEVELS,
    Level,
    common_ancestor,
    ids_of,
    is_within,
    path_of,
)
from niangjia.kernel.places.services import COLUMNS, CannotStand, close_place, move_place, open_place

FIRST = date(2020, 1, 1)
LEVELS = list(Level)
# Lock, both places, the move; savepoints around it.
MOST_ASKED = 5
Step = tuple[str, int, int, int]
ids = st.lists(st.integers(1, 10**12), min_size=1, max_size=8)


def joined(line: list[int]) -> str:
    path = ""
    for place_id in line:
        path = path_of(place_id, path)
    return path


@given(line=ids)
def test_a_path_names_its_places_from_the_root_down(line: list[int]) -> None:
    assert list(ids_of(joined(line))) == line


@given(one=ids, other=ids)
def test_within_means_that_the_ancestors_line_begins_the_own(one: list[int], other: list[int]) -> None:
    assert is_within(joined(one), joined(other)) == (one[: len(other)] == other)


@given(shared=ids, tails=st.lists(ids, min_size=1, max_size=4))
def test_the_common_ancestor_is_the_last_place_shared(shared: list[int], tails: list[list[int]]) -> None:
    lines = [shared + tail for tail in tails]
    found = common_ancestor(joined(line) for line in lines)
    expected = [step[0] for step in zip(*lines, strict=False)]
    for depth, step in enumerate(zip(*lines, strict=False)):
        if len(set(step)) > 1:
            expected = expected[:depth]
            break
    assert found == expected[-1]


def test_places_of_two_trees_share_no_ancestor() -> None:
    assert common_ancestor(["1.2.", "3.4."]) is None
    assert common_ancestor([]) is None


def test_levels_are_ordered_from_the_nation_down() -> None:
    assert [level.rank for level in Level] == list(range(9))
    assert all(above.rank < below.rank for above, below in pairwise(COLUMN_LEVELS))


class Model:
    """The same tree, kept the plain way: for each place its parents by day."""

    def __init__(self) -> None:
        self.levels: dict[int, Level] = {}
        self.opened: dict[int, date] = {}
        self.closed: dict[int, date] = {}
        self.parents: dict[int, list[tuple[date, int | None]]] = {}

    def parent_on(self, place: int, day: date) -> int | None:
        return [parent for since, parent in self.parents[place] if since <= day][-1]

    def stands(self, place: int, day: date) -> bool:
        return self.opened[place] <= day <= self.closed.get(place, date.max)

    def line_on(self, place: int, day: date) -> list[int]:
        line: list[int] = [place]
        while (above := self.parent_on(line[0], day)) is not None:
            line.insert(0, above)
        return line

    def open(self, level: Level, parent: int | None, *, on: date) -> None:
        above = Place.objects.get(pk=parent) if parent else None
        place = open_place(level, city="349900", on=on, parent=above).pk
        self.levels[place], self.opened[place], self.parents[place] = level, on, [(on, parent)]

    def move(self, place: int, parent: int | None, *, on: date) -> None:
        above = Place.objects.get(pk=parent) if parent else None
        move_place(Place.objects.get(pk=place), above, on=on)
        if self.parents[place][-1][1] != parent:
            self.parents[place] = [*(since for since in self.parents[place] if since[0] < on), (on, parent)]

    def close(self, place: int, *, on: date) -> None:
        close_place(Place.objects.get(pk=place), on=on)
        self.closed.setdefault(place, on)


def carry_out(model: Model, steps: list[Step]) -> Iterator[date]:
    """Each step on a day not before the last; what the tree refuses is left out."""
    day = FIRST
    for what, one, other, days in steps:
        day += timedelta(days=days)
        places = list(model.levels)
        parent = (None, *places)[other % (len(places) + 1)]
        try:
            with transaction.atomic():
                if what == "open" or not places:
                    floor = model.levels[parent].rank if parent else 0
                    model.open(LEVELS[min(floor + one % 3, 8)], parent, on=day)
                elif what == "move":
                    model.move(places[one % len(places)], parent, on=day)
                else:
                    model.close(places[one % len(places)], on=day)
        except CannotStand:
            continue
        yield day


def check_tree(model: Model, *, last: date) -> None:
    for place in Place.objects.all():
        if place.closed_on is None:
            line = model.line_on(place.pk, last)
            assert place.path == joined(line)
            assert place.parent_id == (line[-2] if len(line) > 1 else None)
            standing = standing_on(last).get(place=place)
            assert [getattr(standing, name) for name in (*COLUMNS, "path", "parent_id")] == [
                getattr(place, name) for name in (*COLUMNS, "path", "parent_id")
            ]
    for number in range((last - FIRST).days + 2):
        check_day(model, FIRST + timedelta(days=number))


def check_day(model: Model, day: date) -> None:
    """One standing for each place that was open, none for the others; path and columns say its ancestors."""
    standings = {standing.place_id: standing for standing in standing_on(day)}
    assert standing_on(day).count() == len(standings)
    assert set(standings) == {place for place in model.levels if model.stands(place, day)}
    for place, standing in standings.items():
        line = model.line_on(place, day)
        assert len(set(line)) == len(line)
        assert standing.path == joined(line)
        assert standing.parent_id == (line[-2] if len(line) > 1 else None)
        for level, name in zip(COLUMN_LEVELS, COLUMNS, strict=True):
            at_level = [each for each in line if model.levels[each] == level]
            assert getattr(standing, name) == (at_level[-1] if at_level else None)
        if len(line) > 1 and line[-2] in standings:
            assert is_within(standing.path, standings[line[-2]].path)


steps = st.lists(
    st.tuples(
        st.sampled_from(["open", "open", "move", "move", "close"]),
        st.integers(0, 30),
        st.integers(0, 30),
        st.integers(0, 2),
    ),
    min_size=3,
    max_size=18,
)


def live_through(walk: list[Step]) -> None:
    with transaction.atomic():
        model = Model()
        days = list(carry_out(model, walk))
        check_tree(model, last=days[-1] if days else FIRST)
        transaction.set_rollback(True)


@pytest.mark.django_db
@given(walk=steps)
@tries(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_happens_to_the_tree_every_day_answers_one_standing(walk: list[Step]) -> None:
    live_through(walk)


@pytest.mark.deep
@pytest.mark.django_db
@given(walk=steps)
@tries(
    max_examples=600,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_six_hundred_lives_of_a_tree(walk: list[Step]) -> None:
    live_through(walk)


@pytest.fixture
def county() -> Place:
    return open_place(Level.COUNTY, city="349900", on=FIRST)


@pytest.mark.django_db
def test_the_database_refuses_two_standings_on_one_day(county: Place) -> None:
    standing = PlaceStanding.objects.get(place=county)
    standing.pk = None
    with pytest.raises(IntegrityError, match="place_stands_once_a_day"), transaction.atomic():
        standing.save(force_insert=True)


@pytest.mark.django_db
def test_without_the_constraint_a_day_has_two_answers(county: Place) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE places_placestanding (LIKE public.places_placestanding INCLUDING DEFAULTS INCLUDING IDENTITY)"
        )
        for _ in range(2):
            cursor.execute("INSERT INTO places_placestanding SELECT * FROM public.places_placestanding")
    assert standing_on(FIRST).filter(place=county).count() == 2


def under_itself(county: Place) -> None:
    Place.objects.filter(pk=county.pk).update(parent=county)


def closed_before_opened(county: Place) -> None:
    Place.objects.filter(pk=county.pk).update(closed_on=FIRST - timedelta(days=1))


def of_no_level(county: Place) -> None:
    Place.objects.filter(pk=county.pk).update(level="street")


@pytest.mark.django_db
@pytest.mark.parametrize("change", [under_itself, closed_before_opened, of_no_level])
def test_the_database_refuses_a_place_that_cannot_be(county: Place, change: Callable[[Place], None]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        change(county)


@pytest.mark.django_db
def test_a_subtree_is_found_by_its_path_alone(county: Place) -> None:
    town = open_place(Level.TOWN, city="349900", on=FIRST, parent=county)
    other = open_place(Level.COUNTY, city="349900", on=FIRST)
    assert set(subtree([county.path])) == {county, town}
    assert set(subtree([town.path, other.path])) == {town, other}
    assert not subtree([]).exists()


@pytest.mark.django_db
def test_a_closed_place_is_neither_moved_nor_closed_again(county: Place) -> None:
    town = open_place(Level.TOWN, city="349900", on=FIRST, parent=county)
    close_place(town, on=FIRST)
    with pytest.raises(CannotStand) as refused:
        move_place(town, None, on=FIRST + timedelta(days=1))
    assert refused.value.reason.code == "closed"
    assert close_place(town, on=FIRST + timedelta(days=5)).closed_on == FIRST


@pytest.mark.django_db
def test_a_place_is_not_closed_before_its_last_move_nor_before_what_stood_below_it(county: Place) -> None:
    later, latest = FIRST + timedelta(days=3), FIRST + timedelta(days=6)
    other = open_place(Level.COUNTY, city="349900", on=FIRST)
    town = open_place(Level.TOWN, city="349900", on=FIRST, parent=county)
    move_place(town, other, on=later)
    refusals = []
    for place, on in ((town, FIRST), (other, FIRST)):
        with pytest.raises(CannotStand) as refused:
            close_place(place, on=on)
        refusals.append(refused.value.reason.code)
    close_place(town, on=latest)
    with pytest.raises(CannotStand) as refused:
        close_place(other, on=later)
    assert [*refusals, refused.value.reason.code] == ["moved_since", "places_below", "places_below"]
    assert close_place(other, on=latest).closed_on == latest


@pytest.mark.django_db
def test_a_move_adds_one_row_a_place_and_leaves_the_rows_before_as_they_were(county: Place) -> None:
    """However often a subtree moved: one statement for all of it, and what was is not touched."""
    other = open_place(Level.COUNTY, city="349900", on=FIRST)
    town = open_place(Level.TOWN, city="349900", on=FIRST, parent=county)
    below = [open_place(Level.VILLAGE, city="349900", on=FIRST, parent=town) for _each in range(3)]
    before = list(PlaceStanding.objects.order_by("pk").values())
    with CaptureQueriesContext(connection) as asked:
        move_place(town, other, on=FIRST + timedelta(days=1))
    assert len([each for each in asked if "UPDATE places_place " in each["sql"]]) == 1
    assert len(asked) <= MOST_ASKED
    after = list(PlaceStanding.objects.order_by("pk").values())
    assert after[: len(before)] == before
    assert {each["place_id"] for each in after[len(before) :]} == {town.pk, *(each.pk for each in below)}
    # Moved back on the same day, the same rows are corrected.
    move_place(town, county, on=FIRST + timedelta(days=1))
    assert PlaceStanding.objects.count() == len(after)
