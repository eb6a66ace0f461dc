"""Undo an import of unions: what it registered goes, what it changed comes back; refused where somebody was here since."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import ForeignObjectRel
from pghistory.models import Event

from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.intake.models import Change, Import
from niangjia.kernel.places.models import Place, PlaceStanding, SecondStanding
from niangjia.kernel.places.services import lock_tree, move_place, set_second_parents
from niangjia.registers.orgs.models import Union


class Touched(NamedTuple):
    """A union that keeps an import from being undone, and why."""

    code: str
    name: str
    reason: Reason


# Keys are checked statement by statement: put off to the end, a hundred thousand checks queue behind each other.
# One statement for all places, because a parent may go only together with those below it.
TAKE_BACK = (
    "SET CONSTRAINTS ALL IMMEDIATE",
    "DROP TABLE IF EXISTS pg_temp.gone",
    "CREATE TEMP TABLE gone ON COMMIT DROP AS SELECT place_id FROM orgs_union WHERE intake_id = %(batch)s",
    "ANALYZE gone",
    "DELETE FROM orgs_union u USING gone WHERE u.place_id = gone.place_id",
    "DELETE FROM places_secondstanding s USING gone WHERE s.place_id = gone.place_id",
    "DELETE FROM places_placestanding s USING gone WHERE s.place_id = gone.place_id",
    "DELETE FROM places_place p USING gone WHERE p.id = gone.place_id",
)


def touched_since(batch: Import) -> list[Touched]:
    """Unions of the import that were changed since, or that something refers to by now."""
    created = list(Union.objects.filter(intake=batch).order_by("code"))
    changes = {change.thing_id: change for change in Change.objects.filter(batch=batch)}
    changed = [
        union
        for union in (*created, *Union.objects.filter(pk__in=changes).order_by("code"))
        if union.revision != (changes[union.pk].revision_after if union.pk in changes else 1)
    ]
    used = _used({union.pk for union in created}) - {union.pk for union in changed}
    return [Touched(union.code, union.name, Reason("changed_since", _CHANGED, {})) for union in changed] + [
        Touched(union.code, union.name, Reason("in_use", _IN_USE, {})) for union in created if union.pk in used
    ]


def undo(batch: Import, *, on: date) -> None:
    """Take back what the import did; call `touched_since` before, in the same transaction."""
    lock_tree()
    changes = list(Change.objects.filter(batch=batch))
    for change in changes:
        _restore(change, on=on)
    with connection.cursor() as cursor:
        for statement in TAKE_BACK:
            cursor.execute(statement, {"batch": batch.pk})


def _restore(change: Change, *, on: date) -> None:
    before: dict[str, Any] = change.before
    Union.objects.filter(pk=change.thing_id).update(
        name=before["name"], uscc=before["uscc"], region_code=before["region_code"]
    )
    place = Place.objects.get(pk=change.thing_id)
    set_second_parents({place.pk: before["second_parent"]}, on=on)
    parent = Place.objects.filter(pk=before["parent"]).first()
    move_place(place, parent, on=on)


def _used(ids: set[int]) -> set[int]:
    """Of these unions, those that a row outside the import refers to: members, employers, rights, unions below."""
    own = {Union, PlaceStanding, SecondStanding}
    relations = [*Place._meta.related_objects, *Union._meta.related_objects]  # noqa: SLF001 - Django's own way to ask
    found: set[int] = set()
    for relation in relations:
        model = relation.related_model
        # A history is no use; of many to many, the rows between are asked themselves.
        if model not in own and not issubclass(model, Event) and not relation.many_to_many:
            found |= _referred(relation, ids)
    return found


def _referred(relation: ForeignObjectRel, ids: set[int]) -> set[int]:
    name = relation.field.name
    rows = relation.related_model._base_manager.filter(**{f"{name}__in": ids})  # noqa: SLF001 - every row counts
    if relation.related_model is Place:
        rows = rows.exclude(pk__in=ids)
    referred: Iterable[int] = rows.values_list(name, flat=True).distinct()
    return set(referred)


_CHANGED = gettext_noop("导入以后有人改过。先看看改了什么；要撤销，先把它改回去。")
_IN_USE = gettext_noop("导入以后已经有会员、单位、账号或下级工会在它名下。先把他们挪走，再撤销。")
