"""What becomes of every line of a list of unions, judged as a whole. Pure: plain values in and out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.places.rules import Level
from niangjia.registers.orgs.rules import UnionKind, read_level, standing_fault, tidy_credit_code
from niangjia.registers.orgs.rules.union_facts import (
    TOPMOST,
    USCC_PREPARING,
    credit_code_fault,
    name_fault,
    region_fault,
)
from niangjia.registers.orgs.union_list.columns import SHOWN_LENGTH, Fault, Line

DEEPEST = 64  # no tree of unions is deeper; a walk that goes on runs in a circle


class Known(NamedTuple):
    """A union as the register has it before the import."""

    id: int
    code: str
    name: str
    level: Level
    kind: UnionKind
    parent: str
    second_parent: str
    uscc: str
    region: str
    path: str
    city: str
    is_open: bool
    is_preparing: bool = False


@dataclass(frozen=True)
class Register:
    """What the register knows of the unions that the list speaks of, and of those above them."""

    unions: dict[str, Known]
    code_of_uscc: dict[str, str]
    may_change: Callable[[str], bool]
    may_have_roots: bool


class Decided(NamedTuple):
    """A line that lands: under which parent, at which level, as what; `known` where the union is there already."""

    line: Line
    known: Known | None
    level: Level
    kind: UnionKind
    parent: str
    second_parent: str
    uscc: str
    region: str

    @property
    def is_change(self) -> bool:
        """Whether the register will say something else than before."""
        known = self.known
        return known is not None and (known.name, known.parent, known.second_parent, known.uscc, known.region) != (
            self.line.name,
            self.parent,
            self.second_parent,
            self.uscc,
            self.region,
        )


@dataclass
class Plan:
    """The verdict: unions to open (parents first), to change (parents first), rows that change nothing, faults."""

    created: list[Decided] = field(default_factory=list)
    updated: list[Decided] = field(default_factory=list)
    unchanged: int = 0
    rejected: set[int] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)


def decide(lines: Iterable[Line], register: Register) -> Plan:
    """Judge the list; a line whose second parent turns out to be refused takes the rest through another judgement."""
    given = list(lines)
    refused: dict[str, tuple[str, Reason]] = {}
    while True:
        judge = _Judge(given, register, refused)
        plan = judge.run()
        more = judge.dangling() | judge.circles()
        if not more:
            return plan
        refused |= more


class _Judge:
    def __init__(self, lines: list[Line], register: Register, refused: dict[str, tuple[str, Reason]]) -> None:
        self.register = register
        self.refused = refused
        self.plan = Plan()
        self.first: dict[str, Line] = {}
        self.again: list[Line] = []
        self._sort_out(lines)
        self.decided: dict[str, Decided | None] = {}
        self.uscc_of_list: dict[str, str] = {}
        roots = [
            _level_alone(line) for line in self.first.values() if not line.parent and line.code not in register.unions
        ]
        self.top_rank = min((level.rank for level in roots if level), default=None)

    def run(self) -> Plan:
        """Judge parents before children, then the rows that repeat another."""
        for code in self.first:
            self._judge_with_parents(code)
        for decided in self.decided.values():
            if decided is None:
                continue
            if decided.known is None:
                self.plan.created.append(decided)
            elif decided.is_change:
                self.plan.updated.append(decided)
            else:
                self.plan.unchanged += 1
        for line in self.again:
            self._judge_repeated(line)
        return self.plan

    def dangling(self) -> dict[str, tuple[str, Reason]]:
        """Lines that landed although their second parent, a line of this list, did not."""
        there = {"", *self.register.unions, *(code for code, decided in self.decided.items() if decided)}
        return {
            code: (
                "second_parent",
                Reason("second_parent_unknown", _SECOND_PARENT_UNKNOWN, {"written": decided.second_parent}),
            )
            for code, decided in self.decided.items()
            if decided and decided.second_parent not in there
        }

    def circles(self) -> dict[str, tuple[str, Reason]]:
        """Moved unions that would come to stand below themselves."""
        moved = [decided for decided in self.plan.updated if decided.known and decided.known.parent != decided.parent]
        reason = Reason("parent_cycle", _CYCLE, {})
        return {each.line.code: ("parent", reason) for each in moved if self._comes_back(each.line.code)}

    def _comes_back(self, code: str) -> bool:
        above = self._parent_after(code)
        for _step in range(DEEPEST):
            if above in ("", code):
                return above == code
            above = self._parent_after(above)
        return True

    def _parent_after(self, code: str) -> str:
        decided = self.decided.get(code)
        if decided:
            return decided.parent
        known = self.register.unions.get(code)
        return known.parent if known else ""

    def _sort_out(self, lines: list[Line]) -> None:
        """One line for each code; where two names stand for one code, none of them counts."""
        groups: dict[str, list[Line]] = {}
        for line in lines:
            groups.setdefault(line.code, []).append(line)
        for code, group in groups.items():
            if len({line.name for line in group}) > 1:
                for line in group:
                    self._reject(line, "code", Reason("code_two_unions", _TWO_UNIONS, {"code": code}))
                continue
            self.first[code] = group[0]
            self.again += group[1:]

    def _judge_repeated(self, line: Line) -> None:
        first = self.first[line.code]
        if line.values != first.values:
            self._reject(line, "code", Reason("duplicate_differs", _DUPLICATE, {"row": first.row}))
        elif self.decided[line.code]:
            self.plan.unchanged += 1
        else:
            same = [fault for fault in self.plan.faults if fault.seq == first.seq]
            for fault in same:
                self._reject(line, fault.field, fault.reason)

    def _judge_with_parents(self, code: str) -> None:
        stack = [code]
        while stack:
            line = self.first[stack[-1]]
            if line.code in self.decided:
                stack.pop()
            elif line.parent in stack:
                self._refuse_circle(stack[stack.index(line.parent) :])
            elif line.parent in self.first and line.parent not in self.decided:
                stack.append(line.parent)
            else:
                self.decided[stack.pop()] = self._judge(line)

    def _refuse_circle(self, codes: list[str]) -> None:
        for code in codes:
            self._reject(self.first[code], "parent", Reason("parent_cycle", _CYCLE, {}))
            self.decided[code] = None

    def _judge(self, line: Line) -> Decided | None:
        known = self.register.unions.get(line.code)
        before = len(self.plan.faults)
        parent, parent_level = self._parent(line, known)
        level, kind = self._level(line, known, parent_level)
        uscc = tidy_credit_code(line.uscc) or (known.uscc if known else "")
        self._check_rest(line, known, (level, kind), uscc)
        if len(self.plan.faults) > before or level is None or kind is None:
            return None
        return Decided(
            line=line,
            known=known,
            level=level,
            kind=kind,
            parent=parent,
            second_parent=line.second_parent or (known.second_parent if known else ""),
            uscc=uscc,
            region=line.region or (known.region if known else ""),
        )

    def _parent(self, line: Line, known: Known | None) -> tuple[str, Level | None]:
        """The parent's code and level; a blank cell keeps what is there."""
        code = line.parent or (known.parent if known else "")
        if not code:
            if known is None and not self._may_be_root(line):
                self._reject(line, "parent", Reason("parent_missing", _PARENT_MISSING, {}))
            return "", None
        decided = self.decided.get(code)
        if decided:
            return code, decided.level
        above = self.register.unions.get(code)
        if above is None or not above.is_open:
            self._reject(line, "parent", Reason("parent_unknown", _PARENT_UNKNOWN, {"written": code[:SHOWN_LENGTH]}))
            return code, None
        if line.parent and not self.register.may_change(above.path):
            self._reject(line, "parent", Reason("parent_outside", _PARENT_OUTSIDE, {}))
        return code, above.level

    def _may_be_root(self, line: Line) -> bool:
        level = _level_alone(line)
        is_top = level is not None and level.rank <= TOPMOST.rank and level.rank == self.top_rank
        return is_top and self.register.may_have_roots

    def _level(self, line: Line, known: Known | None, parent: Level | None) -> tuple[Level | None, UnionKind | None]:
        """Level and kind, and whether they may stand under the parent."""
        level, kind = self._level_read(line, known, parent)
        fault = standing_fault(level, parent) if level and parent else None
        if fault is not None:
            self._reject(line, "parent", fault)
        return level, kind

    def _level_read(
        self, line: Line, known: Known | None, parent: Level | None
    ) -> tuple[Level | None, UnionKind | None]:
        if not line.level:
            if known is None:
                self._reject(line, "level", Reason("level_missing", _LEVEL_MISSING, {}))
            return (known.level, known.kind) if known else (None, None)
        read = read_level(line.level, parent=parent)
        if isinstance(read, Reason):
            if parent is not None or _kind_needs_parent(line) is False:
                self._reject(line, "level", read)
            return (known.level, known.kind) if known else (None, None)
        level, kind = read
        if known:
            by_kind = kind in {UnionKind.FEDERATION, UnionKind.INDUSTRY}
            if kind is not known.kind or (not by_kind and level is not known.level):
                self._reject(line, "level", Reason("level_differs_from_register", _LEVEL_DIFFERS, {}))
            return known.level, known.kind
        return level, kind

    def _check_rest(
        self, line: Line, known: Known | None, standing: tuple[Level | None, UnionKind | None], uscc: str
    ) -> None:
        level, kind = standing
        found = [("name", name_fault(line.name)), ("region", region_fault(line.region))]
        if known and not known.is_open:
            found.append(("code", Reason("union_closed", _CLOSED, {})))
        elif known and not self.register.may_change(known.path):
            found.append(("code", Reason("union_outside", _OUTSIDE, {})))
        if line.uscc:
            fault = credit_code_fault(uscc, level=level, kind=kind) if level and kind else None
            preparing = Reason("uscc_preparing", USCC_PREPARING, {}) if known and known.is_preparing else None
            found.append(("uscc", fault or preparing or self._uscc_taken(line, uscc)))
        if line.second_parent and not self._is_there(line.second_parent):
            written = {"written": line.second_parent[:SHOWN_LENGTH]}
            found.append(("second_parent", Reason("second_parent_unknown", _SECOND_PARENT_UNKNOWN, dict(written))))
        found.append(self.refused.get(line.code, ("", None)))
        for column, reason in found:
            if reason is not None:
                self._reject(line, column, reason)

    def _uscc_taken(self, line: Line, uscc: str) -> Reason | None:
        owner = self.register.code_of_uscc.get(uscc) or self.uscc_of_list.setdefault(uscc, line.code)
        return None if owner == line.code else Reason("uscc_taken", _USCC_TAKEN, {})

    def _is_there(self, code: str) -> bool:
        known = self.register.unions.get(code)
        return code in self.first or (known is not None and known.is_open)

    def _reject(self, line: Line, column: str, reason: Reason) -> None:
        shown = str(getattr(line, column))[:SHOWN_LENGTH]
        self.plan.rejected.add(line.seq)
        self.plan.faults.append(Fault(line.seq, line.row, column, reason, line.name[:SHOWN_LENGTH], shown))


