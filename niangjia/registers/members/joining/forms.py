"""What whoever applies writes: three fields, then the code; and which union takes whom in, as the county sets it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.access.phone_code.forms import DigitsForm
from niangjia.kernel.web.reasons import say_what_is_needed
from niangjia.registers.members.joining.rules.applying import Written
from niangjia.registers.members.joining.rules.trades import TRADES

LONGEST = 64


class WhoForm(forms.Form):
    """Who applies: name, number, phone; and that she read what it is for."""

    name = forms.CharField(
        label=gettext_lazy("姓名"), max_length=LONGEST, help_text=gettext_lazy("和身份证上的一样。"),
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )  # fmt: skip
    id_number = forms.CharField(
        label=gettext_lazy("身份证号"), max_length=LONGEST, help_text=gettext_lazy("18 位。性别、生日从号码里取，不再问您。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
    )  # fmt: skip
    phone = forms.CharField(
        label=gettext_lazy("手机号"), max_length=LONGEST, help_text=gettext_lazy("验证码发到这个手机，以后也用它登录。"),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    agrees = forms.BooleanField(
        label=gettext_lazy("我看过告知书，同意工会为办入会用这些资料"),
        error_messages={"required": gettext_lazy("请看过告知书，勾上再往下。不同意的，可以带身份证到工会当面办。")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        """Say in plain words what is needed."""
        super().__init__(*args, **more)
        say_what_is_needed(self)
        self.fields["agrees"].error_messages["required"] = _(
            "请看过告知书，勾上再往下。不同意的，可以带身份证到工会当面办。"
        )

    @property
    def written(self) -> Written:
        """What she wrote."""
        given = self.cleaned_data
        return Written(given["name"], given["id_number"], given["phone"])


class ProofForm(DigitsForm):
    """The code; what she wrote before comes along, so that nothing is asked twice and nothing is kept in between."""

    stays = forms.BooleanField(label=gettext_lazy("这是我自己的手机，30 天内不用再登录"), required=False)


class CatchAllForm(forms.Form):
    """Which union takes whom in."""

    trade = forms.ChoiceField(label=gettext_lazy("谁"))
    union = forms.CharField(
        label=gettext_lazy("加入哪个工会"), max_length=128, required=False,
        help_text=gettext_lazy("写工会编码或全称，要在本县。空着，就是以后不再指定。"),
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        """The trades in the words that people use."""
        super().__init__(*args, **more)
        self.fields["trade"].choices = [("", _("请选一样")), *((each.key, _(each.title)) for each in TRADES)]  # type: ignore[attr-defined]  # a ChoiceField
        say_what_is_needed(self)
