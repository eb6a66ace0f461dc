"""The shape of a no."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_REASON = 255


class RefusalForm(forms.Form):
    """Why a member does not go over."""

    reason = forms.CharField(
        label=_("为什么不同意"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("对方工会和本人都会看到。比如：劳动合同还没有解除。"),
        error_messages={"required": _("请写明理由，对方好知道怎么办。")},
    )
