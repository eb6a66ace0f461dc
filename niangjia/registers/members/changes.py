"""What was changed of a member, from what to what (改动经过): the journal says who, the history of the row says what."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from niangjia.kernel.people.masks import masked_number, masked_phone
from niangjia.kernel.sealed import unseal
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.kernel.web.trail import Step
from niangjia.registers.members.forms import CODED
from niangjia.registers.members.history import PersonEvent
from niangjia.registers.members.models import Person
from niangjia.registers.members.rules.sealed_columns import SEALED_ID, SEALED_PHONE
from niangjia.registers.members.words import FIELD_WORDS, SEX_WORDS, title_of

SHOWN = 50
# The journal's entry and the row's history are written in one transaction, at nearly one instant.
SAME_ACT = timedelta(seconds=2)
PLAIN = (
    "name", "id_kind", "sex", "birth_on", "ethnicity", "political", "education", "household_registration", "migrant",
    "employment", "workplace", "title", "skill", "occupation",
)  # fmt: skip
SEALED = {
    "id_sealed": ("id_number", SEALED_ID, masked_number),
    "phone_sealed": ("phone", SEALED_PHONE, masked_phone),
}


def with_changes(person: Person, steps: list[Step]) -> list[Step]:
    """The trail of a member with every change from what to what; changes of rosters and the program stand by themselves."""
    told = _changes(person)
    shown = []
    for step in steps:
        at = next((at for at in told if step.changes and abs(at - step.at) < SAME_ACT), None)
        shown.append(replace(step, changes=told.pop(at)) if at is not None else step)
    alone = [Step(at, _("系统"), _("按花名册或规则更新了资料"), lines) for at, lines in told.items()]
    return sorted([*shown, *alone], key=lambda step: step.at, reverse=True)


def _changes(person: Person) -> dict[datetime, tuple[str, ...]]:
    """Per instant what changed: a row of the history is what was before, the next one, or the person, what is after."""
    found = PersonEvent.objects.filter(pgh_obj_id=person.pk, pgh_label="update").order_by("-pgh_id")
    events: list[Any] = list(found[:SHOWN])
    after: Any = person
    by_instant: dict[datetime, tuple[Any, Any]] = {}
    for event in events:
        # several statements of one act have one instant: the first before, the last after
        by_instant[event.pgh_created_at] = (event, by_instant.get(event.pgh_created_at, (None, after))[1])
        after = event
    told = {at: _lines(before, then, person.pk) for at, (before, then) in by_instant.items()}
    return {at: lines for at, lines in told.items() if lines}


def _lines(before: Any, after: Any, key: int) -> tuple[str, ...]:
    pairs = [
        (FIELD_WORDS[name], _said(name, getattr(before, name)), _said(name, getattr(after, name))) for name in PLAIN
    ]
    for column, (name, aad, mask) in SEALED.items():
        pair = (_opened(getattr(each, column), f"{aad}.{key}") for each in (before, after))
        was, now = pair
        if was != now:
            pairs.append((FIELD_WORDS[name], mask(was) if was else "", mask(now) if now else ""))
    return tuple(
        _("{field}：{before} → {after}").format(field=field, before=was or _("（空）"), after=now or _("（空）"))
        for field, was, now in pairs
        if was != now
    )


def _opened(sealed: Any, aad: str) -> str:
    return unseal(bytes(sealed), aad=aad) if sealed else ""


def _said(name: str, value: Any) -> str:
    """A value as people call it."""
    if isinstance(value, bool):
        return title_of(CODED["migrant"], "yes" if value else "no")
    if value in (None, ""):
        return ""
    if isinstance(value, date):
        return day(value)
    if name == "sex":
        return str(SEX_WORDS.get(value, ""))
    return title_of(CODED[name], value) if name in CODED else str(value)
