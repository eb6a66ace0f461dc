"""The members of one county: who they are, what papers they carry, and three years of joining, moving and leaving."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import IntEnum
from random import Random
from typing import NamedTuple

from niangjia.demo.rules.chance import Pick, chance, happens, words
from niangjia.demo.rules.names import person_name
from niangjia.demo.rules.rows import CountyPlan, KnownPerson, MembershipRow, PersonRow, Workforce
from niangjia.registers.members.rules import (
    EmploymentStatus,
    HouseholdRegistration,
    MembershipKind,
    MembershipState,
    OccupationGroup,
    check_digit,
)

# Ages are laid out once, so that a demo person keeps number and birthday whatever the day the demo is loaded.
AGES_ON = date(2026, 11, 1)
HISTORY_DAYS = 3 * 365
SIXTEEN_AND_A_HALF = 6_030  # days of age before which nobody here has joined

# Three-digit heads that no operator gives to subscribers: no demo phone can ring at anybody's.
_PHONE_HEADS = ("154", "160", "161", "163", "164", "168", "169", "179")

_AGES = Pick(
    {
        age: weight
        for ages, weight in (
            (range(18, 22), 1.2),
            (range(22, 30), 2.6),
            (range(30, 42), 3.4),
            (range(42, 52), 3.0),
            (range(52, 60), 1.9),
        )
        for age in ages
    }
)
_RETIRED_AGES = Pick(dict.fromkeys(range(60, 69), 1))
_WOMEN_RETIRED_AGES = Pick(dict.fromkeys(range(55, 66), 1))

_ETHNICITIES = Pick({"01": 964, "03": 14, "08": 4, "15": 4, "06": 3, "11": 3, "02": 2, "05": 1, "09": 1, "12": 1})
_PARTY = {
    "office": Pick({"01": 62, "02": 1, "03": 4, "04": 1, "05": 1, "13": 30}),
    "body": Pick({"01": 34, "02": 1, "03": 7, "05": 1, "06": 1, "10": 1, "13": 54}),
    "firm": Pick({"01": 8, "02": 1, "03": 4, "13": 87}),
}
_PARTY_YOUNG = {
    "office": Pick({"01": 40, "02": 5, "03": 40, "13": 15}),
    "body": Pick({"01": 12, "02": 3, "03": 60, "13": 25}),
    "firm": Pick({"01": 3, "02": 1, "03": 38, "13": 58}),
}
_EDUCATION = {
    "office": Pick({"14": 8, "20": 62, "30": 24, "40": 3, "60": 3}),
    "body": Pick({"11": 0.2, "14": 6, "20": 52, "30": 30, "40": 8, "60": 3, "70": 1}),
    "firm": Pick({"14": 0.4, "20": 9, "30": 20, "40": 18, "60": 22, "70": 27, "80": 4}),
}
_SKILLS = Pick({"0": 62, "5": 14, "4": 13, "3": 8, "2": 2, "1": 0.6, "6": 0.4})
_OFFICE, _BODY = frozenset({"92", "91", "94"}), frozenset({"83", "84", "87", "88", "66", "44", "60"})
_SKILLED = frozenset(words("13 14 17 18 19 29 30 33 34 36 38 39 44 46 47 48 54 81"))

_TITLES: dict[str, Pick[str]] = {
    "92": Pick({"科员": 44, "一级科员": 10, "副股长": 14, "股长": 12, "副主任": 4, "工勤人员": 16}),
    "83": Pick({"教师": 26, "二级教师": 20, "一级教师": 30, "高级教师": 14, "教务员": 4, "后勤人员": 6}),
    "84": Pick(
        {
            "护士": 24,
            "护师": 18,
            "主管护师": 10,
            "医师": 14,
            "主治医师": 12,
            "副主任医师": 5,
            "检验师": 5,
            "药师": 5,
            "收费员": 7,
        }
    ),
    "17": Pick(
        {
            "挡车工": 42,
            "落纱工": 14,
            "整经工": 8,
            "质检员": 10,
            "机修工": 8,
            "班组长": 7,
            "会计": 2,
            "车间主任": 2,
            "保全工": 7,
        }
    ),
    "18": Pick({"缝纫工": 54, "裁剪工": 10, "整烫工": 10, "质检员": 9, "班组长": 7, "打版师": 3, "跟单员": 7}),
    "54": Pick({"驾驶员": 56, "装卸工": 16, "调度员": 8, "客服": 8, "修理工": 6, "会计": 2, "车队长": 4}),
    "47": Pick(
        {
            "钢筋工": 18,
            "木工": 18,
            "瓦工": 16,
            "架子工": 8,
            "电工": 8,
            "施工员": 10,
            "安全员": 8,
            "资料员": 6,
            "塔吊司机": 8,
        }
    ),
    "62": Pick({"服务员": 46, "厨师": 22, "传菜员": 14, "领班": 8, "收银员": 10}),
    "80": Pick({"家政服务员": 70, "月嫂": 14, "客服": 8, "管理员": 8}),
    "60": Pick({"骑手": 44, "快递员": 34, "网约车司机": 14, "站长": 8}),
}
_WORKSHOP_TITLES = Pick(
    {
        "操作工": 46,
        "班组长": 8,
        "质检员": 9,
        "电工": 4,
        "焊工": 6,
        "机修工": 6,
        "叉车工": 4,
        "仓管员": 5,
        "销售员": 6,
        "会计": 3,
        "车间主任": 3,
    }
)
_SHOP_TITLES = Pick({"营业员": 34, "业务员": 20, "文员": 14, "会计": 7, "保洁员": 9, "保安员": 8, "主管": 8})
_GROUP_OF_TITLE: dict[str, OccupationGroup] = {
    "骑手": OccupationGroup.FOOD_DELIVERY,
    "快递员": OccupationGroup.COURIER,
    "网约车司机": OccupationGroup.RIDE_HAILING_DRIVER,
    "家政服务员": OccupationGroup.DOMESTIC_WORKER,
    "月嫂": OccupationGroup.DOMESTIC_WORKER,
    "保安员": OccupationGroup.SECURITY_GUARD,
}


class _Numbers:
    """Hands out identity numbers, phones and member numbers of one county, each once."""

    def __init__(self, region_code: str) -> None:
        self.region = region_code
        self._days: dict[tuple[date, str], int] = {}
        self._county = region_code[3:]
        self._count = 0

    def id_number(self, source: Random, birth_on: date, sex: str) -> str:
        """A number of this county with a right check digit."""
        taken = self._days.get((birth_on, sex))
        if taken is None:
            taken = int(source.random() * 40)
        self._days[birth_on, sex] = taken + 1
        first17 = f"{self.region}{birth_on:%Y%m%d}{taken % 499 * 2 + (1 if sex == 'male' else 2):03d}"
        return first17 + check_digit(first17)

    def phone(self) -> str:
        """Eleven digits; no two people and no two counties share any."""
        # Spread by a step that shares no factor with 10^5, so that neighbours do not have neighbouring numbers.
        tail = self._count * 38_603 % 100_000
        return f"{_PHONE_HEADS[self._count % len(_PHONE_HEADS)]}{self._county}{tail:05d}"

    def member_no(self) -> str:
        """The number on the member's certificate (会员证号)."""
        self._count += 1
        return f"{self.region}{self._count:06d}"


