"""Counts of requests by town and group of topics, for one county and one quarter that is over; small groups withheld."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.queries import subtree
from niangjia.kernel.places.rules import Level
from niangjia.services.requests.models import Request
from niangjia.services.requests.rules.hotspots import (
    ALL,
    K_GRIEVANCES,
    K_SERVICES,
    Key,
    Table,
    published,
    quarter_of,
    told_apart,
)
from niangjia.services.requests.rules.kinds import KINDS
from niangjia.services.requests.rules.moves import SEE_HOTSPOTS
from niangjia.services.requests.rules.topics import BY_CODE, GROUPS, LIFE

SHOWN_QUARTERS = 8
GRIEVANCES, SERVICES = "grievances", "services"
OF = {
    GRIEVANCES: tuple(kind.code.value for kind in KINDS if kind.is_grievance),
    SERVICES: tuple(kind.code.value for kind in KINDS if not kind.is_grievance),
}
K = {GRIEVANCES: K_GRIEVANCES, SERVICES: K_SERVICES}


@dataclass(frozen=True)
class Counted:
    """One frozen table: its figures, None where withheld; rows are numbers of places, columns groups of topics."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    figures: dict[Key, int | None]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all may be told."""
        return all(value is None for value in self.figures.values())


def counties(actor: Actor) -> QuerySet[Place]:
    """The counties whose whole tree the actor may count in: of a part of one nothing is told."""
    return subtree(actor.paths(SEE_HOTSPOTS)).filter(level=Level.COUNTY.value, closed_on=None).order_by("path")


def quarters_before(day: date) -> list[str]:
    """The quarters that are over, the latest first: one that runs is not told, for each day would tell a person."""
    now, found = quarter_of(day), []
    year, number = int(now[:4]), int(now[-1])
    for _each in range(SHOWN_QUARTERS):
        year, number = (year, number - 1) if number > 1 else (year - 1, 4)
        found.append(f"{year}Q{number}")
    return found


def counted(county: Place, quarter: str, of: str) -> Counted:
    """The table of a county in a quarter, of grievances or of everything else: the two share no request."""
    with beyond(Purpose.CASES):
        places = rows_of(county)
        rows = Request.objects.filter(quarter=quarter, kind__in=OF[of], counted_at__in=places)
        found = rows.values_list("counted_at", "topic").annotate(number=Count("pk")).order_by("counted_at", "topic")
        cells: Counter[Key] = Counter()
        for place, topic, number in found:
            cells[str(place), _group(topic)] += number
    table = Table(tuple(map(str, places)), GROUPS, cells)
    return Counted(table.rows, table.columns, published(table, k=K[of]))


def by_employer(county: Place, quarter: str, table: Counted) -> list[tuple[int, int]]:
    """Employers with many grievances in a quarter, the most first; none whose neighbours could be told by subtraction."""
    with beyond(Purpose.CASES):
        rows = Request.objects.filter(quarter=quarter, kind__in=OF[GRIEVANCES], counted_at__in=rows_of(county))
        found = rows.values_list("counted_at", "employer").annotate(number=Count("pk")).order_by("employer")
        lines = [(str(place), employer, number) for place, employer, number in found]
    sums = {place: table.figures[place, ALL] for place in table.rows}
    told = told_apart(
        [(place, str(employer), number) for place, employer, number in lines if employer], sums, k=K_GRIEVANCES
    )
    return sorted(((int(employer), number) for employer, number in told.items()), key=lambda pair: (-pair[1], pair[0]))


def rows_of(county: Place) -> list[int]:
    """The places that a county is counted by: its towns, and itself for what belongs to none."""
    towns = Place.objects.filter(path__startswith=county.path, level=Level.TOWN.value).order_by("path")
    return [*towns.values_list("pk", flat=True), county.pk]


def _group(topic: str) -> str:
    return BY_CODE[topic].group if topic in BY_CODE else LIFE


def quarters_known(quarters: Iterable[str], wanted: str) -> str:
    """The quarter asked for, else the latest that is over."""
    known = list(quarters)
    return wanted if wanted in known else known[0]
