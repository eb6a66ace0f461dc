"""What is asked for a new value of a parameter, and of who decides on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.chinese import Reason, fold_width
from niangjia.kernel.dated.rules import LONGEST_VALUE, ParameterKey
from niangjia.kernel.parameters.rules import Refusal
from niangjia.kernel.parameters.services import NewValue
from niangjia.kernel.parameters.words import MEASURE_WORDS, REFUSAL_WORDS
from niangjia.kernel.web.reasons import in_words, say_what_is_needed

LONGEST_SOURCE = 128


class ValueForm(forms.Form):
    """A new value (新的值): how much, from which day on, by which document."""

    value = forms.CharField(label=_("新的值"), max_length=LONGEST_VALUE)
    valid_from = forms.DateField(
        label=_("从哪天起"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("照文件写的生效日期。原来的值到前一天为止，留着备查。"),
    )
    source = forms.CharField(
        label=_("出处"), max_length=LONGEST_SOURCE, help_text=_("哪个文件、什么文号，比如「安禾工发〔2026〕12号」。")
    )

    def __init__(self, given: Any = None, *, key: ParameterKey) -> None:
        """The value is asked for in the measure of the parameter."""
        super().__init__(given, initial={"valid_from": clock.today()})
        say_what_is_needed(self)
        self.key = key
        self.fields["value"].help_text = gettext("单位：{measure}").format(measure=MEASURE_WORDS[key.measure])

    def clean_value(self) -> str:
        """Full-width digits are written as plain ones."""
        return fold_width(self.cleaned_data["value"]).strip()

    def new(self) -> NewValue:
        """What was entered."""
        given = self.cleaned_data
        return NewValue(self.key.key, given["value"], given["valid_from"], given["source"])

    def refuse(self, reason: Reason, *, field: str) -> None:
        """Say what stands in the way beside the field that has to be put right."""
        self.add_error(field or None, in_words(reason))


class RefusalForm(forms.Form):
    """Why a value is not put in force (不同意)."""

    why = forms.ChoiceField(
        label=_("不同意的原因"), choices=REFUSAL_WORDS.items(), widget=forms.RadioSelect, required=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_is_needed(self)

    @property
    def chosen(self) -> Refusal:
        """The reason."""
        return Refusal(self.cleaned_data["why"])
