"""Employers that have no union, what is being done about each, and who may see it."""

from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, JSONObject, NullIf

from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.queries import in_force, within
from niangjia.kernel.access.rules import Actor, Move
from niangjia.kernel.dated.models import LocalParameter
from niangjia.kernel.dated.queries import default_of
from niangjia.kernel.dated.rules import NATION
from niangjia.registers.employers.models import Coverage, Employer
from niangjia.registers.employers.queries import in_territory
from niangjia.registers.employers.targets.models import Lead, Target, Visit
from niangjia.registers.employers.targets.rules.moves import HAND_TARGET, SEE_TARGETS, VISIT_EMPLOYER
from niangjia.registers.employers.targets.rules.targets import WITHIN_MONTHS
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import MOST_TOPS
from niangjia.registers.orgs.rules.union_facts import name_spellings

MOST_CADRES = 100


class UnionDue(Func):
    """The day so many months after another one, as PostgreSQL counts months: a shorter month ends it."""

    template = "(%(expressions)s))::date"
    arg_joiner = " + make_interval(months => "
    output_field = DateField()


def visible_to(actor: Actor, *, move: Move = SEE_TARGETS) -> QuerySet[Target]:
    """Targets whose employer lies in the actor's territory, open and ended."""
    return Target.objects.filter(within(actor.paths(move), field="employer__place__path"))


def under_reference(targets: QuerySet[Any], reference: str) -> QuerySet[Any]:
    """Of these targets, those whose employer lies at and below the union that a code or a whole name means."""
    means = Q(code=reference) | Q(name__in=name_spellings(reference))
    paths = tuple(Union.objects.filter(means).values_list("place__path", flat=True)[:MOST_TOPS])
    return targets.filter(within(paths, field="employer__place__path"))


def with_visits(targets: QuerySet[Target]) -> QuerySet[Any]:
    """Each target with its visits: how many, the last, and when somebody goes again."""
    visits = Visit.objects.filter(target=OuterRef("pk"))
    counted = visits.order_by().values("target")
    return targets.select_related("employer__place__union", "cadre").annotate(
        visits_made=Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), 0),
        visited_on=Subquery(counted.annotate(day=Max("on")).values("day")),
        goes_on=Subquery(visits.order_by("-on", "-pk").values("next_on")[:1]),
    )


def without_union(actor: Actor, *, on: date, move: Move = SEE_TARGETS) -> QuerySet[Any]:
    """Employers at work in the actor's territory that no union covers (未建会单位): nothing but what the registers say."""
    covering = Coverage.objects.filter(employer=OuterRef("pk"), valid_to=None)
    rows = in_territory(actor, move=move).filter(~Exists(covering), closed_on=None)
    return _with_days(rows, on=on).annotate(known_heads=Coalesce("employees", 0))


def work_list(actor: Actor, *, on: date) -> QuerySet[Any]:
    """The same as work: how new, which target is open, what became of the last one, how many members name it."""
    said = JSONObject(outcome="outcome", reason="reason", again_on="again_on", ended_on="ended_on")
    open_ones = with_visits(Target.objects.filter(employer=OuterRef("pk"), ended_on=None))
    told = JSONObject(
        pk="pk", cadre="cadre__name", due_on="due_on", visits="visits_made", visited_on="visited_on", goes_on="goes_on"
    )
    ended = Target.objects.filter(employer=OuterRef("pk"), ended_on__isnull=False).order_by("-ended_on", "-pk")
    return (
        without_union(actor, on=on)
        .select_related("place__union", "park")
        .annotate(
            target=Subquery(open_ones.values(told=told)[:1]),
            before=Subquery(ended.values(said=said)[:1]),
            naming=Subquery(Lead.objects.filter(employer=OuterRef("pk")).values("members")[:1]),
        )
    )


def _with_days(employers: QuerySet[Employer], *, on: date) -> QuerySet[Any]:
    """Each employer with the day by which it is to have a union, and whether that is still to come (新开业)."""
    region = Coalesce(NullIf("region_code", Value("")), "city")
    dated = employers.annotate(stands_in=region, within_months=_months(on))
    due = UnionDue(F("opened_on"), F("within_months"))
    return dated.annotate(union_due_on=due).annotate(
        is_new=Case(When(union_due_on__gte=on, then=Value(1)), default=Value(0), output_field=IntegerField())
    )


def _months(on: date) -> Case:
    """The months that hold where an employer stands: of its own region, else of the nearest above, else the default."""
    holds = (Q(valid_from=None) | Q(valid_from__lte=on)) & (Q(valid_to=None) | Q(valid_to__gte=on))
    rows = LocalParameter.objects.filter(holds, key=WITHIN_MONTHS).values_list("region_code", "value")
    prefixes = sorted(((_prefix(code), int(value)) for code, value in rows), key=lambda pair: -len(pair[0]))
    default = default_of(WITHIN_MONTHS)
    usual = next((months for prefix, months in prefixes if not prefix), default.number if default else 0)
    whens = [When(stands_in__startswith=prefix, then=Value(months)) for prefix, months in prefixes if prefix]
    return Case(*whens, default=Value(usual), output_field=IntegerField())


def _prefix(region_code: str) -> str:
    """What the codes of a region and all below it begin with: 349900 → 3499."""
    if region_code == NATION:
        return ""
    while region_code.endswith("00"):
        region_code = region_code[:-2]
    return region_code


def open_target(employer: Employer) -> Target | None:
    """The target that an employer is now, if it is one."""
    return Target.objects.filter(employer=employer, ended_on=None).select_related("cadre").first()


def may_be_handed_to(actor: Actor, *, on: date) -> QuerySet[Account]:
    """Accounts that a target may be handed to: who visits employers (干部) at or below the actor's place, she herself too."""
    grants = Grant.objects.filter(
        in_force(on),
        within(actor.paths(HAND_TARGET), field="place__path"),
        account=OuterRef("pk"),
        role__in=VISIT_EMPLOYER.roles,
    )
    return Account.objects.filter(Exists(grants), is_active=True).order_by("name", "pk")


def reach_of(account_id: int, *, on: date) -> tuple[str, ...]:
    """The subtrees in which an account visits employers."""
    grants = Grant.objects.filter(in_force(on), account=account_id, role__in=VISIT_EMPLOYER.roles)
    return tuple(grants.values_list("place__path", flat=True))


def leads_seen(actor: Actor) -> QuerySet[Lead]:
    """Leads of the actor's territory whose name the register does not settle: a person has to."""
    scope = within(actor.paths(SEE_TARGETS), field="place__path")
    return Lead.objects.filter(scope, employer=None).select_related("place__union").order_by("-members", "name", "pk")


def own_open(actor: Actor) -> QuerySet[Any]:
    """Open targets in this actor's own hands, with the day on which something is due: the next visit, else the last day."""
    if actor.account_id is None:
        return Target.objects.none()
    return with_visits(visible_to(actor).filter(cadre=actor.account_id, ended_on=None)).order_by("due_on", "pk")
