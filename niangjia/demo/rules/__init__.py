"""Demo worlds: fictional counties with unions, employers and members, drawn from chance that can be repeated."""

from niangjia.demo.rules.accounts import DEMO_ACCOUNTS, KNOWN_PEOPLE, SHUNTONG, DemoAccount
from niangjia.demo.rules.counties import ANHE, DEMO_PREFIXES, PROVINCE_CODE, PROVINCE_NAME, counties
from niangjia.demo.rules.county import plan_county
from niangjia.demo.rules.people import people
from niangjia.demo.rules.rows import (
    County,
    CountyPlan,
    CoverageRow,
    EmployerRow,
    KnownPerson,
    MembershipRow,
    PersonRow,
    UnionRow,
)
from niangjia.demo.rules.unions import upper_union

__all__ = [
    "ANHE",
    "DEMO_ACCOUNTS",
    "DEMO_PREFIXES",
    "KNOWN_PEOPLE",
    "PROVINCE_CODE",
    "PROVINCE_NAME",
    "SHUNTONG",
    "County",
    "CountyPlan",
    "CoverageRow",
    "DemoAccount",
    "EmployerRow",
    "KnownPerson",
    "MembershipRow",
    "PersonRow",
    "UnionRow",
    "counties",
    "people",
    "plan_county",
    "upper_union",
]