class _Fate(IntEnum):
    """What three years brought to a membership."""

    STAYED = 0
    MOVED = 1
    REJOINED = 2
    RETIRED = 3
    LEFT = 4
    AUTO_LEFT = 5
    DECEASED = 6


_FATES = Pick({_Fate.STAYED: 934, _Fate.MOVED: 58, _Fate.REJOINED: 8})
_FORMER_FATES = Pick({_Fate.RETIRED: 60, _Fate.LEFT: 22, _Fate.AUTO_LEFT: 13, _Fate.DECEASED: 5})
_FORMER_SHARE = 0.055
_ENDED = {
    _Fate.LEFT: MembershipState.LEFT.value,
    _Fate.AUTO_LEFT: MembershipState.AUTO_LEFT.value,
    _Fate.DECEASED: MembershipState.DECEASED.value,
}


def people(
    plan: CountyPlan, *, on: date, known: tuple[KnownPerson, ...] = ()
) -> Iterator[tuple[PersonRow, list[MembershipRow]]]:
    """Every member of a county with all memberships, and those who retired or left; known people stand in their unions."""
    numbers = _Numbers(plan.county.region_code)
    waiting = _waiting(plan, known)
    others = [force for force in plan.workforces if force.members > 20]
    for force in plan.workforces:
        source = chance(plan.county.region_code, "people", force.union_code, force.employer)
        named = waiting.get(force.union_code, [])
        former = int(force.members * _FORMER_SHARE + source.random())
        for place in range(force.members + former):
            fate = _FATES.draw(source) if place < force.members else _FORMER_FATES.draw(source)
            fixed = named.pop() if named and place < force.members else None
            number = numbers.member_no()
            person = _person(source, force, numbers, fixed or fate)
            yield person, _memberships(source, _Story(person, force, fate, number, on), others)


