"""Other invented people than the weights were trained on: other names, other slips, other homes; and what can be linked.

Streets of a town with its families, workshops with same-name colleagues, a labour office that gives its own phone for
everybody, wives registered on their husbands' phones, twins; records kept three times over ten years.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from niangjia.registers.members.rules import check_digit

_COMMON = "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗".split()
_RARE = "欧阳 司马 上官 诸葛 尉迟 褚 卫 岑 柏 窦 祁 骆 蒲 牟 阮 路 冉 宫 裴 温 葛 凌 甘 焦 詹 耿 关 费 池 卓".split()
_MEN = "志强 建军 国强 文斌 俊杰 海峰 永强 世昌 家豪 子墨 一鸣 宗翰 学锋 立群 振东 跃进 卫东 长江 思源 启航 大勇 兆丰 伯庸 仲谋 叔同".split()
_WOMEN = "秀兰 桂芝 淑珍 玉梅 晓燕 海霞 雅琪 诗涵 紫萱 若曦 冬梅 春燕 丽娜 婉清 静怡 佩瑶 小红 翠花 凤英 菊香 采薇 令仪 慕青".split()
_MARKS = "安邦昌达恩丰贵航济凯朗茂南鹏启荣顺泰旺祥毅友泽卓璐倩瑾蕾姝媛琦莎彤薇韵芷苒嘉淼澜屿川野牧笙棠晚宁初夏秋冬北西"
_OFFICE = "13900001111"
_TOWNS = (
    "330106",
    "330110",
    "370203",
    "370811",
    "440305",
    "530102",
    "610113",
    "230102",
    "120104",
    "500103",
    "350203",
    "140105",
)


@dataclass
class Kept:
    """One record of the test's file, its owner, and which of her facts it still tells rightly."""

    key: str
    owner: int
    fields: dict[str, str]
    tells: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class _Someone:
    owner: int
    name: str
    number: str
    phone: str
    sex: str
    birth_on: date
    unit: str


def records(people: int, *, seed: int) -> list[Kept]:
    """The file: everybody once, many again."""
    chance = Random(seed)
    kept: list[Kept] = []
    numbers: set[str] = set()
    owner = 0
    while owner < people:
        for someone in _home(owner, people, chance):
            if someone.number in numbers:
                continue
            numbers.add(someone.number)
            times = chance.choices((1, 2, 3), (70, 22, 8))[0]
            kept += [_kept(someone, f"{someone.owner}-{time}", time, chance) for time in range(times)]
        owner += 2
    chance.shuffle(kept)
    return kept


def can_be_linked(one: Kept, two: Kept) -> bool:
    """Whether anybody could say from the two records that it is one person: the number, or the name with a firm fact."""
    both = one.tells & two.tells
    if "number" in both:
        return True
    near = (one.tells | two.tells) >= {"number"} and all(
        {"number", "number_slipped"} & each.tells for each in (one, two)
    )
    if "name" not in both:
        return False
    return near or "phone" in both or {"birth", "unit"} <= both


def _home(owner: int, people: int, chance: Random) -> list[_Someone]:
    """A single, a couple on one phone, parent and child, brothers named alike, or twins."""
    shape = chance.choices(("single", "couple", "parent", "brothers", "twins"), (70, 10, 9, 8, 3))[0]
    surname = chance.choice(_COMMON if chance.random() < 0.8 else _RARE)
    town, phone = chance.choice(_TOWNS), _mobile(chance)
    sex = chance.choice("男女")
    birth_on = date(1960, 3, 1) + timedelta(days=chance.randrange(16_800))
    first = _someone(owner, surname, sex, birth_on, town, phone, people, chance)
    if shape == "single":
        return [first]
    if shape == "couple":
        other = "女" if sex == "男" else "男"
        born = birth_on + timedelta(days=chance.randrange(-1_500, 1_500))
        return [first, _someone(owner + 1, chance.choice(_COMMON), other, born, town, phone, people, chance)]
    years = {"parent": chance.randrange(20, 33), "brothers": chance.randrange(1, 9), "twins": 0}[shape]
    born = birth_on + timedelta(days=years * 365 + (chance.randrange(300) if years else 0))
    child = first
    while child.name == first.name:
        child = _someone(owner + 1, surname, sex, born, town, phone, people, chance)
    given = first.name[len(surname) :]
    if shape != "parent" and len(given) > 1:
        child = _named(
            child, surname + given[0] + chance.choice([mark for mark in _MARKS if mark != given[1]]), first.unit
        )
    return [first, child]


