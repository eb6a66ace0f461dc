"""What employers ask for, and how often; pure."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.services.requests.rules.kinds import RequestKind

# All our own defaults (本系统默认值): how long a proved phone opens the page, how many a phone may ask in a day.
PROVED_FOR = timedelta(minutes=30)
MOST_A_DAY = 5


class EmployerKind(StrEnum):
    """What an employer wants of the union (单位求助类型)."""

    ADVICE = "advice"
    MEDIATION = "mediation"
    STAYING = "staying"
    UNION = "union"


@dataclass(frozen=True)
class Wanted:
    """One kind as a row: what it is called, and as which request it is handled and timed; none is a grievance."""

    code: EmployerKind
    title: str
    line: str
    kind: RequestKind
    icon: str


KINDS: tuple[Wanted, ...] = (
    Wanted(EmployerKind.ADVICE, gettext_noop("问规定"), gettext_noop("用工、社保、工时、女职工保护，规定是怎么说的。"),
           RequestKind.ASK, "help-circle"),
    Wanted(EmployerKind.MEDIATION, gettext_noop("和职工谈不拢，请工会来调解"), gettext_noop("争议、集体协商，请上级工会派人来。"),
           RequestKind.HELP, "heart-handshake"),
    Wanted(EmployerKind.STAYING, gettext_noop("经营有困难，想稳住职工"), gettext_noop("停工、减员、降薪以前，先和工会商量。"),
           RequestKind.HELP, "building-community"),
    Wanted(EmployerKind.UNION, gettext_noop("想建工会、请工会来办事"), gettext_noop("建会、入会、培训、体检、联谊。"),
           RequestKind.HELP, "edit"),
)  # fmt: skip
BY_CODE: dict[str, Wanted] = {wanted.code.value: wanted for wanted in KINDS}


def why_not_ask(today: int) -> Reason | None:
    """None where a phone that asked so often today may ask once more."""
    return Reason("employer_enough_today", _ENOUGH, {"most": MOST_A_DAY}) if today >= MOST_A_DAY else None


_ENOUGH = gettext_noop("这个手机号今天已经提了 {most} 件，明天再提。急的话打工会的电话。")
