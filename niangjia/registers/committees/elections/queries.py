"""Elections as they are found: the open one of a union, who stands in it, what is still to be filled."""

from collections.abc import Iterable

from django.db.models import QuerySet

from niangjia.registers.committees.elections.models import Candidate, Election
from niangjia.registers.committees.elections.rules.workflow import ElectionKind
from niangjia.registers.committees.rules.bodies import BodyKind, Chosen, Post
from niangjia.registers.members.models import Membership
from niangjia.registers.members.rules import MembershipState
from niangjia.registers.orgs.models import Union


def open_election(union_id: int) -> Election | None:
    """The election that a union is holding now."""
    return Election.objects.filter(union=union_id, settled_at=None).select_related("case").first()


def held(case_id: int) -> Election:
    """An election, held alone until the transaction ends."""
    return Election.objects.select_for_update(of=("self",)).select_related("union__place", "case").get(pk=case_id)


def candidates_of(election: Election) -> QuerySet[Candidate]:
    """Who stands, committee by committee, whoever was elected first, then by votes."""
    return election.candidates.select_related("person").order_by("body", "-is_elected", "-votes", "pk")


def seats_in(election: Election) -> dict[BodyKind, int]:
    """How many seats this election fills, committee by committee."""
    seats = {
        BodyKind.COMMITTEE: election.seats,
        BodyKind.STANDING: election.standing_seats,
        BodyKind.AUDIT: election.audit_seats,
    }
    return {kind: number for kind, number in seats.items() if number}


def vacant_in(election: Election, candidates: Iterable[Candidate]) -> dict[BodyKind, int]:
    """How many seats nobody was elected to yet."""
    elected = [BodyKind(each.body) for each in candidates if each.is_elected]
    return {kind: number - elected.count(kind) for kind, number in seats_in(election).items()}


def elected_in(election: Election) -> tuple[Chosen, ...]:
    """Who was elected, as the rules judge it."""
    rows = election.candidates.filter(is_elected=True).order_by("pk").values_list("person_id", "body", "post")
    return tuple(Chosen(person_id, BodyKind(body), Post(post)) for person_id, body, post in rows)


def is_renewal(election: Election) -> bool:
    """Whether a whole committee is elected, and a new term begins."""
    return election.kind == ElectionKind.RENEWAL.value


def is_retained(person_id: int, union: Union) -> bool:
    """Whether somebody's membership of a union is retained (保留会籍)."""
    rows = Membership.objects.filter(person=person_id, period__upper_inf=True, state=MembershipState.RETAINED.value)
    return rows.filter(union__place__path__startswith=union.place.path).exists()


def open_unions(union_ids: Iterable[int]) -> set[int]:
    """Which of these unions are holding an election now."""
    rows = Election.objects.filter(union__in=list(union_ids), settled_at=None)
    return set(rows.values_list("union_id", flat=True))
