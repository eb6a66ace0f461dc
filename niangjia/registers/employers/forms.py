"""What is written down of an employer, as a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.chinese import Reason
from niangjia.kernel.web.picking import PickField, PickingForm
from niangjia.kernel.web.reasons import in_words, say_what_is_needed
from niangjia.registers.employers.models import Employer, Park
from niangjia.registers.employers.parks import parks_seen
from niangjia.registers.employers.rules import OWNERSHIP_LISTS, TRADES, trade_title
from niangjia.registers.employers.rules.employer_facts import EmployerFacts, HeadFacts
from niangjia.registers.employers.rules.kinds import HeadSource
from niangjia.registers.employers.rules.moves import EDIT_EMPLOYER, KEEP_PARKS, REGISTER_EMPLOYER
from niangjia.registers.employers.words import SOURCE_WORDS
from niangjia.registers.orgs.forms import REFERENCE, DayInput
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import meant_by

OWNERSHIP_LIST = "union_2015"
TRADE_CHOICES = [("", _("请选择")), *((term.code, trade_title(term.code)) for term in TRADES)]


class EmployerForm(PickingForm):
    """Register or change an employer (单位登记、变更)."""

    name = forms.CharField(label=_("单位名称"), max_length=128, help_text=_("写全称，和营业执照上的一样。"))
    uscc = forms.CharField(
        label=_("统一社会信用代码"), max_length=24, required=False, help_text=_("营业执照上的 18 位代码。")
    )
    place = PickField("employer-unions", REGISTER_EMPLOYER, label=_("属地工会"), help_text=REFERENCE)
    trade_code = forms.ChoiceField(label=_("行业"), choices=TRADE_CHOICES, required=False)
    ownership = forms.ChoiceField(label=_("所有制"), required=False)
    employees = forms.IntegerField(label=_("职工人数"), min_value=0, max_value=9_999_999, required=False)
    women_employees = forms.IntegerField(label=_("女职工人数"), min_value=0, max_value=9_999_999, required=False)
    region_code = forms.CharField(label=_("行政区划代码"), max_length=12, required=False)
    address = forms.CharField(label=_("地址"), max_length=255, required=False)
    park = forms.ModelChoiceField(Park.objects.none(), label=_("园区"), required=False, empty_label=_("不在园区里"))
    legal_representative = forms.CharField(
        label=_("法定代表人"),
        max_length=64,
        required=False,
        help_text=_("营业执照上的姓名，建会和集体协商的表格要用，别的地方不显示。"),
    )
    opened_on = forms.DateField(label=_("开业日期"), widget=DayInput(), required=False)
    closed_on = forms.DateField(label=_("关停日期"), widget=DayInput(), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, actor: Actor, employer: Employer | None = None, **kwargs: Any) -> None:
        """With an employer, the form changes it; an ownership of another list stays on offer."""
        super().__init__(*args, actor=actor, **kwargs)
        say_what_is_needed(self)
        self.employer = employer
        park = self.fields["park"]
        assert isinstance(park, forms.ModelChoiceField)  # noqa: S101 - declared above
        park.queryset = parks_seen(actor)
        self.pick_for("place", EDIT_EMPLOYER if employer else REGISTER_EMPLOYER)
        kept = employer.ownership_list if employer and employer.ownership_list else OWNERSHIP_LIST
        offered = [
            (f"{name}:{term.code}", term.title)
            for name in dict.fromkeys((OWNERSHIP_LIST, kept))
            for term in OWNERSHIP_LISTS[name]
        ]
        ownership = self.fields["ownership"]
        assert isinstance(ownership, forms.ChoiceField)  # noqa: S101 - declared above
        ownership.choices = [("", _("请选择")), *offered]

    def clean_place(self) -> Union | None:
        """The territorial union that was meant."""
        move = EDIT_EMPLOYER if self.employer else REGISTER_EMPLOYER
        found = meant_by(self.cleaned_data["place"], actor=self.actor, move=move)
        if isinstance(found, Reason):
            raise forms.ValidationError(in_words(found))
        return found

    def facts(self) -> EmployerFacts:
        """What was written."""
        given = self.cleaned_data
        ownership_list, _colon, ownership_code = given["ownership"].partition(":")
        return EmployerFacts(
            name=given["name"],
            place_id=given["place"].pk,
            uscc=given["uscc"],
            region_code=given["region_code"],
            trade_code=given["trade_code"],
            ownership_list=ownership_list,
            ownership_code=ownership_code,
            employees=given["employees"],
            women_employees=given["women_employees"],
            opened_on=given["opened_on"],
            closed_on=given["closed_on"],
            address=given["address"],
            park_id=given["park"].pk if given["park"] else None,
            legal_representative=given["legal_representative"],
        )


class CoverageForm(PickingForm):
    """Say which union covers an employer (建会、覆盖)."""

    union = PickField("employer-unions", EDIT_EMPLOYER, label=_("哪个工会覆盖它"), help_text=REFERENCE)
    valid_from = forms.DateField(label=_("从哪天起"), widget=DayInput())

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        """Unions of the actor's reach only."""
        super().__init__(*args, actor=actor, **kwargs)
        say_what_is_needed(self)

    def clean_union(self) -> Union | None:
        """The union that was meant."""
        found = meant_by(self.cleaned_data["union"], actor=self.actor, move=EDIT_EMPLOYER)
        if isinstance(found, Reason):
            raise forms.ValidationError(in_words(found))
        return found


class MonthInput(forms.DateInput):
    """A month, picked with the browser's own calendar where it has one."""

    input_type = "month"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m")


class HeadForm(forms.Form):
    """How many worked in a month (登记人数)."""

    month = forms.DateField(label=_("哪个月"), widget=MonthInput(), input_formats=["%Y-%m", "%Y-%m-%d"])
    employees = forms.IntegerField(label=_("职工人数"), min_value=0, max_value=9_999_999)
    women_employees = forms.IntegerField(label=_("女职工人数"), min_value=0, max_value=9_999_999, required=False)
    source = forms.ChoiceField(label=_("这个数哪里来的"), choices=list(SOURCE_WORDS.items()))

    def facts(self) -> HeadFacts:
        """What was written."""
        given = self.cleaned_data
        return HeadFacts(
            given["month"].replace(day=1), HeadSource(given["source"]), given["employees"], given["women_employees"]
        )


class ParkForm(PickingForm):
    """Enter a park (登记园区)."""

    name = forms.CharField(label=_("园区名称"), max_length=64)
    place = PickField("employer-unions", KEEP_PARKS, label=_("属地工会"), help_text=REFERENCE)

    def clean_place(self) -> Union | None:
        """The territorial union that was meant."""
        found = meant_by(self.cleaned_data["place"], actor=self.actor, move=KEEP_PARKS)
        if isinstance(found, Reason):
            raise forms.ValidationError(in_words(found))
        return found


def initial_of(employer: Employer) -> dict[str, Any]:
    """The form as the employer is now."""
    plain = (
        "name",
        "trade_code",
        "employees",
        "women_employees",
        "region_code",
        "address",
        "park",
        "legal_representative",
        "opened_on",
        "closed_on",
        "revision",
    )
    ownership = f"{employer.ownership_list}:{employer.ownership_code}" if employer.ownership_code else ""
    code = Union.objects.filter(pk=employer.place_id).values_list("code", flat=True).first()
    named = {name: getattr(employer, name) for name in plain}
    return named | {"uscc": employer.uscc or "", "place": code or "", "ownership": ownership}
