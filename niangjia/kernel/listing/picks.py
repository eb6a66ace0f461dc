"""What a filter lets somebody pick (选工会): found by name, pinyin or code under her rights, as fields of forms find it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.module_loading import import_string

from niangjia.kernel.access.rules import Actor, Move

MOST_FOUND = 8


@dataclass(frozen=True)
class Picks:
    """What is picked, by its name in `NIANGJIA_PICKERS`, and by which move it is looked for."""

    kind: str
    move: Move


class Meant(NamedTuple):
    """What was asked for: its name where it is known, else what the words may mean."""

    title: str = ""
    found: Sequence[Any] | None = None


def meant_by(picks: Picks, value: str, *, actor: Actor) -> Meant:
    """What a filter's value means to this actor: a code or a whole name means itself, other words are looked for."""
    source: Any = import_string(settings.NIANGJIA_PICKERS[picks.kind])
    if title := source.title_of(actor, picks.move, value):
        return Meant(str(title))
    found = source.suggest(actor, picks.move, value, MOST_FOUND) if actor.paths(picks.move) else []
    return Meant(value) if any(each.title == value for each in found) else Meant(found=found)
