"""What is written of a finding: until when it rests, and why; or why the record is right."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.web.reasons import say_what_is_needed
from niangjia.registers.members.clinic.rules import LONGEST_REASON
from niangjia.registers.orgs.forms import DayInput


class SnoozeForm(forms.Form):
    """Let it rest (先放一放)."""

    until = forms.DateField(label=_("放到哪天"), widget=DayInput())
    reason = forms.CharField(
        label=_("为什么先放着"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Both are needed."""
        super().__init__(*args, **{"prefix": "rest", **kwargs})
        say_what_is_needed(self)


class RightForm(forms.Form):
    """It is right as it is (没有错)."""

    reason = forms.CharField(
        label=_("为什么没有错"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The reason is needed."""
        super().__init__(*args, **{"prefix": "right", **kwargs})
        say_what_is_needed(self)
