"""What a reorganisation means to each register: what goes along, what is in the way; wired in `NIANGJIA_REORGANISING`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.module_loading import import_string

from niangjia.registers.orgs.closing import Effect
from niangjia.registers.orgs.models import Union

Counts = dict[str, int]


@dataclass(frozen=True)
class Told:
    """How many a register told of a reorganisation (告知进度): up to which row, and how many in this chunk."""

    last: int
    number: int


@dataclass(frozen=True)
class GoingOver:
    """A union that ends, with all that is its own, where another one takes it over (并入): from a day on."""

    former: Union
    on: date
    # None while it is only tried out and the new one is not there yet.
    taking: Union | None = None

    @property
    def taker(self) -> Union:
        """The union that takes over; asked only when it is really done."""
        if self.taking is None:
            message = "nobody takes over in a dry run"
            raise ValueError(message)
        return self.taking

    @property
    def last_day(self) -> date:
        """The last day on which the former one was there."""
        return date.fromordinal(self.on.toordinal() - 1)


@dataclass(frozen=True)
class Part:
    """What one register has to do when a union goes over to another (各登记簿的一份).

    `effects` says beforehand what goes along and what is in the way; `carry_out` does it in the caller's transaction and answers
    how many of what.
    """

    effects: Callable[[GoingOver], list[Effect]]
    carry_out: Callable[[GoingOver, datetime], Counts]


@dataclass(frozen=True)
class Group:
    """Some of a union's own members who may go along when it is split (一群会员): what it is called, how many they are."""

    key: str
    words: str
    members: int


@dataclass(frozen=True)
class Splitting:
    """How a union's own members are split (分会员): which groups there are, what follows where some go, and their going."""

    groups: Callable[[Union], list[Group]]
    effects: Callable[[GoingOver, Sequence[str]], list[Effect]]
    carry_out: Callable[[GoingOver, Sequence[str]], Counts]


# Tells the next so many members of a reorganisation: the union that has them now, the day, after which row, how many.
Telling = Callable[[Union, date, int, int], Told]


def effects_of_going(going: GoingOver) -> list[Effect]:
    """All that goes along, or stands in the way; what stands in the way first."""
    found = [effect for part in _parts() for effect in part.effects(going)]
    return sorted(found, key=lambda effect: not effect.blocks)


def go_over(going: GoingOver, *, at: datetime) -> Counts:
    """Everything goes over, in the caller's transaction."""
    done: Counts = {}
    for part in _parts():
        for name, number in part.carry_out(going, at).items():
            done[name] = done.get(name, 0) + number
    return {name: number for name, number in done.items() if number}


def telling() -> Telling | None:
    """Who tells the members, as it is wired (`NIANGJIA_REORGANISING_TELLS`)."""
    if not settings.NIANGJIA_REORGANISING_TELLS:
        return None
    found: Telling = import_string(settings.NIANGJIA_REORGANISING_TELLS)
    return found


def splitting() -> Splitting:
    """How members are split, as it is wired (`NIANGJIA_SPLITTING`)."""
    found: Splitting = import_string(settings.NIANGJIA_SPLITTING)
    return found


def _parts() -> list[Part]:
    return [import_string(name) for name in settings.NIANGJIA_REORGANISING]