def _waiting(plan: CountyPlan, known: tuple[KnownPerson, ...]) -> dict[str, list[KnownPerson]]:
    codes = {union.name: union.code for union in plan.unions}
    waiting: dict[str, list[KnownPerson]] = {}
    for person in reversed(known):
        if person.union_name in codes:
            waiting.setdefault(codes[person.union_name], []).append(person)
    return waiting


def _sort(trade_code: str) -> str:
    """Whether a workforce is an office, a public body or a firm: what people studied and joined differs by it."""
    if trade_code in _OFFICE:
        return "office"
    return "body" if trade_code in _BODY else "firm"


def _person(source: Random, force: Workforce, numbers: _Numbers, special: KnownPerson | _Fate) -> PersonRow:
    """One person of a workforce; `special` is somebody known, or what became of the person."""
    draw = source.random
    fixed = special if isinstance(special, KnownPerson) else None
    retired = special is _Fate.RETIRED
    trade = "60" if force.employer is None else force.trade_code
    sort = "firm" if force.employer is None else _sort(trade)
    sex = fixed.sex if fixed else ("female" if draw() < force.women_share else "male")
    birth_on = fixed.birth_on if fixed else _birth_on(source, sex, sort, retired=retired)
    young = birth_on.year > AGES_ON.year - 28
    title = fixed.title if fixed else _title(source, trade, sort)
    rural = draw() < (0.08 if sort == "office" else 0.2 if sort == "body" else 0.71)
    return PersonRow(
        name=fixed.name if fixed else person_name(source, sex=sex, year=birth_on.year),
        id_number=numbers.id_number(source, birth_on, sex),
        phone=numbers.phone() if fixed or happens(source, 0.97) else None,
        sex=sex,
        birth_on=birth_on,
        ethnicity=_ETHNICITIES.draw(source),
        political=(_PARTY_YOUNG if young else _PARTY)[sort].draw(source),
        education=_EDUCATION[sort].draw(source),
        household_registration=_RURAL if rural else _URBAN,
        migrant=rural and sort == "firm" and happens(source, 0.86),
        employment=_RETIRED if retired else (_FLEXIBLE if force.employer is None else _EMPLOYED),
        workplace=force.employer_name,
        title=title,
        skill=_SKILLS.draw(source) if trade in _SKILLED else "0",
        occupation=_GROUP_OF_TITLE.get(title, _NO_GROUP),
    )


_RURAL = HouseholdRegistration.AGRICULTURAL.value
_URBAN = HouseholdRegistration.NON_AGRICULTURAL.value
_EMPLOYED, _FLEXIBLE = EmploymentStatus.EMPLOYED.value, EmploymentStatus.FLEXIBLE.value
_RETIRED = EmploymentStatus.RETIRED.value
_NO_GROUP = OccupationGroup.NONE.value


