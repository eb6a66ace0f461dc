"""Which form a union may have (工会组织形式): a committee of its own from 25 members, below that three ways (工会法第十一条)."""

from dataclasses import dataclass
from enum import StrEnum

from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.registers.orgs.rules.levels import COMMITTEE_FROM_MEMBERS, UnionForm, committee_forms


class Side(StrEnum):
    """Who asks for a union (谁申请建会)."""

    WORKER = "worker"
    EMPLOYER = "employer"


class Size(StrEnum):
    """How many work there, about (大约多少人): chosen, not typed, for nobody at a workbench knows the number."""

    UNDER_10 = "under_10"
    UNDER_25 = "under_25"
    UNDER_100 = "under_100"
    UNDER_200 = "under_200"
    FROM_200 = "from_200"


SIZE_WORDS: dict[Size, str] = {
    Size.UNDER_10: gettext_noop("不到 10 人"),
    Size.UNDER_25: gettext_noop("10 到 24 人"),
    Size.UNDER_100: gettext_noop("25 到 99 人"),
    Size.UNDER_200: gettext_noop("100 到 199 人"),
    Size.FROM_200: gettext_noop("200 人以上"),
}
SMALL = frozenset({Size.UNDER_10.value, Size.UNDER_25.value})
# Whoever does not know leaves it to the union above.
ADVISE = "advise"


@dataclass(frozen=True)
class FormChoice:
    """One of the three ways of a small workplace, in plain words."""

    key: str
    title: str
    line: str


FORM_CHOICES: tuple[FormChoice, ...] = (
    FormChoice(UnionForm.COMMITTEE.value, gettext_noop("自己建工会委员会"), gettext_noop("选出 3 到 7 名委员，有自己的章和账。")),
    FormChoice(UnionForm.JOINT_COMMITTEE.value, gettext_noop("和附近单位一起建"), gettext_noop("两个以上单位合建一个联合工会，事情一起办。")),
    FormChoice(UnionForm.ORGANISER.value, gettext_noop("只选一名组织员"), gettext_noop("由一个人牵头，组织大家参加活动。")),
    FormChoice(ADVISE, gettext_noop("说不好，请工会给主意"), gettext_noop("工会看了人数，再和你们商量。")),
)  # fmt: skip
FORM_TITLES: dict[str, str] = {each.key: each.title for each in FORM_CHOICES}
FOUNDED_FORMS = tuple(each.key for each in FORM_CHOICES if each.key != ADVISE)


def form_asked(size: str, form: str) -> str:
    """The form that was asked for: from 25 workers on nothing else than a committee is asked about."""
    if size not in SMALL:
        return UnionForm.COMMITTEE.value
    return form if form in FORM_TITLES else ADVISE


def form_fault(form: str, *, members: int) -> Reason | None:
    """Why a union with so many members cannot have this form, or None."""
    allowed = {each.value for each in committee_forms(members)}
    # A joint committee has a committee: it may gather more than 25.
    if form in allowed or form == UnionForm.JOINT_COMMITTEE.value:
        return None
    return Reason("committee_needed", _COMMITTEE, {"members": members, "least": COMMITTEE_FROM_MEMBERS})


_COMMITTEE = gettext_noop(
    "现在有会员 {members} 人。会员 {least} 人以上应当建立工会委员会（工会法第十一条），不能只选组织员。退回去，按委员会选。"
)
