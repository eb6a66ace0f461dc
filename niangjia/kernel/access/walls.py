"""Walls around rights and around the journal."""

from niangjia.kernel.access.rules import GRANT_ROLE, SEE_ACCOUNTS, Role
from niangjia.kernel.acting.walls import (
    ACCOUNT,
    ANYBODY_NAMED,
    SUBJECT,
    Wall,
    paths_of,
    stands_in,
)

AUDITING = frozenset({Role.AUDITOR, Role.AUDIT_ADMIN})
# What somebody delegated from her own right she may take back.
GIVEN = f"{stands_in('access_grant.place_id', GRANT_ROLE.roles)} OR holds_grant(delegated_from_id)"
# The auditors read every act in their places, and what was done for the whole instance.
AUDITED = f"{stands_in('journal_entry.place_id', AUDITING)} OR (place_id IS NULL AND {paths_of(AUDITING)} <> '{{}}')"
# Everybody reads what she did herself, and what was done with her own record: who looked, when and for what.
OWN_ACTS = f"account_id = {ACCOUNT}"
ABOUT_HERSELF = f"(thing = 'person' AND thing_id = {SUBJECT})"
ABOUT_HER_ACCOUNT = f"(thing = 'account' AND thing_id = {ACCOUNT})"
# Who keeps accounts reads what happened to them.
ABOUT_KEPT_ACCOUNTS = f"(thing = 'account' AND {stands_in('journal_entry.place_id', SEE_ACCOUNTS.roles)})"

WALLS = (
    # Who holds which right is asked at the door, and wherever duties must be kept apart: a row that were hidden then would
    # let pass what has to be refused. So everybody named reads rights, and pages show them in their places.
    Wall("access_grant", reads=ANYBODY_NAMED, adds=GIVEN, changes=GIVEN, locks=f"account_id = {ACCOUNT}"),
    Wall(
        "journal_entry",
        reads=f"{OWN_ACTS} OR {ABOUT_HERSELF} OR {ABOUT_HER_ACCOUNT} OR {ABOUT_KEPT_ACCOUNTS} OR {AUDITED}",
        adds=ANYBODY_NAMED,
    ),
)
