"""One county drawn up whole: territory, public bodies, firms, joint unions, and how many members work where."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle, islice

from niangjia.demo.rules import firms
from niangjia.demo.rules.chance import Pick, chance, happens, words
from niangjia.demo.rules.counties import ANHE, Town, towns
from niangjia.demo.rules.firms import Institution, KnownFirm
from niangjia.demo.rules.rows import County, CountyPlan, EmployerRow, UnionRow, Workforce
from niangjia.demo.rules.unions import Draft, day_between
from niangjia.registers.orgs.rules import Level, UnionKind

EMPLOYERS = 600
WITHOUT_UNION = 200
JOINT_UNIONS = 24
EMPLOYERS_IN_A_JOINT_UNION = 5
MEMBERS = 30_000
NEW_FORM_MEMBERS = 1_460
BRANCHES_FROM_MEMBERS = 280
MEMBERS_IN_A_BRANCH = 110
MOST_BRANCHES = 8

_SECTORS = {
    "education": ("教育工会", UnionKind.INDUSTRY),
    "health": ("卫生健康工会", UnionKind.INDUSTRY),
    "textile": ("纺织服装行业工会联合会", UnionKind.FEDERATION),
    "building": ("建筑行业工会联合会", UnionKind.FEDERATION),
    "catering": ("餐饮住宿行业工会联合会", UnionKind.FEDERATION),
    "freight": ("货运物流行业工会联合会", UnionKind.FEDERATION),
    "household": ("家政服务行业工会联合会", UnionKind.FEDERATION),
}
_SECTOR_OF_TRADE = {
    **dict.fromkeys(("17", "18"), "textile"),
    **dict.fromkeys(("47", "48", "50"), "building"),
    **dict.fromkeys(("61", "62"), "catering"),
    **dict.fromkeys(("54", "59"), "freight"),
    **dict.fromkeys(("80", "85"), "household"),
}
_JOINT_NAMES = words("商贸 建材市场 沿街商铺 农业产业 餐饮 五金机电 综合 个体私营 服装 食品加工 物流 服务业")
_JOINT_TRADES = {
    "商贸": "51",
    "建材市场": "51",
    "农业产业": "01",
    "餐饮": "62",
    "五金机电": "33",
    "服装": "18",
    "物流": "54",
}
_WORKSHOPS = words("一车间 二车间 三车间 四车间 仓储物流部 质检中心 机修车间 行政后勤")
_BRANCHES_OF_TRADE = {
    "84": words("内科 外科 门诊 护理 医技 妇儿 行政后勤 急诊"),
    "83": words("高一年级 高二年级 高三年级 教务 行政后勤 艺体组"),
    "92": words("机关 城区 乡镇 窗口单位"),
    "54": words("干线车队 城配车队 分拣中心 客服部 行政后勤"),
    "17": words("前纺车间 细纱车间 织布一车间 织布二车间 整理车间 质检中心 机修车间 行政后勤"),
}
_SHIFTS = words("甲班 乙班 丙班")


class Job:
    """Members to be found for one union at one employer; settled when everybody's share is known."""

    def __init__(
        self, union: UnionRow, employer: EmployerRow | None, *, trade: str, women: float, weight: float
    ) -> None:
        """`weight` is the head-count wished for; firms without a known one are scaled together."""
        self.union, self.employer, self.trade = union, employer, trade
        self.women, self.members, self.is_scaled = women, max(round(weight), 2), False


def plan_county(county: County, *, on: date) -> CountyPlan:
    """The whole county as it stands on a day; the same county and day give the same plan."""
    draft = Draft(county, on=on)
    top, places, sectors = _territory(draft)
    jobs = [*_institutions(draft, top, places, sectors), *_known_firms(draft, places, sectors)]
    spots = _spots(draft, places)
    own = EMPLOYERS - WITHOUT_UNION - JOINT_UNIONS * EMPLOYERS_IN_A_JOINT_UNION - len(draft.plan.employers)
    jobs += [job for _ in range(own) for job in _firm_with_union(draft, next(spots), sectors)]
    jobs += _joint_unions(draft, spots)
    jobs.append(_new_form_union(draft, top))
    while len(draft.plan.employers) < EMPLOYERS:
        _firm_without_union(draft, next(spots))
    _scale(jobs)
    for job in jobs:
        _settle(draft, job)
    return draft.plan


Places = dict[Town, list[UnionRow]]
Sectors = dict[str, UnionRow]


