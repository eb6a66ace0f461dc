"""What merging two records of one person does with her file as a cadre."""

from niangjia.registers.cadres.models import Cadre
from niangjia.registers.members.merging.declared import Does, Part
from niangjia.registers.members.merging.ledger import Ledger, Row
from niangjia.registers.members.merging.models import Merge

TABLE = "cadres_cadre"
# What hangs on a file; two of these that say the same at the same time cannot both go over.
HANGING = ("cadres_posting", "cadres_contact")
# Who handed over to whom; a chair never handed over to herself, so nothing can clash but the day she left.
SIDES = ("outgoing_id", "incoming_id")
CLASHING = ("union_id", "post", "employer_id")
NEVER = "9999-12-31"


def merge_files(ledger: Ledger, merge: Merge) -> None:
    """One file of one person: what hangs on the file that goes hangs on the one that stays."""
    gone = Cadre.objects.filter(person=merge.gone_id).first()
    if gone is None:
        return
    kept = Cadre.objects.filter(person=merge.kept_id).first()
    if kept is None:
        ledger.change(TABLE, gone.pk, {"person_id": merge.kept_id})
        return
    for table in HANGING:
        _hang_over(ledger, table, gone=gone.pk, kept=kept.pk)
    said = {row["union_id"] for row in ledger.rows("cadres_electedkind", "cadre_id", kept.pk)}
    for row in ledger.rows("cadres_electedkind", "cadre_id", gone.pk):
        if row["union_id"] in said:
            ledger.remove("cadres_electedkind", row["id"])
        else:
            ledger.change("cadres_electedkind", row["id"], {"cadre_id": kept.pk})
    for side in SIDES:
        for row in ledger.rows("handing_handover", side, gone.pk):
            ledger.change("handing_handover", row["id"], {side: kept.pk})
    ledger.remove(TABLE, gone.pk)


def _hang_over(ledger: Ledger, table: str, *, gone: int, kept: int) -> None:
    there = ledger.rows(table, "cadre_id", kept)
    for row in ledger.rows(table, "cadre_id", gone):
        if any(_clash(row, each) for each in there):
            ledger.remove(table, row["id"])
        else:
            ledger.change(table, row["id"], {"cadre_id": kept})


def _clash(one: Row, other: Row) -> bool:
    """The same thing said twice of the same days."""
    if any(one.get(name) != other.get(name) for name in CLASHING):
        return False
    last, other_last = (row.get("until") or NEVER for row in (one, other))
    return "since" not in one or (one["since"] <= other_last and other["since"] <= last)


PARTS = (
    Part("cadres.Cadre", "person_id", Does.BY_SERVICE, "one file of one person", service=f"{__name__}.merge_files"),
)
