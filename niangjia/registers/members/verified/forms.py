"""What is written down when papers were seen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.web.reasons import say_what_is_needed
from niangjia.registers.members.verified.rules import Occasion, Paper
from niangjia.registers.members.verified.words import OCCASION_WORDS, PAPER_WORDS
from niangjia.registers.orgs.forms import DayInput


class PapersForm(forms.Form):
    """Which papers, what for, which day (看过证件)."""

    paper = forms.ChoiceField(label=_("看的是什么"), choices=PAPER_WORDS.items(), widget=forms.RadioSelect())
    occasion = forms.ChoiceField(label=_("为什么看"), choices=OCCASION_WORDS.items(), widget=forms.RadioSelect())
    seen_on = forms.DateField(label=_("哪天看的"), widget=DayInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """All of it is needed."""
        super().__init__(*args, **kwargs)
        say_what_is_needed(self)

    def written(self) -> tuple[Paper, Occasion]:
        """What was chosen."""
        return Paper(self.cleaned_data["paper"]), Occasion(self.cleaned_data["occasion"])
