"""Levels and kinds of unions, their names, and which may stand under which (工会法第十条; 《中国工会章程》)."""

from enum import StrEnum

from niangjia.kernel.chinese import Reason, Term, Vocabulary, gettext_noop
from niangjia.kernel.places.rules import Level


class UnionKind(StrEnum):
    """Kind of union organisation (组织类型)."""

    TERRITORIAL = "territorial"
    FEDERATION = "federation"
    INDUSTRY = "industry"
    BASE = "base"
    BRANCH = "branch"
    GROUP = "group"


UNION_LEVELS = Vocabulary(
    "level",
    Term(Level.NATION, "全国", ("国家", "全国级", "国家级", "10")),
    Term(Level.PROVINCE, "省级", ("省", "自治区", "直辖市", "省(自治区、直辖市)", "20")),
    Term(Level.CITY, "市级", ("市", "地市", "地市级", "地级", "州", "30")),
    Term(Level.COUNTY, "县级", ("县", "区", "区县", "县区", "县(区)", "区级", "县级市", "40")),
    Term(
        Level.TOWN,
        "乡镇街道",
        ("乡镇", "街道", "乡", "镇", "街镇", "镇级", "乡镇级", "乡镇(街道)", "开发区", "园区", "50"),
    ),
    Term(Level.VILLAGE, "村社区", ("村", "社区", "村级", "村(社区)", "60")),
    Term(
        Level.BASE, "基层工会", ("基层", "基层单位", "企业工会", "单位工会", "独立基层", "联合基层", "联合工会", "70")
    ),
    Term(Level.BRANCH, "分会", ("工会分会", "分工会", "车间工会")),
    Term(Level.GROUP, "工会小组", ("小组", "工会组")),
)

UNION_KINDS = Vocabulary(
    "kind",
    Term(UnionKind.TERRITORIAL, "地方工会", ("总工会", "地方总工会")),
    Term(
        UnionKind.FEDERATION,
        "工会联合会",
        ("联合会", "区域性工会联合会", "行业性工会联合会", "行业工会联合会", "区域工会联合会"),
    ),
    Term(UnionKind.INDUSTRY, "产业工会", ("产业", "行业工会", "行业", "22", "41")),
    Term(UnionKind.BASE, "基层工会", ("工会委员会", "联合工会委员会", "集团工会", "系统工会")),
    Term(UnionKind.BRANCH, "分会", ("工会分会",)),
    Term(UnionKind.GROUP, "工会小组", ("小组",)),
)

# Usual kind where a list names the level only.
_KIND_OF_LEVEL: dict[Level, UnionKind] = {
    Level.BASE: UnionKind.BASE,
    Level.BRANCH: UnionKind.BRANCH,
    Level.GROUP: UnionKind.GROUP,
}


def usual_kind(level: Level) -> UnionKind:
    """The kind a union of this level has unless told otherwise: above the base, a territorial one."""
    return _KIND_OF_LEVEL.get(level, UnionKind.TERRITORIAL)


def read_level(text: str, *, parent: Level | None) -> tuple[Level, UnionKind] | Reason:
    """Level and kind from the column 层级, in Chinese or English; 「工会联合会」 and 「产业工会」 stand one below the parent."""
    level = UNION_LEVELS.code_of(text)
    if level is not None:
        return Level(level), usual_kind(Level(level))
    kind = UNION_KINDS.code_of(text)
    if kind in {UnionKind.FEDERATION, UnionKind.INDUSTRY} and parent is not None:
        below = [step for step in Level if step.rank == min(parent.rank + 1, Level.VILLAGE.rank)]
        return below[0], UnionKind(kind)
    return Reason("level_unknown", _UNKNOWN, {"written": text})


# What may stand directly under a base union, a branch, a group; above the base any lower level may.
_UNDER: dict[Level, frozenset[Level]] = {
    # A base union under another: the unions of a group of companies (集团) or of one system (系统).
    Level.BASE: frozenset({Level.BASE, Level.BRANCH, Level.GROUP}),
    Level.BRANCH: frozenset({Level.BRANCH, Level.GROUP}),
    Level.GROUP: frozenset(),
}


def may_stand_under(child: Level, parent: Level) -> bool:
    """Whether a union of one level may have a parent of another; base unions may hang on any level above."""
    if parent in _UNDER:
        return child in _UNDER[parent]
    if child in {Level.BRANCH, Level.GROUP}:
        return False
    # 村、社区 unions gather under each other as federations; otherwise a child is lower than its parent.
    return child.rank > parent.rank or child is parent is Level.VILLAGE


def standing_fault(child: Level, parent: Level) -> Reason | None:
    """Why a union cannot stand under that parent, or None."""
    if may_stand_under(child, parent):
        return None
    levels = {"child": UNION_LEVELS.titles[child], "parent": UNION_LEVELS.titles[parent]}
    return Reason("parent_level", _NOT_UNDER, dict(levels))


class UnionForm(StrEnum):
    """Form of a union (组织形式)."""

    GENERAL_UNION = "general_union"
    UNION = "union"
    FEDERATION = "federation"
    COMMITTEE = "committee"
    JOINT_COMMITTEE = "joint_committee"
    ORGANISER = "organiser"
    BRANCH = "branch"
    GROUP = "group"


UNION_FORMS = Vocabulary(
    "union_form",
    Term(UnionForm.GENERAL_UNION, "总工会"),
    Term(UnionForm.UNION, "工会"),
    Term(UnionForm.FEDERATION, "工会联合会"),
    Term(UnionForm.COMMITTEE, "工会委员会"),
    Term(UnionForm.JOINT_COMMITTEE, "联合工会委员会"),
    Term(UnionForm.ORGANISER, "组织员", ("工会组织员",)),
    Term(UnionForm.BRANCH, "分会"),
    Term(UnionForm.GROUP, "小组", ("工会小组",)),
)

COMMITTEE_FROM_MEMBERS = 25  # 工会法第十一条


def committee_forms(members: int) -> frozenset[UnionForm]:
    """The forms a base union may choose (基层工会委员会): its own committee from 25 members, below that three ways."""
    if members >= COMMITTEE_FROM_MEMBERS:
        return frozenset({UnionForm.COMMITTEE})
    return frozenset({UnionForm.COMMITTEE, UnionForm.JOINT_COMMITTEE, UnionForm.ORGANISER})


_UNKNOWN = gettext_noop(
    "不认识层级「{written}」。写全国、省级、市级、县级、乡镇街道、村社区、基层工会、分会、工会小组、工会联合会或产业工会。"
)
_NOT_UNDER = gettext_noop("「{child}」不能直接放在「{parent}」下面。看看层级和上级工会编码哪个写错了。")
