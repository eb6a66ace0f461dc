"""What is written to register a union as a legal person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from niangjia.kernel.web.reasons import say_what_is_needed


class RegisterForm(forms.Form):
    """The code and the number of the certificate; everything else is known."""

    uscc = forms.CharField(
        label=gettext_lazy("统一社会信用代码"), max_length=32, help_text=gettext_lazy("18 位；乡镇以下工会和工会联合会的，以 81 或 89 开头。")
    )  # fmt: skip
    certificate_no = forms.CharField(label=gettext_lazy("证书编号"), max_length=64)

    def __init__(self, *args: Any, **more: Any) -> None:
        """Say in plain words what is needed."""
        super().__init__(*args, **more)
        say_what_is_needed(self)


class ReissueForm(forms.Form):
    """The number of the new certificate."""

    certificate_no = forms.CharField(
        label=gettext_lazy("新证书的编号"),
        max_length=64,
        required=False,
        help_text=gettext_lazy("编号没有变的，空着。"),
    )


class CancelForm(forms.Form):
    """One look more before a legal person ends."""

    sure = forms.BooleanField(
        label=gettext_lazy("看清楚了：代码和证书一起失效，会员的会籍不变"),
        error_messages={"required": gettext_lazy("注销不能撤回。看清楚了，勾上再办。")},
    )
