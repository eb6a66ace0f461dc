"""The fictional counties: where they are, and the towns and villages in them."""

from typing import NamedTuple

from niangjia.demo.rules.chance import chance, words
from niangjia.demo.rules.rows import County

# No code of GB/T 2260 begins with these, so no demo number can belong to a living person.
DEMO_PREFIXES = ("348", "349")
PROVINCE_CODE, PROVINCE_NAME = "348000", "江北省"
ANHE = County("349921", "安禾县", "349900", "安宁市")

_CITIES = words("清原市 临川口市 望海市 平江口市 广河市 金坪市 云岭市 东湖口市 永宁州市 安宁市")
_COUNTY_FIRST = "安 清 永 平 南 北 东 西 长 新"
_COUNTY_SECOND = "禾 岚 渚 棠 杉 芦 榆 蒲 桑 槐"
COUNTIES_IN_A_CITY = 10


class Town(NamedTuple):
    """A town, street or park (乡镇、街道、园区); `weight` is its share of the county's employers."""

    name: str
    villages: tuple[str, ...]
    weight: float


_ANHE_TOWNS = (
    Town("城关镇", ("城东社区", "文昌社区", "老街社区"), 9),
    Town("东城街道", ("滨河社区", "新建社区", "东苑社区"), 8),
    Town("西城街道", ("西苑社区", "车站社区"), 6),
    Town("石桥镇", ("石桥村", "大王庄村"), 6),
    Town("柳林镇", ("柳林社区", "前李村"), 9),
    Town("白塔镇", ("白塔村", "塔东村"), 7),
    Town("南坪镇", ("青山村", "南坪社区"), 5),
    Town("安平镇", ("安平社区", "孟庄村"), 5),
    Town("龙泉镇", ("龙泉村", "泉水头村"), 4),
    Town("河口镇", ("河口社区", "渡口村"), 4),
    Town("东山乡", ("东山村",), 2),
    Town("双河乡", ("双河村",), 2),
    Town("杨家湾乡", ("杨家湾村",), 2),
    Town("经济开发区", ("创业园社区", "科技园社区"), 18),
    Town("白塔工业园区", ("园区一社区",), 7),
)
_TOWN_FIRST = "石 柳 白 南 安 龙 河 东 双 杨 大 青 红 金 银 高 古 新 沙 黄 马 松 梅 莲 枣 桃"
_TOWN_SECOND = "桥 林 塔 坪 平 泉 口 山 河 湾 岭 沟 店 集 庄 埠 渡 岗 坝 塘"


def counties(count: int) -> list[County]:
    """The first `count` counties: 安禾县, then the rest of 安宁市, then the other cities of the fictional province."""
    rows: list[County] = [ANHE]
    for number in range(len(_CITIES) - 1, -1, -1):
        city_code = f"349{number}00"
        for place in range(COUNTIES_IN_A_CITY):
            region_code = f"349{number}{21 + place}"
            if region_code != ANHE.region_code:
                rows.append(County(region_code, _county_name(number, place), city_code, _CITIES[number]))
    return rows[:count]


def _county_name(city: int, place: int) -> str:
    first, second = words(_COUNTY_FIRST), words(_COUNTY_SECOND)
    return f"{first[(city + 1) % 10]}{second[place]}县"


def towns(county: County) -> tuple[Town, ...]:
    """The towns, streets and parks of a county."""
    if county == ANHE:
        return _ANHE_TOWNS
    source = chance(county.region_code, "towns")
    first, second = list(words(_TOWN_FIRST)), list(words(_TOWN_SECOND))
    source.shuffle(first)
    source.shuffle(second)
    stems = [one + other for one, other in zip(first, second, strict=False)]
    # The same characters paired otherwise: no village is called like a town or another village.
    villages = iter(
        [one + other for one, other in zip(first, second[7:] + second[:7], strict=False)] + _more(first, second)
    )
    return tuple(
        Town(_like(model.name, stem), tuple(_like(name, next(villages)) for name in model.villages), model.weight)
        for model, stem in zip(_ANHE_TOWNS, stems, strict=False)
    )


def _more(first: list[str], second: list[str]) -> list[str]:
    return [one + other for one, other in zip(first, second[3:] + second[:3], strict=False)]


def _like(name: str, stem: str) -> str:
    """A name of the same sort: 柳林镇 → 青林镇, 东城街道 → 莲岭街道; 经济开发区 is called so everywhere."""
    if name.endswith("开发区"):
        return name
    for sort in ("街道", "工业园区", "社区", "镇", "乡", "村"):
        if name.endswith(sort):
            return stem + sort
    raise ValueError(name)
