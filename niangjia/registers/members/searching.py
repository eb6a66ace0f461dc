"""Members in the box on top: by part of the name, pinyin, initials, tail, whole number or phone."""

from typing import Any

from django.utils.translation import gettext as _

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.search import Asked, Found, Hit, SearchSource
from niangjia.kernel.search.lists import MOST, more
from niangjia.registers.members import queries
from niangjia.registers.members.listing import MEMBERS, state_badge
from niangjia.registers.members.masked import tail_of
from niangjia.registers.members.rules.moves import SEE_MEMBERS


def _hit(person: Any) -> Hit:
    return Hit(
        person.name,
        (_("尾号 {tail}").format(tail=tail_of(person)), person.shown_union),
        f"/members/{person.pk}/",
        state_badge(person),
    )


def _find(actor: Actor, asked: Asked, limit: int) -> Found:
    persons = queries.visible_to(actor)
    if queries.is_one_part(asked.text):
        found = queries.first_found(actor, asked.text, most=MOST + 1)
    else:
        meant = queries.matching(persons, asked.text).order_by("name_sort", "subject")
        found = list(meant.values_list("pk", flat=True)[: MOST + 1])
    best = queries.with_latest(persons).in_bulk(found[:limit]) if found else {}
    hits = tuple(_hit(best[pk]) for pk in found[:limit] if pk in best)
    return Found(hits, *more(MEMBERS, asked, total=len(found), limit=limit))


MEMBERS_FOUND = SearchSource("members", MEMBERS.title, "users", _find, SEE_MEMBERS)
