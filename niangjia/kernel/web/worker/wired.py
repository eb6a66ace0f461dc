"""What is declared for the worker's side, read from the settings."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.web.worker.declared import Matter, Note, OwnRecord, OwnUnion, Service

# The forms of states in which something waits for the person herself.
HERS = frozenset({"wait", "back"})


def services_for(actor: Actor) -> list[Service]:
    """Every service for this person, from the tuples named in `NIANGJIA_SERVICES`."""
    declared: list[Service] = [each for name in settings.NIANGJIA_SERVICES for each in import_string(name)]
    return sorted((each for each in declared if each.is_for(actor)), key=lambda each: each.order)


def matters_of(actor: Actor) -> list[Matter]:
    """What this person asked for: what waits for her, what is under way, the latest first; from `NIANGJIA_OWN_MATTERS`."""
    found: list[Matter] = _gathered(settings.NIANGJIA_OWN_MATTERS, actor)
    return sorted(found, key=lambda each: (not each.is_open, each.state.form not in HERS, -each.asked_at.timestamp()))


def notes_for(actor: Actor) -> list[Note]:
    """What waits for this person, from the functions in `NIANGJIA_OWN_NOTES`."""
    return _gathered(settings.NIANGJIA_OWN_NOTES, actor)


def own_records(actor: Actor) -> list[OwnRecord]:
    """What is held about this person, from the functions in `NIANGJIA_OWN_RECORDS`."""
    return _gathered(settings.NIANGJIA_OWN_RECORDS, actor)


def union_of(actor: Actor) -> OwnUnion | None:
    """The union this person belongs to, by the function in `NIANGJIA_OWN_UNION`."""
    found: OwnUnion | None = import_string(settings.NIANGJIA_OWN_UNION)(actor)
    return found


def _gathered(names: Iterable[str], actor: Actor) -> list[Any]:
    functions: list[Callable[[Actor], Iterable[Any]]] = [import_string(name) for name in names]
    return [each for function in functions for each in function(actor)]
