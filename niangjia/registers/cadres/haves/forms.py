"""What is asked of a union's money, room and rules: three short questions, and the day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.web.reasons import say_what_is_needed
from niangjia.registers.cadres.haves.rules import STATED, Have, Said
from niangjia.registers.orgs.forms import DayInput

YES, NO = "yes", "no"
CHOICES = ((YES, _("有")), (NO, _("没有")))
MOST = 128


def _asked(title: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=title, choices=CHOICES, widget=forms.RadioSelect, required=False)


def _how(title: Any, hint: Any) -> forms.CharField:
    return forms.CharField(label=title, max_length=MOST, required=False, help_text=hint)


class HavesForm(forms.Form):
    """What is stated: what is left open stays as it was."""

    money = _asked(_("有钱办事"))
    money_words = _how(_("钱从哪里来"), _("比如「独立账户」「上级补助」「行政拨付」。不要写账号。"))
    room = _asked(_("有地方办事"))
    room_words = _how(_("地方在哪里"), _("比如「厂区二楼职工之家」「和社区合用」。"))
    rules = _asked(_("有制度"))
    rules_words = _how(_("是哪份制度"), _("制度或者文件的名称，比如「工会经费收支管理办法（2025）」。"))
    on = forms.DateField(label=_("哪一天看到的"), widget=DayInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say in plain words what is needed."""
        super().__init__(*args, **kwargs)
        say_what_is_needed(self)

    def said(self) -> tuple[Said, ...]:
        """What was answered."""
        given = self.cleaned_data
        return tuple(
            Said(Have(have), given[have.value] == YES, given[f"{have.value}_words"])
            for have in STATED
            if given[have.value]
        )

    def pairs(self) -> list[tuple[Any, Any]]:
        """Each question with its line."""
        return [(self[have.value], self[f"{have.value}_words"]) for have in STATED]
