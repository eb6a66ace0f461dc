"""What whoever asks for a union writes: how many, which form, name and phone; and what hangs at the door."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.access.phone_code.forms import DigitsForm
from niangjia.kernel.web.reasons import say_what_is_needed
from niangjia.registers.founding.rules.applying import Wish, Written
from niangjia.registers.founding.rules.forms import ADVISE, FORM_CHOICES, SIZE_WORDS, Side

LONGEST = 64


class AskForm(forms.Form):
    """How many work there, which form; and, where nobody is signed in, who asks."""

    size = forms.ChoiceField(label=gettext_lazy("大约多少人"), widget=forms.RadioSelect)
    form = forms.ChoiceField(
        label=gettext_lazy("想建哪一种（不到 25 人的选）"), required=False, widget=forms.RadioSelect,
        help_text=gettext_lazy("25 人以上的应当建工会委员会，不用选（工会法第十一条）。"),
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("怎么称呼您"), max_length=LONGEST, help_text=gettext_lazy("写姓名，工会好给您回话。"),
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )  # fmt: skip
    phone = forms.CharField(
        label=gettext_lazy("手机号"), max_length=LONGEST, help_text=gettext_lazy("验证码发到这个手机，以后用它看办到哪一步。"),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    is_named = forms.BooleanField(
        label=gettext_lazy("可以告诉单位是我申请的"), required=False,
        help_text=gettext_lazy("不勾，单位就不会知道。"),
    )  # fmt: skip
    agrees = forms.BooleanField(label=gettext_lazy("我看过告知书，同意工会为办建会用这些资料"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, side: Side, is_known: bool = False, **more: Any) -> None:
        """Of who is signed in nothing is asked that the register knows; of an employer not whether it may be told."""
        super().__init__(*args, **more)
        self.fields["size"].choices = [(size.value, _(words)) for size, words in SIZE_WORDS.items()]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["form"].choices = [(each.key, f"{_(each.title)}：{_(each.line)}") for each in FORM_CHOICES]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["form"].initial = ADVISE
        if is_known:
            del self.fields["name"], self.fields["phone"]
        if side is Side.EMPLOYER:
            del self.fields["is_named"]
        say_what_is_needed(self)
        self.fields["agrees"].error_messages["required"] = _("请看过告知书，勾上再往下。不同意的，可以打下面的电话。")
        self.fields["size"].error_messages["required"] = _("还没有选大约多少人。选最接近的一项，不用很准。")

    @property
    def written(self) -> Written:
        """Who asks, as she wrote it."""
        return Written(self.cleaned_data.get("name", ""), self.cleaned_data.get("phone", ""))

    @property
    def wish(self) -> Wish:
        """How many, and which form."""
        given = self.cleaned_data
        return Wish(given["size"], given["form"], bool(given.get("is_named")))


class ProofForm(DigitsForm):
    """The code; what she wrote before comes along, so that nothing is asked twice and nothing is kept in between."""

    stays = forms.BooleanField(label=gettext_lazy("这是我自己的手机，30 天内不用再登录"), required=False)


class DoorSignForm(forms.Form):
    """What hangs at the door."""

    hours = forms.CharField(
        label=gettext_lazy("开门时间"),
        max_length=128,
        required=False,
        help_text=gettext_lazy("比如：工作日 8:30–12:00，14:00–17:30"),
    )
    way = forms.CharField(
        label=gettext_lazy("怎么走"), max_length=255, required=False, help_text=gettext_lazy("几楼几号，从哪个门进。")
    )
    contact = forms.CharField(
        label=gettext_lazy("联系人"),
        max_length=LONGEST,
        required=False,
        help_text=gettext_lazy("公开姓名要本人同意；不写也行。"),
    )
    contact_agreed = forms.BooleanField(label=gettext_lazy("本人同意把姓名公开"), required=False)

    def clean(self) -> dict[str, Any]:
        """A name is published with its owner's word alone."""
        given = super().clean() or {}
        if given.get("contact") and not given.get("contact_agreed"):
            self.add_error(
                "contact_agreed", _("公开联系人的姓名，要她本人同意。她同意了，勾上；没有问过的，先把联系人空着。")
            )
        return given
