"""Whether two records are of one person (同一人判定): what the likenesses weigh together, and what rules it out for sure.

The weights are those of Fellegi and Sunter: log2 of how much more often a level is met among records of one person (m) than
among records of two (u). Rules of exclusion (排除规则) stand above every weight, and each says why in words.
"""

from collections.abc import Mapping
from math import log2
from typing import NamedTuple

from niangjia.kernel.chinese import gettext_noop
from niangjia.registers.members.linking.rules.levels import COMPARISONS, ID_AGREES, UNKNOWN, Likeness
from niangjia.registers.members.linking.rules.shares import NAME_CLASSES, UNIT_CLASSES

# How sure the answer has to be before two records are linked (本系统默认值).
LEAST_SCORE = 0.99
# Two records drawn at random are of one person once in so many times as there are records, five times over; a register of
# ten thousand is the smallest that is thought of (本系统默认值).
PER_RECORD, FEWEST_RECORDS = 5, 10_000
SCORE_DIGITS = 6

Weights = Mapping[str, Mapping[str, tuple[float, float]]]


class LinkReason(NamedTuple):
    """One thing that speaks for or against (理由): a code, a sentence, and its weight in bits."""

    code: str
    sentence: str
    weight: float


class Verdict(NamedTuple):
    """Whether they are linked, how sure that is (0–1), why; `excluded` says what rules it out, whatever it weighs."""

    linked: bool
    score: float
    reasons: tuple[LinkReason, ...]
    excluded: str | None


def prior(records: int) -> float:
    """How likely two records drawn at random are of one person."""
    return 1 / (PER_RECORD * max(records, FEWEST_RECORDS))


def weight(weights: Weights, field: str, level: str) -> float:
    """What one level weighs, in bits; what is unknown weighs nothing."""
    if level == UNKNOWN:
        return 0.0
    m, u = weights[field][level]
    return log2(m / u)


def total_weight(likeness: Likeness, weights: Weights, *, records: int) -> float:
    """All of it together, in bits, with what is known beforehand."""
    chance = prior(records)
    fields = (comparison.field for comparison in COMPARISONS)
    return log2(chance / (1 - chance)) + sum(weight(weights, *pair) for pair in zip(fields, likeness, strict=True))


def decide(likeness: Likeness, weights: Weights, *, records: int) -> Verdict:
    """The verdict on two records that are alike in this way, among so many."""
    bits = total_weight(likeness, weights, records=records)
    score = 1 / (1 + 2**-bits)
    excluded = exclusion(likeness)
    reasons = reasons_of(likeness, weights)
    return Verdict(excluded is None and score >= LEAST_SCORE, round(score, SCORE_DIGITS), reasons, excluded)


def worth_a_look(likeness: Likeness, weights: Weights, *, records: int) -> bool:
    """Whether two that are ruled out are alike enough in all but their numbers for a person to look at their papers."""
    besides = (UNKNOWN, *likeness[1:])
    return 1 / (1 + 2 ** -total_weight(besides, weights, records=records)) >= LEAST_SCORE


def reasons_of(likeness: Likeness, weights: Weights) -> tuple[LinkReason, ...]:
    """What speaks for and against, field by field; what is unknown says nothing."""
    named = ((comparison.field, level) for comparison, level in zip(COMPARISONS, likeness, strict=True))
    return tuple(_reason(field, level, weights) for field, level in named if level != UNKNOWN)


def exclusion(likeness: Likeness) -> str | None:
    """What makes them two people for sure, or leaves too little to say they are one; None where nothing does."""
    id_number, name, phone, birth_on, sex, _unit = likeness
    agrees = id_number in ID_AGREES
    firm = agrees or phone.startswith("same") or birth_on == "same"
    rules = (
        ("two_papers", id_number == "two_papers"),
        ("sex_differs", sex == "other" and not agrees),
        ("birth_differs", birth_on == "other" and not agrees),
        (
            "name_differs",
            id_number != "same" and (name == "other" or (name == "surname" and id_number != "same_unproven")),
        ),
        # Brothers, sisters and twins have such names, one phone, and twins one birthday.
        ("name_like_kin", name == "one_mark" and id_number not in {"same", "same_unproven", "slip"}),
        ("name_like_kin", name == "sound" and not agrees and birth_on not in {"same", "slip"}),
        ("nothing_firm", not firm),
        ("name_unknown", name == UNKNOWN and id_number != "same"),
    )
    return next((code for code, holds in rules if holds), None)


