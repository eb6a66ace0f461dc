"""What is registered of a union (工会登记项), checked as a whole."""

from dataclasses import dataclass

from niangjia.kernel.chinese import Reason, fold_width, gettext_noop
from niangjia.kernel.places.rules import Level
from niangjia.registers.orgs.rules.credit_codes import tidy_credit_code, uscc_fault
from niangjia.registers.orgs.rules.levels import UnionKind, standing_fault
from niangjia.registers.orgs.rules.union_codes import check_union_code

SHORTEST_NAME, LONGEST_NAME = 2, 128
NO_CITY = "000000"
REGION_LENGTHS = frozenset({6, 9, 12})  # GB/T 2260; with 街道 and 村 codes of the statistics bureau
TOPMOST = Level.COUNTY  # an instance of the program belongs to a county or above


@dataclass(frozen=True)
class UnionFacts:
    """A union as somebody writes it down; `parent_id` is None for the topmost one, an empty code is drawn."""

    name: str
    level: Level
    kind: UnionKind
    parent_id: int | None = None
    second_parent_id: int | None = None
    code: str = ""
    uscc: str = ""
    region_code: str = ""
    address: str = ""
    phone: str = ""


def tidy_union_name(text: str) -> str:
    """A union's name as it is kept: no spaces at the ends, single ones inside, no invisible marks."""
    return " ".join("".join(mark for mark in text if mark.isprintable() or mark.isspace()).split())


def name_spellings(text: str) -> frozenset[str]:
    """How the same name may be written: brackets and letters in full or half width."""
    tidy = tidy_union_name(text)
    folded = fold_width(tidy)
    bare = "".join(folded.split())
    wide = str.maketrans("()", "（）")
    return frozenset({tidy, folded, bare, folded.translate(wide), bare.translate(wide)})


def name_fault(name: str) -> Reason | None:
    """Why this cannot be a union's name, or None."""
    if not name:
        return Reason("name_missing", _NAME_MISSING, {})
    if not SHORTEST_NAME <= len(name) <= LONGEST_NAME:
        return Reason("name_invalid", _NAME_LENGTH, {"length": len(name)})
    return None


def region_fault(code: str) -> Reason | None:
    """Why this cannot be a region code (行政区划代码), or None; an empty one is fine."""
    if not code or (len(code) in REGION_LENGTHS and code.isascii() and code.isdigit()):
        return None
    return Reason("region_unknown", _REGION, {"written": code})


def parent_fault(level: Level, parent: Level | None) -> Reason | None:
    """Why a union of this level cannot stand under a parent of that level, or without one; or None."""
    if parent is not None:
        return standing_fault(level, parent)
    return Reason("parent_missing", _PARENT_MISSING, {}) if level.rank > TOPMOST.rank else None


def credit_code_fault(code: str, *, level: Level, kind: UnionKind) -> Reason | None:
    """Why this union cannot have this unified social credit code, or None; an empty one is fine."""
    return uscc_fault(code, level=level, kind=kind) if code else None


def facts_faults(facts: UnionFacts, *, parent: Level | None) -> dict[str, Reason]:
    """Everything wrong with a union's facts, by field."""
    code = check_union_code(facts.code) if facts.code else ""
    found = {
        "name": name_fault(facts.name),
        "code": code if isinstance(code, Reason) else None,
        "parent": parent_fault(facts.level, parent),
        "uscc": credit_code_fault(facts.uscc, level=facts.level, kind=facts.kind),
        "region_code": region_fault(facts.region_code),
    }
    return {field: reason for field, reason in found.items() if reason is not None}


def city_of(region_code: str, *, parent_city: str | None) -> str:
    """The city whose database holds the union: the prefecture of its region code, else its parent's city."""
    if region_code:
        return f"{region_code[:4]}00"
    return parent_city or NO_CITY


__all__ = [
    "UnionFacts",
    "city_of",
    "credit_code_fault",
    "facts_faults",
    "name_fault",
    "name_spellings",
    "parent_fault",
    "region_fault",
    "tidy_credit_code",
    "tidy_union_name",
]

USCC_PREPARING = gettext_noop("筹建中的工会还没有统一社会信用代码，这一格空着。上一级工会批复、登记法人资格以后再填。")
_NAME_MISSING = gettext_noop("还没有写工会名称。写全称，和印章上的一样。")
_NAME_LENGTH = gettext_noop("名称有 {length} 个字，全称是 2 到 128 个字。")
_REGION = gettext_noop("「{written}」不是行政区划代码。代码是 6 位数字，街道 9 位，社区 12 位；不知道的空着。")
_PARENT_MISSING = gettext_noop("没有写上级工会。只有县级以上的工会可以是系统里最上面的一个。")
