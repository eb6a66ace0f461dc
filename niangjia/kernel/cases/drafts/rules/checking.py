"""What a form still asks for: fields shown, answers that count, and what is missing, in sentences that say what next."""

from collections.abc import Mapping

from niangjia.kernel.cases.drafts.rules.conditions import Answer, Answers, holds, is_blank
from niangjia.kernel.cases.drafts.rules.sheets import HELD, NUMBERS, Field, FieldKind, FormSheet
from niangjia.kernel.chinese import Reason, gettext_noop

FEN = 100


def answered(sheet: FormSheet, answers: Answers) -> dict[str, Answer]:
    """The answers that count: those of fields that are shown. What a hidden field was once told does not count."""
    counted: dict[str, Answer] = {}
    for field in sheet.fields:
        if holds(field.shown, counted):
            counted[field.name] = answers.get(field.name)
    return counted


def shown_fields(sheet: FormSheet, answers: Answers) -> tuple[Field, ...]:
    """The fields that are asked, given what was answered so far."""
    counted = answered(sheet, answers)
    return tuple(field for field in sheet.fields if field.name in counted)


def prefilled(sheet: FormSheet, known: Mapping[str, Answer]) -> dict[str, Answer]:
    """What need not be asked again, for the register knows it (资料里已有): by the key that each field names."""
    found = {field.name: known.get(field.prefilled_by) for field in sheet.fields if field.prefilled_by}
    return {name: answer for name, answer in found.items() if not is_blank(answer)}


def faults(sheet: FormSheet, answers: Answers) -> dict[str, Reason]:
    """What keeps the form from being sent, by field: missing, too long, too small, too large."""
    counted = answered(sheet, answers)
    found = {field.name: _fault(field, counted) for field in sheet.fields if field.name in counted}
    return {name: reason for name, reason in found.items() if reason is not None}


def _fault(field: Field, counted: Answers) -> Reason | None:
    answer = counted.get(field.name)
    if is_blank(answer):
        return (
            Reason("missing", _MISSING[field.kind in _CHOSEN, field.kind in HELD], {"label": field.label})
            if holds(field.required, counted)
            else None
        )
    if field.kind in NUMBERS and isinstance(answer, int):
        return _out_of_bounds(field, answer)
    if isinstance(answer, str) and len(answer) > field.longest:
        return Reason(
            "too_long", _TOO_LONG, {"label": field.label, "most": field.longest, "over": len(answer) - field.longest}
        )
    return None


def _out_of_bounds(field: Field, number: int) -> Reason | None:
    if field.least is not None and number < field.least:
        return Reason("too_small", _TOO_SMALL, {"label": field.label, "least": _said(field, field.least)})
    if field.most is not None and number > field.most:
        return Reason("too_large", _TOO_LARGE, {"label": field.label, "most": _said(field, field.most)})
    return None


def _said(field: Field, number: int) -> str:
    if field.kind is FieldKind.MONEY:
        return f"{number // FEN:,}.{number % FEN:02}"
    return f"{number:,}"


_CHOSEN = frozenset({FieldKind.CHOICE, FieldKind.YES_NO})
_MISSING = {
    (True, False): gettext_noop("还没有选「{label}」，选一个再交。"),
    (False, False): gettext_noop("还没有写「{label}」，写上再交。"),
    (False, True): gettext_noop("还差「{label}」，拍张照传上来再交。"),
}
_TOO_LONG = gettext_noop("「{label}」最多写 {most} 个字，多了 {over} 个，删短一些。")
_TOO_SMALL = gettext_noop("「{label}」不能小于 {least}，请再看一遍。")
_TOO_LARGE = gettext_noop("「{label}」不能大于 {most}，请再看一遍。")
