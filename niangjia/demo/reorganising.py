"""Unions of the demo county that became one last year, and two that shall become one: by the real services at their instants."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

from niangjia.demo.rules.accounts import COUNTY_UNION
from niangjia.demo.rules.week import BAITA, LIULIN
from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.pages.pressing import Pressed
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.reorganising.queries import Wish
from niangjia.registers.orgs.reorganising.rules.plans import Operation
from niangjia.registers.orgs.reorganising.rules.workflow import APPROVE, SUBMIT
from niangjia.registers.orgs.reorganising.services import carry_out, done, plan, tell_members
from niangjia.registers.orgs.rules import Level, UnionKind
from niangjia.registers.orgs.rules.union_facts import UnionFacts
from niangjia.registers.orgs.services import register_union

Ago = Callable[..., AbstractContextManager[None]]
Acting = Callable[[str], Actor]
FORMER, SCHOOL = "石桥乡总工会", "石桥中心学校工会"
LAST_YEAR_DAYS, YEARS_BEFORE_DAYS = 400, 4_000
DOCUMENT = "安工发〔2025〕31号"


def reorganise(*, ago: Ago, actor: Acting) -> None:
    """石桥 went into 白塔 last year; that the town below shall go into 柳林 waits for a second person."""
    _merged_last_year(ago=ago, actor=actor)
    _planned(ago=ago, actor=actor)


def _merged_last_year(*, ago: Ago, actor: Acting) -> None:
    county = Union.objects.select_related("place").get(name=COUNTY_UNION)
    with ago(days=YEARS_BEFORE_DAYS):
        former = _registered(FORMER, Level.TOWN, UnionKind.TERRITORIAL, county)
        _registered(SCHOOL, Level.BASE, UnionKind.BASE, former)
    with ago(days=LAST_YEAR_DAYS + 5):
        wish = Wish(Operation.MERGE, (former,), clock.today() + timedelta(days=5), into=_named(BAITA))
        kept = plan(wish, by=actor("hanzhiyuan"), at=clock.now())
        done(kept.pk, SUBMIT, Pressed(actor("hanzhiyuan"), clock.now()))
    with ago(days=LAST_YEAR_DAYS + 2):
        done(kept.pk, APPROVE, Pressed(actor("zhoumin"), clock.now(), answers={"document": DOCUMENT}))
    with ago(days=LAST_YEAR_DAYS):
        carry_out(kept.pk, at=clock.now())
        tell_members(kept.pk)


def _planned(*, ago: Ago, actor: Acting) -> None:
    """Another town shall go into 柳林 at the beginning of next month; 韩 planned it, 周 decides."""
    towns = Union.objects.select_related("place").filter(place__level=Level.TOWN.value, place__closed_on=None)
    ours = towns.filter(place__parent__union__name=COUNTY_UNION, kind=UnionKind.TERRITORIAL.value)
    source = ours.exclude(name__in=(BAITA, LIULIN)).order_by("pk")[0]
    with ago(days=3):
        wish = Wish(Operation.MERGE, (source,), clock.today() + timedelta(days=40), into=_named(LIULIN))
        kept = plan(wish, by=actor("hanzhiyuan"), at=clock.now())
        done(kept.pk, SUBMIT, Pressed(actor("hanzhiyuan"), clock.now()))


def _registered(name: str, level: Level, kind: UnionKind, parent: Union) -> Union:
    facts = UnionFacts(name=name, level=level, kind=kind, parent_id=parent.pk)
    union = register_union(facts, by=Actor.operator(), on=clock.today())
    return Union.objects.select_related("place").get(pk=union.pk)


def _named(name: str) -> Union:
    return Union.objects.select_related("place").get(name=name)
