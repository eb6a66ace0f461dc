"""Employers without a union in the demo county: registered, named by members, handed out and visited, by real services."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

from niangjia.demo.rules import ANHE
from niangjia.demo.rules.joining import NEW_FORM
from niangjia.demo.rules.targets import AWAY, COURIERS, FIRMS, PARK, TARGETS, UNCLEAR, PlannedTarget
from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Actor
from niangjia.registers.employers.away.rules import AwayFacts
from niangjia.registers.employers.away.services import keep_away
from niangjia.registers.employers.models import Employer, HeadCount, Park
from niangjia.registers.employers.parks import open_park
from niangjia.registers.employers.rules.kinds import HeadSource
from niangjia.registers.employers.targets.leads import count_leads
from niangjia.registers.employers.targets.rules.targets import Ending, Outcome, VisitFacts
from niangjia.registers.employers.targets.services import end_target, hand_target, keep_visit
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.rules import Level, UnionKind
from niangjia.registers.orgs.rules.union_facts import UnionFacts
from niangjia.registers.orgs.services import register_union

Ago = Callable[..., AbstractContextManager[None]]
Acting = Callable[[str], Actor]
UNION_LIST = "union_2015"
NAMED_BY, UNCLEAR_BY = 7, 4
MONTHS = 4


def work_for_unions(*, ago: Ago, actor: Acting, accounts: dict[str, Account], on: date) -> None:
    """Two dozen employers without a union; some are handed out, visited, refused; members name one of them."""
    towns = {each.name: each for each in Union.objects.filter(name__in={firm.town for firm in FIRMS})}
    with ago(days=90):
        park = open_park(PARK, next(iter(towns.values())).pk, by=actor("zhoumin"))
    firms = _land(towns, park, on=on)
    _name(firms)
    for planned in TARGETS:
        _work(planned, firms[planned.firm], accounts, ago=ago, actor=actor)
    count_leads(on=on)
    _go_away(ago=ago, actor=actor, on=on)


def _land(towns: dict[str, Union], park: Park, *, on: date) -> dict[str, Employer]:
    landed = Employer.objects.bulk_create(
        Employer(
            city=towns[firm.town].city,
            place_id=towns[firm.town].pk,
            name=firm.name,
            region_code=ANHE.region_code,
            trade_code=firm.trade,
            ownership_list=UNION_LIST,
            ownership_code=firm.ownership,
            employees=firm.employees,
            women_employees=firm.women,
            opened_on=on - timedelta(days=firm.opened_days_ago),
            park=park if firm.trade in ("17", "18") else None,
        )
        for firm in FIRMS
    )
    month = on.replace(day=1)
    HeadCount.objects.bulk_create(
        HeadCount(
            city=each.city,
            employer=each,
            month=(month - timedelta(days=31 * back)).replace(day=1),
            source=(HeadSource.DECLARED if back else HeadSource.COUNTED).value,
            employees=max(1, (each.employees or 0) - 3 * back),
        )
        for each in landed[:6]
        for back in range(MONTHS)
    )
    return {each.name: each for each in landed}


def _name(firms: dict[str, Employer]) -> None:
    """Members of the union for new forms of work write where they work: some by the whole name, some by what it is called."""
    held = Membership.objects.filter(union__name=NEW_FORM, employer=None, period__upper_inf=True, state="active")
    people = list(held.order_by("person_id").values_list("person_id", flat=True)[: NAMED_BY + UNCLEAR_BY])
    Person.objects.filter(pk__in=people[:NAMED_BY]).update(workplace=firms[COURIERS].name)
    Person.objects.filter(pk__in=people[NAMED_BY:]).update(workplace=UNCLEAR)


def _work(planned: PlannedTarget, employer: Employer, accounts: dict[str, Account], *, ago: Ago, actor: Acting) -> None:
    with ago(days=planned.days_ago):
        day = clock.today()
        due = day + timedelta(days=planned.for_days)
        target = hand_target(employer.pk, accounts[planned.to].pk, due, by=actor("zhoumin"), on=day)
    for visit in planned.visits:
        with ago(days=visit.days_ago):
            day = clock.today()
            again = day + timedelta(days=visit.again_in) if visit.again_in else None
            keep_visit(target.pk, VisitFacts(day, visit.met, visit.said, again), by=actor(planned.to), on=day)
    if planned.refused:
        with ago(days=5):
            day = clock.today()
            ending = Ending(Outcome.REFUSED, planned.refused, day + timedelta(days=90))
            end_target(target.pk, ending, by=actor(planned.to), on=day)


def _go_away(*, ago: Ago, actor: Acting, on: date) -> None:
    county = Union.objects.select_related("place").get(name=f"{ANHE.name}总工会")
    with ago(days=80):
        for name, region, host, host_union, number, tasks in AWAY:
            facts = UnionFacts(
                name=name, level=Level.BASE, kind=UnionKind.BASE, parent_id=county.pk, region_code=ANHE.region_code
            )
            union = register_union(facts, by=actor("zhoumin"), on=clock.today())
            agreed = clock.today() if number else None
            keep_away(
                AwayFacts(
                    union_id=union.pk, home_id=county.pk, host_region=region, host_place=host, since_on=clock.today(),
                    host_union=host_union, agreement_no=number, agreed_on=agreed,
                    agreed_to=on + timedelta(days=40) if agreed else None, tasks=tasks,
                ),
                by=actor("zhoumin"),
            )  # fmt: skip