def _reason(field: str, level: str, weights: Weights) -> LinkReason:
    code = f"{field}.{level}"
    return LinkReason(code, SENTENCES[code], round(weight(weights, field, level), 1))


def known_shares() -> dict[tuple[str, str], float]:
    """How often two people agree where it follows from how common the value is, and no sample could tell."""
    names = {("name", f"same_{len(NAME_CLASSES) - 1 - at}"): share for at, (_, share) in enumerate(NAME_CLASSES)}
    units = {("unit", f"same_{len(UNIT_CLASSES) - 1 - at}"): share for at, (_, share) in enumerate(UNIT_CLASSES)}
    return names | units


SENTENCES: dict[str, str] = {
    "id_number.same": gettext_noop("身份证号相同，校验码也对"),
    "id_number.same_unproven": gettext_noop("身份证号写得一样，但校验码不对，或者是 15 位旧号码"),
    "id_number.two_papers": gettext_noop("两个身份证号都通过校验，但不是同一个号码：是两个人"),
    "id_number.slip": gettext_noop("身份证号只差一处笔误：错一位、漏一位、多一位或者相邻两位写反"),
    "id_number.cut": gettext_noop("身份证号前 15 位相同，后三位被表格软件写成了 000"),
    "id_number.other": gettext_noop("身份证号不同，其中至少一个没有通过校验"),
    "name.same_0": gettext_noop("姓名相同，这个姓名很少见"),
    "name.same_1": gettext_noop("姓名相同，这个姓名少见"),
    "name.same_2": gettext_noop("姓名相同，这个姓名不算少见"),
    "name.same_3": gettext_noop("姓名相同，这个姓名常见"),
    "name.same_4": gettext_noop("姓名相同，但同名的人很多"),
    "name.variant": gettext_noop("姓名只是异体字、繁体字的写法不同"),
    "name.sound": gettext_noop("姓名读音相同，用字不同"),
    "name.one_mark": gettext_noop("姓名只差一个字"),
    "name.surname": gettext_noop("只有姓相同，名字不同"),
    "name.other": gettext_noop("姓名不同"),
    "phone.same_own": gettext_noop("手机号相同"),
    "phone.same_family": gettext_noop("手机号相同，但好几条记录共用这个号码，可能是一家人"),
    "phone.other": gettext_noop("手机号不同（可能换过号码）"),
    "birth_on.same": gettext_noop("出生日期相同"),
    "birth_on.slip": gettext_noop("出生的年、月、日里只有一项不同，或者月和日写反"),
    "birth_on.year": gettext_noop("出生年份相同，月日不同"),
    "birth_on.other": gettext_noop("出生日期不同"),
    "sex.same": gettext_noop("性别相同"),
    "sex.other": gettext_noop("性别不同"),
    "unit.same_0": gettext_noop("在同一个单位，单位不大"),
    "unit.same_1": gettext_noop("在同一个单位"),
    "unit.same_2": gettext_noop("在同一个单位，单位人多"),
    "unit.same_3": gettext_noop("在同一个单位，名册里大多是这个单位的人"),
    "unit.other": gettext_noop("单位不同（可能换过工作）"),
}

EXCLUSIONS: dict[str, str] = {
    "two_papers": gettext_noop("两个身份证号都通过校验而不相同，一定是两个人"),
    "sex_differs": gettext_noop("性别不同，身份证号又对不上，按两个人处理"),
    "birth_differs": gettext_noop("出生日期相差很多，身份证号又对不上，按两个人处理"),
    "name_differs": gettext_noop("名字不同，又没有通过校验的同一个身份证号，按两个人处理"),
    "name_like_kin": gettext_noop("名字差一个字，可能是兄弟姐妹或者双胞胎，没有身份证号作证，不认作一个人"),
    "nothing_firm": gettext_noop("身份证号、手机号、出生日期没有一样对得上，只凭姓名和单位不认作一个人"),
    "name_unknown": gettext_noop("缺姓名，又没有通过校验的同一个身份证号，不认作一个人"),
}
