"""Employers and those with a union, by region, park, trade, ownership, kind of body, or territory; nothing is typed."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.dated.queries import region_names
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.places.rules import ids_of
from niangjia.registers.employers.models import Coverage, Park
from niangjia.registers.employers.queries import in_territory
from niangjia.registers.employers.rules import TRADES, ownership_titles, trade_section, trade_title
from niangjia.registers.employers.rules.kinds import nature_of
from niangjia.registers.employers.rules.moves import SEE_EMPLOYERS
from niangjia.registers.employers.words import NATURE_WORDS
from niangjia.registers.orgs.queries import codes_of

UNKNOWN = ""


@dataclass
class Tally:
    """Employers, those with a union, and how many work for each; `heads` counts only whose number is known."""

    employers: int = 0
    covered: int = 0
    heads: int = 0
    heads_covered: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Two of them together."""
        return Tally(*(mine + theirs for mine, theirs in zip(vars(self).values(), vars(other).values(), strict=True)))


@dataclass(frozen=True)
class Line:
    """One line: its key in the filter that leads to its rows, what it is called, and its figures."""

    key: str
    name: str
    tally: Tally


Names = Callable[[Iterable[str]], dict[str, str]]
Keys = Callable[[dict[str, Any]], str]


def tally_by(actor: Actor, by: str) -> list[Line]:
    """The lines of one way to part the employers of the actor's territory, the largest first."""
    columns, key_of, names_of = PARTS[by]
    if by == "place":
        key_of = _below(actor)
    found: dict[str, Tally] = defaultdict(Tally)
    for row in _counted(actor, columns):
        figures = Tally(row["n"], row["n_covered"], row["n_heads"] or 0, row["n_heads_covered"] or 0)
        found[key_of(row)] += figures
    names = names_of(found)
    lines = [Line(key, names.get(key, key), tally) for key, tally in found.items()]
    return sorted(lines, key=lambda line: (line.key == UNKNOWN, -line.tally.employers, line.name))


def whole_of(lines: Iterable[Line]) -> Tally:
    """All lines together."""
    return sum((line.tally for line in lines), Tally())


def top_of(actor: Actor) -> Place | None:
    """The place that the actor looks from: the highest of her rights."""
    right = min(
        (right for right in actor.rights if right.role in SEE_EMPLOYERS.roles),
        key=lambda each: len(each.path),
        default=None,
    )
    return Place.objects.filter(pk=right.place_id).first() if right else None


def _counted(actor: Actor, columns: tuple[str, ...]) -> Iterable[dict[str, Any]]:
    covering = Exists(Coverage.objects.filter(employer=OuterRef("pk"), valid_to=None))
    rows = in_territory(actor, move=SEE_EMPLOYERS).filter(closed_on=None).order_by()
    counted: Iterable[dict[str, Any]] = (
        rows.annotate(is_covered=covering)
        .values(*columns)
        .annotate(
            n=Count("pk"),
            n_covered=Count("pk", filter=Q(is_covered=True)),
            n_heads=Coalesce(Sum("employees"), 0),
            n_heads_covered=Coalesce(Sum("employees", filter=Q(is_covered=True)), 0),
        )
    )
    return counted


def _below(actor: Actor) -> Keys:
    """Which place directly below the actor's own an employer belongs to; itself where it is its own."""
    tops = [right.path for right in actor.rights if right.role in SEE_EMPLOYERS.roles]

    def key(row: dict[str, Any]) -> str:
        path = str(row["place__path"])
        top = max((each for each in tops if path.startswith(each)), key=len, default="")
        line, depth = ids_of(path), len(ids_of(top))
        return str(line[min(depth, len(line) - 1)])

    return key


def _place_names(keys: Iterable[str]) -> dict[str, str]:
    return {str(pk): name for pk, name in place_names([int(key) for key in keys]).items()}


def _region_names(keys: Iterable[str]) -> dict[str, str]:
    return region_names([key for key in keys if key], on=clock.today())


def _park_names(keys: Iterable[str]) -> dict[str, str]:
    return {
        str(pk): name for pk, name in Park.objects.filter(pk__in=[key for key in keys if key]).values_list("pk", "name")
    }


def _section(row: dict[str, Any]) -> str:
    return trade_section(row["trade_code"]) if row["trade_code"] else UNKNOWN


def _trade_names(keys: Iterable[str]) -> dict[str, str]:
    return {key: trade_title(key) for key in keys if key in TRADES.titles}


def _ownership(row: dict[str, Any]) -> str:
    return f"{row['ownership_list']}:{row['ownership_code']}" if row["ownership_code"] else UNKNOWN


def _ownership_names(keys: Iterable[str]) -> dict[str, str]:
    named = {}
    for key in keys:
        list_name, _colon, code = key.partition(":")
        if code:
            named[key] = str(ownership_titles(list_name).get(code, code))
    return named


def _nature(row: dict[str, Any]) -> str:
    return nature_of(row["ownership_list"], row["ownership_code"]).value


def _nature_names(keys: Iterable[str]) -> dict[str, str]:
    return {key: str(NATURE_WORDS[key]) for key in keys}


def union_codes(keys: Iterable[str]) -> dict[str, str]:
    """The codes of places, by which a list is narrowed to them."""
    return {str(pk): code for pk, code in codes_of([int(key) for key in keys]).items()}


OWNED = ("ownership_list", "ownership_code")
PARTS: dict[str, tuple[tuple[str, ...], Keys, Names]] = {
    "place": (("place__path",), lambda _row: UNKNOWN, _place_names),
    "region": (("region_code",), lambda row: str(row["region_code"]), _region_names),
    "park": (("park",), lambda row: str(row["park"] or UNKNOWN), _park_names),
    "trade": (("trade_code",), _section, _trade_names),
    "ownership": (OWNED, _ownership, _ownership_names),
    "nature": (OWNED, _nature, _nature_names),
}