def _named(someone: _Someone, name: str, unit: str) -> _Someone:
    return _Someone(someone.owner, name, someone.number, someone.phone, someone.sex, someone.birth_on, unit)


def _someone(
    owner: int, surname: str, sex: str, birth_on: date, town: str, phone: str, people: int, chance: Random
) -> _Someone:
    if chance.random() < 0.45:
        given = chance.choice(_MEN if sex == "男" else _WOMEN)
    else:
        given = "".join(chance.choice(_MARKS) for _ in range(chance.choice((1, 2, 2))))
    sequence = chance.randrange(1, 300) * 2 + (sex == "男")
    first17 = f"{town}{birth_on:%Y%m%d}{sequence:03d}"
    unit = f"{chance.choice(('南', '北', '东', '西'))}区{chance.randrange(max(1, people // 600))}车间工会委员会"
    return _Someone(owner, surname + given, first17 + check_digit(first17), phone, sex, birth_on, unit)


def _mobile(chance: Random) -> str:
    return f"1{chance.choice(('38', '39', '58', '77', '86', '99'))}{chance.randrange(10**8):08d}"


def _kept(someone: _Someone, key: str, time: int, chance: Random) -> Kept:
    """A record as some office wrote it in some year."""
    tells = {"name", "number", "phone", "birth", "unit"}
    kept = Kept(key, someone.owner, {"key": key}, tells)
    kept.fields["name"] = _name(someone.name, tells, chance)
    kept.fields["id_number"] = _number(someone, tells, chance)
    kept.fields["phone"] = _phone(someone, time, tells, chance)
    kept.fields["sex"] = chance.choices(
        ({"男": "男", "女": "女"}[someone.sex], {"男": "M", "女": "F"}[someone.sex], ""), (6, 1, 1)
    )[0]
    written = chance.choices(
        ("{:%Y-%m-%d}", "{0.year}年{0.month}月{0.day}日", "{0.year}.{0.month}.{0.day}", ""), (3, 1, 1, 3)
    )[0]
    kept.fields["birth_on"] = written.format(someone.birth_on)
    if not written and "number" not in tells:
        tells.discard("birth")
    kept.fields["unit"] = someone.unit
    if time and chance.random() < 0.35:
        kept.fields["unit"] = chance.choice(("", "人力资源公司联合工会", f"新区{chance.randrange(90)}号园区工会"))
        tells.discard("unit")
    return kept


def _name(name: str, tells: set[str], chance: Random) -> str:
    draw = chance.random()
    if draw < 0.03 and len(name) == 2:
        return f"{name[0]} {name[1]}"
    if draw < 0.04:
        return f" {name}　"
    if draw < 0.055:
        tells.discard("name")
        return name[:-1] + chance.choice([mark for mark in _MARKS if mark != name[-1]])
    return name


def _number(someone: _Someone, tells: set[str], chance: Random) -> str:
    draw, number = chance.random(), someone.number
    if draw < 0.13:
        tells.discard("number")
        return "" if draw < 0.12 else chance.choice(("无", "000000000000000000", "4.40305E+17"))
    if draw < 0.17:
        tells.discard("number")
        tells.add("number_slipped")
        return _slipped(number, chance)
    if draw < 0.19:
        return f"{number[:6]} {number[6:14]} {number[14:]}".lower()
    if draw < 0.21 and number[6:8] == "19":
        return number[:6] + number[8:17]
    return number


def _slipped(number: str, chance: Random) -> str:
    """Another number that is one slip away, and fails its check."""
    while True:
        at = chance.randrange(17)
        kind = chance.randrange(4)
        wrong = number[:at] + chance.choice("0123456789") + number[at + 1 :]
        if kind == 1:
            wrong = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
        if kind == 2:
            wrong = number[:at] + number[at:][1:]
        if kind == 3:
            wrong = number[:at] + number[at] + number[at:]
        if wrong != number:
            return wrong


def _phone(someone: _Someone, time: int, tells: set[str], chance: Random) -> str:
    draw = chance.random()
    if draw < 0.1:
        tells.discard("phone")
        return "" if draw < 0.07 else _OFFICE
    if time and draw < 0.3:
        tells.discard("phone")
        return _mobile(chance)
    return (
        someone.phone
        if draw < 0.9
        else chance.choice((f"+86 {someone.phone}", f"{someone.phone[:3]}-{someone.phone[3:7]}-{someone.phone[7:]}"))
    )
