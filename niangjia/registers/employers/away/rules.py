"""What is written down of a union away from home, and what is wrong with it."""

from dataclasses import dataclass
from datetime import date

from niangjia.kernel.access.rules import Move, Role
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.registers.orgs.rules.union_facts import region_fault

SEE_AWAY = Move("see_away", frozenset({Role.CADRE, Role.CHAIR, Role.OFFICER, Role.AUDITOR}))
KEEP_AWAY = Move("keep_away", frozenset({Role.CADRE}))
MOVES = (SEE_AWAY, KEEP_AWAY)
SOON_DAYS = 60


@dataclass(frozen=True)
class AwayFacts:
    """A union away from home as somebody writes it down."""

    union_id: int
    home_id: int
    host_region: str
    host_place: str
    since_on: date
    host_union: str = ""
    agreement_no: str = ""
    agreed_on: date | None = None
    agreed_to: date | None = None
    tasks: str = ""
    until_on: date | None = None


def away_faults(facts: AwayFacts) -> dict[str, Reason]:
    """Everything wrong with a union away from home, by field."""
    region = region_fault(facts.host_region) if facts.host_region else Reason("region_missing", _REGION_MISSING, {})
    found: dict[str, Reason | None] = {
        "home": Reason("own_home", _OWN_HOME, {}) if facts.home_id == facts.union_id else None,
        "host_region": region,
        "host_place": None if facts.host_place else Reason("host_missing", _HOST_MISSING, {}),
        "agreed_on": _agreement_fault(facts),
        "until_on": Reason("until_before", _UNTIL_BEFORE, {})
        if facts.until_on and facts.until_on < facts.since_on
        else None,
    }
    return {field: reason for field, reason in found.items() if reason is not None}


def _agreement_fault(facts: AwayFacts) -> Reason | None:
    if facts.agreed_on is None and (facts.agreed_to or facts.agreement_no):
        return Reason("agreed_missing", _AGREED_MISSING, {})
    if facts.agreed_on and facts.agreed_to and facts.agreed_to < facts.agreed_on:
        return Reason("agreed_before", _AGREED_BEFORE, {})
    return None


_OWN_HOME = gettext_noop("输出地工会是家乡那边的工会，不能是它自己。")
_REGION_MISSING = gettext_noop("还没有写输入地的行政区划代码。写六位数字，到市或到县都行。")
_HOST_MISSING = gettext_noop("还没有写他们在哪里做工。写到市、县或者街道、工地。")
_UNTIL_BEFORE = gettext_noop("停下的日子不能早于开始的日子。")
_AGREED_MISSING = gettext_noop("有协议的，写上签订的日子。")
_AGREED_BEFORE = gettext_noop("协议的到期日期不能早于签订日期。")
