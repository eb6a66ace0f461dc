"""What each kind of reorganisation does to the tree and the registers, in the caller's transaction."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.rules import CLOCK
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level
from niangjia.kernel.places.services import close_place, move_place
from niangjia.registers.orgs.closing import carry_out as close_with_all
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.reorganising.parts import Counts, GoingOver, go_over, splitting
from niangjia.registers.orgs.reorganising.queries import Wish
from niangjia.registers.orgs.reorganising.rules.plans import Operation
from niangjia.registers.orgs.rules import UnionKind
from niangjia.registers.orgs.rules.union_facts import UnionFacts
from niangjia.registers.orgs.services import begin_union


@dataclass(frozen=True)
class Carried:
    """What came of a reorganisation: how many of what, and the union that was set up by it."""

    counts: Counts = field(default_factory=dict)
    made: Union | None = None


def _merge(wish: Wish, *, on: date, at: datetime) -> Carried:
    """All that is theirs goes over, then they end on the day before."""
    made = None if wish.into else _begun(wish, on=on)
    taking = wish.into or made
    counts: Counts = {}
    for former in wish.sources:
        going = GoingOver(former, on, taking)
        for name, number in go_over(going, at=at).items():
            counts[name] = counts.get(name, 0) + number
        close_place(former.place, on=going.last_day)
    return Carried(counts | {"closed": len(wish.sources)}, made)


def _move(wish: Wish, *, on: date, at: datetime) -> Carried:
    """It stands under another one with all that is below it; nothing else is touched."""
    del at
    source = wish.sources[0]
    move_place(source.place, wish.into.place if wish.into else None, on=on)
    below = Place.objects.filter(path__startswith=Place.objects.get(pk=source.pk).path, closed_on=None)
    return Carried({"unions": below.count()})


def _split(wish: Wish, *, on: date, at: datetime) -> Carried:
    """A new union beside it, with those of its unions and of its own members that go there."""
    del at
    made = _begun(wish, on=on)
    for each in wish.goes:
        move_place(each.place, made.place, on=on)
    counts = splitting().carry_out(GoingOver(wish.sources[0], on, made), wish.groups) if wish.groups else {}
    return Carried(counts | {"unions": len(wish.goes)}, made)


def _dissolve(wish: Wish, *, on: date, at: datetime) -> Carried:
    """It ends, and what closing means to each register is done with it."""
    del at
    source = wish.sources[0]
    counts = close_with_all(source, by=Actor(None, CLOCK.name), on=on)
    close_place(source.place, on=on)
    return Carried(counts | {"closed": 1})


def _begun(wish: Wish, *, on: date) -> Union:
    """The new union: of the level, the kind and the region of the first that it comes from, and under its parent."""
    like = wish.sources[0]
    facts = UnionFacts(
        name=wish.name,
        level=Level(like.place.level),
        kind=UnionKind(like.kind),
        parent_id=like.place.parent_id,
        region_code=like.region_code,
    )
    return begin_union(facts, Place.objects.filter(children=like.pk).first(), by=CLOCK, on=on)


Carrying = Callable[..., Carried]
CARRIED: dict[Operation, Carrying] = {
    Operation.MERGE: _merge,
    Operation.MOVE: _move,
    Operation.SPLIT: _split,
    Operation.DISSOLVE: _dissolve,
}
