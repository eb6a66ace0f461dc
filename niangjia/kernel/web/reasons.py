"""Refusals of rules and services, in the reader's words and beside the field they are about."""

from collections.abc import Mapping

from django.forms import BaseForm, ChoiceField, DateField, IntegerField
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.chinese import Reason


def in_words(reason: Reason) -> str:
    """A reason in the reader's language, with its values filled in."""
    return _(reason.sentence).format(**reason.values)


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
