"""Terms and committees as they are found: the present term of a union, who sits there, whom it has."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from niangjia.kernel import clock
from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor, Move
from niangjia.kernel.dated.queries import parameters
from niangjia.kernel.dated.rules import steps_of
from niangjia.kernel.places.models import Place
from niangjia.registers.committees.models import Body, Seat, Term
from niangjia.registers.committees.rules.bodies import BodyKind, Chosen, Post
from niangjia.registers.committees.rules.composition import WOMEN_PARAMETER, People
from niangjia.registers.committees.rules.moves import SEE_TERMS
from niangjia.registers.committees.rules.seats import SEATS_PARAMETER, Step, seats_for, with_local
from niangjia.registers.committees.rules.terms import Standing, standing_on
from niangjia.registers.employers.models import Coverage
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.queries import FULL
from niangjia.registers.orgs.models import Kind, Union
from niangjia.registers.orgs.queries import region_of


def visible_to(actor: Actor, *, move: Move = SEE_TERMS) -> QuerySet[Term]:
    """The terms of the unions in the actor's subtrees."""
    rows = Term.objects.filter(within(actor.paths(move), field="union__place__path"))
    return rows.select_related("union__place")


def present_term(union_id: int) -> Term | None:
    """The term that a union has now, run out or not."""
    return Term.objects.filter(union=union_id, ended_on=None).select_related("union__place").first()


def terms_of(union_id: int) -> QuerySet[Term]:
    """All terms of a union, the latest first."""
    return Term.objects.filter(union=union_id).order_by("-number")


def standing_of(union_id: int, *, on: date) -> Standing:
    """Where a union's term stands on a day."""
    term = present_term(union_id)
    return Standing.NONE if term is None else standing_on(term.ends_on, term.extended_to, on=on)


def bodies_of(term: Term) -> QuerySet[Body]:
    """The committees of a term."""
    return Body.objects.filter(term=term).order_by("pk")


def seats_of(term: Term) -> QuerySet[Seat]:
    """Who sits on the committees of a term now: whoever leads first."""
    return Seat.objects.filter(body__term=term, until=None).select_related("body", "person").order_by("body", "pk")


def chosen_in(term: Term) -> list[Chosen]:
    """Who sits where now, as the rules judge it."""
    rows = seats_of(term).order_by().values_list("person_id", "body__kind", "post")
    return [Chosen(person_id, BodyKind(kind), Post(post)) for person_id, kind, post in rows]


def electors_of(union: Union) -> QuerySet[Membership]:
    """Whoever votes and may stand in a union, its branches and groups included: members now, without 保留会籍."""
    rows = Membership.objects.filter(period__upper_inf=True, state__in=FULL, person__erased_at=None)
    return rows.filter(union__in=within_union(union))


def within_union(union: Union) -> QuerySet[Union]:
    """The union with its branches and groups, which elect with it; other unions below it elect for themselves."""
    inside = Q(pk=union.pk) | Q(
        kind__in=(Kind.BRANCH.value, Kind.GROUP.value), place__path__startswith=union.place.path
    )
    return Union.objects.filter(inside, place__closed_on=None)


def people_of(union: Union) -> People:
    """How many members a union has that vote, and how many of them are women: counted, never typed."""
    found = electors_of(union).aggregate(
        members=Count("person", distinct=True), women=Count("person", distinct=True, filter=Q(person__sex="female"))
    )
    local = parameters((SEATS_PARAMETER, WOMEN_PARAMETER), region=region_of(union.pk), on=clock.today())
    return People(
        found["members"],
        found["women"],
        is_enterprise=Coverage.objects.filter(union=union, valid_to=None).exists(),
        women_from=local[WOMEN_PARAMETER].number,
        seats=seats_for(found["members"], _steps(local[SEATS_PARAMETER].value)),
    )


def _steps(written: str) -> tuple[Step, ...]:
    return with_local(Step(each.up_to, each.least, each.most) for each in steps_of(written))


def members_among(person_ids: Iterable[int], union: Union) -> set[int]:
    """Which of these persons vote in a union."""
    return set(electors_of(union).filter(person__in=list(person_ids)).values_list("person_id", flat=True))


def names_of(person_ids: Iterable[int]) -> dict[int, str]:
    """Names of persons, as the asker may see them."""
    return dict(Person.objects.filter(pk__in=list(person_ids), erased_at=None).values_list("pk", "name"))


def ending_by(day: date) -> QuerySet[Term]:
    """Present terms of open unions whose last day is this one or before."""
    rows = Term.objects.filter(ended_on=None, union__place__closed_on=None)
    return rows.annotate(last=Coalesce("extended_to", F("ends_on"))).filter(last__lte=day)


def stands_above(actor: Actor, place: Place, *, move: Move) -> bool:
    """Whether the actor has this right at a place above, or at the top of the tree itself."""
    covering = [path for path in actor.paths(move) if place.path.startswith(path)]
    return any(path != place.path for path in covering) or (bool(covering) and place.parent_id is None)