def _territory(draft: Draft) -> tuple[UnionRow, Places, Sectors]:
    """The county union, one union for each town, street and park, federations of villages and of sectors."""
    county = draft.plan.county
    source = chance(draft.region, "territory")
    top = draft.union(f"{county.name}总工会", Level.COUNTY, under=None, opened_on=date(1951, 5, 12))
    places: Places = {}
    for town in towns(county):
        first = date(2009, 3, 1) if town.name.endswith(("区", "街道")) else date(1994, 3, 1)
        opened_on = day_between(source, first, first + timedelta(days=2200))
        name = f"{town.name}总工会" if town.name.endswith(("镇", "街道", "乡")) else f"{draft.short}{town.name}工会"
        union = draft.union(name, Level.TOWN, under=top, opened_on=opened_on)
        places[town] = [union]
    for town, unions in places.items():
        for village in town.villages:
            opened_on = day_between(source, date(2012, 1, 9), draft.on - timedelta(days=200))
            name = f"{village}工会联合会"
            unions.append(
                draft.union(name, Level.VILLAGE, under=unions[0], opened_on=opened_on, kind=UnionKind.FEDERATION)
            )
    sectors = {
        sector: draft.union(
            county.name + name,
            Level.TOWN,
            under=top,
            opened_on=day_between(source, date(1986, 9, 1), date(2019, 6, 1)),
            kind=kind,
        )
        for sector, (name, kind) in _SECTORS.items()
    }
    return top, places, sectors


def _bodies(draft: Draft, top: UnionRow, places: Places) -> Iterator[tuple[UnionRow, str, Institution]]:
    for body in firms.COUNTY_INSTITUTIONS:
        name = body.name if body.name.startswith("县") else f"县{body.name}"
        yield top, f"{draft.short}{name}", body
    for town, unions in places.items():
        if town.name.endswith(("镇", "乡")):
            bodies = firms.TOWN_INSTITUTIONS
        else:
            bodies = firms.STREET_INSTITUTIONS if town.name.endswith("街道") else firms.PARK_INSTITUTIONS
        for body in bodies:
            yield unions[0], town.name + body.name, body


def _institutions(draft: Draft, top: UnionRow, places: Places, sectors: Sectors) -> Iterator[Job]:
    """Public bodies: each has its union; schools and hospitals have their industry as second line."""
    source = chance(draft.region, "institutions")
    for place, name, body in _bodies(draft, top, places):
        opened_on = day_between(source, date(1956, 1, 9), date(1998, 1, 9))
        employer = draft.employer(name, place, trade=body.trade, ownership=body.ownership_code, opened_on=opened_on)
        founded = day_between(source, max(opened_on, date(1984, 1, 9)), date(2008, 6, 1))
        union = draft.union(f"{name}工会", Level.BASE, under=place, opened_on=founded)
        if body.sector in sectors:
            union = draft.second_parent(union, sectors[body.sector])
        draft.cover(union, employer)
        draft.is_new(name)
        spread = 1 if draft.plan.county == ANHE else 0.8 + 0.4 * source.random()
        yield Job(union, employer, trade=body.trade, women=body.women_share, weight=body.members * spread)


def _known_firms(draft: Draft, places: Places, sectors: Sectors) -> Iterator[Job]:
    """The firms that pictures and how-to pages speak of; only 安禾县 has them."""
    if draft.plan.county != ANHE:
        return
    by_town = {town.name: unions for town, unions in places.items()}
    for known in firms.KNOWN_FIRMS:
        yield _open_firm(draft, by_town[known.town][0], known, sectors)


def _open_firm(draft: Draft, place: UnionRow, known: KnownFirm, sectors: Sectors) -> Job:
    source = chance(draft.region, "firm", known.name)
    # Firms of a fixed name are old ones: three years of history fit into them.
    last = date(2012, 3, 1) if known in firms.KNOWN_FIRMS else draft.on - timedelta(days=430)
    opened_on = day_between(source, date(1995, 3, 1), last)
    employer = draft.employer(known.name, place, trade=known.trade, ownership=known.ownership_code, opened_on=opened_on)
    founded = day_between(source, opened_on + timedelta(days=120), min(opened_on + timedelta(days=3000), draft.on))
    union = draft.union(f"{known.name}工会", Level.BASE, under=place, opened_on=founded)
    sector = _SECTOR_OF_TRADE.get(known.trade)
    if sector and happens(source, 0.7):
        union = draft.second_parent(union, sectors[sector])
    draft.cover(union, employer)
    draft.is_new(known.name)
    women = firms.TRADE_OF_CODE[known.trade].women_share
    return Job(union, employer, trade=known.trade, women=women, weight=known.members)


def _spots(draft: Draft, places: Places) -> Iterator[tuple[UnionRow, Town]]:
    """Where the next firm stands: towns by their weight, now and then in a village; never ends."""
    source = chance(draft.region, "spots")
    pick = Pick({town: town.weight for town in places}, slots=400)
    while True:
        town = pick.draw(source)
        unions = places[town]
        yield (source.choice(unions[1:]) if happens(source, 0.16) else unions[0]), town


def _new_firm(draft: Draft, town: Town) -> firms.Firm:
    """A firm whose name nobody in the county has yet; the place's name opens it."""
    source = chance(draft.region, "names", len(draft.plan.employers))
    stem = town.name.removesuffix("工业园区").removesuffix("街道").removesuffix("镇").removesuffix("乡")
    while True:
        place = draft.short if stem == "经济开发区" or happens(source, 0.6) else stem
        firm = firms.firm(source, place=place)
        if draft.is_new(firm.name):
            return firm


