"""The fields of forms as people fill them in: money in yuan, days as they are written, 「是」 and 「否」."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel import clock
from niangjia.kernel.cases.drafts.rules import Field, FieldKind
from niangjia.kernel.files.forms import FilesField, SignatureField
from niangjia.kernel.web.picking import PickField

FEN = 100
# Above these a list to open is easier than circles.
MOST_CIRCLES = 6
YES, NO = "yes", "no"
_MONEY = re.compile(r"(\d{1,13})(?:\.(\d{1,2}))?")
_DAY = re.compile(r"(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})日?")
NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}


class MoneyField(forms.CharField):
    """An amount (金额): written in yuan, kept in fen."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs=NUMERIC | {"inputmode": "decimal"}), **more)

    def clean(self, value: Any) -> int | None:
        """The amount in fen; none where nothing is written."""
        written = str(super().clean(value)).replace(",", "").replace("，", "").removesuffix("元").strip()
        if not written:
            return None
        found = _MONEY.fullmatch(written)
        if found is None:
            raise forms.ValidationError(_("看不出是多少钱。按元写，比如 3500 或 3500.50。"), code="invalid")
        yuan, rest = found.groups()
        return int(yuan) * FEN + int((rest or "").ljust(2, "0"))

    def prepare_value(self, value: Any) -> Any:
        """Fen as yuan; what was typed as it was typed."""
        return f"{value // FEN}.{value % FEN:02}" if isinstance(value, int) else value


class DayField(forms.CharField):
    """A day (日期), as people write it: 2026-11-10, 2026.11.10, 2026年11月10日, 11月10日."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs=NUMERIC), **more)

    def clean(self, value: Any) -> str | None:
        """The day as 2026-11-10; without a year it is the last one past or today."""
        written = str(super().clean(value)).replace(" ", "")
        if not written:
            return None
        found = _DAY.fullmatch(written)
        try:
            day = _day(*(int(part) if part else None for part in found.groups())) if found else None
        except ValueError:
            day = None
        if day is None:
            raise forms.ValidationError(_("看不出是哪一天。写成 2026-11-10 这样。"), code="invalid")
        return day.isoformat()


def _day(year: int | None, month: int | None, day: int | None) -> date:
    today = clock.today()
    found = date(year or today.year, month or 0, day or 0)
    return found.replace(year=found.year - 1) if year is None and found > today else found


class YesNoField(forms.TypedChoiceField):
    """「是」 or 「否」, neither of them ticked before."""

    def __init__(self, **more: Any) -> None:
        choices = [(YES, gettext_lazy("是")), (NO, gettext_lazy("否"))]
        super().__init__(
            choices=choices, coerce=lambda value: value == YES, empty_value=None, widget=forms.RadioSelect, **more
        )

    def prepare_value(self, value: Any) -> Any:
        """As the circles know it."""
        return (YES if value else NO) if isinstance(value, bool) else value


def input_of(field: Field) -> forms.Field:
    """The field of the page for a declared one; what is missing or too long the form itself says, in its own words."""
    made: forms.Field = _MADE[field.kind](field)
    made.required = False
    made.label = gettext_lazy(field.label)
    if field.help:
        made.help_text = (
            gettext_lazy(field.help)
            if not made.help_text
            else format_lazy("{} {}", gettext_lazy(field.help), made.help_text)
        )
    return made


def _choice(field: Field) -> forms.Field:
    words = [(code, gettext_lazy(said)) for code, said in field.choices]
    if len(words) <= MOST_CIRCLES:
        return forms.ChoiceField(choices=words, widget=forms.RadioSelect)
    return forms.ChoiceField(choices=[("", gettext_lazy("请选")), *words])


def _number(_field: Field) -> forms.Field:
    widget = forms.TextInput(attrs=NUMERIC)
    return forms.IntegerField(widget=widget, error_messages={"invalid": gettext_lazy("只写数字，比如 120。")})


def _pick(field: Field) -> forms.Field:
    assert field.picks_for is not None  # noqa: S101 - a form that picks for nothing is refused where it is made
    return PickField(field.picks, field.picks_for)


_MADE: dict[FieldKind, Callable[[Field], forms.Field]] = {
    FieldKind.LINE: lambda _field: forms.CharField(),
    FieldKind.WORDS: lambda _field: forms.CharField(widget=forms.Textarea(attrs={"rows": 4})),
    FieldKind.NUMBER: _number,
    FieldKind.MONEY: lambda _field: MoneyField(),
    FieldKind.DAY: lambda _field: DayField(),
    FieldKind.CHOICE: _choice,
    FieldKind.YES_NO: lambda _field: YesNoField(),
    FieldKind.PICK: _pick,
    FieldKind.FILES: lambda _field: FilesField(),
    FieldKind.SIGNATURE: lambda _field: SignatureField(),
}
