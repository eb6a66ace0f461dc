"""Walls around people, their memberships, and the rosters they come from.

A person is met where she has, or had, a membership, and meets herself. Writing is narrower: who keeps a union's members
writes there, and what has to be judged against the whole city is the program's work.
"""

from niangjia.kernel.acting.walls import (
    ACCOUNT,
    BY_TRIGGER,
    NOBODY,
    SUBJECT,
    Sight,
    Wall,
    everywhere,
    paths_of,
    stands_in,
)
from niangjia.registers.members.rules.moves import EDIT_MEMBERS, IMPORT_ROSTER, SEE_MEMBERS

UNION_KEPT = stands_in("members_membership.union_id", EDIT_MEMBERS.roles)
ROSTER_PLACE = stands_in("intake_import.place_id", IMPORT_ROSTER.roles)
ASKED_FOR_OWN = stands_in("members_transferproposal.to_union_id", EDIT_MEMBERS.roles)
REMEMBERED_HERE = stands_in("intake_rememberedcolumn.place_id", IMPORT_ROSTER.roles)


def mine(column: str) -> str:
    """Whoever the actor is herself."""
    return f"{column} = {SUBJECT}"


def _seen(column: str) -> str:
    """Whoever has or had a membership behind whose wall the actor may look.

    OFFSET 0 keeps PostgreSQL from listing everybody's memberships beforehand to show one page of fifty.
    """
    here = f"EXISTS (SELECT FROM members_membership m WHERE m.person_id = {column} OFFSET 0)"
    return f"{everywhere(SEE_MEMBERS.roles)} OR {here}"


def kept(column: str) -> str:
    """Whoever has a membership now where the actor keeps the members."""
    return f"""EXISTS (SELECT FROM members_membership m JOIN places_place p ON p.id = m.union_id
WHERE m.person_id = {column} AND upper_inf(m.period) AND p.path ^@ ANY ({paths_of(EDIT_MEMBERS.roles)}) OFFSET 0)"""


def _of_own_roster(table: str) -> Wall:
    condition = f"""EXISTS (SELECT FROM intake_import i JOIN places_place p ON p.id = i.place_id
WHERE i.id = {table}.batch_id AND p.path ^@ ANY ({paths_of(IMPORT_ROSTER.roles)}) OFFSET 0)"""
    return Wall(table, reads=condition, adds=condition, changes=condition, removes=condition)


WALLS = (
    # Who stands behind a paper's number is asked by the program alone.
    Wall("people_subject", reads=f"{mine('id')} OR {_seen('people_subject.id')}"),
    Wall(
        "members_membership",
        reads=f"{mine('person_id')} OR {stands_in('members_membership.union_id', SEE_MEMBERS.roles)}",
        adds=UNION_KEPT,
        changes=UNION_KEPT,
    ),
    Wall(
        "members_membershipevent",
        reads=f"{mine('person_id')} OR {stands_in('members_membershipevent.union_id', SEE_MEMBERS.roles)}",
        adds=BY_TRIGGER,
    ),
    Wall(
        "members_person",
        reads=f"{mine('subject_id')} OR {_seen('members_person.subject_id')}",
        changes=kept("members_person.subject_id"),
    ),
    Wall(
        "members_personevent",
        reads=f"{mine('subject_id')} OR {_seen('members_personevent.subject_id')}",
        adds=BY_TRIGGER,
    ),
    Wall(
        "members_transferproposal",
        reads=f"{mine('person_id')} OR {ASKED_FOR_OWN} OR {kept('members_transferproposal.person_id')}",
        adds=ASKED_FOR_OWN,
        changes=f"{ASKED_FOR_OWN} OR {kept('members_transferproposal.person_id')}",
    ),
    Wall(
        "intake_import",
        reads=f"account_id = {ACCOUNT} OR {ROSTER_PLACE}",
        adds=ROSTER_PLACE,
        changes=ROSTER_PLACE,
        removes=ROSTER_PLACE,
    ),
    _of_own_roster("intake_remark"),
    _of_own_roster("intake_change"),
    Wall(
        "intake_rememberedcolumn",
        reads=REMEMBERED_HERE,
        adds=REMEMBERED_HERE,
        changes=REMEMBERED_HERE,
        removes=NOBODY,
    ),
    Sight(
        "journal_entry",
        "trail_of_members",
        "thing = 'person' AND verb IN ('register_member', 'edit_member', 'ask_transfer', 'settle_transfer', 'raise_transfer',"
        " 'change_membership', 'set_groups')"
        f" AND {stands_in('journal_entry.place_id', SEE_MEMBERS.roles)}",
    ),
)
