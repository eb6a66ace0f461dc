"""What an import came to, as programs and people read it."""

from typing import Any

from django.utils.translation import gettext

from niangjia.kernel.intake.models import Import, Outcome, Remark
from niangjia.registers.members.rules import ROSTER_WARNINGS

HIDDEN_SHEET = "hidden_sheet"


def said(sentence: str, values: dict[str, object]) -> str:
    """A sentence in the reader's language with its values filled in."""
    return gettext(sentence).format(**values) if sentence else ""


def reason_of(remark: Remark) -> str:
    """The remark in words."""
    return said(remark.sentence, remark.values)


def report(batch: Import) -> dict[str, Any]:
    """The counts, the faults row by row, the warnings: the shape that `import-members --json` prints."""
    faults: list[dict[str, Any]] = []
    warnings: list[dict[str, Any]] = []
    for remark in batch.remarks.order_by("seq", "id").iterator(5_000):
        row = {
            "sheet": remark.sheet,
            "row": remark.row,
            "column": remark.column,
            "code": remark.code,
            "reason": reason_of(remark),
        }
        (warnings if remark.outcome == Outcome.WARNING else faults).append(row)
    hidden = gettext("这张工作表是隐藏的，没有导入。要导入的话，先取消隐藏。")
    warnings += [
        {"sheet": sheet, "row": 0, "column": "", "code": HIDDEN_SHEET, "reason": hidden}
        for sheet in batch.hidden_sheets
    ]
    warnings += [
        {"sheet": batch.sheet, "row": 0, "column": "", "code": code, "reason": warned(code)}
        for code in batch.file_warnings
    ]
    names = ("rows_in", "created", "updated", "unchanged", "rejected", "conflicts")
    counts = {name: getattr(batch, name) for name in names}
    return {"import_id": batch.pk, "state": batch.state, **counts, "faults": faults, "warnings": warnings}


def warned(code: str) -> str:
    """A warning about the file as a whole: what it is, and what to do."""
    text = ROSTER_WARNINGS[code]
    return f"{gettext(text.title)}。{gettext(text.remedy)}"


def in_words(batch: Import) -> str:
    """One line for a person at the command line."""
    return gettext(
        "第 {id} 次导入：共 {rows} 行，新增 {created}，更新 {updated}，没有变化 {unchanged}，要改 {rejected}，等转会 {conflicts}。"
    ).format(
        id=batch.pk,
        rows=batch.rows_in,
        created=batch.created,
        updated=batch.updated,
        unchanged=batch.unchanged,
        rejected=batch.rejected,
        conflicts=batch.conflicts,
    )
