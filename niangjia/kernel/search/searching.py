"""Everything the box finds for somebody, group by group."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.search.declaration import Found, SearchSource
from niangjia.kernel.search.rules import Asked

PER_GROUP = 5
# Under the box all groups are to be seen at once.
PER_GROUP_TYPING = 3


@dataclass(frozen=True)
class Group:
    """The hits of one source."""

    source: SearchSource
    found: Found


def sources() -> tuple[SearchSource, ...]:
    """All sources, in the order of `NIANGJIA_SEARCHES`."""
    return tuple(import_string(path) for path in settings.NIANGJIA_SEARCHES)


def groups_for(actor: Actor, asked: Asked, *, is_typing: bool = False) -> list[Group]:
    """What every source that this actor may ask has found; without hits it is left out, and slow ones wait for the page."""
    if not asked.text or asked.is_short:
        return []
    asked_now = (source for source in sources() if source.is_for(actor) and not (is_typing and source.is_slow))
    limit = PER_GROUP_TYPING if is_typing else PER_GROUP
    found = ((source, source.find(actor, asked, limit)) for source in asked_now)
    return [Group(source, answer) for source, answer in found if answer.hits]
