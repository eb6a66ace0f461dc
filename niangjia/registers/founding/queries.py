"""Who asked for a union, what is being set up, and what may be found at a door by anybody."""

import re
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.models import Case
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level
from niangjia.kernel.sealed import unseal
from niangjia.registers.committees.queries import electors_of
from niangjia.registers.employers.models import Coverage, Employer
from niangjia.registers.founding.models import (
    DoorSign,
    Founding,
    FoundingApplication,
    FoundingEmployer,
    FoundingState,
)
from niangjia.registers.founding.rules.moves import SEE_FOUNDING
from niangjia.registers.founding.rules.sealed_columns import SEALED_NAME, SEALED_PHONE
from niangjia.registers.founding.rules.workflow import ASKED, KIND
from niangjia.registers.members.masked import tail_of
from niangjia.registers.members.models import Person
from niangjia.registers.orgs.models import Kind, Union
from niangjia.registers.orgs.rules import tidy_credit_code

SHORTEST, MOST_FOUND = 2, 12
TAILED = re.compile(r"(?P<name>.*\D)(?P<tail>\d{3}[\dXx])")
# Which union above answers for an employer that the register does not know: the nearest to it.
NEAR = (Level.TOWN.value,)
MOST_PLACES = 80


def name_in(application: FoundingApplication) -> str:
    """Who asked, for whoever handles it; empty once it was erased."""
    sealed = application.name_sealed
    return unseal(bytes(sealed), aad=f"{SEALED_NAME}.{application.pk}") if sealed else ""


def phone_in(application: FoundingApplication) -> str:
    """The whole phone, for services and for calling back; empty once it was erased."""
    sealed = application.phone_sealed
    return unseal(bytes(sealed), aad=f"{SEALED_PHONE}.{application.pk}") if sealed else ""


def of_phone(phone_blind: bytes) -> QuerySet[FoundingApplication]:
    """What was asked for by whoever holds this phone and stands in no register."""
    return FoundingApplication.objects.filter(phone_blind=phone_blind, subject__person=None).order_by("pk")


def latest_of(subject_id: int) -> FoundingApplication | None:
    """What somebody asked for last, and what is not erased."""
    rows = FoundingApplication.objects.filter(subject=subject_id, erased_at=None)
    return rows.select_related("case__place__union").order_by("-pk").first()


def others_asking(case: Case, employer_id: int | None, name: str) -> QuerySet[FoundingApplication]:
    """What else is asked for the same employer and not answered yet, whoever asked."""
    same = Q(employer_name=name, case__place=case.place_id)
    if employer_id is not None:
        same |= Q(employer=employer_id)
    open_ones = FoundingApplication.objects.filter(same, settled_at=None, case__kind=KIND, case__stage__in=ASKED)
    return open_ones.exclude(pk=case.pk)


def employers_found(words: str) -> list[Employer]:
    """Employers that somebody at the door may mean: by a whole credit code, or by part of the name."""
    tidy = words.strip()
    if len(tidy) < SHORTEST:
        return []
    rows = Employer.objects.filter(closed_on=None, place__closed_on=None)
    coded = rows.filter(uscc=tidy_credit_code(tidy)).first()
    if coded is not None:
        return [coded]
    return list(rows.filter(name__icontains=tidy).order_by("name", "pk")[:MOST_FOUND])


def union_of(employer_id: int) -> Union | None:
    """The union that an employer has already; None where there is none."""
    covering = Coverage.objects.filter(employer=employer_id, valid_to=None, union__place__closed_on=None)
    row = covering.select_related("union__place").order_by("valid_from", "pk").first()
    return row.union if row else None


def prepared_for(employer_id: int) -> Union | None:
    """The union that is being set up for an employer now."""
    row = FoundingEmployer.objects.filter(employer=employer_id, is_open=True).select_related("founding__union").first()
    return row.founding.union if row else None


def territories() -> list[Union]:
    """The unions of towns and streets that an employer may lie with, in the order of the tree."""
    rows = Union.objects.filter(place__level__in=NEAR, place__closed_on=None, kind=Kind.TERRITORIAL.value)
    return list(rows.select_related("place__parent__union").order_by("place__path")[:MOST_PLACES])


def territory(place_id: int | None) -> Place | None:
    """One of them, by its place."""
    rows = Place.objects.filter(level__in=NEAR, closed_on=None, union__kind=Kind.TERRITORIAL.value)
    return rows.filter(pk=place_id).first() if place_id else None


def visible_to(actor: Actor) -> QuerySet[Founding]:
    """Unions being set up, and those that were, in the actor's subtrees."""
    rows = Founding.objects.filter(within(actor.paths(SEE_FOUNDING), field="union__place__path"))
    return rows.select_related("union__place", "case")


def founding_of(case_id: int) -> Founding | None:
    """What became of a case: the union in preparation, or the one that was founded."""
    return Founding.objects.filter(case=case_id).select_related("union__place").first()


def members_of(founding: Founding) -> int:
    """How many members the union in preparation has: counted by the register, never typed."""
    return electors_of(founding.union).values("person").distinct().count()


def persons_named(founding: Founding, written: Iterable[str]) -> dict[str, list[int]]:
    """Which members of the union in preparation are meant: by name, or by name and the end of the number (陈桂兰1234)."""
    wanted = {each: TAILED.fullmatch(each) for each in written}
    names = {each: match["name"].strip() if match else each for each, match in wanted.items()}
    ids = electors_of(founding.union).values("person")
    rows = list(Person.objects.filter(pk__in=ids, name__in=set(names.values())).order_by("pk"))
    return {
        each: [
            row.pk for row in rows if row.name == names[each] and (not match or tail_of(row) == match["tail"].upper())
        ]
        for each, match in wanted.items()
    }


def preparing_for(employer_ids: Iterable[int]) -> QuerySet[Founding]:
    """What is being set up for any of these employers."""
    rows = Founding.objects.filter(of_employers__employer__in=list(employer_ids), of_employers__is_open=True)
    return rows.filter(state=FoundingState.PREPARING).distinct()


def door_of(union: Union) -> DoorSign | None:
    """What hangs at the door of a union."""
    return DoorSign.objects.filter(pk=union.pk).first()
