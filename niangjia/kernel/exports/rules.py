"""When a list may leave the house: alone or by two people, unchanged since it was agreed to, for a day and no longer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from niangjia.kernel.access.rules import Move, Role
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.reveal.rules import FIELDS_OF, Field
from niangjia.kernel.reveal.rules import Purpose as LookPurpose

# Above this, or with any sensitive value written out, a list leaves only when a second person agrees.
AT_ONCE_ROWS = 1_000
# Where a list may have grown since it was agreed to: a tenth; beyond that it is asked for again. 本系统默认值
GROWTH_PERCENT = 10
# A file is never larger, as no roster that is read back is. 本系统默认值
MOST_ROWS = 300_000
LINK_LIFE = timedelta(hours=24)
# 本系统默认值
MOST_DOWNLOADS = 3
# How long a request waits for its answer, and what was agreed to waits to be made. 本系统默认值
ANSWER_WITHIN = timedelta(days=14)
LONGEST_WORDS = 200

# A second pair of eyes: of the same unit or of one above; a cadre who is alone asks the union above.
APPROVE_EXPORT = Move("approve_export", frozenset({Role.CADRE}))
# Whole numbers of papers and phones leave only from above the enterprise.
EXPORT_IN_CLEAR = Move("export_in_clear", frozenset({Role.CADRE}))
SEE_EXPORTS = Move("see_exports", frozenset({Role.CADRE, Role.CHAIR}))


class State(StrEnum):
    """How far a request has come (导出状态)."""

    ASKED = "asked"
    APPROVED = "approved"
    MAKING = "making"
    READY = "ready"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    VOID = "void"


class Format(StrEnum):
    """What kind of file is made (文件格式)."""

    XLSX = "xlsx"
    CSV = "csv"


class Grade(StrEnum):
    """How sensitive a column is (数据分级): member contact and the like, or numbers of papers, health, money."""

    L3 = "L3"
    L4 = "L4"


class Purpose(StrEnum):
    """What a list is needed for (用途)."""

    CHECK_REGISTER = "check_register"
    REPORT_UP = "report_up"
    HANDLE_MEMBERSHIP = "handle_membership"
    HANDLE_HELP = "handle_help"
    CHECK_PAYMENT = "check_payment"
    CONTACT_MEMBER = "contact_member"
    ARRANGE_ACTIVITY = "arrange_activity"
    HOLD_MEETING = "hold_meeting"


# verb → (the states it may be done in, the state it leads to)
MOVES: dict[str, tuple[frozenset[State], State]] = {
    "approve": (frozenset({State.ASKED}), State.APPROVED),
    "refuse": (frozenset({State.ASKED}), State.REFUSED),
    "withdraw": (frozenset({State.ASKED, State.APPROVED, State.MAKING, State.READY}), State.WITHDRAWN),
    "make": (frozenset({State.APPROVED, State.MAKING}), State.MAKING),
    "finish": (frozenset({State.MAKING}), State.READY),
    "void": (frozenset({State.ASKED, State.APPROVED, State.MAKING, State.READY}), State.VOID),
    "expire": (frozenset({State.ASKED, State.APPROVED, State.READY}), State.EXPIRED),
}
OPEN = MOVES["void"][0]


def may_move(verb: str, state: State) -> bool:
    """Whether a request in this state can go this way."""
    return state in MOVES[verb][0]


def why_two(rows: int, in_clear: Collection[str]) -> tuple[Reason, ...]:
    """Why a second person has to agree (双人批准); no reason, no second person."""
    reasons = []
    if rows > AT_ONCE_ROWS:
        reasons.append(Reason("many_rows", _MANY_ROWS, {"rows": f"{rows:,}", "most": f"{AT_ONCE_ROWS:,}"}))
    if in_clear:
        reasons.append(Reason("in_clear", _IN_CLEAR, {}))
    return tuple(reasons)


def why_not_ask(rows: int, *, purpose: str, in_clear: Collection[str], offered: Collection[str]) -> Reason | None:
    """None where the list may be asked for, else what stands in the way."""
    if not purpose or purpose not in set(Purpose):
        return Reason("purpose_missing", _PURPOSE_MISSING, {})
    if not set(in_clear) <= set(offered):
        return Reason("not_in_clear", _NOT_IN_CLEAR, {})
    if not all(fits(purpose, field) for field in in_clear):
        return Reason("purpose_unfit", _PURPOSE_UNFIT, {})
    if not rows:
        return Reason("no_rows", _NO_ROWS, {})
    if rows > MOST_ROWS:
        return Reason("too_many_rows", _TOO_MANY, {"rows": f"{rows:,}", "most": f"{MOST_ROWS:,}"})
    return None


def fits(purpose: str, field: str) -> bool:
    """Whether a field may be written out for this purpose: the same purposes as for looking at one."""
    if field not in set(Field):
        return purpose == Purpose.REPORT_UP
    return purpose in set(LookPurpose) and Field(field) in FIELDS_OF[LookPurpose(purpose)]


def why_not_decide(state: State, *, asked_by: int | None, decides: int | None, is_above: bool) -> Reason | None:
    """None where this account may agree or refuse: another person, of the same unit or one above, while it is asked."""
    if decides is None or decides == asked_by:
        return Reason("own_request", _OWN_REQUEST, {})
    if not is_above:
        return Reason("not_above", _NOT_ABOVE, {})
    if state is not State.ASKED:
        return Reason("not_waiting", _NOT_WAITING, {})
    return None


def most_rows_now(agreed: int) -> int:
    """How many rows a list may have when it is made, once so many were agreed to."""
    return agreed + agreed * GROWTH_PERCENT // 100


def why_not_make(*, agreed: int, now: int, is_agreed_by_two: bool) -> Reason | None:
    """None where what was agreed to is what would be made; a list that has grown is asked for again."""
    if not now:
        return Reason("no_rows", _NO_ROWS, {})
    if not is_agreed_by_two:
        grown_past = Reason("grown_past", _GROWN_PAST, {"now": f"{now:,}", "most": f"{AT_ONCE_ROWS:,}"})
        return grown_past if now > AT_ONCE_ROWS else None
    if now > most_rows_now(agreed):
        values: dict[str, str | int] = {"agreed": f"{agreed:,}", "now": f"{now:,}", "percent": GROWTH_PERCENT}
        return Reason("grown", _GROWN, values)
    return None


@dataclass(frozen=True)
class Link:
    """The way to a file (下载链接): until when, how often it was used, and how often it may be."""

    state: State
    expires_at: datetime | None
    used: int
    most: int

    def why_dead(self, at: datetime) -> Reason | None:
        """None where the file may be fetched at this instant."""
        if self.state is not State.READY or self.expires_at is None:
            return Reason("no_file", _NO_FILE, {})
        if at >= self.expires_at:
            return Reason("link_dead", _LINK_DEAD, {"hours": int(LINK_LIFE.total_seconds() // 3600)})
        if self.used >= self.most:
            return Reason("used_up", _USED_UP, {"most": self.most})
        return None


RIGHT_GONE = Reason("right_gone", gettext_noop("办这次导出的账号已经不管这里了，所以文件作废，已经删掉。"), {})
FILTERS_GONE = Reason(
    "filters_gone", gettext_noop("申请时用的条件现在没有了，做出来的就不是那份名单了，所以没有做。请再申请一次。"), {}
)
GAVE_UP = Reason(
    "gave_up",
    gettext_noop("试了几次都没有做成，是系统这边的问题。没有文件流出去。请把导出编号告诉管理员，或者过一会儿再申请。"),
    {},
)
TAMPERED = Reason(
    "tampered", gettext_noop("存着的文件和做好的时候不一样了，不能再给出去。请告诉管理员，再申请一次。"), {}
)

_MANY_ROWS = gettext_noop("一共 {rows} 行，超过 {most} 行的，要另一个人批准。")
_IN_CLEAR = gettext_noop("要写全号码等敏感内容的，不管多少行都要另一个人批准。")
_PURPOSE_MISSING = gettext_noop("还没有选用途。批准的人和以后查日志的人都要看。")
_NOT_IN_CLEAR = gettext_noop("您在这里不能把这一项写全。去掉它再申请；确实要用的，请上一级工会办。")
_PURPOSE_UNFIT = gettext_noop("这个用途用不着写全这一项。换一个用途，或者去掉它。")
_NO_ROWS = gettext_noop("现在的条件下一行都没有，没有东西可导出。放宽条件再试。")
_TOO_MANY = gettext_noop("一共 {rows} 行，一份文件最多 {most} 行。请用条件分成几份。")
_OWN_REQUEST = gettext_noop("自己申请的不能自己批。请本单位另一位工会干部，或者上一级工会的干部来批。")
_NOT_ABOVE = gettext_noop("这份名单超出了您管的范围，要管得到全部的工会干部来批。")
_NOT_WAITING = gettext_noop("这次申请已经有人办过了，或者已经撤回，不用再批。")
_GROWN_PAST = gettext_noop("申请以后名单变长了，现在有 {now} 行，超过 {most} 行要另一个人批准。请再申请一次。")
_GROWN = gettext_noop("批准的是 {agreed} 行，现在有 {now} 行，多了一成（{percent}%）以上，所以没有做。请再申请一次。")
_NO_FILE = gettext_noop("这次导出没有文件可下载。")
_LINK_DEAD = gettext_noop("文件做好后只留 {hours} 小时，已经过了，文件也删掉了。还要用，请再申请一次。")
_USED_UP = gettext_noop("一份文件最多下载 {most} 次，已经用完了。还要用，请再申请一次。")
