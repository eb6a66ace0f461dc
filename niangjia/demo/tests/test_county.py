"""The demo county as drawn, without a database."""

import re
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from niangjia.demo.rules import (
    ANHE,
    DEMO_PREFIXES,
    KNOWN_PEOPLE,
    CountyPlan,
    MembershipRow,
    PersonRow,
    counties,
    people,
    plan_county,
)
from niangjia.demo.rules.accounts import DEMO_ACCOUNTS
from niangjia.demo.rules.counties import towns
from niangjia.kernel.access.rules import ADMINISTRATORS, NEVER_GIVEN, Role
from niangjia.kernel.dated import rules as reference
from niangjia.registers.employers.rules import OWNERSHIP_LISTS, TRADES, check_employer_code
from niangjia.registers.members import rules as members
from niangjia.registers.orgs import rules as orgs

ON = date(2026, 11, 20)
World = list[tuple[PersonRow, list[MembershipRow]]]


@pytest.fixture(scope="module")
def plan() -> CountyPlan:
    return plan_county(ANHE, on=ON)


@pytest.fixture(scope="module")
def world(plan: CountyPlan) -> World:
    return list(people(plan, on=ON, known=KNOWN_PEOPLE))


def test_the_county_has_the_size_of_a_county(plan: CountyPlan, world: World) -> None:
    assert 380 <= len(plan.unions) <= 430
    assert len(plan.employers) == 600
    assert len({row.employer for row in plan.coverages}) == 400
    active = sum(rows[-1].state == "active" for _, rows in world)
    assert 29_900 <= active <= 30_100


def test_the_same_day_gives_the_same_county(plan: CountyPlan, world: World) -> None:
    assert plan_county(ANHE, on=ON) == plan
    again = people(plan, on=ON, known=KNOWN_PEOPLE)
    assert [next(again) for _ in range(500)] == world[:500]


def test_another_day_keeps_every_number(plan: CountyPlan) -> None:
    def first(on: date) -> list[str]:
        stream = people(plan_county(ANHE, on=on), on=on, known=KNOWN_PEOPLE)
        return [next(stream)[0].id_number for _ in range(300)]

    assert first(ON) == first(date(2027, 2, 3))


def test_every_union_obeys_the_rules_of_the_register(plan: CountyPlan) -> None:
    levels = {row.code: row.level for row in plan.unions}
    assert len(levels) == len(plan.unions)
    for row in plan.unions:
        assert orgs.serial_of(row.code)
        assert row.opened_on <= ON
        if row.parent_code:
            assert orgs.standing_fault(row.level, levels[row.parent_code]) is None
        if row.uscc:
            assert orgs.uscc_fault(row.uscc, level=row.level, kind=row.kind) is None
        assert not row.second_parent_code or row.second_parent_code in levels


def test_a_union_is_never_older_than_the_one_above_it(plan: CountyPlan) -> None:
    opened = {row.code: row.opened_on for row in plan.unions}
    assert not [row for row in plan.unions if row.parent_code and row.opened_on < opened[row.parent_code]]


def test_names_of_unions_are_unique_so_that_a_roster_may_use_them(plan: CountyPlan) -> None:
    twice = [name for name, count in Counter(row.name for row in plan.unions).items() if count > 1]
    assert twice == []


def test_every_employer_has_a_code_a_trade_and_a_head_count(plan: CountyPlan) -> None:
    for row in plan.employers:
        assert check_employer_code(row.uscc) == row.uscc
        assert row.trade_code in TRADES.titles
        assert row.ownership_code in OWNERSHIP_LISTS["union_2015"].titles
        assert 0 <= row.women_employees <= row.employees
        assert row.employees > 0
    codes = [row.uscc for row in plan.employers] + [row.uscc for row in plan.unions if row.uscc]
    assert len(set(codes)) == len(codes)


def test_an_employer_has_no_more_members_than_workers(plan: CountyPlan) -> None:
    at_work = Counter[int]()
    for force in plan.workforces:
        if force.employer is not None:
            at_work[force.employer] += force.members
    too_many = [plan.employers[key] for key, count in at_work.items() if count > plan.employers[key].employees]
    assert len(too_many) == 0


def test_every_number_is_right_and_can_belong_to_nobody(world: World) -> None:
    real = {row.code for row in reference.shipped_regions()}
    numbers = [person.id_number for person, _ in world]
    assert len(set(numbers)) == len(numbers)
    for person, _ in world:
        read = members.check_id_number(person.id_number)
        assert isinstance(read, members.IdNumber)
        assert (read.sex, read.birth_on) == (person.sex, person.birth_on)
        assert members.check_name(person.name) == person.name
    assert not {number[:6] for number in numbers} & real
    assert all(number.startswith(DEMO_PREFIXES) for number in numbers)


