"""Land a decided list of unions: open places, register unions, change and move what is there already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from niangjia.kernel.intake.models import Change, Import, Outcome, Remark
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.services import NewPlace, move_place, open_places, reserve_ids, set_second_parents
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.rules.union_facts import city_of
from niangjia.registers.orgs.union_list.columns import Fault
from niangjia.registers.orgs.union_list.deciding import Decided, Known, Plan

CHUNK = 5_000


@dataclass(frozen=True)
class Landing:
    """One import with the register as it was before: who is where, by code."""

    batch: Import
    unions: dict[str, Known]
    on: date

    def land(self, plan: Plan) -> None:
        """Write everything the plan says."""
        ids = self._open(plan.created)
        self._change(plan.updated, ids)

    def _open(self, created: Sequence[Decided]) -> dict[str, int]:
        """Open the new unions, parents first; answers the id of every code."""
        ids = {code: known.id for code, known in self.unions.items()}
        cities = {code: known.city for code, known in self.unions.items()}
        ids |= dict(zip((each.line.code for each in created), reserve_ids(len(created)), strict=True))
        for each in created:
            cities[each.line.code] = city_of(each.region, parent_city=cities.get(each.parent))
        open_places(
            [
                NewPlace(
                    id=ids[each.line.code],
                    level=each.level,
                    city=cities[each.line.code],
                    parent_id=ids.get(each.parent),
                    second_parent_id=ids.get(each.second_parent),
                )
                for each in created
            ],
            on=self.on,
        )
        rows = [
            (
                ids[each.line.code],
                cities[each.line.code],
                each.line.code,
                each.line.name,
                each.kind.value,
                each.uscc,
                each.region,
            )
            for each in created
        ]
        for start in range(0, len(rows), CHUNK):
            _insert_unions(rows[start : start + CHUNK], batch_id=self.batch.pk)
        return ids

    def _change(self, updated: Sequence[Decided], ids: dict[str, int]) -> None:
        """Remember what was, then change columns for all at once and move the moved, the topmost first."""
        found = [(each, each.known) for each in updated if each.known]
        before = _before([known.id for _, known in found])
        Change.objects.bulk_create(
            [
                Change(
                    batch=self.batch,
                    thing_id=known.id,
                    before=before[known.id][1],
                    revision_after=before[known.id][0] + 1,
                )
                for _, known in found
            ],
            batch_size=CHUNK,
        )
        rows = [
            (known.id, each.line.name, each.uscc, each.region, ids.get(each.second_parent)) for each, known in found
        ]
        for start in range(0, len(rows), CHUNK):
            _update_unions(rows[start : start + CHUNK])
            set_second_parents({row[0]: row[4] for row in rows[start : start + CHUNK]}, on=self.on)
        moved = [(each, known) for each, known in found if each.parent != known.parent]
        after = {each.line.code: each for each in updated}
        depth = {each.line.code: self._depth(each, after) for each, _ in moved}
        for each, known in sorted(moved, key=lambda pair: depth[pair[0].line.code]):
            move_place(Place.objects.get(pk=known.id), Place.objects.get(pk=ids[each.parent]), on=self.on)

    def _depth(self, each: Decided, updated: dict[str, Decided]) -> int:
        """How far below the top a moved union will stand."""
        depth, code = 0, each.parent
        while code:
            depth += 1
            above = updated.get(code)
            known = self.unions.get(code)
            code = above.parent if above else known.parent if known else ""
        return depth


def write_remarks(batch: Import, faults: Sequence[Fault], *, headers: dict[str, str]) -> None:
    """Keep the faults of an import, in the order of the file."""
    Remark.objects.bulk_create(
        [
            Remark(
                batch=batch,
                seq=fault.seq,
                sheet=batch.sheet,
                row=fault.row,
                column=headers.get(fault.field, ""),
                outcome=Outcome.FAULT,
                code=fault.reason.code,
                sentence=fault.reason.sentence,
                values=fault.reason.values,
                name=fault.name,
                shown=fault.shown,
            )
            for fault in faults
        ],
        batch_size=CHUNK,
    )


def _before(ids: Sequence[int]) -> dict[int, tuple[int, dict[str, Any]]]:
    rows = Union.objects.filter(pk__in=ids).values_list(
        "pk", "revision", "name", "uscc", "region_code", "place__parent_id", "place__second_parent_id"
    )
    return {
        pk: (revision, {"name": name, "uscc": uscc, "region_code": region, "parent": parent, "second_parent": second})
        for pk, revision, name, uscc, region, parent, second in rows
    }


def _insert_unions(rows: Sequence[tuple[Any, ...]], *, batch_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO orgs_union (place_id, city, code, name, kind, uscc, region_code, address, phone, intake_id, revision)"
            " SELECT id, city, code, name, kind, nullif(uscc, ''), region, '', '', %s, 1 FROM unnest(%s::bigint[], %s::text[],"
            " %s::text[], %s::text[], %s::text[], %s::text[], %s::text[]) AS t(id, city, code, name, kind, uscc, region)",
            [batch_id, *(list(column) for column in zip(*rows, strict=True))],
        )


def _update_unions(rows: Sequence[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        columns = [list(column) for column in zip(*rows, strict=True)]
        cursor.execute(
            "UPDATE orgs_union AS u SET name = t.name, uscc = nullif(t.uscc, ''), region_code = t.region"
            " FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) AS t(id, name, uscc, region) WHERE u.place_id = t.id",
            columns[:4],
        )
