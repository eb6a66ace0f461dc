"""What is written down of a member, as a form; the checks are those of a roster."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.chinese import Reason, Vocabulary
from niangjia.kernel.web.picking import PickField, PickingForm
from niangjia.kernel.web.reasons import in_words, say_what_is_needed
from niangjia.registers.members.masked import shown_number, shown_phone
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.rules import (
    EDUCATIONS,
    EMPLOYMENT_STATUSES,
    ETHNICITIES,
    HOUSEHOLD_REGISTRATIONS,
    ID_KINDS,
    MIGRANTS,
    OCCUPATION_GROUPS,
    POLITICAL_STATUSES,
    READ_LIKE_ID_CARD,
    SEXES,
    SKILL_GRADES,
)
from niangjia.registers.members.rules.moves import EDIT_MEMBERS
from niangjia.registers.members.words import FIELD_WORDS, title_of
from niangjia.registers.orgs.forms import REFERENCE, DayInput
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import meant_by

CODED: Mapping[str, Vocabulary] = {
    "id_kind": ID_KINDS,
    "sex": SEXES,
    "ethnicity": ETHNICITIES,
    "political": POLITICAL_STATUSES,
    "education": EDUCATIONS,
    "household_registration": HOUSEHOLD_REGISTRATIONS,
    "migrant": MIGRANTS,
    "employment": EMPLOYMENT_STATUSES,
    "skill": SKILL_GRADES,
    "occupation": OCCUPATION_GROUPS,
}
PARTS = (
    (_("是谁"), ("name", "id_kind", "id_number", "sex", "birth_on", "phone")),
    (_("在哪个工会"), ("union", "joined_on", "member_no")),
    (
        _("工作和户籍"),
        ("workplace", "title", "employment", "skill", "occupation", "migrant", "household_registration"),
    ),
    (_("其他"), ("ethnicity", "education", "political")),
)


def _text(name: str, length: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=FIELD_WORDS[name], max_length=length, required=False, **more)


def _coded(name: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=FIELD_WORDS[name], required=False, choices=lambda: _choices(CODED[name]))


def _choices(vocabulary: Vocabulary) -> list[tuple[str, str]]:
    return [("", gettext("请选择")), *((term.code, title_of(vocabulary, term.code)) for term in vocabulary)]


class MemberForm(PickingForm):
    """Register a member, or change what is registered of her (会员登记、变更)."""

    name = _text("name", 64, help_text=_("和证件上的一样。"))
    id_kind = _coded("id_kind")
    id_number = _text("id_number", 40, help_text=_("身份证号 18 位，最后一位可能是字母 X。"))
    sex = _coded("sex")
    birth_on = _text("birth_on", 10, widget=DayInput(), help_text=_("有身份证的不用填，从号码里取。"))
    phone = _text("phone", 24, help_text=_("没有的空着，不影响入会。"))
    union = PickField("member-unions", EDIT_MEMBERS, label=FIELD_WORDS["union"], help_text=REFERENCE)
    joined_on = _text("joined_on", 10, widget=DayInput())
    member_no = _text("member_no", 32)
    workplace = _text("workplace", 128)
    title = _text("title", 64)
    employment = _coded("employment")
    skill = _coded("skill")
    occupation = _coded("occupation")
    migrant = _coded("migrant")
    household_registration = _coded("household_registration")
    ethnicity = _coded("ethnicity")
    education = _coded("education")
    political = _coded("political")
    revision = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, actor: Actor, person: Person | None = None, **kwargs: Any) -> None:
        """With a person, the form changes her record; number and phone are shown masked and left blank to stay."""
        super().__init__(*args, actor=actor, **kwargs)
        say_what_is_needed(self)
        if person is None:
            self.fields["name"].required = self.fields["id_number"].required = True
            return
        del self.fields["union"]
        if person.id_kind in READ_LIKE_ID_CARD:  # both are read from the number, and it must not show
            del self.fields["sex"], self.fields["birth_on"]
        self.fields["id_number"].help_text = _("现在是 %(shown)s。空着就不改。") % {"shown": shown_number(person)}
        phone = shown_phone(person)
        if phone:
            self.fields["phone"].help_text = _("现在是 %(shown)s。空着就不改。") % {"shown": phone}

    def clean_union(self) -> Union | None:
        """The union that was meant."""
        found = meant_by(self.cleaned_data["union"], actor=self.actor, move=EDIT_MEMBERS)
        if isinstance(found, Reason):
            raise forms.ValidationError(in_words(found))
        return found

    def written(self) -> dict[str, str]:
        """What was typed, as a row of a roster would have it."""
        return {
            name: str(value or "") for name, value in self.cleaned_data.items() if name not in ("union", "revision")
        }

    def parts(self) -> list[tuple[Any, list[Any]]]:
        """The fields under their headings."""
        return [(title, [self[name] for name in names if name in self.fields]) for title, names in PARTS]


def initial_of(person: Person, membership: Membership) -> dict[str, Any]:
    """The form as the record is now, without number and phone; what a card's number tells is not said either."""
    plain = [name for name in CODED if name not in ("id_kind", "migrant")]
    said = {name: getattr(person, name) for name in ("name", "id_kind", "birth_on", "workplace", "title", *plain)}
    migrant = {None: "", True: "yes", False: "no"}[person.migrant]
    numbers = {"joined_on": membership.joined_on, "member_no": membership.member_no, "revision": person.revision}
    return said | {"migrant": migrant} | numbers
