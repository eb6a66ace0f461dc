"""Unions of one county, drawn up from the county union down to branches and groups, each with a code and a day."""

from datetime import date, timedelta
from random import Random

from niangjia.demo.rules.chance import chance, happens, words
from niangjia.demo.rules.rows import County, CountyPlan, CoverageRow, EmployerRow, UnionRow
from niangjia.registers.orgs.rules import (
    Level,
    UnionKind,
    check_character,
    organisation_check_character,
    union_code,
)

_CODE_MARKS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ROADS = words(
    "人民路 建设路 解放路 中山路 文昌路 滨河路 工业大道 创业路 迎宾大道 和平路 新华路 光明路 安康路 学府路 车站路"
)
_EMPLOYER_NUMBERS_FROM = 20_000
# No place has this area code, and no line in any place begins with 1: no demo telephone can ring at anybody's.
AREA_CODE, LINES_FROM, LINES = "0499", 1_000_000, 900_000


def credit_code(head: str, region_code: str, number: int) -> str:
    """A well-formed 统一社会信用代码 that no registrar ever gave, for its region does not exist."""
    digits = "".join(_CODE_MARKS[number // 31**place % 31] for place in (3, 2, 1, 0))
    body = f"MC{digits}00"
    first17 = f"{head}{region_code}{body}{organisation_check_character(body)}"
    return first17 + check_character(first17)


def telephone(region_code: str, number: int) -> str:
    """The office telephone of a union (办公电话), well-formed and nobody's."""
    line = LINES_FROM + int(chance(region_code, "telephone", number).random() * LINES)
    return f"{AREA_CODE}-{line}"


def street(within: str, region_code: str, number: int) -> str:
    """Where a union has its office: a road that every town has."""
    source = chance(region_code, "street", number)
    return f"{within}{source.choice(_ROADS)}{1 + int(source.random() * 288)}号"


FOUNDED_ON = date(1950, 10, 1)
_SUFFIXES = ("总工会", "工会联合会", "工会")


def upper_union(region_code: str, name: str, level: Level, *, parent_code: str) -> UnionRow:
    """The union of a city or of the province (市总工会、省总工会), above the counties of a larger world."""
    return UnionRow(
        code=union_code(region_code, 1),
        parent_code=parent_code,
        second_parent_code="",
        level=level,
        kind=UnionKind.TERRITORIAL,
        name=f"{name}总工会",
        region_code=region_code,
        uscc=credit_code("13", region_code, 1),
        opened_on=FOUNDED_ON,
        address=street(name, region_code, 1),
        phone=telephone(region_code, 1),
    )


def within_of(union: UnionRow) -> str:
    """The place that a union's name begins with."""
    name = union.name
    for suffix in _SUFFIXES:
        name = name.removesuffix(suffix)
    return name


def day_between(source: Random, first: date, last: date) -> date:
    """A working day between two days; `first` where there is none between them."""
    day = first + timedelta(days=int(source.random() * max((last - first).days, 1)))
    back = day - timedelta(days=max(day.isoweekday() - 5, 0))
    return max(first, back)


class Draft:
    """The plan of a county while it is drawn up: hands out codes and keys, keeps names apart."""

    def __init__(self, county: County, *, on: date) -> None:
        """Nothing but the county itself is given; everything else follows from its region code."""
        self.plan = CountyPlan(county, [], [], [], [])
        self.on = on
        self.region = county.region_code
        self.short = county.name.removesuffix("县")
        self._names: set[str] = set()
        self._places: dict[str, int] = {}

    def union(
        self, name: str, level: Level, *, under: UnionRow | None, opened_on: date, kind: UnionKind | None = None
    ) -> UnionRow:
        """Add a union below another; a federation or industry names its kind."""
        kind = kind or (UnionKind(level.value) if level.rank >= Level.BASE.rank else UnionKind.TERRITORIAL)
        row = UnionRow(
            code=union_code(self.region, len(self.plan.unions) + 1),
            parent_code=under.code if under else "",
            second_parent_code="",
            level=level,
            kind=kind,
            name=name,
            region_code=self.region,
            uscc=self._union_credit_code(level, kind),
            opened_on=max(opened_on, under.opened_on) if under else opened_on,
        )
        row = row._replace(address=self._address(row, under), phone=self._telephone(row, under))
        self._places[row.code] = len(self.plan.unions)
        self.plan.unions.append(row)
        return row

    def _address(self, row: UnionRow, under: UnionRow | None) -> str:
        """A union of a place has an office there; one of an employer is found with it (`cover`), a group nowhere."""
        if row.level.rank > Level.BASE.rank:
            return ""
        within = within_of(row) if row.kind is UnionKind.TERRITORIAL or under is None else within_of(under)
        return street(within, self.region, len(self.plan.unions) + 1)

    def _telephone(self, row: UnionRow, under: UnionRow | None) -> str:
        """A line of its own, or an extension of the one above; a group is rung by its people."""
        number = len(self.plan.unions) + 1
        if row.level.rank <= Level.BASE.rank:
            return telephone(self.region, number)
        is_branch = row.kind is UnionKind.BRANCH and under is not None and under.phone
        return f"{under.phone} 转 {800 + number % 100}" if is_branch and under else ""

    def _union_credit_code(self, level: Level, kind: UnionKind) -> str | None:
        number = len(self.plan.unions) + 1
        if level.rank > Level.BASE.rank:
            return None
        if level is Level.COUNTY:
            return credit_code("13", self.region, number)
        if level is Level.BASE:
            # About one base union in five has not registered as a legal person (法人登记) yet.
            return credit_code("81", self.region, number) if happens(chance(self.region, "uscc", number), 0.8) else None
        return credit_code("89", self.region, number) if level is Level.TOWN or kind is UnionKind.FEDERATION else None

    def second_parent(self, row: UnionRow, other: UnionRow) -> UnionRow:
        """Give a union its second line: the industry or sector above it (第二上级)."""
        return self._changed(self._as_it_is(row)._replace(second_parent_code=other.code))

    def _as_it_is(self, row: UnionRow) -> UnionRow:
        return self.plan.unions[self._places[row.code]]

    def _changed(self, row: UnionRow) -> UnionRow:
        self.plan.unions[self._places[row.code]] = row
        return row

    def employer(self, name: str, place: UnionRow, *, trade: str, ownership: str, opened_on: date) -> EmployerRow:
        """Add an employer; head-counts come when its members are known."""
        key = len(self.plan.employers)
        source = chance(self.region, "employer", key)
        head = {"400": "12", "500": "11"}.get(ownership, "93" if name.endswith("合作社") else "91")
        town = within_of(place)
        row = EmployerRow(
            key=key,
            place_code=place.code,
            name=name,
            uscc=credit_code(head, self.region, _EMPLOYER_NUMBERS_FROM + key),
            region_code=self.region,
            trade_code=trade,
            ownership_code=ownership,
            employees=0,
            women_employees=0,
            opened_on=opened_on,
            address=f"{town}{source.choice(_ROADS)}{1 + int(source.random() * 288)}号",
        )
        self.plan.employers.append(row)
        return row

    def head_count(self, employer: EmployerRow, employees: int, *, women: int) -> None:
        """Write an employer's number of workers, women among them."""
        self.plan.employers[employer.key] = self.plan.employers[employer.key]._replace(
            employees=employees, women_employees=min(women, employees)
        )

    def cover(self, union: UnionRow, employer: EmployerRow) -> None:
        """A union covers an employer from the day both exist."""
        self.plan.coverages.append(CoverageRow(employer.key, union.code, max(union.opened_on, employer.opened_on)))
        if union.level is Level.BASE and union.kind is UnionKind.BASE:
            self._changed(self._as_it_is(union)._replace(address=employer.address))

    def is_new(self, name: str) -> bool:
        """Whether a name is not taken yet in this county; takes it."""
        known = name in self._names
        self._names.add(name)
        return not known
