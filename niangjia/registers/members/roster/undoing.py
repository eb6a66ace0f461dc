"""An import taken back: whole or not at all, and never over somebody's later work."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from psycopg import sql

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import check
from niangjia.kernel.commands import Refusal
from niangjia.kernel.intake.models import Import, State
from niangjia.kernel.intake.personal import UNDO_DAYS
from niangjia.kernel.journal import services as journal
from niangjia.registers.members.roster.applying import TEXT_COLUMNS
from niangjia.registers.members.roster.deciding import MEMBERSHIP_COLUMNS, PERSON_COLUMNS
from niangjia.registers.members.roster.sentences import UNDO_SENTENCES
from niangjia.registers.members.roster.staging import execute
from niangjia.registers.members.rules.moves import UNDO_IMPORT

MOST_BLOCKERS = 200

# A person whom the import registered, and who has been touched since by hand, by another import or by any line of work.
TOUCHED = """
SELECT p.subject_id, p.name, 'changed_since' FROM members_person p WHERE p.intake_id = %(batch)s AND p.revision <> 1
UNION
SELECT m.person_id, p.name, 'changed_since' FROM members_membership m JOIN members_person p ON p.subject_id = m.person_id
WHERE m.intake_id = %(batch)s AND m.revision <> 1
UNION
SELECT p.subject_id, p.name, 'changed_since' FROM intake_change c JOIN members_person p ON p.subject_id = c.thing_id
LEFT JOIN members_membership m ON m.id = (c.before #>> '{membership,id}')::bigint
WHERE c.batch_id = %(batch)s AND (p.revision <> c.revision_after
  OR m.revision <> (c.before #>> '{membership,revision_after}')::int)
UNION
SELECT p.subject_id, p.name, 'joined_elsewhere_since' FROM members_person p JOIN members_membership m ON m.person_id = p.subject_id
WHERE p.intake_id = %(batch)s AND m.intake_id IS DISTINCT FROM %(batch)s
UNION
SELECT p.subject_id, p.name, 'has_account' FROM members_person p JOIN access_account a ON a.subject_id = p.subject_id
WHERE p.intake_id = %(batch)s
UNION
SELECT p.subject_id, p.name, 'transfer_asked_since' FROM members_person p
JOIN members_transferproposal t ON t.person_id = p.subject_id
WHERE p.intake_id = %(batch)s AND t.withdrawn_at IS NULL AND t.settled_at IS NULL
ORDER BY 1 LIMIT %(most)s
"""
# Keys are checked statement by statement: put off to the end, a hundred thousand checks queue behind each other.
# The people who go are listed first, and the list is counted: without that the planner, who knows nothing yet of rows
# that came a minute ago, compares each of them with everybody.
TAKE_BACK = (
    "SET CONSTRAINTS ALL IMMEDIATE",
    "DROP TABLE IF EXISTS pg_temp.gone",
    "CREATE TEMP TABLE gone ON COMMIT DROP AS SELECT subject_id FROM members_person WHERE intake_id = %(batch)s",
    "ANALYZE gone",
    "DELETE FROM members_transferproposal WHERE intake_id = %(batch)s",
    "DELETE FROM members_phoneproposal WHERE intake_id = %(batch)s",
    "DELETE FROM members_membership WHERE intake_id = %(batch)s",
    "DELETE FROM members_phoneproposal o USING gone WHERE o.person_id = gone.subject_id",
    "DELETE FROM members_transferproposal o USING gone WHERE o.person_id = gone.subject_id",
    "DELETE FROM members_person p USING gone WHERE p.subject_id = gone.subject_id",
    "DELETE FROM people_subject s USING gone WHERE s.id = gone.subject_id",
)
RESTORE_PERSONS = """
UPDATE members_person p SET {assignments},
  phone_sealed = decode(c.before #>> '{{person,phone_sealed}}', 'hex'), phone_blind = decode(c.before #>> '{{person,phone_blind}}', 'hex')
FROM intake_change c, jsonb_populate_record(NULL::members_person, (c.before -> 'person') - 'phone_sealed' - 'phone_blind') b
WHERE c.batch_id = %(batch)s AND p.subject_id = c.thing_id
"""
RESTORE_MEMBERSHIPS = """
UPDATE members_membership m SET {assignments}
FROM intake_change c, jsonb_populate_record(NULL::members_membership, (c.before -> 'membership') - 'revision_after') b
WHERE c.batch_id = %(batch)s AND m.id = b.id
"""


@dataclass(eq=False)
class CannotUndo(Exception):
    """The import stays as it is; each blocker names what stands in the way."""

    blockers: list[Refusal]


@transaction.atomic
@beyond(Purpose.ROSTER)
def undo(batch: Import, *, by: Actor) -> Import:
    """Take back what an import wrote: people it registered go, values it changed come back (撤销导入)."""
    held = Import.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    check(by, UNDO_IMPORT, held.target.path)
    if held.kind != "members" or held.state not in (State.DONE, State.UNDOING):
        raise CannotUndo([Refusal("not_done", UNDO_SENTENCES["not_done"], "id")])
    if held.finished_at is not None and held.finished_at < clock.now() - timedelta(days=UNDO_DAYS):
        # What was there before is kept no longer.
        raise CannotUndo([Refusal("too_late", UNDO_SENTENCES["too_late"], "id")])
    blockers = execute(sql.SQL(TOUCHED), {"batch": held.pk, "most": MOST_BLOCKERS})
    if blockers:
        raise CannotUndo([_blocker(*row) for row in blockers])
    for statement in TAKE_BACK:
        execute(sql.SQL(statement), {"batch": held.pk})
    _restore(held.pk)
    journal.record(
        "undo_import", by=by, thing="intake.import", thing_id=held.pk, place=(held.city, held.target.pk),
        detail={"removed": held.created, "restored": held.updated},
    )  # fmt: skip
    held.state, held.finished_at, held.refusal = State.UNDONE, clock.now(), {}
    held.save(update_fields=["state", "finished_at", "refusal"])
    return held


def _blocker(person_id: object, name: object, code: object) -> Refusal:
    return Refusal(str(code), UNDO_SENTENCES[str(code)].format(name=name), f"persons/{person_id}")


def _restore(batch_id: int) -> None:
    for text, columns in ((RESTORE_PERSONS, PERSON_COLUMNS), (RESTORE_MEMBERSHIPS, MEMBERSHIP_COLUMNS)):
        pairs = [_assignment(column) for column in columns]
        statement = sql.SQL(text).format(assignments=sql.SQL(", ").join(pairs))
        execute(statement, {"batch": batch_id})


def _assignment(column: str) -> sql.Composed:
    before = sql.Identifier("b", column)
    value = sql.SQL("coalesce({}, '')").format(before) if column in TEXT_COLUMNS or column == "member_no" else before
    return sql.SQL("{} = {}").format(sql.Identifier(column), value)
