"""What becomes of every row of a list of employers: new, changed, unchanged, or refused with its reason."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.intake.sheets import BadDay, Cell, FormulaCell, clean_text, parse_day
from niangjia.registers.employers.employer_list.columns import SHOWN_LENGTH, Fault, Line
from niangjia.registers.employers.models import Employer
from niangjia.registers.employers.parks import parks_seen
from niangjia.registers.employers.queries import in_territory
from niangjia.registers.employers.rules import TRADES, ownership_code
from niangjia.registers.employers.rules.employer_facts import EmployerFacts, employer_faults, tidy_employer_name
from niangjia.registers.employers.rules.moves import IMPORT_EMPLOYERS
from niangjia.registers.employers.services import facts_of
from niangjia.registers.orgs.queries import meant_by
from niangjia.registers.orgs.rules import tidy_credit_code

MOST_HEADS = 9_999_999


@dataclass(frozen=True)
class Decided:
    """A row that lands: its facts, and the employer that is there already with the revision it had."""

    line: Line
    facts: EmployerFacts
    known_id: int | None = None
    revision: int = 0


@dataclass
class Plan:
    """The verdict: employers to register, to change, rows that change nothing, and faults."""

    created: list[Decided] = field(default_factory=list)
    updated: list[Decided] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def rejected(self) -> set[int]:
        """The rows that do not land."""
        return {fault.line.seq for fault in self.faults}


class _Refused(Exception):
    def __init__(self, code: str, reason: Reason) -> None:
        super().__init__(code)
        self.field, self.reason = code, reason


def decide(lines: Iterable[Line], *, by: Actor) -> Plan:
    """Judge every row against the register, and against the rows before it."""
    judge, plan = _Judge(by), Plan()
    for line in lines:
        faults = judge.faults_of_cells(line)
        if not faults:
            try:
                judge.take(line, plan)
            except _Refused as refused:
                faults = {refused.field: refused.reason}
            except _FactsRefused as refused:
                faults = refused.reasons
        name = clean_text(line.values.get("name"))[:SHOWN_LENGTH]
        for code, reason in faults.items():
            shown = clean_text(line.values.get(code))[:SHOWN_LENGTH]
            plan.faults.append(Fault(line, code, reason, name, shown))
    return plan


class _FactsRefused(Exception):
    def __init__(self, reasons: dict[str, Reason]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


class _Judge:
    def __init__(self, by: Actor) -> None:
        self.by = by
        self.first: dict[Any, Decided] = {}
        self.union_of = cache(lambda text: meant_by(text, actor=by, move=IMPORT_EMPLOYERS))
        self.parks = {name: pk for pk, name in parks_seen(by, move=IMPORT_EMPLOYERS).values_list("pk", "name")}

    def faults_of_cells(self, line: Line) -> dict[str, Reason]:
        """Formulas are no values."""
        formulas = [code for code, cell in line.values.items() if isinstance(cell, FormulaCell)]
        return {code: Reason("formula_cell", _FORMULA, {}) for code in formulas}

    def take(self, line: Line, plan: Plan) -> None:
        """Judge one row whose cells can be read."""
        written = self._written(line)
        known = self._known(line, written)
        facts = self._facts(line, written, known)
        key = known.pk if known else (facts.uscc or (facts.place_id, facts.name))
        before = self.first.get(key)
        if before is not None:
            if before.facts != facts:
                raise _Refused("name", Reason("duplicate_differs", _DUPLICATE, {"row": before.line.row}))
            plan.unchanged += 1
            return
        decided = Decided(line, facts, known.pk if known else None, known.revision if known else 0)
        self.first[key] = decided
        if known is None:
            plan.created.append(decided)
        elif facts != facts_of(known):
            plan.updated.append(decided)
        else:
            plan.unchanged += 1

    def _written(self, line: Line) -> dict[str, Any]:
        """What the row says, cell by cell; a blank cell says nothing."""
        found: dict[str, Any] = {}
        for code, cell in line.values.items():
            if clean_text(cell):
                read = READERS.get(code)
                found |= read(cell) if read else {code: clean_text(cell)}
        return found

    def _known(self, line: Line, written: dict[str, Any]) -> Employer | None:
        """The employer that is meant: by its credit code, else by its whole name in the territory it is written for."""
        code, name = tidy_credit_code(written.get("uscc", "")), tidy_employer_name(written.get("name", ""))
        own = in_territory(self.by, move=IMPORT_EMPLOYERS)
        if code:
            found = own.filter(uscc=code).first()
            if found is not None:
                return found
            with beyond(Purpose.ONE_OF_A_KIND):
                is_elsewhere = Employer.objects.filter(uscc=code).exists()
            if is_elsewhere:
                raise _Refused("uscc", Reason("uscc_elsewhere", _ELSEWHERE, {}))
        place = self._place(line, written)
        named = own.filter(name=name) if name else own.none()
        if place is not None:
            named = named.filter(place__path__startswith=place.place.path)
        if code:
            named = named.filter(uscc=None)
        same = list(named.order_by("pk")[:2])
        if len(same) > 1:
            raise _Refused("name", Reason("name_of_two", _OF_TWO, {}))
        return same[0] if same else None

    def _place(self, _line: Line, written: dict[str, Any]) -> Any:
        text = written.get("place", "")
        if not text:
            return None
        found = self.union_of(text)
        if isinstance(found, Reason):
            raise _Refused("place", found)
        return found

    def _facts(self, line: Line, written: dict[str, Any], known: Employer | None) -> EmployerFacts:
        place = self._place(line, written)
        if known is None and place is None:
            raise _Refused("place", Reason("place_missing", _PLACE_MISSING, {}))
        base = facts_of(known) if known else EmployerFacts(name="", place_id=place.pk)
        said = {code: value for code, value in written.items() if code not in ("place", "park")}
        if place is not None:
            said["place_id"] = place.pk
        if "park" in written:
            park = self.parks.get(tidy_employer_name(written["park"]))
            if park is None:
                raise _Refused(
                    "park", Reason("park_unknown", _PARK_UNKNOWN, {"written": written["park"][:SHOWN_LENGTH]})
                )
            said["park_id"] = park
        facts = replace(base, **said)
        tidy = replace(
            facts,
            name=tidy_employer_name(facts.name),
            uscc=tidy_credit_code(facts.uscc),
            legal_representative=tidy_employer_name(facts.legal_representative),
        )
        faults = employer_faults(tidy)
        if faults:
            raise _FactsRefused(faults)
        return tidy


def _trade(cell: Cell) -> dict[str, Any]:
    text = clean_text(cell)
    code = TRADES.code_of(text) or (text[:2] if text[:2] in TRADES.titles and text.isdecimal() else None)
    if code is None:
        raise _Refused("trade", Reason("trade_unknown", _TRADE_UNKNOWN, {"written": text[:SHOWN_LENGTH]}))
    return {"trade_code": code}


def _ownership(cell: Cell) -> dict[str, Any]:
    text = clean_text(cell)
    found = ownership_code(text)
    if found is None:
        raise _Refused("ownership", Reason("ownership_unknown", _OWNERSHIP_UNKNOWN, {"written": text[:SHOWN_LENGTH]}))
    return {"ownership_list": found[0], "ownership_code": found[1]}


def _heads(code: str) -> Callable[[Cell], dict[str, Any]]:
    def read(cell: Cell) -> dict[str, Any]:
        text = clean_text(cell).removesuffix("人").replace(",", "").removesuffix(".0").strip()
        if not text.isdecimal() or int(text) > MOST_HEADS:
            raise _Refused(code, Reason("number_invalid", _NUMBER, {"written": text[:SHOWN_LENGTH]}))
        return {code: int(text)}

    return read


def _day(code: str) -> Callable[[Cell], dict[str, Any]]:
    def read(cell: Cell) -> dict[str, Any]:
        try:
            found: date | None = parse_day(cell)
        except BadDay as bad:
            raise _Refused(
                code, Reason("day_invalid", bad.template, {name: str(value) for name, value in bad.facts.items()})
            ) from bad
        return {code: found} if found else {}

    return read


READERS: dict[str, Callable[[Cell], dict[str, Any]]] = {
    "trade": _trade,
    "ownership": _ownership,
    "employees": _heads("employees"),
    "women_employees": _heads("women_employees"),
    "opened_on": _day("opened_on"),
    "closed_on": _day("closed_on"),
}
_FORMULA = gettext_noop("这一格是公式。选中这一列，复制，再用「粘贴为数值」贴回原处，保存后再导入。")
_DUPLICATE = gettext_noop("和第 {row} 行是同一家单位，写的却不一样。留下对的那一行。")
_ELSEWHERE = gettext_noop("这个统一社会信用代码是别处登记的单位，不归您管。看看是不是抄错了。")
_OF_TWO = gettext_noop("库里有几家单位叫这个名字。写上统一社会信用代码，才知道是哪家。")
_PLACE_MISSING = gettext_noop("还没有写属地工会。写工会编码或全称。")
_PARK_UNKNOWN = gettext_noop("没有登记过园区「{written}」。先在「园区」里登记，再导入。")
_TRADE_UNKNOWN = gettext_noop(
    "看不出「{written}」是哪个行业。写 GB/T 4754 的门类、大类名称或代码，比如「制造业」「17」。"
)
_OWNERSHIP_UNKNOWN = gettext_noop("看不出「{written}」是哪种所有制。按登记表上的写，比如「私营企业」「事业单位」。")
_NUMBER = gettext_noop("「{written}」不是人数。只写整数，比如 120。")
