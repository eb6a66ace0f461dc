"""What a look at a sealed value is: which field, for which purpose, by whom, and how often."""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from niangjia.kernel.access.rules import Actor, Move, Right, Role
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.places.rules import Level

# How long a value stands on the page; within this time the same value counts once.
SHOWN_FOR = timedelta(seconds=30)
HOUR = timedelta(hours=1)
# Codes of the refusals that pass with time.
FULL = frozenset({"quota_hour", "quota_day"})


class Field(StrEnum):
    """What was looked at (看了什么): the kinds of sealed values."""

    ID_NUMBER = "id_number"
    PHONE = "phone"
    BANK = "bank"
    CARD = "card"
    ILLNESS = "illness"
    TEXT = "text"
    # Who lives with her and where (家庭情况): several facts that are looked at together.
    HOUSEHOLD = "household"


class Purpose(StrEnum):
    """What somebody looks for (用途); the list is closed and there are no free words: they would hold personal data."""

    VERIFY_IDENTITY = "verify_identity"
    HANDLE_MEMBERSHIP = "handle_membership"
    HANDLE_HELP = "handle_help"
    CHECK_PAYMENT = "check_payment"
    CONTACT_MEMBER = "contact_member"
    LAWFUL_INQUIRY = "lawful_inquiry"
    REPORT_UP = "report_up"
    HANDLE_REQUEST = "handle_request"


class Way(StrEnum):
    """How a value was shown (怎么看的): on a page, to a program, or inside a file that was taken away."""

    PAGE = "page"
    PROGRAM = "program"
    FILE = "file"


FIELD_WORDS: Mapping[Field, str] = {
    Field.ID_NUMBER: gettext_noop("证件号码"),
    Field.PHONE: gettext_noop("手机号"),
    Field.BANK: gettext_noop("银行账号"),
    Field.CARD: gettext_noop("银行卡号"),
    Field.ILLNESS: gettext_noop("病情"),
    Field.TEXT: gettext_noop("保密的文字"),
    Field.HOUSEHOLD: gettext_noop("家庭情况"),
}
PURPOSE_WORDS: Mapping[Purpose, str] = {
    Purpose.VERIFY_IDENTITY: gettext_noop("核对身份"),
    Purpose.HANDLE_MEMBERSHIP: gettext_noop("办理入会、转会"),
    Purpose.HANDLE_HELP: gettext_noop("办理帮扶"),
    Purpose.CHECK_PAYMENT: gettext_noop("核对发放账户"),
    Purpose.CONTACT_MEMBER: gettext_noop("联系本人"),
    Purpose.LAWFUL_INQUIRY: gettext_noop("依法调查"),
    Purpose.REPORT_UP: gettext_noop("按规定上报"),
    Purpose.HANDLE_REQUEST: gettext_noop("办理诉求"),
}
PURPOSE_SENTENCES: Mapping[Purpose, str] = {
    Purpose.VERIFY_IDENTITY: gettext_noop("本人或证件就在面前，对一对是不是同一个人。"),
    Purpose.HANDLE_MEMBERSHIP: gettext_noop("入会、转会的手续要写全号。"),
    Purpose.HANDLE_HELP: gettext_noop("帮扶、互助的申请正在办，要用这一项。"),
    Purpose.CHECK_PAYMENT: gettext_noop("发钱之前，对一对账户是不是本人的。"),
    Purpose.CONTACT_MEMBER: gettext_noop("有事要打电话、发短信给本人。"),
    Purpose.LAWFUL_INQUIRY: gettext_noop("有权的机关依法来查，手里有文书。"),
    Purpose.REPORT_UP: gettext_noop("上级要的名册里规定要有这一项。"),
    Purpose.HANDLE_REQUEST: gettext_noop("本人说的事正在这里办，打开看她说了什么。"),
}
WAY_WORDS: Mapping[Way, str] = {
    Way.PAGE: gettext_noop("在页面上"),
    Way.PROGRAM: gettext_noop("由别的程序"),
    Way.FILE: gettext_noop("在导出的文件里"),
}
ALL_FIELDS = frozenset(Field)
FIELDS_OF: Mapping[Purpose, frozenset[Field]] = {
    Purpose.VERIFY_IDENTITY: frozenset({Field.ID_NUMBER}),
    Purpose.HANDLE_MEMBERSHIP: frozenset({Field.ID_NUMBER, Field.PHONE}),
    Purpose.HANDLE_HELP: ALL_FIELDS,
    Purpose.CHECK_PAYMENT: frozenset({Field.ID_NUMBER, Field.BANK, Field.CARD}),
    Purpose.CONTACT_MEMBER: frozenset({Field.PHONE}),
    Purpose.LAWFUL_INQUIRY: ALL_FIELDS,
    Purpose.REPORT_UP: frozenset({Field.ID_NUMBER, Field.PHONE}),
    Purpose.HANDLE_REQUEST: frozenset({Field.TEXT}),
}
FOR_FILES_ALONE = frozenset({Purpose.REPORT_UP})
# The program writes these down by itself when what was said is opened: nobody chooses them.
WRITTEN_BY_ITSELF = frozenset({Purpose.HANDLE_REQUEST})

