"""Carry out the rules of retention (保存期限): small batches, counts in the journal, nothing before its time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.journal.services import record
from niangjia.kernel.privacy.registered import personal_tables
from niangjia.kernel.privacy.rules import PersonalTable

BATCH = 500
MOST_BATCHES = 200


@dataclass(frozen=True)
class Over:
    """How many rows of a table are past their time."""

    table: PersonalTable
    rows: int


def overdue() -> Iterator[Over]:
    """What would go now, table by table."""
    for table in personal_tables():
        query = _due(table)
        if query is not None:
            yield Over(table, query.count())


def retain() -> list[Over]:
    """Let go what is past its time; answers how many rows of each table, and writes that down."""
    gone = [Over(table, _let_go(table)) for table in personal_tables() if table.keep.due is not None]
    counts = {each.table.model: each.rows for each in gone if each.rows}
    if counts:
        record("retention", by=Actor.operator(), thing="retention", detail={"rows": counts})
    return gone


def _due(table: PersonalTable) -> Any:
    keep = table.keep
    if keep.due is None or keep.days is None:
        return None
    return keep.due(clock.now() - timedelta(days=keep.days))


def _let_go(table: PersonalTable) -> int:
    gone = 0
    for _batch in range(MOST_BATCHES):
        number = _one_batch(table)
        if not number:
            break
        gone += number
    return gone


@transaction.atomic
def _one_batch(table: PersonalTable) -> int:
    keys = list(_due(table).order_by("pk").values_list("pk", flat=True)[:BATCH])
    if not keys:
        return 0
    if table.keep.carry_out is not None:
        return table.keep.carry_out(keys)
    apps.get_model(table.model)._base_manager.filter(pk__in=keys).delete()  # noqa: SLF001 - Django's name for it
    return len(keys)
