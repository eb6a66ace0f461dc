"""Refusals of rules and services, in the reader's words and beside the field they are about."""

from collections.abc import Mapping

from django.forms import BaseForm
from django.utils.translation import gettext as _

from niangjia.kernel.chinese import Reason


def in_words(reason: Reason) -> str:
    """A reason in the reader's language, with its values filled in."""
    return _(reason.sentence).format(**reason.values)


def put_beside_fields(form: BaseForm, reasons: Mapping[str, Reason]) -> None:
    """Each reason beside its field; what belongs to no field of the form stands above it. Nothing typed is lost."""
    for field, reason in reasons.items():
        form.add_error(field if field in form.fields else None, in_words(reason))
