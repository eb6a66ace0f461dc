"""What the tables of cases share: closed lists, what is written once, which cases an index is for."""

from enum import StrEnum

import pgtrigger
from django.db import models
from django.db.models import Q

from niangjia.kernel.cases.rules import Waits

OPEN = Q(closed_at=None)
# Open, and waiting for a second pair of eyes.
TO_CHECK = Q(closed_at=None, waits_for=Waits.SECOND.value)


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
