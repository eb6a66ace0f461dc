"""The decided rows of one chunk go into the register, in one transaction, in a handful of statements."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg import sql

from niangjia.kernel.sealed import seal, unseal
from niangjia.registers.members.answering import answer_by
from niangjia.registers.members.models import TransferProposal
from niangjia.registers.members.roster.deciding import MEMBERSHIP_COLUMNS, PERSON_COLUMNS, Counts, chunk
from niangjia.registers.members.roster.staging import Staging, execute
from niangjia.registers.members.rules.sealed_columns import SEALED_PHONE
from niangjia.registers.members.telling import tell_of_asked_transfers, tell_of_phones

TEXT_COLUMNS = frozenset(PERSON_COLUMNS) - {"birth_on", "migrant"}

SUBJECTS = """
WITH landed AS (
  INSERT INTO people_subject (id, city, key_blind)
  SELECT s.subject_id, %(city)s, s.key_blind FROM decided d JOIN {chunk} s USING (seq) WHERE d.verdict = 'created'
  ON CONFLICT (key_blind) DO NOTHING RETURNING 1)
SELECT count(*) FROM landed
"""
PERSONS = """
INSERT INTO members_person (subject_id, city, name, name_sort, name_keys, id_kind, id_sealed, phone_sealed, phone_blind,
  intake_id, revision, registered_at, {columns})
SELECT s.subject_id, %(city)s, s.name, s.name_sort, s.name_keys, s.id_kind, s.id_sealed, s.phone_sealed, s.phone_blind,
  %(batch)s, 1, %(now)s, {values}
FROM decided d JOIN {chunk} s USING (seq) WHERE d.verdict = 'created'
"""
MEMBERSHIPS = """
INSERT INTO members_membership (city, person_id, union_id, kind, state, period, joined_on, member_no, intake_id, revision)
SELECT %(city)s, s.subject_id, s.union_id, 'joined', 'active', daterange(coalesce(s.joined_on, %(today)s), NULL), s.joined_on,
  coalesce(s.member_no, ''), %(batch)s, 1
FROM decided d JOIN {chunk} s USING (seq) WHERE d.verdict = 'created'
"""
RETURNS = """
INSERT INTO members_membership (city, person_id, union_id, kind, state, period, joined_on, member_no, intake_id, revision)
SELECT %(city)s, d.known_id, s.union_id, 'rejoined', 'active',
  daterange(greatest(coalesce(s.joined_on, %(today)s), (
    SELECT max(upper(past.period)) FROM members_membership past WHERE past.person_id = d.known_id)), NULL),
  s.joined_on, coalesce(s.member_no, ''), %(batch)s, 1
FROM decided d JOIN {chunk} s USING (seq) WHERE d.verdict = 'returned'
"""
BEFORE = """
INSERT INTO intake_change (batch_id, thing_id, before, revision_after)
SELECT %(batch)s, p.subject_id,
  jsonb_build_object('person', jsonb_build_object({person_before}, 'phone_sealed', encode(p.phone_sealed, 'hex'),
      'phone_blind', encode(p.phone_blind, 'hex')),
    'membership', CASE WHEN m.id IS NULL THEN NULL ELSE jsonb_build_object('id', m.id, {membership_before},
      'revision_after', m.revision + CASE WHEN {membership_differs} THEN 1 ELSE 0 END) END),
  p.revision + CASE WHEN {person_differs} THEN 1 ELSE 0 END
