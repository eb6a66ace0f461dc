"""What is written down when an employer is handed out, visited, or its target ends."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.web.reasons import say_what_is_needed
from niangjia.registers.employers.targets.handing import cadres
from niangjia.registers.employers.targets.models import Target
from niangjia.registers.employers.targets.rules.targets import (
    LONGEST_MET,
    LONGEST_REASON,
    LONGEST_SAID,
    SAID_BY_HAND,
    Ending,
    Outcome,
    VisitFacts,
)
from niangjia.registers.employers.targets.words import OUTCOME_WORDS
from niangjia.registers.orgs.forms import DayInput


class HandForm(forms.Form):
    """Hand an employer to a cadre until a day (交办)."""

    cadre = forms.ChoiceField(label=_("交给谁"))
    due_on = forms.DateField(label=_("最迟哪天有个结果"), widget=DayInput())

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        """Cadres of the actor's reach only."""
        super().__init__(*args, **kwargs)
        say_what_is_needed(self)
        cadre = self.fields["cadre"]
        assert isinstance(cadre, forms.ChoiceField)  # noqa: S101 - declared above
        cadre.choices = [("", _("请选择")), *cadres(actor)]


class VisitForm(forms.Form):
    """Keep a visit (走访), short enough to be written on a phone at the gate."""

    on = forms.DateField(label=_("哪天去的"), widget=DayInput())
    met = forms.CharField(
        label=_("见了谁"), max_length=LONGEST_MET, help_text=_("写职务就够，比如「办公室主任」，不用写姓名。")
    )
    said = forms.CharField(label=_("谈了什么"), max_length=LONGEST_SAID, widget=forms.Textarea(attrs={"rows": 4}))
    next_on = forms.DateField(label=_("下次哪天去"), widget=DayInput(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """What may stay empty says so."""
        super().__init__(*args, **kwargs)
        say_what_is_needed(self)

    def facts(self) -> VisitFacts:
        """What was written."""
        return VisitFacts(**self.cleaned_data)


class EndForm(forms.Form):
    """Say how a target ended that no union came of (办结)."""

    outcome = forms.ChoiceField(label=_("结果"), widget=forms.RadioSelect())
    reason = forms.CharField(label=_("理由"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3}))
    again_on = forms.DateField(
        label=_("哪天再去"), widget=DayInput(), required=False, help_text=_("暂时不同意的要写，到那天会提醒。")
    )

    def __init__(self, *args: Any, may_withdraw: bool, **kwargs: Any) -> None:
        """Taking back is for who hands out."""
        super().__init__(*args, **kwargs)
        say_what_is_needed(self)
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)  # noqa: S101 - declared above
        said = [each for each in SAID_BY_HAND if may_withdraw or each is not Outcome.WITHDRAWN]
        outcome.choices = [(each.value, OUTCOME_WORDS[each.value]) for each in said]

    def ending(self) -> Ending:
        """What was written."""
        given = self.cleaned_data
        return Ending(Outcome(given["outcome"]), given["reason"], given["again_on"])


class NameForm(forms.Form):
    """Say which employer a written name means (认定单位)."""

    employer = forms.ChoiceField(label=_("它是哪个单位"), widget=forms.RadioSelect())

    def __init__(self, *args: Any, candidates: list[tuple[str, Any]], **kwargs: Any) -> None:
        """What it may mean, and that it means none."""
        super().__init__(*args, **kwargs)
        employer = self.fields["employer"]
        assert isinstance(employer, forms.ChoiceField)  # noqa: S101 - declared above
        employer.choices = [*candidates, ("none", _("不是一个单位，以后不再提"))]


def again(target: Target) -> dict[str, Any]:
    """A target handed out anew: as it is now."""
    return {"cadre": str(target.cadre_id), "due_on": target.due_on}
