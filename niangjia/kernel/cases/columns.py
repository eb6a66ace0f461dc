"""What the tables of cases share: closed lists, what is written once, which cases an index is for."""

from enum import StrEnum

import pgtrigger
from django.db import models
from django.db.models import Q

from niangjia.kernel.cases.rules import Waits

OPEN = Q(closed_at=None)
# Open, and waiting for a second pair of eyes.
TO_CHECK = Q(closed_at=None, waits_for=Waits.SECOND.value)

# What waits is judged from these alone; a case is read when it is told of.
WAITS = (
    models.Index(
        fields=["place", "waits_for", "kind", "due_at", "id"],
        include=["maker", "round"],
        condition=OPEN,
        name="case_waits_soonest",
    ),
    models.Index(
        fields=["place", "due_at", "id"],
        include=["kind", "version", "stage", "maker", "round"],
        condition=TO_CHECK,
        name="case_to_check_first",
    ),
    models.Index(
        fields=["place", "maker", "due_at", "id"],
        include=["kind", "version", "stage", "round"],
        condition=TO_CHECK,
        name="case_to_check_made_by",
    ),
)


def choices_of(values: type[StrEnum]) -> list[tuple[str, str]]:
    """The values of a closed list, as a column takes them."""
    return [(each.value, each.value) for each in values]


def known(column: str, values: type[StrEnum], name: str) -> models.CheckConstraint:
    """The database takes a value of a closed list and no other."""
    return models.CheckConstraint(condition=Q(**{f"{column}__in": [each.value for each in values]}), name=name)


def written_once(name: str) -> tuple[pgtrigger.Trigger, ...]:
    """What happened is never changed or removed; only sealed words are sealed anew, or emptied with the person's data."""
    return (
        pgtrigger.ReadOnly(name=f"{name}_written_once", exclude=["says_sealed"]),
        pgtrigger.Protect(name=f"{name}_never_removed", operation=pgtrigger.Delete),
    )