FROM decided d JOIN {chunk} s USING (seq) JOIN members_person p ON p.subject_id = d.known_id
LEFT JOIN members_membership m ON m.id = d.membership_id
WHERE d.verdict IN ('updated', 'returned')
"""
UPDATE_PERSONS = """
UPDATE members_person p SET {assignments}
FROM decided d JOIN {chunk} s USING (seq)
WHERE p.subject_id = d.known_id AND d.verdict IN ('updated', 'returned') AND {person_differs}
"""
UPDATE_MEMBERSHIPS = """
UPDATE members_membership m SET {assignments}
FROM decided d JOIN {chunk} s USING (seq)
WHERE m.id = d.membership_id AND d.verdict = 'updated' AND {membership_differs}
"""
PROPOSE_TRANSFERS = """
INSERT INTO members_transferproposal (city, person_id, to_union_id, intake_id, proposed_by_id, proposed_at, name_written)
SELECT %(city)s, d.known_id, s.union_id, %(batch)s, %(account)s, %(now)s, s.name
FROM decided d JOIN {chunk} s USING (seq) WHERE d.verdict = 'conflict'
ORDER BY d.known_id
ON CONFLICT (person_id, to_union_id) WHERE withdrawn_at IS NULL AND settled_at IS NULL DO NOTHING
RETURNING to_union_id, person_id
"""
NEW_PHONES = """
SELECT d.known_id, d.fresh_id, s.phone_sealed, s.phone_blind, d.phone_confirmed, s.union_id
FROM decided d JOIN {chunk} s USING (seq)
WHERE d.new_phone AND d.verdict IN ('updated', 'returned', 'unchanged')
  AND (d.phone_confirmed OR d.verdict <> 'unchanged')
"""
CREATE_PHONES = (
    "CREATE TEMP TABLE resealed (person_id bigint, sealed bytea, blind bytea, confirmed boolean, union_id bigint)"
    " ON COMMIT DROP"
)
PROPOSE_PHONES = """
INSERT INTO members_phoneproposal (city, person_id, phone_sealed, phone_blind, union_id, intake_id, proposed_at)
SELECT %(city)s, r.person_id, r.sealed, r.blind, r.union_id, %(batch)s, %(now)s FROM resealed r
WHERE r.confirmed AND NOT EXISTS (
  SELECT FROM members_phoneproposal o
  WHERE o.person_id = r.person_id AND o.phone_blind = r.blind AND o.taken_over IS FALSE)
