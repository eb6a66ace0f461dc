"""When somebody reaches retirement, as the age moves since 2025-01-01 (渐进式延迟法定退休年龄); suggested days, never a decision.

Sources: 全国人民代表大会常务委员会关于实施渐进式延迟法定退休年龄的决定 (2024-09-13) and 国务院关于渐进式延迟法定退休年龄的办法 with its
tables. Who retires when is settled by the social insurance office; the union only knows whom to ask.
"""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.clock.rules.written import DayWritten, MonthWritten

# Earlier, or later with the employer's consent, by so much at most (弹性提前、弹性延迟).
FLEXIBLE_MONTHS = 36
Values = dict[str, str | int]
YEAR = 12


class RetirementKind(StrEnum):
    """By which table somebody retires (退休类别)."""

    MAN = "man"
    WOMAN_CADRE = "woman_cadre"
    WOMAN_WORKER = "woman_worker"


@dataclass(frozen=True)
class Scheme:
    """One of the three tables: the age before, whose month of birth moves first, how fast, and how far it goes."""

    base_years: int
    first_born: date
    months_for_one: int
    cap_months: int


SCHEMES = {
    RetirementKind.MAN: Scheme(60, date(1965, 1, 1), 4, 36),
    RetirementKind.WOMAN_CADRE: Scheme(55, date(1970, 1, 1), 4, 36),
    RetirementKind.WOMAN_WORKER: Scheme(50, date(1975, 1, 1), 2, 60),
}


@dataclass(frozen=True)
class Retirement:
    """A suggested day with how it came about (推算的退休日期)."""

    kind: RetirementKind
    born_on: date
    delay_months: int
    on: date
    earliest: date
    latest: date

    @property
    def age(self) -> tuple[int, int]:
        """Years and months of age on that day."""
        return divmod(SCHEMES[self.kind].base_years * YEAR + self.delay_months, YEAR)


def kinds_for(sex: str) -> tuple[RetirementKind, ...]:
    """The tables that may be meant: of a woman the register does not know whether she holds a cadre's post, so both."""
    if sex == "male":
        return (RetirementKind.MAN,)
    return (RetirementKind.WOMAN_CADRE, RetirementKind.WOMAN_WORKER) if sex == "female" else ()


def delay_of(born_on: date, kind: RetirementKind) -> int:
    """By how many months the age has moved for whoever was born in that month (延迟月数)."""
    scheme = SCHEMES[kind]
    months = (born_on.year - scheme.first_born.year) * YEAR + born_on.month - scheme.first_born.month
    return 0 if months < 0 else min(-(-(months + 1) // scheme.months_for_one), scheme.cap_months)


def retirement(born_on: date, kind: RetirementKind) -> Retirement:
    """The day on which the age is reached; earlier by choice, but never before the former age; later by agreement."""
    former = months_later(born_on, SCHEMES[kind].base_years * YEAR)
    delay = delay_of(born_on, kind)
    on = months_later(born_on, SCHEMES[kind].base_years * YEAR + delay)
    earliest = max(months_later(on, -FLEXIBLE_MONTHS), former)
    return Retirement(kind, born_on, delay, on, earliest, months_later(on, FLEXIBLE_MONTHS))


def born_between(kind: RetirementKind, first: date, last: date) -> tuple[date, date] | None:
    """Who reaches it from one day to another, by the days of birth; None where nobody can."""
    scheme = SCHEMES[kind]
    begin = months_later(first, -(scheme.base_years + 1) * YEAR - scheme.cap_months).toordinal()
    days = range(begin, last.toordinal())
    low = bisect_left(days, first, key=lambda day: _on(day, kind))
    high = bisect_right(days, last, key=lambda day: _on(day, kind))
    return (date.fromordinal(days[low]), date.fromordinal(days[high - 1])) if low < high else None


def how(found: Retirement) -> tuple[Reason, ...]:
    """How the day was worked out, line by line (怎么算的)."""
    scheme, (years, months) = SCHEMES[found.kind], found.age
    born: Values = {"born": DayWritten.of(found.born_on), "base": scheme.base_years}
    lines = [Reason("born", _BORN[found.kind], born)]
    if found.delay_months:
        moves: Values = {
            "first": MonthWritten.of(scheme.first_born),
            "months": scheme.months_for_one,
            "cap": scheme.cap_months,
        }
        lines += [Reason("moves", _MOVES, moves), Reason("delay", _DELAY, {"delay": found.delay_months})]
    else:
        lines.append(Reason("stays", _STAYS, {"first": MonthWritten.of(scheme.first_born)}))
    lines.append(Reason("reached", _REACHED, {"years": years, "months": months, "on": DayWritten.of(found.on)}))
    flexible: Values = {"earliest": DayWritten.of(found.earliest), "latest": DayWritten.of(found.latest)}
    return (*lines, Reason("flexible", _FLEXIBLE, flexible), Reason("source", _SOURCE, {}))


def months_later(day: date, months: int) -> date:
    """The same day so many months later; a month without that day ends on its last."""
    year, month = divmod(day.year * YEAR + day.month - 1 + months, YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _on(ordinal: int, kind: RetirementKind) -> date:
    born = date.fromordinal(ordinal)
    return months_later(born, SCHEMES[kind].base_years * YEAR + delay_of(born, kind))


_BORN = {
    RetirementKind.MAN: gettext_noop("{born}出生，男职工，原来的退休年龄是 {base} 周岁。"),
    RetirementKind.WOMAN_CADRE: gettext_noop("{born}出生，女职工，原来的退休年龄是 {base} 周岁（管理、技术岗位）。"),
    RetirementKind.WOMAN_WORKER: gettext_noop("{born}出生，女职工，原来的退休年龄是 {base} 周岁（生产、服务岗位）。"),
}
_MOVES = gettext_noop("从 {first} 出生的人起，每 {months} 个月延迟 1 个月，最多延迟 {cap} 个月。")
_DELAY = gettext_noop("按出生年月，延迟 {delay} 个月。")
_STAYS = gettext_noop("出生在 {first} 以前，不延迟。")
_REACHED = gettext_noop("{years} 岁 {months} 个月，就是 {on}。")
_FLEXIBLE = gettext_noop(
    "可以自愿提前，最早 {earliest}；和单位商量好，可以延后，最晚 {latest}。最多各三年，提前不能早于原来的年龄。"
)
_SOURCE = gettext_noop("依据：《关于实施渐进式延迟法定退休年龄的决定》（2024年9月13日通过，2025年1月1日起施行）。")
