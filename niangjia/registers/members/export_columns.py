"""What a list of members can say in a file: each field as it is read, and which of them hide something."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from niangjia.kernel.access.queries import within
from niangjia.kernel.exports.declaration import Secret
from niangjia.kernel.exports.rules import Grade
from niangjia.registers.members import queries
from niangjia.registers.members.masked import clear_number, clear_phone, is_here, shown_number, shown_phone
from niangjia.registers.members.models import Membership
from niangjia.registers.members.services import VOCABULARIES
from niangjia.registers.members.words import KIND_WORDS, STATE_BADGES

HIDDEN = "**"


def _subject(person: Any) -> int:
    return int(person.pk)


ID_NUMBER = Secret("id_number", _("证件号码"), Grade.L4, clear_number, _subject)
PHONE = Secret("phone", _("手机"), Grade.L3, clear_phone, _subject)
# The national form has it (总工办发〔2017〕14号); a restricted field of the register.
POLITICAL = Secret(
    "political", _("政治面貌"), Grade.L3, lambda person: title_of("political", person.political), _subject
)


@dataclass(frozen=True)
class Reading:
    """How one field is read for a file (取值): shown, and what it hides."""

    value: Callable[[Any], Any]
    secret: Secret | None = None
    kind: str = "text"
    vocabulary: str = ""


def title_of(name: str, code: Any) -> str:
    """A coded value as lists write it, in Chinese: a roster of it can be read again."""
    if isinstance(code, bool):
        code = "yes" if code else "no"
    return VOCABULARIES[name].titles.get(code, "") if code not in (None, "") else ""


def _coded(name: str) -> Reading:
    return Reading(lambda person: title_of(name, getattr(person, name)), vocabulary=name)


def _state(person: Any) -> str:
    with override("zh-hans"):
        return str(STATE_BADGES[person.shown_state].words) if person.shown_state else ""


def _kind(person: Any) -> str:
    with override("zh-hans"):
        return str(KIND_WORDS.get(person.form_kind, ""))


READINGS: Mapping[str, Reading] = {
    "name": Reading(lambda person: person.name),
    "id_kind": _coded("id_kind"),
    "id_number": Reading(shown_number, ID_NUMBER, "mono"),
    "sex": _coded("sex"),
    "birth_on": Reading(lambda person: person.birth_on, kind="day"),
    "ethnicity": _coded("ethnicity"),
    "political": Reading(lambda person: HIDDEN if person.political else "", POLITICAL, vocabulary="political"),
    "education": _coded("education"),
    "phone": Reading(lambda person: shown_phone(person) if is_here(person) else "", PHONE, "mono"),
    "household_registration": _coded("household_registration"),
    "migrant": _coded("migrant"),
    "employment": _coded("employment"),
    "workplace": Reading(lambda person: person.workplace),
    "employer_uscc": Reading(lambda person: person.form_employer_uscc, kind="mono"),
    "union": Reading(lambda person: person.shown_union),
    "union_code": Reading(lambda person: person.shown_code, kind="mono"),
    "union_uscc": Reading(lambda person: person.form_union_uscc, kind="mono"),
    "title": Reading(lambda person: person.title),
    "skill": _coded("skill"),
    "occupation": _coded("occupation"),
    "joined_on": Reading(lambda person: person.shown_joined_on, kind="day"),
    "member_no": Reading(lambda person: person.form_member_no, kind="mono"),
    "state": Reading(_state),
    "kind": Reading(_kind),
}


def with_form_facts(persons: QuerySet[Any]) -> QuerySet[Any]:
    """What forms ask of the membership shown beyond what the list has."""
    if not isinstance(persons, queries.PersonRows):
        raise TypeError(persons)
    held = Membership.objects.filter(within(persons.paths, field="union__place__path"), person=OuterRef("pk"))
    latest = held.order_by("-period", "-pk")
    wanted: dict[str, str] = {
        "form_member_no": "member_no",
        "form_kind": "kind",
        "form_union_uscc": "union__uscc",
        "form_employer_uscc": "employer__uscc",
    }
    return persons.annotate(**{name: Subquery(latest.values(field)[:1]) for name, field in wanted.items()})
