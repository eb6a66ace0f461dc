"""A few rows as they would stand in the register (入库后的样子), judged by the very statement that lands them."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from psycopg import sql

from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.intake.models import Import
from niangjia.kernel.people.masks import masked_phone
from niangjia.kernel.sealed import unseal
from niangjia.registers.members.roster.columns import LABELS
from niangjia.registers.members.roster.deciding import MEMBERSHIP_COLUMNS, PERSON_COLUMNS, chunk, decide
from niangjia.registers.members.roster.staging import Staging, execute
from niangjia.registers.members.rules.sealed_columns import SEALED_ID, SEALED_PHONE

ROWS_JUDGED = 300
ROWS_OF_A_KIND = 2
ROWS_SHOWN = 8
TAIL = 4

# Nothing of the register is read for a person who is a member elsewhere: the sample must not tell where.
SAMPLE = """
SELECT d.row_no, d.verdict, s.name, s.subject_id, s.id_sealed, s.phone_sealed, u.name,
  CASE WHEN d.verdict = 'updated' THEN d.known_id END, CASE WHEN d.verdict = 'updated' AND d.new_phone THEN p.phone_sealed END,
  {differences}
FROM (SELECT *, row_number() OVER (PARTITION BY verdict ORDER BY seq) AS place FROM decided) d
JOIN {chunk} s USING (seq) JOIN orgs_union u ON u.place_id = s.union_id
LEFT JOIN members_person p ON p.subject_id = d.known_id AND d.verdict = 'updated'
LEFT JOIN members_membership m ON m.id = d.membership_id AND d.verdict = 'updated'
WHERE d.place <= %(of_a_kind)s AND d.verdict IN ('created', 'returned', 'updated', 'unchanged', 'conflict')
ORDER BY d.seq LIMIT %(most)s
"""


@dataclass(frozen=True)
class Sample:
    """One row as it would land: what becomes of it, whose it is, and which items change."""

    row: int
    verdict: str
    name: str
    id_tail: str
    phone: str
    phone_before: str
    union: str
    changed: tuple[str, ...]


@transaction.atomic
@beyond(Purpose.ROSTER)
def sample_of(batch: Import) -> list[Sample]:
    """A few rows of each kind of a tried import; none where its staged rows are gone."""
    staging = Staging(batch.pk)
    if batch.place is None or not staging.holds():
        return []
    decide(staging, unit_path=batch.place.path, after=0, upto=ROWS_JUDGED)
    statement = sql.SQL(SAMPLE).format(chunk=chunk(staging), differences=_differences())
    asked = {"after": 0, "upto": ROWS_JUDGED, "of_a_kind": ROWS_OF_A_KIND, "most": ROWS_SHOWN}
    return [_sample(row) for row in execute(statement, asked)]


def _differences() -> sql.Composed:
    """The names of the columns that the row would change, as an array."""
    named = [("p", column) for column in PERSON_COLUMNS] + [("m", column) for column in MEMBERSHIP_COLUMNS]
    parts = [
        sql.SQL("CASE WHEN d.verdict = 'updated' AND {} <> coalesce({}::text, '') THEN {} END").format(
            sql.SQL("{}::text").format(sql.Identifier("s", column)),
            sql.Identifier(register, column),
            sql.Literal(column),
        )
        for register, column in named
    ]
    return sql.SQL("array_remove(ARRAY[{}], NULL)").format(sql.SQL(", ").join(parts))


def _sample(row: tuple[Any, ...]) -> Sample:
    number, verdict, name, subject_id, id_sealed, phone_sealed, union, known_id, phone_before, changed = row
    return Sample(
        row=number,
        verdict="created" if verdict == "returned" else verdict,
        name=name,
        id_tail=unseal(id_sealed, aad=f"{SEALED_ID}.{subject_id}")[-TAIL:],
        phone=masked_phone(unseal(phone_sealed, aad=f"{SEALED_PHONE}.{subject_id}")) if phone_sealed else "",
        phone_before=masked_phone(unseal(phone_before, aad=f"{SEALED_PHONE}.{known_id}")) if phone_before else "",
        union=union,
        changed=tuple(LABELS[column] for column in changed),
    )