def _firm_with_union(draft: Draft, spot: tuple[UnionRow, Town], sectors: Sectors) -> Iterator[Job]:
    place, town = spot
    firm = _new_firm(draft, town)
    size = chance(draft.region, "size", firm.name).lognormvariate(3.9, 0.85)
    known = KnownFirm(firm.name, town.name, firm.trade.code, firm.ownership_code, round(size))
    job = _open_firm(draft, place, known, sectors)
    job.is_scaled = True
    yield job


def _firm_without_union(draft: Draft, spot: tuple[UnionRow, Town]) -> EmployerRow:
    """An employer that has no union yet: the list a county works through (未建会单位)."""
    place, town = spot
    firm = _new_firm(draft, town)
    source = chance(draft.region, "alone", firm.name)
    opened_on = day_between(source, date(2004, 3, 1), draft.on - timedelta(days=40))
    employer = draft.employer(
        firm.name, place, trade=firm.trade.code, ownership=firm.ownership_code, opened_on=opened_on
    )
    employees = max(4, min(round(source.lognormvariate(2.8, 0.8)), 160))
    draft.head_count(employer, employees, women=round(employees * firm.trade.women_share))
    return employer


def _joint_unions(draft: Draft, spots: Iterator[tuple[UnionRow, Town]]) -> Iterator[Job]:
    """Unions that several small employers share (联合工会)."""
    source = chance(draft.region, "joint")
    names = cycle(_JOINT_NAMES)
    opened = 0
    while opened < JOINT_UNIONS:
        place, town = next(spots)
        word = next(names)
        name = f"{town.name}{word}联合工会"
        if not draft.is_new(name):
            continue
        opened += 1
        founded = day_between(source, date(2012, 3, 1), draft.on - timedelta(days=90))
        union = draft.union(name, Level.BASE, under=place, opened_on=founded)
        for _ in range(EMPLOYERS_IN_A_JOINT_UNION):
            employer = _firm_without_union(draft, (place, town))
            draft.cover(union, employer)
            yield Job(union, employer, trade=employer.trade_code, women=0.5, weight=employer.employees * 0.8)


def _new_form_union(draft: Draft, top: UnionRow) -> Job:
    """Riders, couriers, drivers of the county join here, whoever they ride for (新就业形态劳动者)."""
    name = f"{draft.plan.county.name}新就业形态劳动者联合工会"
    union = draft.union(name, Level.BASE, under=top, opened_on=min(date(2021, 11, 18), draft.on))
    return Job(union, None, trade="60", women=0.16, weight=NEW_FORM_MEMBERS)


def _scale(jobs: list[Job]) -> None:
    """Bring the whole to the county's number of members by the firms whose size nobody has fixed."""
    scaled = [job for job in jobs if job.is_scaled]
    fixed = sum(job.members for job in jobs if not job.is_scaled)
    factor = (MEMBERS - fixed) / sum(job.members for job in scaled)
    for job in scaled:
        job.members = max(6, int(job.members * factor))
    largest = max(scaled, key=lambda job: job.members)
    largest.members += MEMBERS - sum(job.members for job in jobs)


def _settle(draft: Draft, job: Job) -> None:
    """Write head-counts, open branches where a union is large, and share its members out."""
    source = chance(draft.region, "settle", job.union.code)
    if job.employer is not None and not draft.plan.employers[job.employer.key].employees:
        employees = round(job.members / (0.78 + 0.2 * source.random()))
        women = round(employees * min(max(job.women + source.uniform(-0.1, 0.1), 0.02), 0.97))
        draft.head_count(job.employer, employees, women=women)
    units = [job.union, *_branches(draft, job)]
    left = job.members
    for place, unit in enumerate(units):
        part = left // (len(units) - place)
        left -= part
        draft.plan.workforces.append(
            Workforce(
                union_code=unit.code,
                employer=job.employer.key if job.employer else None,
                employer_name=job.employer.name if job.employer else "",
                trade_code=job.trade,
                members=part,
                women_share=job.women,
                founded_on=job.union.opened_on,
            )
        )


def _branches(draft: Draft, job: Job) -> list[UnionRow]:
    """Branches of a large union, and the groups of its first branch."""
    if job.members < BRANCHES_FROM_MEMBERS or job.employer is None:
        return []
    words = _BRANCHES_OF_TRADE.get(job.trade, _WORKSHOPS)
    count = min(job.members // MEMBERS_IN_A_BRANCH, MOST_BRANCHES, len(words))
    branches = [
        draft.union(f"{job.union.name}{word}分会", Level.BRANCH, under=job.union, opened_on=job.union.opened_on)
        for word in islice(words, count)
    ]
    if job.trade in {"17", "18", "54"}:
        groups = [
            draft.union(f"{branches[0].name}{shift}小组", Level.GROUP, under=branches[0], opened_on=job.union.opened_on)
            for shift in _SHIFTS
        ]
        return [*branches, *groups]
    return branches
