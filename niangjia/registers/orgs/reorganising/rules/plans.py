"""Which reorganisations are possible: plain values in, what is wrong by field out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.places.rules import Level
from niangjia.registers.orgs.rules import standing_fault
from niangjia.registers.orgs.rules.union_facts import name_fault

LONGEST_AHEAD_DAYS = 366  # 本系统默认值


class Operation(StrEnum):
    """What a reorganisation does (调整方式)."""

    MERGE = "merge"
    MOVE = "move"
    SPLIT = "split"
    DISSOLVE = "dissolve"


class Part(StrEnum):
    """What a union has to do with a reorganisation (参与方式)."""

    # It ends, moves, or is split: what is done is done with it.
    SOURCE = "source"
    # It stands below one that is split, and goes to the new one.
    GOES = "goes"


@dataclass(frozen=True)
class Standing:
    """A union as a plan sees it: where it stands, of what level, whether it is closed."""

    id: int
    path: str
    level: Level
    parent_id: int | None
    is_closed: bool = False


@dataclass(frozen=True)
class Plan:
    """What somebody wants to do (调整方案): with which unions, into or under which one or a new one of that name, on which day."""

    operation: Operation
    sources: tuple[Standing, ...]
    on: date
    into: Standing | None = None
    name: str = ""
    goes: tuple[Standing, ...] = ()
    # How many groups of its own members go along.
    groups: int = 0
    # The levels of what stands right below those that end.
    below: tuple[Level, ...] = ()


def plan_faults(plan: Plan, *, today: date) -> dict[str, Reason]:
    """Everything wrong with a plan, by field."""
    found = dict(_faults_of_day(plan, today))
    if any(each.is_closed for each in (*plan.sources, *plan.goes)):
        found["__all__"] = Reason("closed", _CLOSED, {})
    for field, reason in BY_OPERATION[plan.operation](plan):
        found.setdefault(field, reason)
    return found


def _faults_of_day(plan: Plan, today: date) -> Iterator[tuple[str, Reason]]:
    if plan.on < today:
        yield "planned_on", Reason("day_past", _DAY_PAST, {})
    if plan.on > today + timedelta(days=LONGEST_AHEAD_DAYS):
        yield "planned_on", Reason("day_too_far", _DAY_TOO_FAR, {"n": LONGEST_AHEAD_DAYS})


def _faults_of_merge(plan: Plan) -> Iterator[tuple[str, Reason]]:
    """Into one that stays, or a new one; all of one level, none inside another."""
    if (plan.into is None) == (not plan.name):
        yield "into", Reason("into_or_new", _INTO_OR_NEW, {})
    elif plan.into is not None and plan.into.is_closed:
        yield "into", Reason("into_closed", _INTO_CLOSED, {})
    elif plan.into is None:
        yield from _faults_of_new(plan)
    yield from _faults_together([*plan.sources, *([plan.into] if plan.into else [])])


def _faults_of_new(plan: Plan) -> Iterator[tuple[str, Reason]]:
    if len(plan.sources) == 1:
        yield "other", Reason("one_alone", _ONE_ALONE, {})
    if fault := name_fault(plan.name):
        yield "name", fault


def _faults_together(unions: Sequence[Standing]) -> Iterator[tuple[str, Reason]]:
    """Unions that become one."""
    if len({each.id for each in unions}) < len(unions):
        yield "into", Reason("same_union", _SAME_UNION, {})
    if len({each.level for each in unions}) > 1:
        yield "into", Reason("other_level", _OTHER_LEVEL, {})
    if any(one.id != other.id and one.path.startswith(other.path) for one in unions for other in unions):
        yield "into", Reason("inside", _INSIDE, {})


def _faults_of_move(plan: Plan) -> Iterator[tuple[str, Reason]]:
    source = plan.sources[0]
    if plan.into is None:
        yield "into", Reason("into_missing", _INTO_MISSING, {})
        return
    if plan.into.is_closed:
        yield "into", Reason("into_closed", _INTO_CLOSED, {})
    if plan.into.path.startswith(source.path):
        yield "into", Reason("under_itself", _UNDER_ITSELF, {})
    if plan.into.id == source.parent_id:
        yield "into", Reason("there_already", _THERE_ALREADY, {})
    if fault := standing_fault(source.level, plan.into.level):
        yield "into", fault


def _faults_of_split(plan: Plan) -> Iterator[tuple[str, Reason]]:
    source = plan.sources[0]
    if fault := name_fault(plan.name):
        yield "name", fault
    if not plan.goes and not plan.groups:
        yield "goes", Reason("nothing_goes", _NOTHING_GOES, {})
    if any(each.parent_id != source.id for each in plan.goes):
        yield "goes", Reason("not_below", _NOT_BELOW, {})


def _faults_of_dissolving(plan: Plan) -> Iterator[tuple[str, Reason]]:
    if plan.below:
        yield "__all__", Reason("unions_below", _UNIONS_BELOW, {"n": len(plan.below)})


BY_OPERATION = {
    Operation.MERGE: _faults_of_merge,
    Operation.MOVE: _faults_of_move,
    Operation.SPLIT: _faults_of_split,
    Operation.DISSOLVE: _faults_of_dissolving,
}

_DAY_PAST = gettext_noop("日子不能早于今天：以前的组织树和数字不再变。写今天或者以后的一天。")
_DAY_TOO_FAR = gettext_noop("日子太远了，最多提前 {n} 天。")
_CLOSED = gettext_noop("选的工会里有已经撤销的。只能调整还在的工会。")
_INTO_OR_NEW = gettext_noop("选并到哪个工会，或者写新工会的名称，两样写一样。")
_ONE_ALONE = gettext_noop("成立新工会，至少要两个一起并。再选一个。")
_INTO_CLOSED = gettext_noop("这个工会已经撤销，不能再并进去。请另选一个。")
_SAME_UNION = gettext_noop("同一个工会选了两次。请另选一个。")
_OTHER_LEVEL = gettext_noop("同一层级的工会才能合并。层级不同的，用划转。")
_INSIDE = gettext_noop("一个在另一个下面，不能合并。请先划转。")
_INTO_MISSING = gettext_noop("还没有选划到哪个工会下面。")
_UNDER_ITSELF = gettext_noop("不能挂在自己或自己的下级下面。请另选一个上级。")
_THERE_ALREADY = gettext_noop("它本来就在这个工会下面。请另选一个。")
_NOTHING_GOES = gettext_noop("还没有选哪些下级、哪些会员分到新工会去。至少选一样。")
_NOT_BELOW = gettext_noop("只能分它的直接下级。请重新选。")
_UNIONS_BELOW = gettext_noop("它下面还有 {n} 个没撤销的工会。先划转或者合并它们，再撤销。")
