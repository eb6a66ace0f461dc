"""What one side ticks: thing by thing, and a reason where somebody confirms for another."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from niangjia.registers.cadres.handing.rules import Mark, Marked, Thing
from niangjia.registers.cadres.handing.words import MARK_WORDS

CHOICES = [(mark.value, MARK_WORDS[mark]) for mark in (Mark.FINE, Mark.MISSING)]


class TicksForm(forms.Form):
    """The list of one side; what is left open is looked at later."""

    because = forms.CharField(
        label=gettext_lazy("为什么替本人确认"), max_length=128, required=False,
        help_text=gettext_lazy("比如「已经离职，电话核对过」。"),
    )  # fmt: skip

    def __init__(self, *args: Any, things: list[Thing], is_instead: bool, **kwargs: Any) -> None:
        """A choice and a line for each thing."""
        super().__init__(*args, **kwargs)
        if not is_instead:
            del self.fields["because"]
        for thing in things:
            self.fields[thing.value] = forms.ChoiceField(choices=CHOICES, required=False, widget=forms.RadioSelect)
            self.fields[f"{thing.value}_note"] = forms.CharField(
                label=gettext_lazy("缺什么，哪天补"), max_length=128, required=False
            )
        self.things = things

    def marked(self) -> dict[Thing, Marked]:
        """What was ticked."""
        given = self.cleaned_data
        return {
            thing: Marked(Mark(given[thing.value]), given[f"{thing.value}_note"])
            for thing in self.things
            if given.get(thing.value)
        }
