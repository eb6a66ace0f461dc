"""Answers as people read them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.kernel.cases.drafts.rules import Answer, Field, FieldKind
from niangjia.kernel.web.templatetags.niangjia_parts import money


def said(field: Field, answer: Answer) -> str:
    """One answer in words; what was left blank says so."""
    if answer is None or answer in ("", ()):
        return _("（空）")
    if isinstance(answer, bool):
        return _("是") if answer else _("否")
    if isinstance(answer, tuple):
        return ngettext("%(n)s 个文件", "%(n)s 个文件", len(answer)) % {"n": len(answer)}
    if field.kind is FieldKind.MONEY and isinstance(answer, int):
        return _("{amount} 元").format(amount=money(answer))
    words = dict(field.choices)
    return _(words[answer]) if answer in words else str(answer)
