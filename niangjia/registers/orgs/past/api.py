"""The tree of a day for programs."""

from datetime import date
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.api.doors import open_to
from niangjia.kernel.api.instance import SHOWN, actor_of, such_as
from niangjia.kernel.programs.rules import Scope
from niangjia.registers.orgs.listing import listed_level
from niangjia.registers.orgs.past.queries import Stood, level_on
from niangjia.registers.orgs.rules.moves import SEE_UNIONS

router = Router(tags=["unions"])
LIULIN: dict[str, Any] = {
    "code": "349921001",
    "name": "Liulin Township Union",
    "level": "town",
    "unions": 36,
    "figures": {"memberships": 2410, "employers": 34},
    "since": "",
}


class StoodOut(Schema):
    """A union as it stood on a day, by its name of that day; counts include everything below it."""

    code: str
    name: str
    level: str
    unions: int
    figures: dict[str, int]
    since: Annotated[str, Field(description="What became of it: closed, moved, renamed, or empty.")]

    model_config = such_as(LIULIN)


class DayOut(Schema):
    """One level of the tree of a day: the line above, the union itself, what stood right below."""

    on: date
    above: list[str]
    here: StoodOut | None
    below: list[StoodOut]

    model_config = such_as({"on": "2025-12-31", "above": ["349921000"], "here": LIULIN, "below": []})


class DayIn(Schema):
    """Which day, and which union; without a union, one's own."""

    on: Annotated[date | None, Field(description="The day; today where it is left out.")] = None
    at: Annotated[str, Field(pattern=r"^[0-9A-Za-z_-]{0,32}$", description="The code of a union.")] = ""


@router.get(
    "",
    response={200: DayOut, **SHOWN},
    auth=open_to(Scope.UNIONS_READ),
    operation_id="show_tree_on_a_day",
    summary="Show the tree as it stood on a day",
)
def show(request: HttpRequest, asked: Query[DayIn]) -> dict[str, Any]:
    """What stood below a union on a day, with counts of that day; a day to come is answered as today."""
    actor: Actor = actor_of(request)
    day = min(asked.on or clock.today(), clock.today())
    level = level_on(actor, day, asked.at) if actor.paths(SEE_UNIONS) else None
    if level is None:
        raise Http404
    below = [_out(each) for each in level.below]
    here = _out(level.here) if level.here else None
    return {"on": day, "above": [code for code, _name in level.above], "here": here, "below": below}


def _out(stood: Stood) -> dict[str, Any]:
    return {
        "code": stood.union.code,
        "name": stood.name,
        "level": listed_level(stood.union),
        "unions": stood.unions,
        "figures": stood.figures,
        "since": stood.since,
    }
