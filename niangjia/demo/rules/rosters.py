"""Rosters as grassroots unions really have them (花名册): good rows, and every mishap that offices know."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from random import Random
from typing import NamedTuple

from niangjia.demo.rules.accounts import KNOWN_PEOPLE, SHUNTONG
from niangjia.demo.rules.chance import chance
from niangjia.demo.rules.counties import ANHE
from niangjia.demo.rules.county import plan_county
from niangjia.demo.rules.names import person_name
from niangjia.demo.rules.people import people
from niangjia.demo.rules.rows import CountyPlan, MembershipRow, PersonRow
from niangjia.registers.members.rules import MembershipState, check_digit

LIULIN = "柳林镇总工会"
FIRST_FREE_SEQUENCE = 800  # the county's own people have lower ones on every day


class Formula(NamedTuple):
    """A cell that computes its value."""

    text: str
    value: str


Cell = str | int | date | Formula


class RosterLine(NamedTuple):
    """One row of a roster, and what an import should make of it: a count's name, or the code of a fault or warning."""

    expect: str
    cells: dict[str, Cell]
    is_hidden: bool = False


class Roster(NamedTuple):
    """A roster with the union it is imported for."""

    title: str
    unit_code: str
    unit_name: str
    lines: list[RosterLine]


class _Newcomers:
    """People who are in no register yet."""

    def __init__(self, source: Random, *, from_number: int = 0) -> None:
        self.source = source
        self._count = from_number

    def cells(self, *, born: date | None = None) -> dict[str, Cell]:
        """Name, sex, birth, number, phone, day of joining."""
        self._count += 1
        sex = self.source.choice(("male", "female"))
        birth_on = born or date(1968, 1, 1) + timedelta(days=int(self.source.random() * 12_400))
        sequence = FIRST_FREE_SEQUENCE + self._count % 99 * 2 + (1 if sex == "male" else 0)
        first17 = f"{ANHE.region_code}{birth_on:%Y%m%d}{sequence}"
        return {
            "姓名": person_name(self.source, sex=sex, year=birth_on.year),
            "性别": "男" if sex == "male" else "女",
            "出生日期": birth_on,
            "身份证号": first17 + check_digit(first17),
            "手机": f"1610000{self._count:04d}",
            "入会时间": date(2019, 1, 1) + timedelta(days=int(self.source.random() * 2_600)),
        }

    def cells_ending_in_x(self) -> dict[str, Cell]:
        """Somebody whose number ends in X, which offices like to write small."""
        while True:
            cells = self.cells()
            if str(cells["身份证号"]).endswith("X"):
                return cells


def known_cells(person: PersonRow, membership: MembershipRow) -> dict[str, Cell]:
    """A person of the register as a roster would have them."""
    return {
        "姓名": person.name,
        "性别": "男" if person.sex == "male" else "女",
        "出生日期": person.birth_on,
        "身份证号": person.id_number,
        "手机": person.phone or "",
        "入会时间": membership.begins_on,
        "职务": person.title,
    }


Member = tuple[PersonRow, MembershipRow]


@lru_cache(maxsize=1)
def _county(on: date) -> tuple[CountyPlan, tuple[Member, ...]]:
    """The county, and its active members who have a phone; two rosters draw from the same ones."""
    plan = plan_county(ANHE, on=on)
    world = people(plan, on=on, known=KNOWN_PEOPLE)
    active = ((person, rows[-1]) for person, rows in world if rows[-1].state == MembershipState.ACTIVE)
    return plan, tuple(entry for entry in active if entry[0].phone)


def liulin_roster(*, on: date) -> Roster:
    """柳林镇's workbook: three base unions, hand-kept for years; every fault that a county meets is in it once."""
    plan, members = _county(on)
    source = chance("roster", "liulin")
    town = next(union for union in plan.unions if union.name == LIULIN)
    named = [union for union in plan.unions if union.parent_code == town.code and union.kind.value == "base"][-3:]
    names = {union.code: union.name for union in named}
    known = [entry for entry in members if entry[1].union_code in names]
    outside = _codes_outside(plan, town.code)
    strangers = [entry for entry in members if entry[1].union_code in outside]
    new = _Newcomers(source)
    unions = list(names.values())
    lines = [
        RosterLine("unchanged", known_cells(*entry) | {"所属工会": names[entry[1].union_code]})
        for entry in islice(known, 0, 24)
    ]
    lines += [
        RosterLine("updated", known_cells(*entry) | {"所属工会": names[entry[1].union_code], "职务": "工会小组长"})
        for entry in islice(known, 24, 30)
    ]
    lines += [
        RosterLine(
            "created",
            new.cells() | {"职务": source.choice(("操作工", "质检员", "会计")), "所属工会": source.choice(unions)},
        )
        for _ in range(46)
    ]
    lines += [
        RosterLine("active_elsewhere", known_cells(*entry) | {"所属工会": unions[0]}) for entry in strangers[7:300:60]
    ]
    for line in _mishaps(new, on=on):
        lines.append(line._replace(cells={"职务": "操作工", "所属工会": source.choice(unions)} | line.cells))
    order = chance("roster", "order")
    order.shuffle(lines)
    return Roster("柳林镇工会会员花名册", town.code, town.name, _keep_twins_apart(lines))


def _codes_outside(plan: CountyPlan, town_code: str) -> frozenset[str]:
    return frozenset(
        union.code for union in plan.unions if union.level.value == "base" and union.parent_code != town_code
    )


