"""What merging two records of one person does with households."""

from niangjia.registers.members.merging.declared import Does, Part
from niangjia.registers.members.merging.ledger import Ledger
from niangjia.registers.members.merging.models import Merge

HOUSEHOLD, BELONGING, KIN, SCHOOLING = (
    "households_household", "households_belonging", "households_kin", "households_schooling",
)  # fmt: skip
# In the order of removing: what refers to others goes first.
COLUMNS = (
    (SCHOOLING, "head_id"), (BELONGING, "head_id"), (BELONGING, "member_id"), (KIN, "told_by_id"), (HOUSEHOLD, "head_id"),
)  # fmt: skip


def merge_households(ledger: Ledger, merge: Merge) -> None:
    """Her household is hers under either record; where both have one, that of the record that stays counts."""
    has_one = bool(ledger.rows(BELONGING, "member_id", merge.kept_id))
    for table, column in COLUMNS:
        for row in ledger.rows(table, column, merge.gone_id):
            if has_one:
                ledger.remove(table, row["id"])
            else:
                ledger.change(table, row["id"], {column: merge.kept_id})


WHY = "nobody lives in two households at once"
PARTS = (
    Part("households.Household", "head_id", Does.BY_SERVICE, WHY, service=f"{__name__}.merge_households"),
    Part("households.Belonging", "head_id", Does.BY_SERVICE, WHY),
    Part("households.Belonging", "member_id", Does.BY_SERVICE, WHY),
    Part("households.Kin", "told_by_id", Does.BY_SERVICE, WHY),
    Part("households.Schooling", "head_id", Does.BY_SERVICE, WHY),
)
