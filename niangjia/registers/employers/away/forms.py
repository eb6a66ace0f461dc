"""What is written down of a union away from home, as a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.chinese import Reason
from niangjia.kernel.web.picking import PickField, PickingForm
from niangjia.kernel.web.reasons import in_words, say_what_is_needed
from niangjia.registers.employers.away.models import AwayUnion
from niangjia.registers.employers.away.rules import KEEP_AWAY, AwayFacts
from niangjia.registers.orgs.forms import REFERENCE, DayInput
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import meant_by


class AwayForm(PickingForm):
    """A union of workers away from home (驻外农民工工会)."""

    union = PickField("away-unions", KEEP_AWAY, label=_("驻外工会"), help_text=REFERENCE)
    home = PickField("away-unions", KEEP_AWAY, label=_("输出地工会"), help_text=_("老家那边派出他们的工会。"))
    host_region = forms.CharField(
        label=_("输入地行政区划代码"), max_length=6, help_text=_("做工的地方，六位数字，到市或到县都行。")
    )
    host_place = forms.CharField(label=_("输入地"), max_length=64, help_text=_("写到市、县或者街道、工地。"))
    host_union = forms.CharField(label=_("输入地工会"), max_length=128, required=False)
    since_on = forms.DateField(label=_("从哪天起"), widget=DayInput())
    until_on = forms.DateField(label=_("到哪天止"), widget=DayInput(), required=False)
    agreement_no = forms.CharField(label=_("协议编号"), max_length=64, required=False)
    agreed_on = forms.DateField(label=_("签订日期"), widget=DayInput(), required=False)
    agreed_to = forms.DateField(label=_("到期日期"), widget=DayInput(), required=False)
    tasks = forms.CharField(
        label=_("约定的事"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("两边说好谁做什么，比如欠薪谁受理、返乡怎么接。"),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, actor: Actor, known: AwayUnion | None = None, **kwargs: Any) -> None:
        """A union that is known already is not asked again."""
        super().__init__(*args, actor=actor, **kwargs)
        self.known = known
        if known is not None:
            del self.fields["union"]
        say_what_is_needed(self)

    def clean_union(self) -> Union | None:
        """The union away from home that was meant."""
        return self._meant("union")

    def clean_home(self) -> Union | None:
        """The home union that was meant."""
        return self._meant("home")

    def facts(self) -> AwayFacts:
        """What was written."""
        given = dict(self.cleaned_data)
        given.pop("revision", None)
        union = given.pop("union", None)
        home = given.pop("home")
        union_id = self.known.pk if self.known else union.pk
        return AwayFacts(union_id=union_id, home_id=home.pk, **given)

    def _meant(self, name: str) -> Union | None:
        found = meant_by(self.cleaned_data[name], actor=self.actor, move=KEEP_AWAY)
        if isinstance(found, Reason):
            raise forms.ValidationError(in_words(found))
        return found


PLAIN = (
    "host_region", "host_place", "host_union", "agreement_no", "agreed_on", "agreed_to", "tasks", "since_on", "until_on",
    "revision",
)  # fmt: skip


def initial_of(known: AwayUnion) -> dict[str, Any]:
    """The form as the union is now."""
    return {name: getattr(known, name) for name in PLAIN} | {"home": known.home.code}
