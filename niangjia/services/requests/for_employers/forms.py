"""What an employer's contact writes: whose door, what she asks, what she adds."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.access.phone_code.forms import PhoneForm
from niangjia.kernel.chinese import Reason
from niangjia.kernel.web.reasons import in_words, say_what_is_needed
from niangjia.registers.orgs.rules import check_credit_code
from niangjia.services.requests.forms import LONGEST, SHORTEST, TopicChoices


class DoorForm(PhoneForm):
    """Which employer, and whose phone."""

    stays = None  # type: ignore[assignment]  # Django's own way to leave a field out
    uscc = forms.CharField(
        label=gettext_lazy("统一社会信用代码"), max_length=32, help_text=gettext_lazy("营业执照上的 18 位。"),
        error_messages={"required": gettext_lazy("请填营业执照上的统一社会信用代码。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
    )  # fmt: skip
    field_order = ("uscc", "phone")

    def clean_uscc(self) -> str:
        """A code whose check digit is right."""
        code = check_credit_code(self.cleaned_data["uscc"])
        if isinstance(code, Reason):
            raise forms.ValidationError(in_words(code))
        return code


class AskForm(forms.Form):
    """What an employer asks for."""

    topic = forms.ChoiceField(label=gettext_lazy("哪方面的事"))
    text = forms.CharField(
        label=gettext_lazy("说说是什么事"), min_length=SHORTEST, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("多少人、什么时候、想要工会做什么。职工的身份证号、病情别写在这里。"),
        error_messages={"min_length": gettext_lazy("再多写几个字，经办人才看得懂是什么事。")},
    )  # fmt: skip
    name = forms.CharField(label=gettext_lazy("怎么称呼您"), max_length=32)
    is_urgent = forms.BooleanField(label=gettext_lazy("马上要停工，或者可能伤到人"), required=False)

    def __init__(self, *args: Any, topics: TopicChoices, **more: Any) -> None:
        """`topics` are those in force where the employer is."""
        super().__init__(*args, **more)
        self.fields["topic"].choices = [("", _("请选一样")), *topics]  # type: ignore[attr-defined]  # a ChoiceField
        say_what_is_needed(self)


class AddForm(forms.Form):
    """Something more."""

    says = forms.CharField(label=gettext_lazy("补充什么"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, **more: Any) -> None:
        """Say in plain words what is needed."""
        super().__init__(*args, **more)
        say_what_is_needed(self)
