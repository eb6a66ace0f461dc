"""The shapes of what the desk does with one request: how hard, which words, to whom, with which other one."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.cases.models import HandOverKind
from niangjia.kernel.web.reasons import say_what_is_needed
from niangjia.services.requests.forms import LONGEST, reason_choices
from niangjia.services.requests.rules.workflow import EXTENSION_REASONS
from niangjia.services.requests.words import HAND_OVER_WORDS

Choices = Iterable[tuple[Any, Any]]


class ReasonForm(forms.Form):
    """One of the reasons that the table lists."""

    reason = forms.ChoiceField(label=gettext_lazy("理由"))

    def __init__(self, *args: Any, reasons: Iterable[str], **kwargs: Any) -> None:
        """`reasons` are those of the move."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [("", _("请选一样")), *reason_choices(reasons)]  # type: ignore[attr-defined]  # a ChoiceField
        say_what_is_needed(self)


class ExtendForm(ReasonForm):
    """How many days more, and why."""

    days = forms.IntegerField(
        label=gettext_lazy("延几天"), min_value=1, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )

    def __init__(self, *args: Any, longest: int, unit: Any, **kwargs: Any) -> None:
        """`longest` is what the rule allows for the time that runs, `unit` the words of what is counted."""
        super().__init__(*args, reasons=EXTENSION_REASONS, **kwargs)
        self.order_fields(["days", "reason"])
        field = self.fields["days"]
        field.max_value = longest  # type: ignore[attr-defined]  # an IntegerField
        field.validators.append(MaxValueValidator(longest, _("最多延 %(limit_value)s 天。")))
        field.help_text = _("最多 {most}，只能延一次。她会收到新的最后一天，看到为什么。").format(most=unit)


class AssignForm(forms.Form):
    """To which colleague."""

    account = forms.ChoiceField(label=gettext_lazy("交给谁"))

    def __init__(self, *args: Any, colleagues: Choices, **kwargs: Any) -> None:
        """`colleagues` are those who handle here."""
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = [("", _("请选一位")), *colleagues]  # type: ignore[attr-defined]  # a ChoiceField
        say_what_is_needed(self)


class HandOnForm(forms.Form):
    """To which union, and in which way."""

    kind = forms.ChoiceField(
        label=gettext_lazy("怎么交"), initial=HandOverKind.REFER.value,
        choices=[(kind.value, HAND_OVER_WORDS[kind.value]) for kind in (HandOverKind.REFER, HandOverKind.TRANSFER, HandOverKind.HELP)],
    )  # fmt: skip
    place = forms.ChoiceField(label=gettext_lazy("交给哪个工会"))
    says = forms.CharField(
        label=gettext_lazy("给对方的话"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("往下交不带她的姓名，这里也别写。"),
    )  # fmt: skip

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        """`places` are those above, and those below that are no part of an enterprise."""
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("请选一个")), *((str(pk), name) for pk, name in places)]  # type: ignore[attr-defined]  # a ChoiceField
        say_what_is_needed(self)
