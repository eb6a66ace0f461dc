"""What is entered of a meeting: numbers that paper alone knows, a line of votes for each candidate, never who voted how."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.web.reasons import say_what_is_needed
from niangjia.registers.committees.elections.models import Candidate
from niangjia.registers.committees.elections.rules.voting import Count

MOST = 1_000_000


def _number(label: Any, **more: Any) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(label=label, min_value=0, max_value=MOST, widget=widget, **more)


class CountForm(forms.Form):
    """The result of one round."""

    present = _number(_("实到几人"))
    ballots = _number(_("收回几张选票"), help_text=_("连同废票一起数。"))

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **kwargs: Any) -> None:
        """`candidates` are those who were voted on."""
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        for each in candidates:
            self.fields[name_of(each)] = _number(each.person.name)
        say_what_is_needed(self)

    def count(self) -> Count:
        """What was written."""
        given = self.cleaned_data
        votes = {each.pk: given[name_of(each)] for each in self.candidates}
        return Count(0, given["present"], given["ballots"], votes)


def name_of(candidate: Candidate) -> str:
    """The field of one candidate."""
    return f"votes_{candidate.pk}"
