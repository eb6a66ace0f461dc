"""The shape of an answer kept for all."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.web.reasons import say_what_is_needed
from niangjia.services.requests.answers.services import Written

LONGEST = 2_000


class AnswerForm(forms.Form):
    """Topic, question, answer and source."""

    topic = forms.ChoiceField(label=gettext_lazy("事由"))
    title = forms.CharField(
        label=gettext_lazy("问的是什么"), max_length=64, help_text=gettext_lazy("用职工会问的话写，比如：试用期能有多长？")
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("怎么答"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 10, "maxlength": LONGEST}),
        help_text=gettext_lazy("先说结论，再说怎么办、找谁。经办人插进答复以后还能改。"),
    )  # fmt: skip
    source = forms.CharField(
        label=gettext_lazy("依据"), max_length=160, help_text=gettext_lazy("写到哪一条，比如：《劳动合同法》第十九条。")
    )

    def __init__(self, *args: Any, topics: list[tuple[str, Any]], **kwargs: Any) -> None:
        """`topics` are those in force where the desk is."""
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [("", _("请选一样")), *topics]  # type: ignore[attr-defined]  # a ChoiceField
        say_what_is_needed(self)

    def written(self) -> Written:
        """What was written, for the service."""
        return Written(**self.cleaned_data)
