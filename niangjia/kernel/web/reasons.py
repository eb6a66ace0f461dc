"""Refusals of rules and services, in the reader's words and beside the field they are about."""

from collections.abc import Mapping

from django.forms import BaseForm, ChoiceField, DateField, IntegerField
from django.utils.dateformat import format as in_format
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel import clock
from niangjia.kernel.chinese import Reason
from niangjia.kernel.clock.rules.written import DayWritten, MinuteWritten, MonthWritten


def in_words(reason: Reason) -> str:
    """A reason in the reader's language, with its values filled in; days that it reckons with stand as people write them."""
    return _(reason.sentence).format(**{name: _worded(value) for name, value in reason.values.items()})


def _worded(value: str | int) -> str | int:
    """A day, a month or a minute of an explanation (11月23日); the year is named where it is another than this one."""
    if isinstance(value, DayWritten):
        return in_format(value.day, _("n月j日") if value.day.year == clock.today().year else _("Y年n月j日"))
    if isinstance(value, MonthWritten):
        return in_format(value.first, _("Y年n月"))
    if isinstance(value, MinuteWritten):
        return in_format(value.instant, _("n月j日 H:i"))
    return value


def put_beside_fields(form: BaseForm, reasons: Mapping[str, Reason]) -> None:
    """Each reason beside its field; what belongs to no field of the form stands above it. Nothing typed is lost."""
    for field, reason in reasons.items():
        form.add_error(field if field in form.fields else None, in_words(reason))


def say_what_is_needed(form: BaseForm) -> None:
    """What a field says when it stays empty or makes no sense, in words a colleague would use."""
    for field in form.fields.values():
        chosen = isinstance(field, ChoiceField)
        words = gettext_lazy("还没有选{label}。") if chosen else gettext_lazy("还没有写{label}。")
        field.error_messages["required"] = format_lazy(words, label=field.label or "")
        if isinstance(field, DateField):
            field.error_messages["invalid"] = gettext_lazy("看不出是哪一天。写成 2026-11-20 这样。")
        if isinstance(field, IntegerField):
            field.error_messages["invalid"] = gettext_lazy("只写数字，比如 120。")
