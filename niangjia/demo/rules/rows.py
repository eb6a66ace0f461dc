"""The rows of a demo world, plain and without a database; keys are the world's own."""

from datetime import date
from typing import NamedTuple

from niangjia.registers.orgs.rules import Level, UnionKind


class County(NamedTuple):
    """A fictional county (虚构的县) with a region code that GB/T 2260 never gave to anyone."""

    region_code: str
    name: str
    city_code: str
    city_name: str


class UnionRow(NamedTuple):
    """A union of the demo world."""

    code: str
    parent_code: str
    second_parent_code: str
    level: Level
    kind: UnionKind
    name: str
    region_code: str
    uscc: str | None
    opened_on: date
    address: str = ""
    phone: str = ""


class EmployerRow(NamedTuple):
    """An employer of the demo world; `place_code` is the territorial union responsible for it."""

    key: int
    place_code: str
    name: str
    uscc: str
    region_code: str
    trade_code: str
    ownership_code: str
    employees: int
    women_employees: int
    opened_on: date
    address: str


class CoverageRow(NamedTuple):
    """A union covers an employer from a day on."""

    employer: int
    union_code: str
    valid_from: date


class Workforce(NamedTuple):
    """How many members one union has at one employer, and what they do."""

    union_code: str
    employer: int | None
    employer_name: str
    trade_code: str
    members: int
    women_share: float
    founded_on: date


class PersonRow(NamedTuple):
    """A member of the demo world; coded as the register keeps it."""

    name: str
    id_number: str
    phone: str | None
    sex: str
    birth_on: date
    ethnicity: str
    political: str
    education: str
    household_registration: str
    migrant: bool
    employment: str
    workplace: str
    title: str
    skill: str
    occupation: str


class MembershipRow(NamedTuple):
    """One membership in one period; `ends_on` is the first day on which it no longer holds."""

    union_code: str
    employer: int | None
    kind: str
    state: str
    begins_on: date
    ends_on: date | None
    member_no: str


class KnownPerson(NamedTuple):
    """A person whom pictures and how-to pages speak of, by name, in a union with a fixed name."""

    name: str
    sex: str
    birth_on: date
    title: str
    union_name: str


class CountyPlan(NamedTuple):
    """A county's unions and employers, and how many members work where; people are drawn from it later."""

    county: County
    unions: list[UnionRow]
    employers: list[EmployerRow]
    coverages: list[CoverageRow]
    workforces: list[Workforce]
