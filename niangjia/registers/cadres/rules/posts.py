"""Posts of cadres (职务) and how they hold them (专职、兼职、挂职、聘用); which posts are written down by hand, and by whom.

Sources: 工会法第十八条、第十九条 (the labour contract goes on with the term; no transfer against the union's will), 第四十一条
(three paid working days a month for those who are not full-time).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.registers.committees.rules.bodies import BodyKind, Post


class CadrePost(StrEnum):
    """What somebody is in a union (工会职务)."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    ORGANISER = "organiser"
    MEMBER = "member"
    STANDING = "standing"
    AUDIT = "audit"
    WOMEN = "women"
    SUPERVISOR = "supervisor"
    MEDIATOR = "mediator"
    TREASURER = "treasurer"
    STAFF = "staff"
    SOCIAL_WORKER = "social_worker"


class CadreKind(StrEnum):
    """How somebody holds a post (任职方式)."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    SECONDED = "seconded"
    HIRED = "hired"


# Who was elected and wrote nothing else about it works for the union beside her job: 本系统默认值.
ELECTED_KIND = CadreKind.PART_TIME
LEADING = frozenset({CadrePost.CHAIR, CadrePost.VICE_CHAIR, CadrePost.ORGANISER})
# Those whom the law on trade unions protects while they are in office: 主席、副主席、委员.
COMMITTEE = frozenset({CadrePost.CHAIR, CadrePost.VICE_CHAIR, CadrePost.MEMBER, CadrePost.TREASURER})
# 工会法第四十一条: paid working days a month for those who are not full-time.
PAID_DAYS = 3
HEADS = frozenset({CadrePost.CHAIR, CadrePost.ORGANISER})
# These follow from elections and committees where a union has a term.
FROM_COMMITTEES = LEADING | {
    CadrePost.MEMBER, CadrePost.STANDING, CadrePost.AUDIT, CadrePost.WOMEN, CadrePost.SUPERVISOR, CadrePost.MEDIATOR,
}  # fmt: skip
OF_BODY = {
    BodyKind.STANDING: CadrePost.STANDING, BodyKind.AUDIT: CadrePost.AUDIT, BodyKind.WOMEN: CadrePost.WOMEN,
    BodyKind.SUPERVISION: CadrePost.SUPERVISOR, BodyKind.MEDIATION: CadrePost.MEDIATOR,
}  # fmt: skip
OF_COMMITTEE = {
    Post.CHAIR: CadrePost.CHAIR, Post.VICE_CHAIR: CadrePost.VICE_CHAIR, Post.FINANCE: CadrePost.TREASURER,
    Post.MEMBER: CadrePost.MEMBER, Post.ORGANISER: CadrePost.ORGANISER,
}  # fmt: skip


@dataclass(frozen=True)
class PostFacts:
    """A post as it is written down: what, how, since when, by which document (任免文号)."""

    post: CadrePost
    kind: CadreKind
    since: date
    document_number: str = ""


def post_of_seat(body: str, post: str) -> CadrePost:
    """What a seat on a committee is as a post."""
    return OF_BODY.get(BodyKind(body)) or OF_COMMITTEE[Post(post)]


def why_not_written(post: CadrePost, *, has_term: bool, is_above: bool) -> Reason | None:
    """Why a post is not written down by hand: it follows from an election, or the union above names who leads."""
    if post in FROM_COMMITTEES and has_term:
        return Reason("from_committees", _FROM_COMMITTEES, {})
    if post in LEADING and not is_above:
        return Reason("named_above", _NAMED_ABOVE, {})
    return None


def since_fault(since: date, *, today: date) -> Reason | None:
    """Why a first day cannot be."""
    return Reason("begins_later", _BEGINS_LATER, {}) if since > today else None


def end_faults(since: date, until: date, because: str, *, today: date) -> dict[str, Reason]:
    """What is wrong with the end of a post, by field."""
    faults: dict[str, Reason] = {}
    if until < since:
        faults["until"] = Reason("ends_before", _ENDS_BEFORE, {})
    elif until > today:
        faults["until"] = Reason("ends_later", _ENDS_LATER, {})
    if not because.strip():
        faults["because"] = Reason("no_reason", _NO_REASON, {})
    return faults


def protections(post: CadrePost, kind: CadreKind) -> list[Reason]:
    """What the law gives whoever was elected onto a union's committee, as she holds it."""
    found = []
    if post in COMMITTEE and kind is not CadreKind.FULL_TIME:
        found.append(Reason("paid_days", _PAID_DAYS, {"days": PAID_DAYS}))
    if post in {CadrePost.CHAIR, CadrePost.VICE_CHAIR}:
        found.append(Reason("no_transfer", _NO_TRANSFER, {}))
    if post in COMMITTEE:
        is_full = kind is CadreKind.FULL_TIME
        found.append(Reason("contract", _CONTRACT_FULL if is_full else _CONTRACT, {}))
    return found


_FROM_COMMITTEES = gettext_noop("这个工会有现在这一届，这个职务从换届和委员会里来，系统照那里的显示，不在这里再写。")
_NAMED_ABOVE = gettext_noop("这个工会还没有记届期，由谁主持由上一级工会来记。请上一级工会办。")
_BEGINS_LATER = gettext_noop("第一天还没有到。到那一天，或者以后再记。")
_ENDS_BEFORE = gettext_noop("最后一天比第一天还早。看看日子有没有抄错。")
_ENDS_LATER = gettext_noop("最后一天还没有到。到那一天，或者以后再记。")
_NO_REASON = gettext_noop("写一句为什么，比如「合同期满」「调到县总工会」。以后看得懂。")
_PAID_DAYS = gettext_noop(
    "占用工作时间办工会的事，每月不超过 {days} 个工作日的，工资照发，别的待遇不受影响（《工会法》第四十一条）。"
)
_NO_TRANSFER = gettext_noop(
    "主席、副主席任期没有满，单位不能随意调动工作；要调，先得本级工会委员会和上一级工会同意（《工会法》第十八条）。"
)
_CONTRACT = gettext_noop(
    "劳动合同期限短于任期的，自动延长到任期届满；有严重过失、到了退休年龄的除外（《工会法》第十九条）。"
)
_CONTRACT_FULL = gettext_noop(
    "从任职那天起，劳动合同期限自动延长，延长的和任期一样长；有严重过失、到了退休年龄的除外（《工会法》第十九条）。"
)
