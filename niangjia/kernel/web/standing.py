"""Which place the desk looks at: one right of work at a time, and of its places all, or one of them with what is below.

It is kept in the person's session and narrows everything the desk shows: lists, counts, today. It never widens.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.functional import Promise

from niangjia.kernel.access.rules import Actor, Right, Role, looking_at
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.places.rules import Level, ids_of, is_within
from niangjia.kernel.web.roles import words_of

ACTING_AT = "acting_at"
LOOKING_AT = "looking_at"
# So many places are offered at once; the others are found by name.
MOST_BELOW = 60


def key_of(right: Right) -> str:
    """What the switcher sends for a right."""
    return f"{right.role.value}-{right.place_id}"


def at_desk(actor: Actor, kept: Mapping[str, Any]) -> Actor:
    """The actor as the desk has her now: one right of work, cut to the place she looks at; her own record stays."""
    at_work = [right for right in actor.rights if right.role is not Role.WORKER]
    own = [right for right in actor.rights if right.role is Role.WORKER]
    wished = kept.get(ACTING_AT, "")
    chosen = [right for right in at_work if key_of(right) == wished] or at_work
    acting = replace(actor, rights=(*chosen[:1], *own))
    place = place_within(acting, kept.get(LOOKING_AT))
    if place is not None:
        return looking_at(acting, place.path)
    return looking_at(acting, chosen[0].path) if len(at_work) > 1 else acting


def place_within(actor: Actor, place_id: object) -> Place | None:
    """The open place of this number, where it lies in the place of the right acted on; otherwise none."""
    if not place_id or not isinstance(place_id, int):
        return None
    right = right_of(actor)
    place = Place.objects.filter(pk=place_id, closed_on=None).first() if right else None
    return place if place is not None and right is not None and is_within(place.path, right.path) else None


def right_of(actor: Actor) -> Right | None:
    """The right of work that is acted on."""
    return next((right for right in actor.rights if right.role is not Role.WORKER), None)


@dataclass(frozen=True)
class ActingPlace:
    """A right as the place switcher offers it."""

    key: str
    name: str
    role: str | Promise
    is_current: bool


@dataclass(frozen=True)
class SeenPlace:
    """A place as the switcher offers it: its number, its name, whether it is the one looked at."""

    place_id: int
    name: str
    is_current: bool = False


class Standing:
    """Where a person stands at the desk; names are looked up only when somebody asks."""

    def __init__(self, actor: Actor, every_right: tuple[Right, ...]) -> None:
        self.actor = actor
        self.every_right = every_right

    @cached_property
    def right(self) -> Right | None:
        """The right of work acted on, as it was given: not cut to the place looked at."""
        acting = right_of(self.actor)
        given = [right for right in self.every_right if acting and key_of(right) == key_of(acting)]
        return given[0] if given else acting

    @cached_property
    def place_id(self) -> int:
        """The place looked at."""
        line = ids_of(self.actor.at)
        return line[-1] if line else self.right.place_id if self.right else 0

    @property
    def is_narrowed(self) -> bool:
        """Whether only a part of one's places is looked at."""
        return self.right is not None and self.place_id != self.right.place_id

    @cached_property
    def name(self) -> str:
        """The name of the place looked at."""
        if self.is_narrowed:
            return place_names([self.place_id]).get(self.place_id, "")
        return self.right.place_name if self.right else self._own_name

    @property
    def _own_name(self) -> str:
        return self.actor.rights[0].place_name if self.actor.rights else ""

    @cached_property
    def rights(self) -> tuple[ActingPlace, ...]:
        """The rights of work this person may act on."""
        now = key_of(self.right) if self.right else ""
        return tuple(
            ActingPlace(key_of(right), right.place_name, words_of(right.role), key_of(right) == now)
            for right in self.every_right
            if right.role is not Role.WORKER
        )

    @cached_property
    def line(self) -> tuple[SeenPlace, ...]:
        """From the place of the right down to the one looked at."""
        if self.right is None:
            return ()
        below = [number for number in ids_of(self.actor.at) if number not in ids_of(self.right.path)]
        ids = [self.right.place_id, *below]
        names = place_names(ids)
        return tuple(SeenPlace(number, names.get(number, ""), number == self.place_id) for number in ids)

    @cached_property
    def below(self) -> tuple[SeenPlace, ...]:
        """The open places directly below the one looked at: the higher levels first, then by name."""
        if self.right is None:
            return ()
        below = Place.objects.filter(parent=self.place_id, closed_on=None)
        ranks = {pk: Level(level).rank for pk, level in below.values_list("pk", "level")}
        names = place_names(ranks)
        return tuple(SeenPlace(pk, names[pk]) for pk in sorted(names, key=lambda each: (ranks[each], names[each])))

    @property
    def offered(self) -> tuple[SeenPlace, ...]:
        """Of these as many as fit."""
        return self.below[:MOST_BELOW]

    @property
    def is_cut_short(self) -> bool:
        """Whether there are more below than are offered."""
        return len(self.below) > MOST_BELOW
