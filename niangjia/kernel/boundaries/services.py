"""Boundaries come in from files, and the ones before them stay for the days before."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from typing import ClassVar

from django.db import transaction

from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.boundaries.models import Boundary
from niangjia.kernel.boundaries.rules import Area, read_areas
from niangjia.kernel.journal.services import record

DEMO_FILE = resources.files("niangjia.kernel.boundaries") / "reference" / "demo.geojson"


class StartsEarlier(Exception):
    """A boundary of this region begins on a later day already (边界日期倒退); `code` says of which."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True)
class Origin:
    """Where boundaries were taken from, and from which day they hold; None: since ever."""

    LONGEST_SOURCE: ClassVar[int] = 128

    source: str
    valid_from: date | None
    is_demo: bool = False


@transaction.atomic
def load_boundaries(areas: Sequence[Area], origin: Origin, *, by: Actor) -> int:
    """Load boundaries (装入边界): those before end the day before; the same day again draws that day anew."""
    codes = [area.code for area in areas]
    held = {each.code: each for each in Boundary.objects.select_for_update().filter(code__in=codes, valid_to=None)}
    for area in areas:
        _load(area, origin, held.get(area.code))
    detail = {"areas": len(areas), "source": origin.source, "from": str(origin.valid_from or "")}
    record("load_boundaries", by=by, thing="boundary", detail=detail)
    return len(areas)


@beyond(Purpose.SEED)
def load_demo_boundaries(*, by: Actor) -> int:
    """The towns of the fictional county, where they are not loaded yet or were drawn otherwise."""
    document = json.loads(DEMO_FILE.read_text("utf-8"))
    areas = [area for area in read_areas(document) if isinstance(area, Area)]
    shown = Boundary.objects.filter(is_demo=True).values_list("code", "name", "geometry")
    known = {code: (name, geometry) for code, name, geometry in shown}
    changed = [area for area in areas if known.get(area.code) != (area.name, area.geometry)]
    return load_boundaries(changed, Origin(document["source"], None, is_demo=True), by=by) if changed else 0


def _load(area: Area, origin: Origin, held: Boundary | None) -> None:
    day = origin.valid_from
    drawn = {"name": area.name, "parent_code": area.parent_code, "geometry": area.geometry, "source": origin.source}
    if held is not None and held.valid_from == day:
        Boundary.objects.filter(pk=held.pk).update(**drawn)
        return
    if held is not None:
        if day is None or (held.valid_from is not None and held.valid_from > day):
            raise StartsEarlier(area.code)
        Boundary.objects.filter(pk=held.pk).update(valid_to=day - timedelta(days=1))
    Boundary.objects.create(code=area.code, valid_from=day, is_demo=origin.is_demo, **drawn)
