"""The shape of a local topic, and of its last day."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel import clock
from niangjia.kernel.web.reasons import say_what_is_needed


def _day(label: Any, help_text: Any) -> forms.DateField:
    return forms.DateField(label=label, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"}))


class TopicForm(forms.Form):
    """What it is called, what else people call it, and from which day it is offered."""

    title = forms.CharField(label=gettext_lazy("事由"), max_length=32, help_text=gettext_lazy("用职工会说的话写，比如：渔船上的工钱。"))  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("别的叫法"), max_length=255, required=False, help_text=gettext_lazy("几个叫法用顿号隔开，可以不写。"),
    )  # fmt: skip
    valid_from = _day(gettext_lazy("从哪天起用"), gettext_lazy("从这一天起，手机上和窗口都能选。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """It begins today unless another day is written."""
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = clock.today().isoformat()
        say_what_is_needed(self)

    def clean_valid_from(self) -> date:
        """Nothing begins in the past: what was said before stands as it was said."""
        day: date = self.cleaned_data["valid_from"]
        if day < clock.today():
            raise forms.ValidationError(_("不能早于今天。"))
        return day


class LastDayForm(forms.Form):
    """Until which day it is offered."""

    valid_to = _day(gettext_lazy("用到哪一天"), gettext_lazy("过了这一天就不能再选；以前选的不变。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """It ends today unless another day is written."""
        super().__init__(*args, **kwargs)
        self.fields["valid_to"].initial = clock.today().isoformat()
        say_what_is_needed(self)

    def clean_valid_to(self) -> date:
        """What was offered yesterday was offered."""
        day: date = self.cleaned_data["valid_to"]
        if day < clock.today():
            raise forms.ValidationError(_("不能早于今天。"))
        return day
