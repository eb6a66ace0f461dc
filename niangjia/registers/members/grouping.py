"""Say of many members at once which group they belong to (群体): migrant workers, or an occupation."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.journal.services import record
from niangjia.kernel.listing import BulkAction, Preview
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.queries import HOLDING, PersonRows, editable_by
from niangjia.registers.members.rules import OccupationGroup
from niangjia.registers.members.rules.moves import EDIT_MEMBERS
from niangjia.registers.members.services import CHANGED
from niangjia.registers.members.words import OCCUPATION_WORDS

Words = str | Promise
MIGRANT, NOT_MIGRANT = "migrant", "not_migrant"
GROUP_WORDS: Mapping[str, Words] = {
    MIGRANT: _("农民工"),
    NOT_MIGRANT: _("不是农民工"),
    **OCCUPATION_WORDS,
    OccupationGroup.NONE.value: _("不属于八大群体"),
}


def preview_group(rows: PersonRows, value: str, *, by: Actor) -> Preview:
    """Whom it would change: members who are here now, may be changed by this actor, and are not in the group yet."""
    field, wanted = _meant(value)
    facts = rows.order_by().values_list("pk", field)
    editable = set(editable_by(by).filter(pk__in=rows.order_by().values("pk")).values_list("pk", flat=True))
    why = Counter("here" if pk in editable else "away" for pk, _now in facts)
    others = [(pk, now) for pk, now in facts if pk in editable]
    changes = tuple(pk for pk, now in others if now != wanted)
    left = [(_("已经是了"), why["here"] - len(changes)), (_("现在不是这里的会员，或者不归您管"), why["away"])]
    moved = sum(now != wanted and now not in ("", None, OccupationGroup.NONE.value) for _pk, now in others)
    words = (_moved(moved),) if moved else ()
    return Preview(changes, tuple((reason, number) for reason, number in left if number), words)


@transaction.atomic
def set_group(person_ids: Sequence[int], value: str, *, by: Actor) -> int:
    """Put members into a group (归入群体): of these, those in reach who are not in it yet; an entry for each of them."""
    field, wanted = _meant(value)
    found = editable_by(by).filter(pk__in=person_ids).order_by().values_list("pk", flat=True)
    held = Person.objects.select_for_update().filter(pk__in=sorted(found)).order_by("pk")
    changed = [person.pk for person in held.only("pk", field) if getattr(person, field) != wanted]
    Person.objects.filter(pk__in=changed).update(**{field: wanted})
    present = Membership.objects.filter(person__in=changed, period__upper_inf=True, state__in=HOLDING)
    for person_id, city, union_id in present.order_by("person").values_list("person", "city", "union"):
        detail = {field: [CHANGED, CHANGED]}
        record("edit_member", by=by, thing="person", thing_id=person_id, place=(city, union_id), detail=detail)
    return len(changed)


def _meant(value: str) -> tuple[str, Any]:
    if value in (MIGRANT, NOT_MIGRANT):
        return "migrant", value == MIGRANT
    return "occupation", OccupationGroup(value).value


def _moved(number: int) -> str:
    words = ngettext("其中 %(n)s 人现在记的不一样，会改过来。", "其中 %(n)s 人现在记的不一样，会改过来。", number)
    return words % {"n": f"{number:,}"}


SET_GROUP = BulkAction(
    "group",
    _("归入群体"),
    "users-group",
    EDIT_MEMBERS,
    asks=_("归入哪个群体"),
    choices=GROUP_WORDS.items(),
    preview=preview_group,
    apply=set_group,
    consequence=_("每个人的经过里都会记一笔：谁、哪天改的。会籍不变，也不会给本人发消息。"),
)