REVEAL_ID_NUMBER = Move("reveal_id_number", frozenset({Role.CADRE, Role.OFFICER}))
REVEAL_PHONE = Move("reveal_phone", frozenset({Role.CADRE, Role.OFFICER, Role.CHAIR}))
REVEAL_HOUSEHOLD = Move("reveal_household", frozenset({Role.CADRE, Role.OFFICER}))
# Accounts, illness and confidential texts belong to a case: only whom it is given to.
REVEAL_CASE_FACT = Move("reveal_case_fact", frozenset({Role.OFFICER}))
SEE_OWN_LOOKS = Move("see_own_looks", frozenset({Role.CADRE, Role.CHAIR, Role.OFFICER}))
SEE_LOOKS = Move("see_looks", frozenset({Role.AUDITOR, Role.AUDIT_ADMIN}))
MOVES: Mapping[Field, Move] = dict.fromkeys(Field, REVEAL_CASE_FACT) | {
    Field.ID_NUMBER: REVEAL_ID_NUMBER,
    Field.PHONE: REVEAL_PHONE,
    Field.HOUSEHOLD: REVEAL_HOUSEHOLD,
}
# Who stands inside the enterprise may ring a member up, and nothing else.
FROM_INSIDE: Mapping[Field, frozenset[Purpose]] = {Field.PHONE: frozenset({Purpose.CONTACT_MEMBER})}


def is_inside(right: Right, level: Level) -> bool:
    """Whether a right stands inside the enterprise (单位里面): a chair's, or any at a base union and below."""
    return right.role is Role.CHAIR or level.rank >= Level.BASE.rank


def purposes_for(field: Field, *, inside: bool) -> tuple[Purpose, ...]:
    """For what a field may be looked at on a page; from inside the enterprise the whole number of a paper never."""
    allowed = FROM_INSIDE.get(field, frozenset()) if inside else frozenset(Purpose)
    return tuple(
        purpose
        for purpose in Purpose
        if purpose in allowed and field in FIELDS_OF[purpose] and purpose not in FOR_FILES_ALONE | WRITTEN_BY_ITSELF
    )


def right_to(actor: Actor, field: Field, path: str, *, levels: Mapping[int, Level]) -> Right | None:
    """The right by which the actor may look at this field of somebody at this place; the widest purposes first."""
    fitting = [
        right
        for right in actor.rights
        if right.role in MOVES[field].roles
        and path.startswith(right.path)
        and purposes_for(field, inside=is_inside(right, levels[right.place_id]))
    ]
    return min(fitting, key=lambda right: is_inside(right, levels[right.place_id]), default=None)


def why_not(purpose: str, *, offered: Sequence[Purpose]) -> Reason | None:
    """None where the purpose is one of those offered, else the reason in words."""
    if not purpose:
        return Reason("purpose_missing", _PURPOSE_MISSING, {})
    if purpose not in offered:
        return Reason("purpose_unfit", _PURPOSE_UNFIT, {})
    return None


@dataclass(frozen=True)
class Quota:
    """How many values one account may look at (看的上限); 本系统默认值."""

    per_hour: int = 20
    per_day: int = 60

    def why_full(self, counted: Sequence[datetime], *, at: datetime) -> Reason | None:
        """None where one more look fits; `counted` are the instants of the looks that count, of this day and this hour."""
        lately = [instant for instant in counted if instant > at - HOUR]
        if len([instant for instant in counted if instant >= day_of(at)]) >= self.per_day:
            return Reason("quota_day", _QUOTA_DAY, {"n": self.per_day})
        if len(lately) >= self.per_hour:
            free = min(lately) + HOUR
            return Reason("quota_hour", _QUOTA_HOUR, {"n": self.per_hour, "at": f"{free.astimezone(at.tzinfo):%H:%M}"})
        return None


def day_of(at: datetime) -> datetime:
    """The first instant of the day, in the zone that `at` is given in."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


@dataclass(frozen=True)
class LookFacts:
    """What one look says, as the journal's digest covers it; instants in microseconds since 1970."""

    subject_id: int
    field: str
    purpose: str
    way: str
    account_id: int | None
    role: str
    place_id: int | None
    unit: str
    at_us: int
    withheld_us: int | None
    counts: bool

    @property
    def line(self) -> str:
        """The look on one line; texts come with their length, so that none can pretend to be two."""
        words = "|".join(f"{len(word)}:{word}" for word in (self.field, self.purpose, self.way, self.role, self.unit))
        numbers = (self.subject_id, self.account_id, self.place_id, self.at_us, self.withheld_us, int(self.counts))
        return f"{words}|{numbers}"


def digest(lines: Iterable[str], *, key: bytes) -> str:
    """The keyed digest over the looks of one entry: adding, dropping or editing one changes it."""
    return hmac.digest(key, "\n".join(("looks", *sorted(lines))).encode(), "sha256").hex()


_PURPOSE_MISSING = gettext_noop("还没有选用途。看之前先选一个，本人会看到您为什么看。")
_PURPOSE_UNFIT = gettext_noop("这个用途不能看这一项。请从列出的用途里选一个。")
_QUOTA_HOUR = gettext_noop(
    "您一小时里已经看了 {n} 项，到上限了。{at} 以后可以接着看。现在就要用的，请同事来看；要的人多，请申请导出。"
)
_QUOTA_DAY = gettext_noop(
    "您今天已经看了 {n} 项，到上限了，明天可以接着看。现在就要用的，请同事来看；要的人多，请申请导出。"
)