def _birth_on(source: Random, sex: str, sort: str, *, retired: bool) -> date:
    if retired:
        age = (_RETIRED_AGES if sex == "male" else _WOMEN_RETIRED_AGES).draw(source)
    else:
        age = _AGES.draw(source)
        if sort != "firm" and age < 24:
            age += 12
        elif sex == "female" and age > 54:
            age -= 10
    return AGES_ON - timedelta(days=int((age + source.random()) * 365.25) + 1)


def _title(source: Random, trade: str, sort: str) -> str:
    titles = _TITLES.get(trade)
    if titles is None:
        titles = _WORKSHOP_TITLES if trade < "47" else _SHOP_TITLES
    if trade == "60" and sort == "body":
        titles = _SHOP_TITLES
    return titles.draw(source)


class _Story(NamedTuple):
    """A person at a workforce, and how it went on."""

    person: PersonRow
    force: Workforce
    fate: _Fate
    member_no: str
    on: date


def _memberships(source: Random, story: _Story, others: list[Workforce]) -> list[MembershipRow]:
    """The person's memberships in order: at most one at a time, none before 18, none after today."""
    force, on = story.force, story.on
    grown = story.person.birth_on + timedelta(days=SIXTEEN_AND_A_HALF)
    begins = _begins(source, max(force.founded_on, grown), on)
    row = MembershipRow(force.union_code, force.employer, _JOINED, _ACTIVE, begins, None, story.member_no)
    if story.fate is _Fate.STAYED:
        return [row]
    if story.fate is _Fate.RETIRED:
        return [row._replace(state=MembershipState.RETAINED.value)]
    if story.fate in _ENDED:
        first = max(begins + timedelta(days=30), on - timedelta(days=HISTORY_DAYS))
        ends = max(begins + timedelta(days=1), _day(source, first, on - timedelta(days=2)))
        return [row._replace(state=_ENDED[story.fate], ends_on=ends)] if ends <= on else [row]
    return _two_unions(source, story, row, others)


def _two_unions(source: Random, story: _Story, row: MembershipRow, others: list[Workforce]) -> list[MembershipRow]:
    """A membership elsewhere before this one: moved on without a gap, or left and joined again later."""
    before = others[int(source.random() * len(others))]
    recent = story.on - timedelta(days=HISTORY_DAYS)
    moved_on = _day(source, max(story.force.founded_on, recent), story.on - timedelta(days=5))
    first = max(before.founded_on, story.person.birth_on + timedelta(days=SIXTEEN_AND_A_HALF))
    rejoined = story.fate is _Fate.REJOINED
    ended_on = moved_on - timedelta(days=200) if rejoined else moved_on
    if before.union_code == story.force.union_code or (ended_on - first).days < 120:
        return [row]
    earlier = MembershipRow(
        union_code=before.union_code,
        employer=before.employer,
        kind=_JOINED,
        state=MembershipState.LEFT.value if rejoined else MembershipState.TRANSFERRED.value,
        begins_on=_day(source, first, ended_on - timedelta(days=90)),
        ends_on=ended_on,
        member_no=row.member_no,
    )
    kind = MembershipKind.REJOINED.value if rejoined else MembershipKind.TRANSFERRED.value
    return [earlier, row._replace(kind=kind, begins_on=moved_on)]


_JOINED, _ACTIVE = MembershipKind.JOINED.value, MembershipState.ACTIVE.value
_RECENT_SHARE = 0.3


def _begins(source: Random, first: date, on: date) -> date:
    """A day of joining: three in ten within the last three years, never before `first`."""
    recent = on - timedelta(days=HISTORY_DAYS)
    if first >= recent or source.random() < _RECENT_SHARE:
        return _day(source, max(first, recent), on - timedelta(days=3))
    return _day(source, first, recent)


def _day(source: Random, first: date, last: date) -> date:
    return first + timedelta(days=int(source.random() * max((last - first).days, 1)))
