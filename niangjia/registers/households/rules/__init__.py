"""What is true about households: relations, who needs whose consent, and how a household looks from each of its people; no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.privacy.rules import OWN_CONSENT_FROM
from niangjia.registers.members.rules import IdNumber, age_on, check_id_number, check_name, tidy_name

# Notices (告知书) that are agreed to before anything is written down.
FAMILY, CHILDREN = "household", "household_children"
LONGEST_SCHOOL, LONGEST_GRADE, LONGEST_ADDRESS = 64, 32, 128
# 本系统默认值
OLDEST = 120


class Relation(StrEnum):
    """How somebody is related to whoever wrote the household down (和本人的关系)."""

    APPLICANT = "applicant"
    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    OTHER = "other"


class Stage(StrEnum):
    """Kind of school (在校类别)."""

    KINDERGARTEN = "kindergarten"
    PRIMARY = "primary"
    JUNIOR = "junior"
    SENIOR = "senior"
    VOCATIONAL = "vocational"
    UNIVERSITY = "university"


@dataclass(frozen=True)
class KinWritten:
    """What a member writes of somebody she lives with: no more than what help asks for."""

    name: str
    relation: Relation
    since: date
    birth_on: date | None = None
    id_number: str = ""
    # She told this person, or is the parent who decides for the child.
    agreed: bool = False


@dataclass(frozen=True)
class KinFacts:
    """The same, checked: birth read from the number where there is one."""

    name: str
    relation: Relation
    since: date
    birth_on: date
    id_number: str


@dataclass(frozen=True)
class Known:
    """What stands in the household already: its first day, and whether it has a spouse."""

    since: date
    has_spouse: bool
    # Her own number, which is nobody else's.
    own_number: str = ""


def checked(written: KinWritten, known: Known, *, on: date) -> KinFacts | Mapping[str, Reason]:
    """What was written, checked; or what is wrong, by field."""
    faults: dict[str, Reason] = {}
    name = check_name(written.name)
    if isinstance(name, Reason):
        faults["name"] = name
    number = check_id_number(written.id_number) if written.id_number.strip() else None
    if isinstance(number, Reason):
        faults["id_number"] = number
    birth_on = _birth(written, number, faults, on=on)
    faults |= _faults(written, known, number, on=on)
    if faults or birth_on is None:
        return faults
    written_number = number.number if isinstance(number, IdNumber) else ""
    return KinFacts(tidy_name(written.name), written.relation, written.since, birth_on, written_number)


def _birth(
    written: KinWritten, number: IdNumber | Reason | None, faults: dict[str, Reason], *, on: date
) -> date | None:
    read = number.birth_on if isinstance(number, IdNumber) else None
    born = read or written.birth_on
    if born is None:
        faults["birth_on"] = Reason("birth_missing", _BIRTH_MISSING, {})
    elif born > on or age_on(born, on) > OLDEST:
        faults["birth_on"] = Reason("birth_unfit", _BIRTH_UNFIT, {})
    elif read and written.birth_on and read != written.birth_on:
        faults["birth_on"] = Reason("birth_differs", _BIRTH_DIFFERS, {})
    return born


def _faults(written: KinWritten, known: Known, number: IdNumber | Reason | None, *, on: date) -> dict[str, Reason]:
    faults: dict[str, Reason] = {}
    if written.relation is Relation.APPLICANT:
        faults["relation"] = Reason("is_herself", _IS_HERSELF, {})
    if isinstance(number, IdNumber) and number.number == known.own_number:
        faults["id_number"] = Reason("is_herself", _IS_HERSELF, {})
    if written.relation is Relation.SPOUSE and known.has_spouse:
        faults["relation"] = Reason("spouse_already", _SPOUSE_ALREADY, {})
    if written.since > on:
        faults["since"] = Reason("since_in_future", _SINCE_IN_FUTURE, {})
    elif written.since < known.since:
        faults["since"] = Reason("since_before_household", _SINCE_BEFORE, {})
    if not written.agreed:
        faults["agreed"] = Reason("not_agreed", _NOT_AGREED, {})
    return faults


def needs_guardian(birth_on: date, *, on: date) -> bool:
    """Whether a parent consents for this child (个人信息保护法 Art. 31)."""
    return age_on(birth_on, on) < OWN_CONSENT_FROM


def end_fault(since: date, until: date, *, on: date) -> Reason | None:
    """Somebody moves out after the day she came, and not on a day to come."""
    if until <= since:
        return Reason("until_before_since", _UNTIL_BEFORE, {})
    return Reason("until_in_future", _UNTIL_IN_FUTURE, {}) if until > on else None


# How a household that somebody wrote down looks from another of its people: who she is there → who the others are to her.
_SEEN_FROM: Mapping[Relation, Mapping[Relation, Relation]] = {
    Relation.SPOUSE: {
        Relation.APPLICANT: Relation.SPOUSE,
        Relation.CHILD: Relation.CHILD,
    },
    Relation.CHILD: {
        Relation.APPLICANT: Relation.PARENT,
        Relation.SPOUSE: Relation.PARENT,
    },
    Relation.PARENT: {
        Relation.APPLICANT: Relation.CHILD,
    },
    Relation.OTHER: {},
}


def seen_from(herself: Relation, other: Relation) -> Relation:
    """What `other` is to whoever is `herself` in the household; what cannot be told for sure is another relative."""
    if herself is Relation.APPLICANT:
        return other
    return _SEEN_FROM[herself].get(other, Relation.OTHER)


@dataclass(frozen=True)
class PersonOnDay:
    """One person of a household on a day, as hardship rules read it; without name and number."""

    role: Relation
    birth_on: date | None
    student: bool
    private_school: bool


@dataclass(frozen=True)
class HouseholdOnDay:
    """Who lived together on a day (某一天的家庭); `number` is a pseudonym and says nothing."""

    number: int
    region: str
    people: tuple[PersonOnDay, ...]

    @property
    def children(self) -> Iterable[PersonOnDay]:
        """The children of whoever it is asked for."""
        return (person for person in self.people if person.role is Relation.CHILD)


_BIRTH_MISSING = gettext_noop("写出生日期；写了身份证号的，可以不写。")
_BIRTH_UNFIT = gettext_noop("这一天不像出生日期。看看年份有没有写错。")
_BIRTH_DIFFERS = gettext_noop("和身份证号里的出生日期对不上。看看哪一个写错了。")
_IS_HERSELF = gettext_noop("您自己已经在里面了，这里写家里别的人。")
_SPOUSE_ALREADY = gettext_noop("已经写过配偶了。写错了的，先在那一位下面改。")
_SINCE_IN_FUTURE = gettext_noop("还没有到那一天。写从哪天起住在一起。")
_SINCE_BEFORE = gettext_noop("比您登记这个家庭的日子还早。写登记以后的日子，或者先改家庭的日子。")
_NOT_AGREED = gettext_noop("先告诉这位家人，同意了再勾上。不想写的，可以不写。")
_UNTIL_BEFORE = gettext_noop("要在住进来那天以后。当天就写错了的，点「写错了，删掉」。")
_UNTIL_IN_FUTURE = gettext_noop("还没有到那一天。搬走了再来写。")


@dataclass(frozen=True)
class SchoolWritten:
    """A school as it is written down (上学)."""

    school: str
    stage: Stage
    since: date
    grade: str = ""
    region_code: str = ""
    is_private: bool = False
    until: date | None = None


def school_faults(written: SchoolWritten, *, born_on: date | None) -> dict[str, Reason]:
    """A school has a name, and nobody goes there before she was born, or leaves before she came."""
    faults: dict[str, Reason] = {}
    if not written.school.strip():
        faults["school"] = Reason("school_missing", _SCHOOL_MISSING, {})
    if born_on is not None and written.since < born_on:
        faults["since"] = Reason("school_before_birth", _SCHOOL_BEFORE_BIRTH, {})
    if written.until is not None and written.until <= written.since:
        faults["until"] = Reason("school_ends_before", _SCHOOL_ENDS_BEFORE, {})
    return faults


_SCHOOL_MISSING = gettext_noop("写学校的名字，按招牌上的写。")
_SCHOOL_BEFORE_BIRTH = gettext_noop("比出生还早。看看年份有没有写错。")
_SCHOOL_ENDS_BEFORE = gettext_noop("毕业要在入学以后。还在上的，空着不写。")
