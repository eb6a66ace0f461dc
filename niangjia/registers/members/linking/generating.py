"""Invented people and the records that offices keep of them, with the slips they make: what the weights are trained on.

Whoever judges the weights takes other people: the tests and the bench have an inventor of their own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from niangjia.registers.members.rules import check_digit

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石"
    "金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华玉兰建国红梅海燕志文小云春生永东晓光德福金凤立新学成林玲辉鹏飞雪宇浩然子轩欣怡"
    "梓涵佳慧婷颖琳雅思远博瑞天翔龙健康宁安乐泽润清波江河山峰松柏竹菊莲香荣贵祥顺利达义仁礼智信诚忠孝良善美君蓉萍莉琴珍珠宝庆"
)
ALIKE = {
    "伟": "维",
    "丽": "莉",
    "静": "靖",
    "杰": "捷",
    "芳": "方",
    "辉": "晖",
    "玲": "铃",
    "英": "瑛",
    "华": "桦",
    "国": "郭",
}
OLD = {
    "杰": "傑",
    "华": "華",
    "国": "國",
    "丽": "麗",
    "军": "軍",
    "峰": "峯",
    "刘": "劉",
    "陈": "陳",
    "张": "張",
    "勇": "勇",
}
DISTRICTS = tuple(
    f"{head}{tail:02d}" for head in ("4101", "4113", "3415", "4228", "5134", "6204") for tail in range(1, 25)
)
COPIED = 0.3
MONTHS = 12
FIRST_BIRTH, BIRTH_DAYS = date(1957, 1, 1), 17_500


@dataclass(frozen=True)
class Written:
    """One record, and whose it is."""

    key: str
    person: int
    name: str
    id_number: str
    phone: str
    sex: str
    birth_on: str
    unit: str

    def row(self) -> tuple[str, ...]:
        """The fields of the file."""
        return (self.key, self.name, self.id_number, self.phone, self.sex, self.birth_on, self.unit)


@dataclass(frozen=True)
class _Person:
    number: int
    name: str
    id_number: str
    phone: str
    sex: str
    birth_on: date
    unit: int


def invented(records: int, *, seed: int) -> Iterator[Written]:
    """So many records of invented people; the same seed gives the same."""
    chance = Random(seed)  # noqa: S311 - invented people, nothing secret
    units = max(3, records // 150)
    written = 0
    for number in range(records):
        for person in _household(number * 4, units, chance):
            copies = chance.choices((1, 2, 3, 4), (78, 16, 4, 2))[0]
            earlier = ""
            for copy in range(copies):
                if written == records:
                    return
                record = _write(person, f"R{written:07d}", again=copy > 0, units=units, chance=chance)
                # A roster is often the last one copied, with its mistyped number.
                record = replace(record, id_number=earlier) if copy and _happens(COPIED, chance) else record
                earlier = record.id_number
                yield record
                written += 1


def _household(first: int, units: int, chance: Random) -> list[_Person]:
    """One person, sometimes with kin: one surname, often one phone, sometimes one workplace; twins have one birthday."""
    head = _person(first, units, chance)
    kin = chance.choices(("alone", "twins", "siblings", "parent"), (80, 2, 8, 10))[0]
    if kin == "alone":
        return [head]
    days = {"twins": 0, "siblings": chance.randrange(400, 3_000), "parent": chance.randrange(8_000, 12_000)}[kin]
    birth_on = head.birth_on + timedelta(days=days)
    sex = head.sex if kin == "twins" and _happens(0.7, chance) else chance.choice("男女")
    shared = kin != "parent" and len(head.name) > len("王一") and _happens(0.6, chance)
    name = (head.name[:2] if shared else head.name[:1] + chance.choice(GIVEN)) + chance.choice(GIVEN)
    other = _Person(
        first + 1,
        name,
        _id_number(head.id_number[:6], birth_on, sex, chance),
        head.phone if _happens(0.5, chance) else _phone(chance),
        sex,
        birth_on,
        head.unit if _happens(0.3, chance) else chance.randrange(units),
    )
    return [head, other]


def _person(number: int, units: int, chance: Random) -> _Person:
    surname = SURNAMES[min(int(chance.expovariate(1 / 18)), len(SURNAMES) - 1)]
    given = "".join(
        GIVEN[min(int(chance.expovariate(1 / 45)), len(GIVEN) - 1)] for _ in range(chance.choice((1, 2, 2, 2)))
    )
    birth_on = FIRST_BIRTH + timedelta(days=chance.randrange(BIRTH_DAYS))
    sex = chance.choice("男女")
    id_number = _id_number(chance.choice(DISTRICTS), birth_on, sex, chance)
    return _Person(number, surname + given, id_number, _phone(chance), sex, birth_on, chance.randrange(units))


def _id_number(district: str, birth_on: date, sex: str, chance: Random) -> str:
    sequence = chance.randrange(0, 499) * 2 + (1 if sex == "男" else 0)
    first17 = f"{district}{birth_on:%Y%m%d}{sequence:03d}"
    return first17 + check_digit(first17)


def _phone(chance: Random) -> str:
    return f"1{chance.choice('356789')}{chance.randrange(10**9):09d}"


def _write(person: _Person, key: str, *, again: bool, units: int, chance: Random) -> Written:
    """One record of a person; a second one may be years later, with another phone and another employer."""
    if again and _happens(0.25, chance):
        person = replace(person, phone=_phone(chance))
    if again and _happens(0.3, chance):
        person = replace(person, unit=chance.randrange(units))
    birth_on = _slipped_day(person.birth_on, chance)
    return Written(
        key,
        person.number,
        _slipped_name(person.name, chance),
        _slipped_number(person.id_number, chance),
        "" if _happens(0.12, chance) else person.phone,
        "" if _happens(0.1, chance) else person.sex,
        "" if _happens(0.25, chance) else chance.choice(("{:%Y-%m-%d}", "{:%Y/%m/%d}", "{:%Y%m%d}")).format(birth_on),
        "" if _happens(0.08, chance) else f"第{person.unit}号工厂工会",
    )


def _happens(share: float, chance: Random) -> bool:
    return chance.random() < share


def _slipped_name(name: str, chance: Random) -> str:
    slip, at = chance.choices(("none", "other", "alike", "old"), (96, 1, 1.5, 1.5))[0], chance.randrange(1, len(name))
    if slip == "other":
        return name[:at] + chance.choice(GIVEN) + name[at + 1 :]
    spellings = {"none": {}, "alike": ALIKE, "old": OLD}[slip]
    return "".join(spellings.get(mark, mark) for mark in name)


def _slipped_number(number: str, chance: Random) -> str:
    at, any_digit = chance.randrange(17), chance.choice("0123456789")
    written = (
        (number, 84.0),
        ("", 10),
        (number[:at] + any_digit + number[at + 1 :], 2.5),
        (number[:at] + number[at + 1] + number[at] + number[at + 2 :], 1),
        (number[:at] + number[at + 1 :], 0.5),
        (number[:15] + "000", 0.5),
        (number[:6] + number[8:17] if number[6:8] == "19" else number, 1.5),
    )
    return chance.choices(*zip(*written, strict=True))[0]


def _slipped_day(day: date, chance: Random) -> date:
    other = day.replace(day=chance.randrange(1, 29))
    swapped = date(day.year, day.day, day.month) if day.day <= MONTHS else day
    return chance.choices((day, other, swapped), (98.5, 1, 0.5))[0]
