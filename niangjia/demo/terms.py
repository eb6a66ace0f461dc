"""Terms and committees of the demo county, as the books have them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from niangjia.demo.rules.terms import NO_AUDIT, NO_WOMEN, planned_term
from niangjia.registers.committees.models import Body, Seat, Term
from niangjia.registers.committees.rules.bodies import BodyKind, Post
from niangjia.registers.committees.rules.seats import seats_for
from niangjia.registers.committees.rules.terms import last_day
from niangjia.registers.members.models import Membership
from niangjia.registers.members.queries import FULL
from niangjia.registers.orgs.models import Kind, Union

# As many members of each union as may be needed for its committees.
MOST = 24
AUDITORS, WOMEN = 3, 3
Sitting = list[tuple[int, str]]


def land_terms(*, on: date) -> None:
    """The books as they stand: every union above the branches has a term, most have their committees."""
    rows = Union.objects.filter(place__closed_on=None, place__opened_on__lte=on).exclude(
        kind__in=(Kind.BRANCH.value, Kind.GROUP.value)
    )
    unions = list(rows.select_related("place").order_by("pk"))
    terms = Term.objects.bulk_create(_term(index, union, on=on) for index, union in enumerate(unions))
    sitting = _members()
    seats: list[Seat] = []
    for index, term in enumerate(terms):
        seats += _seated(index, term, sitting.get(term.union_id, []))
    Body.objects.bulk_create(list({id(seat.body): seat.body for seat in seats}.values()))
    for seat in seats:
        seat.body_id = seat.body.pk
    Seat.objects.bulk_create(seats, batch_size=1000)


def _term(index: int, union: Union, *, on: date) -> Term:
    planned = planned_term(index, union.name, is_base=union.kind == Kind.BASE.value, on=on)
    return Term(
        city=union.city,
        union=union,
        number=planned.number,
        years=planned.years,
        begins_on=planned.begins_on,
        ends_on=last_day(planned.begins_on, planned.years),
        document_number=planned.document,
        approved_on=planned.begins_on,
    )


def _members() -> dict[int, Sitting]:
    """The first members of each union, with their sex."""
    row = Window(RowNumber(), partition_by=F("union"), order_by=F("person").asc())
    held = Membership.objects.filter(period__upper_inf=True, state__in=FULL).annotate(row=row).filter(row__lte=MOST)
    found: dict[int, Sitting] = defaultdict(list)
    for union_id, person_id, sex in held.values_list("union", "person", "person__sex"):
        found[union_id].append((person_id, sex))
    return found


def _seated(index: int, term: Term, people: Sitting) -> Iterable[Seat]:
    """A committee, three auditors and three women, where there are people enough."""
    seats = max(seats_for(len(people)).least, 5)
    if len(people) < seats + AUDITORS:
        return []
    posts = [Post.CHAIR, Post.FINANCE, *[Post.MEMBER] * (seats - 2)]
    found = _on(term, BodyKind.COMMITTEE, [person for person, _sex in people[:seats]], posts)
    if index % NO_AUDIT:
        found += _on(term, BodyKind.AUDIT, [person for person, _sex in people[seats : seats + AUDITORS]])
    women = [person for person, sex in people if sex == "female"][:WOMEN]
    if index % NO_WOMEN and len(women) == WOMEN:
        found += _on(term, BodyKind.WOMEN, women)
    supervisors = [person for person, _sex in people[-AUDITORS:]]
    return [*found, *_on(term, BodyKind.SUPERVISION, supervisors)]


def _on(term: Term, kind: BodyKind, people: list[int], posts: Iterable[Post] = ()) -> list[Seat]:
    body = Body(city=term.city, term=term, union_id=term.union_id, kind=kind.value, since=term.begins_on)
    given = [*posts] or [Post.CHAIR, *[Post.MEMBER] * (len(people) - 1)]
    return [
        Seat(city=term.city, body=body, union_id=term.union_id, person_id=person, post=post.value, since=term.begins_on)
        for person, post in zip(people, given, strict=True)
    ]
