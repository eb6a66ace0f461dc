"""What a source of the box is made of: its name, who may ask it, and how it answers."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from niangjia.kernel.access.rules import Actor, Move
from niangjia.kernel.listing import Badge
from niangjia.kernel.search.rules import Asked

Words = str | Promise


@dataclass(frozen=True)
class Hit:
    """One thing found: its name, the facts of the grey line under it, where it is, its state."""

    title: Words
    note: tuple[Words | None, ...]
    address: str
    badge: Badge | None = None


@dataclass(frozen=True)
class Found:
    """What a source answers: the best hits, and where there are more, how many in words and where all of them are."""

    hits: tuple[Hit, ...] = ()
    counted: Words = ""
    address: str = ""


NOTHING = Found()
Find = Callable[[Actor, Asked, int], Found]


@dataclass(frozen=True)
class SearchSource:
    """Something that can be searched; whoever has no right to the move anywhere is not offered it."""

    key: str
    words: Words
    icon: str
    find: Find
    move: Move | None = None
    # Asked on the page alone, not with every letter.
    is_slow: bool = False

    def is_for(self, actor: Actor) -> bool:
        """Whether this actor may ask here."""
        return self.move is None or bool(actor.paths(self.move))
