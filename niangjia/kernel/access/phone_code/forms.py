"""Forms of the workers' door: the phone, the code, the end of one's number."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.access.phone_code.rules import DIGITS, TAIL_LENGTH
from niangjia.kernel.chinese import Reason, fold_width
from niangjia.kernel.people.phones import check_mobile

LONGEST_PHONE = 30
TAIL = re.compile(r"[0-9A-Z]{4}")


class PhoneForm(forms.Form):
    """Which phone (手机号) the code goes to."""

    phone = forms.CharField(
        label=gettext_lazy("手机号"),
        max_length=LONGEST_PHONE,
        error_messages={"required": gettext_lazy("请填手机号。")},
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )
    stays = forms.BooleanField(label=gettext_lazy("这是我自己的手机，30 天内不用再登录"), required=False)

    def clean_phone(self) -> str:
        """A mobile number, however it was written."""
        phone = check_mobile(self.cleaned_data["phone"])
        if isinstance(phone, Reason):
            raise forms.ValidationError(_("手机号是 11 位数字，以 13 到 19 开头。看看是不是少写了，或者多写了。"))
        return phone


class DigitsForm(forms.Form):
    """The code of the message (短信验证码)."""

    code = forms.CharField(
        label=gettext_lazy("短信里的 6 位数"),
        max_length=LONGEST_PHONE,
        error_messages={"required": gettext_lazy("请填短信里的 6 位数。")},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false", "autofocus": True}
        ),
    )

    def clean_code(self) -> str:
        """Six digits; what is none is no try yet."""
        code = "".join(fold_width(self.cleaned_data["code"]).split())
        if len(code) != DIGITS or not (code.isascii() and code.isdigit()):
            raise forms.ValidationError(_("验证码是 6 位数字，在刚收到的短信里。"))
        return code


class TailForm(forms.Form):
    """Which of several persons with one phone (证件号最后 4 位)."""

    tail = forms.CharField(
        label=gettext_lazy("您身份证号的最后 4 位"),
        max_length=LONGEST_PHONE,
        error_messages={"required": gettext_lazy("请填身份证号的最后 4 位。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autofocus": True}),
    )

    def clean_tail(self) -> str:
        """Four characters, the last perhaps X; what is none is no try yet."""
        tail = "".join(fold_width(self.cleaned_data["tail"]).split()).upper()
        if len(tail) != TAIL_LENGTH or TAIL.fullmatch(tail) is None:
            raise forms.ValidationError(_("填 4 位：身份证号的最后 4 位，末位可能是字母 X。"))
        return tail
