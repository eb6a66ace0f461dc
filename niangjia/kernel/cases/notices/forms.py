"""What is written on the pages of public notices: an objection, a receipt, an answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.cases.notices.rules import (
    LONGEST_ANSWER,
    LONGEST_OBJECTION,
    RECEIPT_DIGITS,
    ObjectionState,
    digits_in,
)
from niangjia.kernel.web.reasons import say_what_is_needed


class ObjectionForm(forms.Form):
    """What is not right about a notice."""

    words = forms.CharField(
        label=_("哪里不对"),
        max_length=LONGEST_OBJECTION,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("写哪一条不符合、您怎么知道的。不用写您是谁；想让我们找您再问，就把电话写在里面。"),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        say_what_is_needed(self)


class ReceiptForm(forms.Form):
    """The sixteen digits that came with an objection."""

    receipt = forms.CharField(
        label=_("回执码"),
        max_length=48,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("16 位数字，提异议的时候给您的。空格写不写都行。"),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        say_what_is_needed(self)

    def clean_receipt(self) -> str:
        """The digits alone."""
        written = str(self.cleaned_data["receipt"])
        found = digits_in(written)
        if not found:
            digits = sum(each.isdecimal() for each in written)
            words = _("回执码有 %(wanted)s 位数字，现在是 %(digits)s 位。对着记下来的再看一遍。")
            raise forms.ValidationError(words, code="length", params={"wanted": RECEIPT_DIGITS, "digits": digits})
        return found


class AnswerForm(forms.Form):
    """Whether an objection stands, and why."""

    verdict = forms.ChoiceField(
        label=_("这条异议"),
        choices=[
            (ObjectionState.DISMISSED.value, _("不成立，照办")),
            (ObjectionState.UPHELD.value, _("成立，这件事不能这样办")),
        ],
        widget=forms.RadioSelect,
    )
    says = forms.CharField(
        label=_("理由"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("提异议的人会看到。不要写别人的隐私。"),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        say_what_is_needed(self)
