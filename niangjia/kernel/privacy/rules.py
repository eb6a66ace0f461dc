"""The duties of the 个人信息保护法 as rules: who may consent, what a table of persons must declare, how a pseudonym looks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from niangjia.kernel.access.rules import Move, Role
from niangjia.kernel.chinese import Reason, gettext_noop

# 个人信息保护法 Art. 31: for a child under fourteen the parent consents.
OWN_CONSENT_FROM = 14
ADULT_FROM = 18
PSEUDONYM_ALPHABET = "ACDEFGHJKLMNPQRTUVWXY3479"
PSEUDONYM_LENGTH = 6
# 个人信息保护法 Art. 50 asks for an answer and names no number of days; 本系统默认值
ANSWER_WITHIN_DAYS = 15
# What a default of ours is called wherever a source in law would stand.
OWN_DEFAULT = gettext_noop("本系统默认值")

# Not the chair of a base union, who is often the employer's: what somebody consented to tells of illness and need, and
# a correction is her own words.
RECORD_CONSENT = Move("record_consent", frozenset({Role.CADRE}))
SETTLE_CORRECTION = Move("settle_correction", frozenset({Role.CADRE}))
ERASE_PERSON = Move("erase_person", frozenset({Role.CADRE}))


class Channel(StrEnum):
    """How a consent reached us (同意的方式)."""

    OWN = "own"
    PAPER = "paper"


# Whose a kept file is that was handed in with a request.
EVIDENCE = "correction"


@dataclass(frozen=True)
class Evidence:
    """What was handed in with a request (佐证材料): where it is shown, whether it is a picture, how large it is."""

    address: str
    is_picture: bool
    size: str


class RequestKind(StrEnum):
    """What somebody asks of her own data (申请的事项)."""

    CORRECT = "correct"
    ERASE = "erase"


class RequestState(StrEnum):
    """How far a request about one's own data has come (申请的进展)."""

    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class AskedBy(StrEnum):
    """Who asks (谁提出): the person, her paper at the desk, a near relative after death, or the rule of retention."""

    SELF = "self"
    PAPER = "paper"
    HEIR = "heir"
    RETENTION = "retention"


class End(StrEnum):
    """What happens to a row when its time is over (到期怎么办)."""

    DELETE = "delete"
    ANONYMISE = "anonymise"
    LOCK = "lock"
    KEEP = "keep"


@dataclass(frozen=True)
class Leaving:
    """Somebody whose data are being erased: the bare number that stays, the pseudonym, and the words to be looked for."""

    subject_id: int
    city: str
    pseudonym: str
    words: frozenset[str]


@dataclass(frozen=True)
class Keep:
    """How long a table's rows are kept (保存期限): days since what, by which source, and what happens then.

    `due` answers the rows over before an instant, as a query; `carry_out` takes their keys where deleting is not enough.
    """

    since: str
    end: End
    days: int | None = None
    source: str = OWN_DEFAULT
    due: Callable[[datetime], Any] | None = None
    carry_out: Callable[[list[Any]], int] | None = None


@dataclass(frozen=True)
class Told:
    """What a person is told of a table: how its rows lead to her, and which columns under which words.

    Sealed columns are opened, for they are her own.
    """

    by: str
    facts: tuple[tuple[str, Any], ...]


Row = dict[str, Any]
Telling = Told | Callable[[int], list[Row]] | str
Erasing = Callable[[Leaving], int] | str


@dataclass(frozen=True)
class PersonalTable:
    """A table that holds something about persons, and what the law wants to know of it.

    `tell` and `erase` are what is done, or the sentence why nothing is.
    """

    model: str
    title: str
    purpose: str
    keep: Keep
    tell: Telling
    erase: Erasing


@dataclass(frozen=True)
class Standing:
    """How a person stands in the register (身份情况): where she belongs, what stands against erasing her data."""

    subject_id: int
    name: str
    city: str
    place_id: int | None
    place_path: str
    place_name: str
    born_on: date | None = None
    against: tuple[Reason, ...] = ()
    words: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Persons:
    """What the kernel asks of the register of persons, which it does not know."""

    standing_of: Callable[[int], Standing | None]
    is_seen_by: Callable[[Any, int], bool]
    address_of: Callable[[int], str]
    correctable: Mapping[str, Any]


def age_on(born_on: date, on: date) -> int:
    """Whole years (周岁) on a day."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def why_not_consent(
    *, born_on: date | None, guardian_born_on: date | None, is_guarded: bool, on: date
) -> Reason | None:
    """None where this consent counts; else why: a child's must come from a parent, and the parent is grown up."""
    is_child = born_on is not None and age_on(born_on, on) < OWN_CONSENT_FROM
    if is_child and not is_guarded:
        return Reason("parent_consents", _PARENT_CONSENTS, {"age": OWN_CONSENT_FROM})
    if is_guarded and not is_child:
        return Reason("consents_herself", _CONSENTS_HERSELF, {"age": OWN_CONSENT_FROM})
    if is_guarded and (guardian_born_on is None or age_on(guardian_born_on, on) < ADULT_FROM):
        return Reason("parent_not_adult", _PARENT_NOT_ADULT, {"age": ADULT_FROM})
    return None


def why_not_settle(*, state: str, own: bool) -> Reason | None:
    """None where this request may be settled by this person; nobody settles her own."""
    if state != RequestState.OPEN:
        return Reason("settled_already", _SETTLED_ALREADY, {})
    return Reason("own_request", _OWN_REQUEST, {}) if own else None


def why_not_erase(*, against: tuple[Reason, ...], recorded_by_actor: bool) -> Reason | None:
    """None where the data may go: nothing stands against it, and who took the request down is somebody else."""
    if recorded_by_actor:
        return Reason("second_person", _SECOND_PERSON, {})
    return against[0] if against else None


def answer_due(asked_on: date) -> date:
    """The last day on which a request is answered; the day of asking does not count."""
    return asked_on + timedelta(days=ANSWER_WITHIN_DAYS)


def pseudonym(draws: tuple[int, ...]) -> str:
    """The name that stays in the books (化名): 已删除·7F3K9A, from numbers that were drawn."""
    letters = "".join(PSEUDONYM_ALPHABET[draw % len(PSEUDONYM_ALPHABET)] for draw in draws[:PSEUDONYM_LENGTH])
    return f"已删除·{letters}"


_PARENT_CONSENTS = gettext_noop("不满 {age} 周岁，要由父母或者其他监护人同意。")
_CONSENTS_HERSELF = gettext_noop("已满 {age} 周岁，由本人同意，不能由别人代替。")
_PARENT_NOT_ADULT = gettext_noop("监护人要年满 {age} 周岁，请核对是谁同意的。")
_SETTLED_ALREADY = gettext_noop("这件申请已经办完了，不用再办。")
_OWN_REQUEST = gettext_noop("这是您自己的申请，要由别的干部办。")
_SECOND_PERSON = gettext_noop("这件申请是您登记的，要由另一位干部删除。请上级工会的同事来办。")
