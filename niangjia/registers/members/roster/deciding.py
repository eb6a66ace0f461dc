"""What becomes of each staged row: one statement compares a chunk with the register."""

from dataclasses import dataclass
from typing import Any

from psycopg import sql

from niangjia.registers.members.roster.staging import Staging, execute
from niangjia.registers.members.rules import HOLDING_STATES

# Columns of the person and of the membership that a roster may bring; a blank one never erases.
PERSON_COLUMNS = (
    "sex", "birth_on", "ethnicity", "political", "education", "household_registration", "migrant", "employment", "workplace",
    "title", "skill", "occupation",
)  # fmt: skip
MEMBERSHIP_COLUMNS = ("joined_on", "member_no")

DROP_DECIDED = "DROP TABLE IF EXISTS pg_temp.decided, pg_temp.resealed"
# A phone that two cadres above handed to somebody who lost hers (旧手机丢了) stays till she proves it, as if she had confirmed it.
HANDED = "EXISTS (SELECT FROM regaining_regaining h WHERE h.person_id = k.id AND h.handed_at IS NOT NULL AND h.proved_at IS NULL)"
DECIDE = """
CREATE TEMP TABLE decided ON COMMIT DROP AS
SELECT s.seq, s.row_no, s.subject_id AS fresh_id, k.id AS known_id, m.id AS membership_id,
  k.id IS NOT NULL AND s.phone_blind IS DISTINCT FROM p.phone_blind AND s.phone_blind IS NOT NULL AS new_phone,
  p.phone_confirmed_at IS NOT NULL OR {handed} AS phone_confirmed,
  CASE
    WHEN s.is_bad THEN 'rejected'
    WHEN p.name IS DISTINCT FROM s.name AND k.id IS NOT NULL THEN 'renamed'
    WHEN m.union_id <> s.union_id AND (s.names_union OR NOT starts_with(here.path, %(unit_path)s)) THEN 'conflict'
    WHEN t.seq IS NOT NULL THEN 'unchanged'
    WHEN k.id IS NULL THEN 'created'
    WHEN m.id IS NULL THEN 'returned'
    WHEN ({staged_values}) IS DISTINCT FROM ({register_values}) THEN 'updated'
    WHEN s.phone_blind IS DISTINCT FROM p.phone_blind AND s.phone_blind IS NOT NULL AND p.phone_confirmed_at IS NULL AND NOT {handed} THEN 'updated'
    ELSE 'unchanged'
  END AS verdict
FROM {chunk} s
LEFT JOIN {twice} t ON t.seq = s.seq
LEFT JOIN people_subject k ON k.key_blind = s.key_blind
LEFT JOIN members_person p ON p.subject_id = k.id
LEFT JOIN members_membership m ON m.person_id = k.id AND upper_inf(m.period) AND m.state IN ({holding})
LEFT JOIN places_place here ON here.id = m.union_id AND m.union_id <> s.union_id
"""

COUNT = """
SELECT count(*), count(*) FILTER (WHERE verdict IN ('created', 'returned')), count(*) FILTER (WHERE verdict = 'updated'),
  count(*) FILTER (WHERE verdict = 'unchanged'), count(*) FILTER (WHERE verdict IN ('rejected', 'renamed')),
  count(*) FILTER (WHERE verdict = 'conflict'), count(*) FILTER (WHERE verdict = 'returned'),
  count(*) FILTER (WHERE new_phone AND verdict IN ('updated', 'unchanged', 'returned')),
  coalesce(max(seq), 0)
FROM decided
"""

