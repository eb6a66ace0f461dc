"""The shapes of what is said of a card: why it is stopped, a bank card's number, a code and what it is checked for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.registers.cards.rules.checking import PURPOSE_WORDS, CheckPurpose
from niangjia.registers.cards.rules.tokens import LONGEST

LONGEST_REASON = 128


class ReasonForm(forms.Form):
    """Why the union stops or replaces a card."""

    reason = forms.CharField(
        label=_("为什么"),
        max_length=LONGEST_REASON,
        help_text=_("本人在自己的卡上会看到这句话。比如：本人来电说手机丢了。"),
        error_messages={"required": _("请写明为什么，本人会看到这句话。")},
    )


class BankCardForm(forms.Form):
    """The number of a bank card; empty takes it away."""

    number = forms.CharField(
        label=_("银行卡号"),
        required=False,
        max_length=32,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("可以不填。发补助要打到卡上的才用；存的时候加密，平时只显示后四位。清空再存，就是不留了。"),
    )


class CheckForm(forms.Form):
    """A code, scanned or typed, and what the card is checked for."""

    purpose = forms.ChoiceField(
        label=_("验卡做什么"),
        choices=[(each.value, _(PURPOSE_WORDS[each])) for each in CheckPurpose],
        error_messages={"required": _("请选验卡做什么，会员会看到。")},
    )
    code = forms.CharField(
        label=_("码"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
        help_text=_("扫码枪对着会员手机扫一下；没有扫码枪，就输卡号和下面的 6 位数字码，一共 18 位。"),
        error_messages={"required": _("请扫会员手机上的码，或者输卡号和 6 位数字码。")},
    )
