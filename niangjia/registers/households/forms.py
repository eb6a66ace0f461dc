"""Short forms for a phone: where the household lives, one person, one school."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.dated.queries import regions
from niangjia.kernel.web.reasons import say_what_is_needed
from niangjia.registers.households.rules import (
    LONGEST_ADDRESS,
    LONGEST_GRADE,
    LONGEST_SCHOOL,
    KinWritten,
    Relation,
    SchoolWritten,
    Stage,
)
from niangjia.registers.households.services import Home
from niangjia.registers.households.words import RELATION_WORDS, STAGE_WORDS
from niangjia.registers.orgs.forms import DayInput

LONGEST_NAME, LONGEST_NUMBER = 30, 24
OTHERS = tuple(each for each in Relation if each is not Relation.APPLICANT)


def county_choices(near: str) -> list[tuple[str, str]]:
    """The counties and districts of the same city (the first four digits), by code; with one from elsewhere kept."""
    named = regions(on=clock.today())
    found = [(code, name) for code, name in named.items() if code[:4] == near[:4] and not code.endswith("00")]
    if near and near not in dict(found):
        found.append((near, named.get(near, near)))
    return found


class HomeForm(forms.Form):
    """Where the household lives (住在哪里)."""

    region_code = forms.ChoiceField(label=_("住在哪个县区"))
    address = forms.CharField(
        label=_("住址"), max_length=LONGEST_ADDRESS, required=False,
        help_text=_("可以不写。写了加密保存，只有上门探望要用。"),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )  # fmt: skip
    since = forms.DateField(label=_("从哪天起住在一起"), widget=DayInput(), help_text=_("记不清的，写大概的日子。"))

    def __init__(self, *args: Any, near: str, is_begun: bool = False, **kwargs: Any) -> None:
        """Counties near her union; since when is asked once."""
        super().__init__(*args, **kwargs)
        self.fields["region_code"].choices = county_choices(near)  # type: ignore[attr-defined]  # a ChoiceField
        if is_begun:
            del self.fields["since"]
        say_what_is_needed(self)

    def home(self, *, since: date | None = None) -> Home:
        """What was written."""
        given = self.cleaned_data
        return Home(given["region_code"], given["address"], given.get("since") or since or clock.today())


class PersonForm(forms.Form):
    """One person she lives with (一位家人)."""

    relation = forms.ChoiceField(
        label=_("是您的什么人"), choices=[(each.value, RELATION_WORDS[each.value]) for each in OTHERS],
        widget=forms.RadioSelect(),
    )  # fmt: skip
    name = forms.CharField(label=_("姓名"), max_length=LONGEST_NAME)
    birth_on = forms.DateField(label=_("出生日期"), widget=DayInput(), required=False)
    id_number = forms.CharField(
        label=_("身份证号"), max_length=LONGEST_NUMBER, required=False,
        help_text=_("可以不写。写了，出生日期就不用写；加密保存，谁也看不到全号。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    since = forms.DateField(label=_("从哪天起住在一起"), widget=DayInput())
    agreed = forms.BooleanField(
        label=_("我告诉过这位家人，同意写在这里；不满十四岁的，我是父母或者监护人"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """What may stay empty says so."""
        super().__init__(*args, **kwargs)
        say_what_is_needed(self)

    def written(self) -> KinWritten:
        """What was written."""
        given = self.cleaned_data
        return KinWritten(
            name=given["name"], relation=Relation(given["relation"]), since=given["since"], birth_on=given["birth_on"],
            id_number=given["id_number"], agreed=given["agreed"],
        )  # fmt: skip


class SchoolForm(forms.Form):
    """A school (在哪里上学)."""

    stage = forms.ChoiceField(label=_("在校类别"), choices=STAGE_WORDS.items(), widget=forms.RadioSelect())
    school = forms.CharField(label=_("学校"), max_length=LONGEST_SCHOOL)
    grade = forms.CharField(
        label=_("年级"), max_length=LONGEST_GRADE, required=False, help_text=_("可以不写，比如三年级。")
    )
    since = forms.DateField(label=_("哪天入学"), widget=DayInput())
    until = forms.DateField(
        label=_("哪天毕业或者离开"), widget=DayInput(), required=False, help_text=_("还在上的，空着。")
    )
    is_private = forms.BooleanField(label=_("是民办学校"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """What may stay empty says so."""
        super().__init__(*args, **{"prefix": "school", **kwargs})
        say_what_is_needed(self)

    def written(self) -> SchoolWritten:
        """What was written."""
        given = self.cleaned_data
        return SchoolWritten(
            school=given["school"], stage=Stage(given["stage"]), since=given["since"], grade=given["grade"],
            is_private=given["is_private"], until=given["until"],
        )  # fmt: skip


class LeavingForm(forms.Form):
    """Since when somebody lives there no more (搬走了)."""

    until = forms.DateField(label=_("哪天起不住在一起了"), widget=DayInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The day is needed."""
        super().__init__(*args, **{"prefix": "leaving", **kwargs})
        say_what_is_needed(self)
