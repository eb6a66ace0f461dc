"""A workflow (办理流程): stages, the moves between them, and the times that run. Plain values; moves carry no code."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from niangjia.kernel.access.rules import Role
from niangjia.kernel.clock.rules import Term

# What happens to a case outside of its table: it comes into hands, goes to others, gets more time, is joined to another.
KERNEL_ACTS = frozenset({"assign", "offer", "accept", "decline", "take_back", "extend", "join", "bar", "help_ends"})
OPEN = "open"
DESK_ROLES = frozenset({Role.CADRE, Role.CHAIR, Role.OFFICER})


class Who(StrEnum):
    """The part somebody plays in a case (谁来办)."""

    # Whoever asked, or for whom it was asked (申请人).
    ASKER = "asker"
    # Who has the case in hand (经办人).
    HANDLER = "handler"
    # Whoever works where the case lies, or above it (办理单位的人).
    DESK = "desk"
    # Whoever works at the very place that has it: a union above has it handed over first (办理单位本级的人).
    HERE = "here"
    # Another person than who brought it here, at that place or above (第二人).
    SECOND = "second"
    # Whoever works at a union above (上级工会).
    ABOVE = "above"
    # The program, when a time is over (到期自动).
    CLOCK = "clock"


class Mode(StrEnum):
    """How many of those who may decide have to agree (把关方式)."""

    ANY = "any"
    ALL = "all"
    N = "n"


class Waits(StrEnum):
    """Whom a case waits for at its stage (等谁办)."""

    # Whoever works there and takes it.
    DESK = "desk"
    HANDLER = "handler"
    # As HANDLER, because a second pair of eyes sent it back.
    RETURNED = "returned"
    SECOND = "second"
    ASKER = "asker"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Pool:
    """Who decides together (把关的人): one of them, a number of them, or each one named when the case came here."""

    # The verdict that needs the whole number; any other is made by a single voice.
    agrees: str
    mode: Mode = Mode.ANY
    number: int = 1


@dataclass(frozen=True)
class Stage:
    """A stage (环节): which step of the way it belongs to, whether it ends the case or stops its clocks."""

    name: str
    # Counts from 0: the step that the asker sees lit.
    step: int
    is_final: bool = False
    # The clocks rest while the case is here, for this reason.
    pauses: str = ""
    # Decisions are gathered here; the verdicts that lead out of it are made when enough decided so.
    pool: Pool | None = None
    # Waits for the asker, not for the desk.
    waits_for_asker: bool = False


@dataclass(frozen=True)
class Move:
    """One thing that may be done with a case (动作): from which stages, to which, by whom, with what."""

    name: str
    leaves: frozenset[str]
    to: str
    who: frozenset[Who]
    roles: frozenset[Role] = DESK_ROLES
    # The key of the form it asks for; none where a press is enough.
    form: str = ""
    # One of these codes has to be given.
    reasons: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    # Only after a public notice has run its days and every objection is answered.
    needs_notice: bool = False
    # The asker reads of it in her timeline.
    is_told: bool = True
    # Made when enough of the pool decided so; a single decision counts one voice.
    is_verdict: bool = False
    # Whoever makes it has the case in hand from then on; or puts it down, so that nobody has.
    takes_in_hand: bool = False
    puts_down: bool = False
    # The time after whose end the program makes it (到期自动); for moves of the clock.
    when_over: str = ""


@dataclass(frozen=True)
class Tier:
    """A time that runs (期限): its name, how long where no local figure says otherwise, when people are reminded."""

    key: str
    term: Term
    # The key of the local parameter that replaces the number of the term.
    parameter: str = ""
    # Working days before the last day on which the handler is reminded; after it the one above.
    remind_before: tuple[int, ...] = (1,)
    may_extend: bool = False


@dataclass(frozen=True)
class Workflow:
    """The table of one procedure in one version; what is wrong in it is said when it is made."""

    kind: str
    version: int
    start: str
    stages: tuple[Stage, ...]
    moves: tuple[Move, ...]
    tiers: tuple[Tier, ...] = ()
    # Which clocks start when a case is opened.
    starts: tuple[str, ...] = ()
    # Where the asker may give her opinion of how it went (评价).
    may_rate: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        faults = list(_faults(self))
        if faults:
            raise ValueError(f"{self.kind} {self.version}: " + "; ".join(faults))

    def stage(self, name: str) -> Stage:
        """The stage of this name; `KeyError` where there is none."""
        return {stage.name: stage for stage in self.stages}[name]

    def move(self, name: str) -> Move:
        """The move of this name; `KeyError` where there is none."""
        return {move.name: move for move in self.moves}[name]

    def tier(self, key: str) -> Tier:
        """The time of this name; `KeyError` where there is none."""
        return {tier.key: tier for tier in self.tiers}[key]

    def after(self, stage: str, move: str) -> str:
        """Where a move leads; `KeyError` where it may not be made from here."""
        made = self.move(move)
        if stage not in made.leaves:
            raise KeyError(f"{move} does not leave {stage}")
        return made.to

    def waits(self, stage: Stage, *, by: Move | None = None, in_hand: bool) -> Waits:
        """Whom a case waits for that came to this stage by a move."""
        if stage.is_final:
            return Waits.NOBODY
        if stage.pool is not None:
            return Waits.SECOND
        if stage.waits_for_asker:
            return Waits.ASKER
        if not in_hand or not any(stage.name in move.leaves and Who.HANDLER in move.who for move in self.moves):
            return Waits.DESK
        return Waits.RETURNED if by is not None and by.is_verdict else Waits.HANDLER

    def changes(self) -> Iterator[tuple[str, str, str]]:
        """Every allowed change as (from, move, to), in the order of the table; from nothing comes the stage it starts in."""
        yield "", OPEN, self.start
        for move in self.moves:
            for stage in self.stages:
                if stage.name in move.leaves:
                    yield stage.name, move.name, move.to


def _faults(flow: Workflow) -> Iterator[str]:
    """What is wrong in a table, one sentence each."""
    stages = [stage.name for stage in flow.stages]
    tiers = [tier.key for tier in flow.tiers]
    for what, names in (("stage", stages), ("move", [move.name for move in flow.moves]), ("tier", tiers)):
        yield from (f"{what} {name} stands twice" for name in sorted({name for name in names if names.count(name) > 1}))
    if flow.start not in stages:
        yield f"starts at {flow.start}, which is no stage"
    yield from (f"{move.name} is a word of the kernel" for move in flow.moves if move.name in KERNEL_ACTS | {OPEN})
    for move in flow.moves:
        yield from (f"{move.name} speaks of {name}, which is no stage" for name in {*move.leaves, move.to} - {*stages})
        yield from (
            f"{move.name} speaks of {key}, which is no tier"
            for key in {*move.starts, *move.stops, *filter(None, [move.when_over])} - {*tiers}
        )
        if not move.leaves or not move.who:
            yield f"{move.name} leaves nothing, or nobody may make it"
    yield from (f"nothing leads to {name}" for name in stages if name not in _reached(flow))
    for stage in flow.stages:
        leaving = [move for move in flow.moves if stage.name in move.leaves]
        if not leaving and not stage.is_final:
            yield f"nothing leads out of {stage.name}"
        if stage.pool and stage.pool.agrees not in {move.name for move in leaving if move.is_verdict}:
            yield f"{stage.name} waits for decisions that no move makes"


def _reached(flow: Workflow) -> frozenset[str]:
    """The stages that a case can come to at all."""
    reached = {flow.start}
    while True:
        more = {move.to for move in flow.moves if move.leaves & reached} - reached
        if not more:
            return frozenset(reached)
        reached |= more
