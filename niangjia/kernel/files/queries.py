"""Which kept files an actor may see: the slice they belong to says so, file by file."""

from collections.abc import Collection
from functools import cache
from typing import Protocol

from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.files.models import StoredFile


class MaySee(Protocol):
    """The rule of the slice that a file belongs to."""

    def __call__(self, actor: Actor, stored: StoredFile) -> bool:
        """Whether the actor may see this file now."""


class Unseen(Exception):
    """There is no such file, or the actor may not see it: the two look alike."""


def names_known(names: Collection[str]) -> frozenset[str]:
    """Which of these sealed files some row knows: of any table with a column `…stored_as`, so that none is forgotten here."""
    every = ((table, field.name) for table in apps.get_models() for field in table._meta.get_fields())  # noqa: SLF001 - Django's own way to ask a table
    kept = [(table, column) for table, column in every if column.endswith("stored_as")]
    found: set[str] = set()
    for table, column in kept:
        found |= set(QuerySet(table).filter(**{f"{column}__in": names}).values_list(column, flat=True))
    return frozenset(found)


def file_for(actor: Actor, file_id: int) -> StoredFile:
    """The file, where the slice it belongs to lets the actor see it."""
    stored = StoredFile.objects.filter(pk=file_id).first()
    if stored is None:
        raise Unseen
    named = settings.NIANGJIA_FILE_OWNERS.get(stored.owner)
    # A file whose slice says nothing is shown to nobody.
    if named is None or not _rule(named)(actor, stored):
        raise Unseen
    return stored


@cache
def _rule(named: str) -> MaySee:
    rule: MaySee = import_string(named)
    return rule
