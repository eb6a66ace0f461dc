"""The shapes of what is done with a case besides its own forms: a reason, a colleague, another union, more time."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.cases.kinds import Words
from niangjia.kernel.cases.models import HandOverKind, Opinion
from niangjia.kernel.web.reasons import say_what_is_needed

LONGEST, LONGEST_OPINION = 3_000, 500
OPINIONS = (
    (Opinion.GOOD.value, gettext_lazy("满意")),
    (Opinion.FAIR.value, gettext_lazy("一般")),
    (Opinion.POOR.value, gettext_lazy("不满意")),
)
Choices = Iterable[tuple[Any, Words]]
WAYS: dict[str, Words] = {
    HandOverKind.REFER.value: gettext_lazy("交过去办，这里看着"),
    HandOverKind.TRANSFER.value: gettext_lazy("转交过去，这里不再管"),
    HandOverKind.HELP.value: gettext_lazy("请来一起办"),
}


class ReasonForm(forms.Form):
    """One of the reasons that the table lists."""

    reason = forms.ChoiceField(label=gettext_lazy("理由"))

    def __init__(self, *args: Any, reasons: Choices, **kwargs: Any) -> None:
        """`reasons` are those of the move, in words."""
        super().__init__(*args, **kwargs)
        offered(self, "reason", _("请选一样"), reasons)


class ExtendForm(ReasonForm):
    """How many days more, and why."""

    days = forms.IntegerField(
        label=gettext_lazy("延几天"), min_value=1, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )

    def __init__(self, *args: Any, longest: int, unit: Any, **kwargs: Any) -> None:
        """`longest` is what the rule allows for the time that runs, `unit` the words of what is counted."""
        super().__init__(*args, **kwargs)
        self.order_fields(["days", "reason"])
        field = self.fields["days"]
        field.max_value = longest  # type: ignore[attr-defined]  # an IntegerField
        field.validators.append(MaxValueValidator(longest, _("最多延 %(limit_value)s 天。")))
        field.help_text = _("最多 {most}，只能延一次。本人会收到新的最后一天，看到为什么。").format(most=unit)


class AssignForm(forms.Form):
    """To which colleague."""

    account = forms.ChoiceField(label=gettext_lazy("交给谁"))

    def __init__(self, *args: Any, colleagues: Choices, **kwargs: Any) -> None:
        """`colleagues` are those who handle here."""
        super().__init__(*args, **kwargs)
        offered(self, "account", _("请选一位"), colleagues)


class HandOnForm(forms.Form):
    """To which union, and in which way."""

    kind = forms.ChoiceField(label=gettext_lazy("怎么交"), initial=HandOverKind.REFER.value, choices=list(WAYS.items()))
    place = forms.ChoiceField(label=gettext_lazy("交给哪个工会"))
    says = forms.CharField(
        label=gettext_lazy("给对方的话"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("往下交不带本人的姓名，这里也别写。"),
    )  # fmt: skip

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        """`places` are those above, and those below that are no part of an enterprise."""
        super().__init__(*args, **kwargs)
        offered(self, "place", _("请选一个"), ((str(pk), name) for pk, name in places))


class DeclineForm(forms.Form):
    """Why one does not take what was offered."""

    says = forms.CharField(label=gettext_lazy("为什么不接"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say in plain words what is needed."""
        super().__init__(*args, **kwargs)
        say_what_is_needed(self)


class RateForm(forms.Form):
    """How it went, as she says (评价)."""

    opinion = forms.ChoiceField(label=gettext_lazy("您满意吗"), choices=OPINIONS, widget=forms.RadioSelect)
    says = forms.CharField(
        label=gettext_lazy("想说的话（可以不写）"), max_length=LONGEST_OPINION, required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_OPINION}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say in plain words what is needed."""
        super().__init__(*args, **kwargs)
        say_what_is_needed(self)
        self.fields["opinion"].error_messages["required"] = _("选一个再交：满意、一般还是不满意。")


def offered(form: forms.Form, name: str, nothing: str, choices: Choices) -> None:
    """What a field offers, with words for nothing chosen; and what is said where nothing was."""
    form.fields[name].choices = [("", nothing), *choices]  # type: ignore[attr-defined]  # a ChoiceField
    say_what_is_needed(form)
