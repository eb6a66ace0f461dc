"""The shape of what is filed when a phone is lost."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.web.reasons import say_what_is_needed
from niangjia.registers.members.regaining.kind import PAPERS, WHYS
from niangjia.registers.members.regaining.rules.filing import Filing

LONGEST_PHONE = 30


class LostForm(forms.Form):
    """The new phone, which paper was seen, why; no number of a paper is typed, the record has it."""

    phone = forms.CharField(
        label=_("新手机号"), max_length=LONGEST_PHONE, help_text=_("请本人看着屏幕念一遍。换好以后只用它登录。"),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    why = forms.ChoiceField(label=_("为什么换"), choices=[("", "—"), *WHYS.items()])
    paper = forms.ChoiceField(label=_("当面看的是哪种证件"), choices=[("", "—"), *PAPERS.items()])
    is_compared = forms.BooleanField(
        label=_("本人在面前。证件上的照片是她，姓名和号码跟登记的一样"),
        required=False,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        """Say in plain words what is needed."""
        super().__init__(*args, **more)
        say_what_is_needed(self)

    @property
    def filing(self) -> Filing:
        """What was written."""
        given = self.cleaned_data
        return Filing(given["phone"], given["paper"], given["why"], is_compared=given["is_compared"])