REMARKS_OF_CHUNK = """
INSERT INTO intake_remark (batch_id, seq, sheet, row, "column", outcome, code, sentence, "values", name, shown)
SELECT %(batch)s, r.seq, %(sheet)s, r.row_no, coalesce(%(headers)s::jsonb ->> r.field, ''), r.outcome, r.code, r.sentence,
  r."values", r.name, r.shown
FROM {remarks} r
WHERE r.seq > %(after)s AND r.seq <= %(upto)s
UNION ALL
SELECT %(batch)s, d.seq, %(sheet)s, d.row_no, coalesce(%(headers)s::jsonb ->> 'name', ''), 'fault', 'name_differs_from_register',
  %(renamed)s, '{{}}'::jsonb, s.name, ''
FROM decided d JOIN {chunk} s USING (seq) WHERE d.verdict = 'renamed'
UNION ALL
SELECT %(batch)s, d.seq, %(sheet)s, d.row_no, coalesce(%(headers)s::jsonb ->> 'id_number', ''), 'conflict', 'active_elsewhere',
  %(elsewhere)s, '{{}}'::jsonb, s.name, ''
FROM decided d JOIN {chunk} s USING (seq) WHERE d.verdict = 'conflict'
UNION ALL
SELECT %(batch)s, d.seq, %(sheet)s, d.row_no, coalesce(%(headers)s::jsonb ->> 'phone', ''), 'warning', 'phone_confirmed_by_owner',
  %(confirmed)s, '{{}}'::jsonb, s.name, ''
FROM decided d JOIN {chunk} s USING (seq)
WHERE d.new_phone AND d.phone_confirmed AND d.verdict IN ('updated', 'unchanged', 'returned')
UNION ALL
SELECT %(batch)s, d.seq, %(sheet)s, d.row_no, coalesce(%(headers)s::jsonb ->> 'phone', ''), 'warning', 'phone_shared',
  %(phone_shared)s, '{{}}'::jsonb, s.name, ''
FROM decided d JOIN {chunk} s USING (seq)
WHERE d.verdict IN ('created', 'returned', 'updated') AND s.phone_blind IS NOT NULL AND (d.known_id IS NULL OR d.new_phone)
  AND EXISTS (
    SELECT FROM members_person other WHERE other.phone_blind = s.phone_blind
      AND other.subject_id IS DISTINCT FROM d.known_id)
  AND NOT EXISTS (SELECT FROM {remarks} r WHERE r.seq = d.seq AND r.code = 'phone_shared')
ORDER BY 2
"""

WARNINGS = "SELECT count(*) FILTER (WHERE outcome = 'warning') FROM written"


def chunk(staging: Staging) -> sql.Composed:
    """The staged rows of the chunk in hand, as the statements join them."""
    return sql.SQL("(SELECT * FROM {} WHERE seq > %(after)s AND seq <= %(upto)s)").format(staging.names["rows"])


@dataclass(frozen=True)
class Counts:
    """How many rows of a chunk came to what; `created` includes the members who came back (`returned`)."""

    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    conflicts: int
    returned: int
    new_phones: int
    last_seq: int


def decide(staging: Staging, *, unit_path: str, after: int, upto: int) -> Counts:
    """Judge the rows after one and up to another into the temporary table `decided`, and count them."""
    statement = sql.SQL(DECIDE).format(
        chunk=chunk(staging),
        twice=staging.names["twice"],
        staged_values=_values(staged=True),
        register_values=_values(staged=False),
        holding=sql.SQL(", ").join(sql.Literal(state.value) for state in sorted(HOLDING_STATES)),
        handed=sql.SQL(HANDED),
    )
    execute(sql.SQL(DROP_DECIDED))
    execute(statement, {"after": after, "upto": upto, "unit_path": unit_path})
    (row,) = execute(sql.SQL(COUNT))
    return Counts(*row)


def explain(staging: Staging, parameters: dict[str, Any]) -> int:
    """Write down the remarks of the decided chunk; answers how many."""
    statement = sql.SQL(REMARKS_OF_CHUNK).format(chunk=chunk(staging), remarks=staging.names["remarks"])
    with_count = sql.SQL("WITH written AS ({} RETURNING outcome) " + WARNINGS).format(statement)
    return int(execute(with_count, parameters)[0][0])


def _values(*, staged: bool) -> sql.Composed:
    """The compared columns: as staged, with the register's where the cell is blank, or as the register has them."""
    parts: list[sql.Composable] = []
    for register, columns in (("p", PERSON_COLUMNS), ("m", MEMBERSHIP_COLUMNS)):
        for column in columns:
            known = sql.Identifier(register, column)
            parts.append(sql.SQL("coalesce({}, {})").format(sql.Identifier("s", column), known) if staged else known)
    return sql.SQL(", ").join(parts)
