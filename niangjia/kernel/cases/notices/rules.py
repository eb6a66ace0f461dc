"""What is true of public notices (公示): how little they show, how long they hang, who answers an objection."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from niangjia.kernel.access.rules import Move, Role
from niangjia.kernel.cases.rules import DESK_ROLES
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.people.masks import masked_name

PUBLISH_NOTICE = Move("publish_notice", DESK_ROLES)
ANSWER_OBJECTION = Move("answer_objection", DESK_ROLES)
SEE_NOTICES = Move("see_notices", DESK_ROLES | {Role.AUDITOR})

# From seven digits on it may be a telephone, a card, an account, a paper; also with blanks and dashes between them, and in
# the wide digits of Chinese keyboards. The database asks by the same words.
NUMBER = r"[0-9０-９]([ 　._()（）·-]*[0-9０-９]){6}"
# A name whose middle is hidden: at most its first and last character are told.
MASKED = r"^[^*]?[*]+[^*]?$"
CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 8
RECEIPT_DIGITS = 16
LONGEST_OBJECTION, LONGEST_ANSWER = 2_000, 1_000
# How often anybody may object (本系统默认值): from one address in an hour, with one account in a day.
MOST_FROM_AN_ADDRESS, MOST_WITH_AN_ACCOUNT, MOST_ON_A_NOTICE = 5, 5, 200
# How often receipts may be tried from one address in an hour; of sixteen digits nobody guesses one.
MOST_TRIES = 20


class NoticeState(StrEnum):
    """How a public notice stands (公示状态): it hangs, waits for answers, was stopped by an objection, or is over."""

    RUNNING = "running"
    WAITING = "waiting"
    STOPPED = "stopped"
    CLEAR = "clear"


class ObjectionState(StrEnum):
    """What became of an objection (异议)."""

    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


@dataclass(frozen=True)
class NoticeKind:
    """A kind of public notice (公示种类), as a line of work declares it: words, days, and whether an amount is told.

    `parameter` is the key of the local figure that says how many days it hangs. What a case is about is told by one of
    `categories` alone: code and words. There is no free text.
    """

    key: str
    title: str
    categories: tuple[tuple[str, str], ...]
    parameter: str = "notice_days"
    shows_amount: bool = False

    def words_of(self, category: str) -> str:
        """What a category is called."""
        return dict(self.categories).get(category, "")


@dataclass(frozen=True)
class Shown:
    """All that a public notice tells of a person (公示的内容): nothing else can be put on it."""

    name: str
    category: str
    union: str
    town: str = ""
    amount_fen: int | None = None


def shown_of(name: str, category: str, *, union: str, town: str, amount_fen: int | None) -> Shown:
    """What is told: the name with its middle hidden, a single character hidden whole."""
    tidy = name.strip()
    return Shown(masked_name(tidy) if len(tidy) > 1 else "*", category, union, town, amount_fen)


def why_not_publish(kind: NoticeKind, shown: Shown) -> Reason | None:
    """None where this may hang in public; else what is too much, or missing."""
    if not kind.words_of(shown.category):
        return Reason("category_unknown", _CATEGORY_UNKNOWN, {})
    if shown.amount_fen is not None and not kind.shows_amount:
        return Reason("amount_not_told", _AMOUNT_NOT_TOLD, {})
    if not shown.union:
        return Reason("union_missing", _UNION_MISSING, {})
    if not re.search(MASKED, shown.name):
        return Reason("name_not_masked", _NAME_NOT_MASKED, {})
    if any(re.search(NUMBER, words) for words in (shown.name, shown.category, shown.union, shown.town)):
        return Reason("number_told", _NUMBER_TOLD, {})
    return None


def why_not_shown_at(case_path: str, paths: Iterable[str]) -> Reason | None:
    """None where each place stands above or below the place of the case: nobody is shown to strangers next door."""
    beside = [path for path in paths if not (case_path.startswith(path) or path.startswith(case_path))]
    return Reason("place_elsewhere", _PLACE_ELSEWHERE, {}) if beside else None


def state_of(*, ends_on: date, open_objections: int, upheld: int, on: date) -> NoticeState:
    """How a notice stands on a day; its last day counts as a whole, and an objection that was upheld stops it at once."""
    if upheld:
        return NoticeState.STOPPED
    if on <= ends_on:
        return NoticeState.RUNNING
    return NoticeState.WAITING if open_objections else NoticeState.CLEAR


def is_public(*, begins_on: date, ends_on: date, on: date) -> bool:
    """Whether it hangs: from its first day to the end of its last one, whatever is objected; never shorter, never longer."""
    return begins_on <= on <= ends_on


def why_not_clear(states: Iterable[NoticeState]) -> Reason | None:
    """None where every notice of this stage of a case is over and nothing is open; else what the case waits for."""
    found = set(states)
    if not found:
        return Reason("no_notice", _NO_NOTICE, {})
    worst = next((state for state in _HOLDS if state in found), None)
    return None if worst is None else Reason(f"notice_{worst.value}", _HOLDS[worst], {})


def why_not_object(says: str, *, is_hanging: bool, here: int, own: int, on_notice: int) -> Reason | None:
    """None where an objection may be made: by anybody, while it hangs, a few times."""
    if not is_hanging:
        return Reason("notice_over", _NOTICE_OVER, {})
    if not says.strip():
        return Reason("says_nothing", _SAYS_NOTHING, {})
    if len(says.strip()) > LONGEST_OBJECTION:
        return Reason("too_long", _TOO_LONG, {"most": LONGEST_OBJECTION})
    if here >= MOST_FROM_AN_ADDRESS or own >= MOST_WITH_AN_ACCOUNT or on_notice >= MOST_ON_A_NOTICE:
        return Reason("enough", _ENOUGH, {})
    return None


def why_not_answer(state: str, says: str, *, answers: int | None, made_by: Iterable[int | None]) -> Reason | None:
    """None where this person may answer: it is open, she says why, and she did not bring the case here herself."""
    if state != ObjectionState.OPEN:
        return Reason("answered_already", _ANSWERED_ALREADY, {})
    if answers is None or answers in set(made_by):
        return Reason("same_person", _SAME_PERSON, {})
    if not says.strip():
        return Reason("answer_missing", _ANSWER_MISSING, {})
    return Reason("too_long", _TOO_LONG, {"most": LONGEST_ANSWER}) if len(says.strip()) > LONGEST_ANSWER else None


def receipt_of(keyed: bytes) -> str:
    """The receipt (回执码) that a keyed digest comes to: sixteen digits."""
    return f"{int.from_bytes(keyed) % 10**RECEIPT_DIGITS:0{RECEIPT_DIGITS}d}"


def in_fours(receipt: str) -> str:
    """A receipt as it is written down: four digits, a blank, four digits."""
    return " ".join(receipt[start : start + 4] for start in range(0, len(receipt), 4))


def digits_in(written: str) -> str:
    """A receipt as somebody writes it, its blanks and dashes left out, wide digits made narrow; empty where it is none."""
    digits = "".join(str(int(each)) for each in written if each.isdecimal())
    return digits if len(digits) == RECEIPT_DIGITS else ""


_CATEGORY_UNKNOWN = gettext_noop("公示的类别不在这一种公示的名单里，没有发布。请选名单里的一类。")
_AMOUNT_NOT_TOLD = gettext_noop("这一种公示不公布金额，没有发布。去掉金额再发布。")
_UNION_MISSING = gettext_noop("不知道是哪个工会公示的，没有发布。请先给这件事定下办理单位。")
_NAME_NOT_MASKED = gettext_noop("公示只写打了星号的姓名，没有发布。请让系统来写姓名。")
_NUMBER_TOLD = gettext_noop("公示里有一长串数字，可能是证件号、手机号或者卡号，没有发布。请先改掉资料里的这串数字。")
_PLACE_ELSEWHERE = gettext_noop("只能在办理单位和它的上级、下级公示，没有发布。请换一个地方。")
_NO_NOTICE = gettext_noop("还没有公示。先公示，到期没有异议再往下办。")
_RUNNING = gettext_noop("公示还没有到期，到期第二天才能往下办。")
_WAITING = gettext_noop("公示到期了，还有异议没有答复。先答复异议，再往下办。")
_STOPPED = gettext_noop("有一条异议成立了，这件事不能这样往下办。请退回重新核对。")
_HOLDS = {NoticeState.STOPPED: _STOPPED, NoticeState.RUNNING: _RUNNING, NoticeState.WAITING: _WAITING}
_NOTICE_OVER = gettext_noop("公示已经结束，不能再提异议。有新的情况，请打工会的电话。")
_SAYS_NOTHING = gettext_noop("还没有写哪里不对。写几句，比如哪一条不符合、您怎么知道的。")
_TOO_LONG = gettext_noop("写得太长，最多 {most} 个字。只写要点就行。")
_ENOUGH = gettext_noop("刚才从这里提的异议太多，过一小时再提。急的话请打工会的电话。")
_ANSWERED_ALREADY = gettext_noop("这条异议已经答复过了，请刷新看看。")
_SAME_PERSON = gettext_noop("这件事是您经办、公示的，异议要由另一位来答复：本工会的同事，或者上级工会的人。")
_ANSWER_MISSING = gettext_noop("请写明理由，提异议的人会看到。")