ON CONFLICT (person_id, phone_blind) WHERE settled_at IS NULL DO NOTHING
RETURNING person_id
"""


class Raced(Exception):
    """Somebody registered one of these people by hand at this very moment: the chunk is decided anew."""


@dataclass(frozen=True)
class Landing:
    """What every statement of a chunk needs to know."""

    batch: int
    city: str
    today: date
    now: datetime
    account: int | None
    after: int
    upto: int

    def parameters(self) -> dict[str, Any]:
        """As the statements name them."""
        return vars(self)


def land(staging: Staging, counts: Counts, landing: Landing) -> None:
    """Write what was decided; the caller holds the transaction."""
    if counts.created > counts.returned:
        _create(staging, counts, landing)
    if counts.updated or counts.returned or counts.new_phones:
        _change(staging, counts, landing)
    if counts.conflicts:
        _ask_transfers(staging, landing)


def _create(staging: Staging, counts: Counts, landing: Landing) -> None:
    landed = _run(staging, SUBJECTS, landing)
    if landed[0][0] != counts.created - counts.returned:
        raise Raced
    columns = sql.SQL(", ").join(map(sql.Identifier, PERSON_COLUMNS))
    values = sql.SQL(", ").join(_landed_value(column) for column in PERSON_COLUMNS)
    _run(staging, PERSONS, landing, columns=columns, values=values)
    _run(staging, MEMBERSHIPS, landing)


def _change(staging: Staging, counts: Counts, landing: Landing) -> None:
    execute(sql.SQL(CREATE_PHONES))
    if counts.new_phones:
        _reseal_phones(staging, landing)
    differs = {"person_differs": _differs("p", PERSON_COLUMNS), "membership_differs": _differs("m", MEMBERSHIP_COLUMNS)}
    if counts.updated or counts.returned:
        befores = {"person_before": _before("p", PERSON_COLUMNS), "membership_before": _before("m", MEMBERSHIP_COLUMNS)}
        _run(staging, BEFORE, landing, **differs, **befores)
    if counts.returned:
        _run(staging, RETURNS, landing)
    phones = sql.SQL(
        ", phone_sealed = coalesce((SELECT sealed FROM resealed n WHERE n.person_id = p.subject_id AND NOT n.confirmed), p.phone_sealed)"
        ", phone_blind = coalesce((SELECT blind FROM resealed n WHERE n.person_id = p.subject_id AND NOT n.confirmed), p.phone_blind)"
    )
    _run(staging, UPDATE_PERSONS, landing, assignments=_assignments("p", PERSON_COLUMNS) + phones, **differs)
    _run(staging, UPDATE_MEMBERSHIPS, landing, assignments=_assignments("m", MEMBERSHIP_COLUMNS), **differs)


def _ask_transfers(staging: Staging, landing: Landing) -> None:
    """Ask for members who are elsewhere; each union that holds some of them hears how many."""
    asked: dict[int, list[int]] = {}
    for to_union, person in _run(staging, PROPOSE_TRANSFERS, landing):
        asked.setdefault(to_union, []).append(person)
    if asked:
        rows = TransferProposal.objects.filter(intake=landing.batch, answer_by=None)
        rows.update(answer_by=answer_by(landing.city, on=landing.today))
    for to_union, people in sorted(asked.items()):
        tell_of_asked_transfers(people, to_union=to_union, but=landing.account)


def _reseal_phones(staging: Staging, landing: Landing) -> None:
    """A new phone was sealed for a fresh row; it is sealed again for the row of the person it belongs to."""
    rows = []
    for known_id, fresh_id, sealed, blind, confirmed, union_id in _run(staging, NEW_PHONES, landing):
        phone = unseal(sealed, aad=f"{SEALED_PHONE}.{fresh_id}")
        rows.append((known_id, seal(phone, aad=f"{SEALED_PHONE}.{known_id}"), blind, confirmed, union_id))
    if rows:
        execute(
            sql.SQL(
                "INSERT INTO resealed SELECT * FROM unnest"
                "(%s::bigint[], %s::bytea[], %s::bytea[], %s::boolean[], %s::bigint[])"
            ),
            tuple(list(column) for column in zip(*rows, strict=True)),
        )
    proposed = execute(sql.SQL(PROPOSE_PHONES), landing.parameters())
    tell_of_phones([person for (person,) in proposed])


def _run(staging: Staging, text: str, landing: Landing, **parts: sql.Composable) -> list[tuple[Any, ...]]:
    return execute(sql.SQL(text).format(chunk=chunk(staging), **parts), landing.parameters())


def _landed_value(column: str) -> sql.Composable:
    staged = sql.Identifier("s", column)
    return sql.SQL("coalesce({}, '')").format(staged) if column in TEXT_COLUMNS else staged


def _differs(register: str, columns: tuple[str, ...]) -> sql.Composed:
    """Whether the row brings something the register does not have."""
    pairs: list[sql.Composable] = [
        sql.SQL("coalesce({0}, {1}) IS DISTINCT FROM {1}").format(
            sql.Identifier("s", column), sql.Identifier(register, column)
        )
        for column in columns
    ]
    if register == "p":
        pairs.append(sql.SQL("(d.new_phone AND NOT d.phone_confirmed)"))
    return sql.SQL("({})").format(sql.SQL(" OR ").join(pairs))


def _before(register: str, columns: tuple[str, ...]) -> sql.Composed:
    pairs = [sql.SQL("{}, {}").format(sql.Literal(column), sql.Identifier(register, column)) for column in columns]
    return sql.SQL(", ").join(pairs)


def _assignments(register: str, columns: tuple[str, ...]) -> sql.Composed:
    return sql.SQL(", ").join(
        sql.SQL("{0} = coalesce({1}, {2})").format(
            sql.Identifier(column), sql.Identifier("s", column), sql.Identifier(register, column)
        )
        for column in columns
    )
