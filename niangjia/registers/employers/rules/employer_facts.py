"""What is registered of an employer (单位登记项), checked as a whole."""

from dataclasses import dataclass
from datetime import date

from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.registers.employers.rules.kinds import HeadSource
from niangjia.registers.orgs.rules import check_credit_code as check_employer_code
from niangjia.registers.orgs.rules.union_facts import region_fault, tidy_union_name

SHORTEST_NAME, LONGEST_NAME = 2, 128


@dataclass(frozen=True)
class EmployerFacts:
    """An employer as somebody writes it down; `place_id` is the territorial union responsible for it (属地工会)."""

    name: str
    place_id: int
    uscc: str = ""
    region_code: str = ""
    trade_code: str = ""
    ownership_list: str = ""
    ownership_code: str = ""
    employees: int | None = None
    women_employees: int | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    address: str = ""
    park_id: int | None = None
    legal_representative: str = ""


@dataclass(frozen=True)
class HeadFacts:
    """How many worked for an employer in a month, as somebody writes it down."""

    month: date
    source: HeadSource
    employees: int
    women_employees: int | None = None


def tidy_employer_name(text: str) -> str:
    """An employer's name as it is kept."""
    return tidy_union_name(text)


def employer_faults(facts: EmployerFacts) -> dict[str, Reason]:
    """Everything wrong with an employer's facts, by field."""
    code = check_employer_code(facts.uscc) if facts.uscc else ""
    found = {
        "name": _name_fault(facts.name),
        "uscc": code if isinstance(code, Reason) else None,
        "region_code": region_fault(facts.region_code),
        "women_employees": _women_fault(facts),
        "closed_on": _closing_fault(facts),
    }
    return {field: reason for field, reason in found.items() if reason is not None}


def head_faults(facts: HeadFacts, *, on: date) -> dict[str, Reason]:
    """Everything wrong with a head-count, by field; no month that has not begun can be counted."""
    found: dict[str, Reason] = {}
    if facts.month > on.replace(day=1):
        found["month"] = Reason("month_to_come", _MONTH_TO_COME, {})
    if facts.women_employees is not None and facts.women_employees > facts.employees:
        found["women_employees"] = Reason(
            "too_many_women", _TOO_MANY_WOMEN, {"women": facts.women_employees, "all": facts.employees}
        )
    return found


def _name_fault(name: str) -> Reason | None:
    if not name:
        return Reason("name_missing", _NAME_MISSING, {})
    if not SHORTEST_NAME <= len(name) <= LONGEST_NAME:
        return Reason("name_invalid", _NAME_LENGTH, {"length": len(name)})
    return None


def _women_fault(facts: EmployerFacts) -> Reason | None:
    if facts.women_employees is None:
        return None
    if facts.employees is None:
        return Reason("employees_missing", _EMPLOYEES_MISSING, {})
    if facts.women_employees > facts.employees:
        return Reason("too_many_women", _TOO_MANY_WOMEN, {"women": facts.women_employees, "all": facts.employees})
    return None


def _closing_fault(facts: EmployerFacts) -> Reason | None:
    if facts.opened_on and facts.closed_on and facts.closed_on < facts.opened_on:
        return Reason("closed_before_opened", _CLOSED_BEFORE, {"day": facts.opened_on.isoformat()})
    return None


_NAME_MISSING = gettext_noop("还没有写单位名称。写全称，和营业执照上的一样。")
_NAME_LENGTH = gettext_noop("名称有 {length} 个字，全称是 2 到 128 个字。")
_EMPLOYEES_MISSING = gettext_noop("先写职工人数，再写其中女职工多少人。")
_TOO_MANY_WOMEN = gettext_noop("女职工 {women} 人，比职工总数 {all} 人还多。看看哪个数写错了。")
_CLOSED_BEFORE = gettext_noop("关停不能早于开业（{day}）。看看哪个日子写错了。")
_MONTH_TO_COME = gettext_noop("这个月还没有到。写已经开始的月份。")