def _keep_twins_apart(lines: list[RosterLine]) -> list[RosterLine]:
    """The second row of a repeated person comes after the first one, whatever the shuffle did."""
    later = [line for line in lines if line.expect in _SECOND_ROWS]
    return [line for line in lines if line.expect not in _SECOND_ROWS] + later


_SECOND_ROWS = frozenset({"duplicate_differs", "phone_shared"})


def _mishaps(new: _Newcomers, *, on: date) -> Iterator[RosterLine]:
    """One row for each thing that goes wrong in offices."""
    yield from _odd_spellings(new)
    yield from _broken_numbers(new)
    yield from _contradictions(new, on=on)
    yield from _repeated_people(new)


def _odd_spellings(new: _Newcomers) -> Iterator[RosterLine]:
    """Ugly, but clear enough: these rows land."""
    cells = new.cells()
    yield RosterLine("created", cells | {"姓名": f" {str(cells['姓名'])[0]}\u3000{str(cells['姓名'])[1:]}\u00a0"})
    cells = new.cells()
    wide = str(cells["身份证号"]).translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789X"})
    yield RosterLine("created", cells | {"身份证号": wide})
    cells = new.cells()
    yield RosterLine(
        "created",
        cells
        | {
            "身份证号": f"{cells['身份证号']}\u00a0",
            "手机": f"{str(cells['手机'])[:3]}-{str(cells['手机'])[3:7]}-{str(cells['手机'])[7:]}",
        },
    )
    cells = new.cells()
    yield RosterLine("created", cells | {"手机": int(str(cells["手机"]))})
    cells = new.cells(born=date(1975, 6, 18))
    yield RosterLine("created", cells | {"出生日期": "1975.6.18", "入会时间": "2021年5月4日"})
    cells = new.cells()
    yield RosterLine("month_only", cells | {"入会时间": "2020年9月"})
    cells = new.cells(born=date(1969, 3, 12))
    number = str(cells["身份证号"])
    yield RosterLine("id_15_converted", cells | {"身份证号": number[:6] + number[8:17]})
    cells = new.cells_ending_in_x()
    yield RosterLine("hidden_row", cells | {"身份证号": str(cells["身份证号"]).lower()}, is_hidden=True)
    yield RosterLine("value_unknown", new.cells() | {"学历": "函授"})
    first, second = new.cells(), new.cells()
    yield RosterLine("created", first)
    yield RosterLine("phone_shared", second | {"手机": first["手机"]})


def _broken_numbers(new: _Newcomers) -> Iterator[RosterLine]:
    cells = new.cells()
    yield RosterLine("id_numeric_cell", cells | {"身份证号": int(str(cells["身份证号"])[:15]) * 1000})
    cells = new.cells()
    number = str(cells["身份证号"])
    yield RosterLine("id_check_digit", cells | {"身份证号": number[:16] + str((int(number[16]) + 2) % 10) + number[17]})
    cells = new.cells()
    yield RosterLine("id_length", cells | {"身份证号": str(cells["身份证号"])[:17]})
    cells = new.cells()
    number = str(cells["身份证号"])
    yield RosterLine("id_date", cells | {"身份证号": f"{number[:10]}1332{number[14:]}"})
    yield RosterLine("id_missing", new.cells() | {"身份证号": ""})
    cells = new.cells()
    yield RosterLine("formula_cell", cells | {"身份证号": Formula(f'="{cells["身份证号"]}"', str(cells["身份证号"]))})
    yield RosterLine("phone_invalid", new.cells() | {"手机": "1610000123"})
    yield RosterLine("name_missing", new.cells() | {"姓名": ""})


def _contradictions(new: _Newcomers, *, on: date) -> Iterator[RosterLine]:
    cells = new.cells()
    yield RosterLine("sex_contradicts_id", cells | {"性别": "女" if cells["性别"] == "男" else "男"})
    yield RosterLine("birth_contradicts_id", new.cells(born=date(1985, 3, 12)) | {"出生日期": date(1985, 12, 3)})
    child = new.cells(born=date(on.year - 15, 1, 15))
    yield RosterLine("under_16", child | {"入会时间": ""})
    yield RosterLine("union_unknown", new.cells() | {"所属工会": "柳林镇火车站工会"})


def _repeated_people(new: _Newcomers) -> Iterator[RosterLine]:
    cells = new.cells()
    yield RosterLine("same_id_two_names", cells)
    yield RosterLine("same_id_two_names", cells | {"姓名": new.cells()["姓名"]})
    cells = new.cells()
    yield RosterLine("created", cells | {"职务": "保安员"})
    yield RosterLine("duplicate_differs", cells | {"职务": "司机"})


def shuntong_roster(*, on: date) -> Roster:
    """顺通物流's list, saved as text by an office program: two hundred drivers, other headers, no union column."""
    plan, members = _county(on)
    union = next(row for row in plan.unions if row.name == SHUNTONG)
    source = chance("roster", "shuntong")
    new = _Newcomers(source, from_number=5_000)  # phones of this roster begin where those of the other cannot reach
    known = [entry for entry in members if entry[1].union_code == union.code]
    lines = [RosterLine("unchanged", known_cells(*entry)) for entry in known[:40]]
    for _ in range(180):
        cells = new.cells() | {
            "职务": source.choice(("驾驶员", "装卸工", "分拣员")),
            "学历": source.choice(("高中", "初中", "大专")),
        }
        lines.append(RosterLine("created", cells))
    cells = new.cells()
    lines.append(RosterLine("id_length", cells | {"身份证号": "3.49921E+17"}))
    chance("roster", "shuntong", "order").shuffle(lines)
    return Roster("顺通物流会员名册", union.code, union.name, lines)