def test_whoever_asks_whom_to_call_finds_a_telephone_that_rings_at_nobodys(plan: CountyPlan) -> None:
    unions = plan.unions
    told = [union for union in unions if union.kind is not orgs.UnionKind.GROUP]
    assert all(re.fullmatch(r"0499-1\d{6}( 转 8\d\d)?", union.phone) for union in told)
    lines = [union.phone for union in told if "转" not in union.phone]
    assert len(set(lines)) == len(lines)
    assert all(union.address for union in unions if union.level.rank <= orgs.Level.BASE.rank)


def test_no_demo_phone_can_ring_at_anybodys(world: World) -> None:
    phones = [person.phone for person, _ in world if person.phone]
    assert len(set(phones)) == len(phones)
    assert all(members.check_mobile(phone) == phone for phone in phones)
    assert {phone[:3] for phone in phones} <= {"154", "160", "161", "163", "164", "168", "169", "179"}


def test_codes_of_people_are_those_of_the_register(world: World) -> None:
    for person, _ in world[::7]:
        assert person.ethnicity in members.ETHNICITIES.titles
        assert person.political in members.POLITICAL_STATUSES.titles
        assert person.education in members.EDUCATIONS.titles
        assert person.employment in members.EMPLOYMENT_STATUSES.titles
        assert person.skill in members.SKILL_GRADES.titles
        assert person.occupation in members.OCCUPATION_GROUPS.titles


def test_nobody_is_in_two_unions_at_once_nor_before_sixteen_nor_tomorrow(world: World) -> None:
    for person, rows in world:
        assert members.age_fault(person.birth_on, on=rows[0].begins_on) is None
        assert rows[-1].begins_on <= ON
        assert all(row.ends_on is None or row.begins_on < row.ends_on <= ON for row in rows)
        for earlier, later in pairwise(rows):
            assert earlier.ends_on is not None
            assert earlier.ends_on <= later.begins_on


def test_three_years_have_joining_moving_retiring_and_leaving(world: World) -> None:
    states = Counter(row.state for _, rows in world for row in rows)
    assert states["transferred"] > 800
    assert states["retained"] > 500
    assert min(states["left"], states["auto_left"], states["deceased"]) > 30
    recent = Counter(row.begins_on.year for _, rows in world for row in rows)
    assert all(recent[year] > 1_500 for year in (2024, 2025, 2026))


def test_the_people_of_the_pictures_are_there(plan: CountyPlan, world: World) -> None:
    codes = {union.code: union.name for union in plan.unions}
    found = {
        (person.name, codes[rows[-1].union_code])
        for person, rows in world
        if person.name in {"刘秀英", "许志强", "马玲"}
    }
    assert {
        ("刘秀英", "鸿远纺织有限公司工会"),
        ("许志强", "顺通物流安禾分公司工会"),
        ("马玲", "鸿远纺织有限公司工会"),
    } <= found


def test_a_hundred_counties_have_names_and_codes_of_their_own() -> None:
    rows = counties(100)
    assert rows[0] == ANHE
    assert len({row.name for row in rows}) == len({row.region_code for row in rows}) == 100
    assert {row.city_code for row in rows[:10]} == {"349900"}
    for county in rows[::13]:
        assert len({town.name for town in towns(county)}) == len(towns(county))


def test_another_county_is_another_world_of_the_same_size(world: World) -> None:
    other = plan_county(counties(30)[29], on=ON)
    assert len(other.employers) == 600
    strangers = [person for person, _ in people(other, on=ON)]
    numbers = {person.id_number for person in strangers}
    phones = {person.phone for person in strangers} - {None}
    assert not numbers & {person.id_number for person, _ in world}
    assert not phones & {person.phone for person, _ in world}


def test_there_is_an_account_for_each_role_and_none_has_two_that_exclude_each_other() -> None:
    roles = Counter(account.role for account in DEMO_ACCOUNTS)
    assert set(roles) == set(Role) - NEVER_GIVEN
    assert all(roles[role] == 1 for role in ADMINISTRATORS)
    logins = [account.login for account in DEMO_ACCOUNTS]
    assert len(set(logins)) == len(logins)
    assert all(len(account.password) >= 10 and len(account.totp_secret) == 32 for account in DEMO_ACCOUNTS)