def _level_alone(line: Line) -> Level | None:
    """The level a line names without regard to its parent."""
    read = read_level(line.level, parent=None)
    return None if isinstance(read, Reason) else read[0]


def _kind_needs_parent(line: Line) -> bool:
    """Whether the word is a kind whose level follows from the parent (工会联合会, 产业工会)."""
    return not isinstance(read_level(line.level, parent=Level.NATION), Reason)


_TWO_UNIONS = gettext_noop("编码 {code} 在表里写了两个不同的名称，这几行都没有导入。每个工会一个编码，改好再导入。")
_DUPLICATE = gettext_noop("和第 {row} 行是同一个工会，内容不一样。第 {row} 行已经算数，看看哪一行对，只留一行。")
_CYCLE = gettext_noop("这几个工会互相是上级，绕成了一圈。找到写错的一个，改好再导入。")
_PARENT_MISSING = gettext_noop("没有写上级工会编码。只有最上面的一个工会没有上级，补上再导入。")
_PARENT_UNKNOWN = gettext_noop(
    "找不到上级「{written}」：系统里没有，表里也没有能用的。看看编码有没有抄错，或者先把上级那一行改好。"
)
_PARENT_OUTSIDE = gettext_noop("上级工会不归您管，只能建在本工会下面。")
_LEVEL_MISSING = gettext_noop("没有写层级。写县级、乡镇街道、村社区、基层工会、分会等。")
_LEVEL_DIFFERS = gettext_noop("和系统里的层级不一样。层级不能用名单改，确实升格或改制的，在工会页面上办。")
_CLOSED = gettext_noop("这个编码的工会已经撤销。编码用过就不再给别的工会，请换一个编码。")
_OUTSIDE = gettext_noop("这个工会不归您管。只能改本工会和下级工会。")
_USCC_TAKEN = gettext_noop("这个统一社会信用代码另一个工会用着。对着两本证书看看哪个抄错了。")
_SECOND_PARENT_UNKNOWN = gettext_noop("找不到第二上级「{written}」。看看编码有没有抄错；没有第二上级的空着。")
