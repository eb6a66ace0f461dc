"""Who reaches retirement soon, and how it is said (到龄): suggested by the moving rule, to the quarter at the desk, to the day for herself."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel import clock
from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.queries import FULL, PersonRows
from niangjia.registers.members.rules import READ_LIKE_ID_CARD
from niangjia.registers.members.rules.retirement import (
    FLEXIBLE_MONTHS,
    YEAR,
    Retirement,
    RetirementKind,
    born_between,
    kinds_for,
    months_later,
    retirement,
)

SOON = timedelta(days=90)
SPANS = {"soon": gettext_lazy("90 天内到龄（按整月）"), "past": gettext_lazy("已经到龄，会籍还在册")}
KIND_WORDS = {
    RetirementKind.MAN: gettext_lazy("男职工"),
    RetirementKind.WOMAN_CADRE: gettext_lazy("管理、技术岗位"),
    RetirementKind.WOMAN_WORKER: gettext_lazy("生产、服务岗位"),
}
QUARTERS = (gettext_lazy("一季度"), gettext_lazy("二季度"), gettext_lazy("三季度"), gettext_lazy("四季度"))
SEX_OF = {
    RetirementKind.MAN: "male",
    RetirementKind.WOMAN_CADRE: "female",
    RetirementKind.WOMAN_WORKER: "female",
}
# By the later of the tables: of a woman only then is it certain.
LAST_KINDS = (RetirementKind.MAN, RetirementKind.WOMAN_CADRE)
FAR = YEAR * 40


def days_of(person: Person) -> list[Retirement]:
    """Her day by each table that may be meant; none where birth or sex is not known."""
    if person.birth_on is None:
        return []
    return [retirement(person.birth_on, kind) for kind in kinds_for(person.sex)]


def facts_at_desk(person: Person) -> list[tuple[str, str]]:
    """As a cadre reads it: with the day, a number of which the last four are shown could be made whole."""
    hides = person.id_kind in READ_LIKE_ID_CARD
    return [(_("退休（推算）"), "；".join(_said(each, hides_day=hides) for each in days_of(person)))]


def reaching(persons: PersonRows, span: str) -> PersonRows:
    """Active members who reach it within these months, or have reached it by the later table."""
    return persons.having(state__in=FULL, period__upper_inf=True).filter(_born(span, clock.today()))


def number_soon(actor: Actor) -> int:
    """How many members of the unions whose chair this is reach it soon; further up the list tells."""
    paths = tuple(right.path for right in actor.rights if right.role is Role.CHAIR)
    if not paths:
        return 0
    below = within(paths, field="union__place__path")
    rows = Membership.objects.filter(below, period__upper_inf=True, state__in=FULL)
    return rows.filter(_born("soon", clock.today(), prefix="person__")).count()


def born_before_latest(on: date) -> Iterator[tuple[str, date]]:
    """By sex, whoever was born before that day is past the latest day of retiring there is."""
    for kind in LAST_KINDS:
        span = born_between(kind, months_later(on, -FLEXIBLE_MONTHS), months_later(on, FAR))
        if span is not None:
            yield SEX_OF[kind], span[0]


def _born(span: str, on: date, *, prefix: str = "") -> Q:
    """By whole months: one day more or less in the list would tell a birthday."""
    month = on.replace(day=1)
    meant = Q(pk__in=[])
    for kind in RetirementKind if span == "soon" else LAST_KINDS:
        first, last = (
            (month, _month_end(on + SOON)) if span == "soon" else (date(1950, 1, 1), month - timedelta(days=1))
        )
        born = born_between(kind, first, last)
        if born is not None:
            meant |= Q(**{f"{prefix}sex": SEX_OF[kind], f"{prefix}birth_on__range": born})
    return meant


def _month_end(on: date) -> date:
    return months_later(on.replace(day=1), 1) - timedelta(days=1)


def _said(found: Retirement, *, hides_day: bool) -> str:
    quarter = _("{year}年{quarter}").format(year=found.on.year, quarter=QUARTERS[(found.on.month - 1) // 3])
    if hides_day:
        # Nor the months of age: they tell in which two months somebody was born.
        return _("{kind} {when}").format(kind=KIND_WORDS[found.kind], when=quarter)
    years, months = found.age
    words = _("{kind} {when}（{years} 岁 {months} 个月）")
    return words.format(kind=KIND_WORDS[found.kind], when=day(found.on), years=years, months=months)
