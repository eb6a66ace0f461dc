"""What a code meant on a day, which days are worked, and which value of a parameter holds where."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.db.models import BigIntegerField, F, Func, Q, QuerySet

from niangjia.kernel.clock.rules import Band, Calendar
from niangjia.kernel.dated.declared import declared
from niangjia.kernel.dated.models import LocalParameter, Ownership, PublicDay, Region, Trade
from niangjia.kernel.dated.rules import NATION, Measure, Parameter, bands_of, chain_of, nearest
from niangjia.kernel.worded import OneOf, Worded

# Calendars of so many versions of the table are held by a process; usually there is one.
_HELD = 4


class NoValue(LookupError):
    """Neither a region nor any above it has a value, and the parameter has no default; `key` and `region` say which."""

    def __init__(self, key: str, region: str) -> None:
        super().__init__(f"{key} {region}")
        self.key = key
        self.region = region


def _holds(on: date) -> Q:
    return (Q(valid_from=None) | Q(valid_from__lte=on)) & (Q(valid_to=None) | Q(valid_to__gte=on))


VERSION = Worded(
    lambda: PublicDay.objects.order_by().values_list(
        *(Func(F("id"), function=each, output_field=BigIntegerField()) for each in ("COUNT", "MAX"))
    )
)
IN_FORCE = Worded(
    lambda keys, regions, on: LocalParameter.objects.filter(
        _holds(on), OneOf("key", keys), OneOf("region_code", regions)
    ).order_by("id"),
    keys=list,
    regions=list,
    on=date,
)


def regions(*, on: date) -> dict[str, str]:
    """Names of the regions by code on a day."""
    return dict(Region.objects.filter(_holds(on)).order_by("code", "id").values_list("code", "name"))


def is_region(code: str) -> bool:
    """Whether a code ever was a region's; identity numbers and old codes keep abolished ones alive."""
    return Region.objects.filter(code=code).exists()


def region_names(codes: Iterable[str], *, on: date) -> dict[str, str]:
    """Names of a few regions by code on a day."""
    found = Region.objects.filter(_holds(on), code__in=set(codes)).order_by("code", "id")
    return dict(found.values_list("code", "name"))


def trades(*, on: date) -> dict[str, str]:
    """Names of the trades by code on a day."""
    return dict(Trade.objects.filter(_holds(on)).order_by("code").values_list("code", "name"))


def ownerships(list_name: str) -> dict[str, str]:
    """Names by code in one ownership list."""
    rows = Ownership.objects.filter(list_name=list_name).order_by("code")
    return dict(rows.values_list("code", "name"))


def calendar() -> Calendar:
    """Days off and make-up days as they are published now; asks one small question, and reads the days when they changed."""
    return _calendar(*VERSION()[0])


@lru_cache(maxsize=_HELD)
def _calendar(_rows: int, _last: int | None) -> Calendar:
    """A year is replaced as a whole by rows with new numbers: how many there are and the last number tell every change."""
    rows = PublicDay.objects.order_by("day").values_list("day", "is_working", "year")
    years = sorted({year for _day, _is_working, year in rows})
    last = next((year for year in years if year + 1 not in years), None)
    return Calendar(
        days_off=frozenset(day for day, is_working, _year in rows if not is_working),
        make_up_days=frozenset(day for day, is_working, _year in rows if is_working),
        published_from=date(years[0], 1, 1) if years else date.max,
        published_to=date(last, 12, 31) if last else date.min,
    )


def public_days(year: int) -> QuerySet[PublicDay]:
    """What the notice of a year says, in the order of days."""
    return PublicDay.objects.filter(year=year).order_by("day")


def published_years() -> list[int]:
    """The years whose notice is known."""
    return list(PublicDay.objects.order_by("year").values_list("year", flat=True).distinct())


def parameter(key: str, *, region: str, on: date) -> Parameter:
    """The value that holds in a region on a day: its own, else of the nearest above it, else the default; `NoValue`."""
    return parameters((key,), region=region, on=on)[key]


def parameters(keys: Iterable[str], *, region: str, on: date) -> dict[str, Parameter]:
    """As `parameter`, of several at once, with one question to the database; `NoValue` for the first without."""
    wanted = tuple(keys)
    found = in_force(wanted, region=region, on=on)
    chosen = {key: nearest(found.get(key, ()), region) or default_of(key) for key in wanted}
    missing = next((key for key, value in chosen.items() if value is None), None)
    if missing is not None:
        raise NoValue(missing, region)
    return {key: value for key, value in chosen.items() if value is not None}


def in_force(keys: Iterable[str], *, region: str, on: date) -> dict[str, list[Parameter]]:
    """Every value of these parameters that holds on a day in a region or above it."""
    found: dict[str, list[Parameter]] = {}
    for row in IN_FORCE(keys=list(keys), regions=list(chain_of(region)), on=on):
        found.setdefault(row.key, []).append(frozen(row))
    return found


def history(key: str, *, region: str) -> list[Parameter]:
    """All values that a region itself ever had, the newest first."""
    rows = LocalParameter.objects.filter(key=key, region_code=region).order_by("-valid_from")
    return [frozen(row) for row in rows]


def frozen(row: LocalParameter) -> Parameter:
    """A row as a plain value that knows its source."""
    return Parameter(
        row.key,
        row.value,
        Measure(row.unit),
        row.region_code,
        row.valid_from,
        row.valid_to,
        row.source,
        row.is_default,
    )


def default_of(key: str) -> Parameter | None:
    """What holds where no region says otherwise; None where the slice that declared the parameter gave no default."""
    told = declared()[key]
    if not told.default:
        return None
    return Parameter(key, told.default, told.measure, NATION, None, None, told.source, is_default=not told.source)


def office_hours(*, region: str, on: date) -> tuple[Band, ...]:
    """The hours of a working day in which hours count (办公时间)."""
    return bands_of(parameter("office_hours", region=region, on=on).value)
