"""Unions in preparation (筹建中的工会): they have a place and may be joined, carry no credit code, and count as no union yet."""

from dataclasses import replace
from datetime import date

from django.db import transaction

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.journal.services import record
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.rules.union_facts import UnionFacts
from niangjia.registers.orgs.services import register_union


@transaction.atomic
def register_in_preparation(facts: UnionFacts, *, by: Actor, on: date) -> Union:
    """Register a union that is only being prepared (准予筹建), under its parent from a day on."""
    union = register_union(replace(facts, uscc=""), by=by, on=on)
    Union.objects.filter(pk=union.pk).update(is_preparing=True)
    return Union.objects.select_related("place").get(pk=union.pk)


@transaction.atomic
def found_union(union: Union, *, document: str, by: Actor, on: date) -> Union:
    """A union in preparation is one from now on (批复成立): the database refuses it where no approval lies."""
    Union.objects.filter(pk=union.pk, is_preparing=True).update(is_preparing=False)
    detail = {"document": document, "on": str(on)}
    record("found_union", by=by, thing="union", thing_id=union.pk, place=(union.city, union.pk), detail=detail)
    return Union.objects.select_related("place").get(pk=union.pk)
