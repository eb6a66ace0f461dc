"""Things to do in the box on top: by words of their title, and of the facts beside it."""

from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.search import Asked, Found, Hit, SearchSource
from niangjia.kernel.web.searching import NOWHERE, rank_of
from niangjia.kernel.web.todo import things_to_do


def _find(actor: Actor, asked: Asked, limit: int) -> Found:
    found = [
        Hit(thing.title, thing.note, thing.address)
        for thing in things_to_do(actor, on=clock.today())
        if rank_of(asked.text, (str(thing.title), *(str(fact) for fact in thing.note))) < NOWHERE
    ]
    return Found(tuple(found[:limit]))


THINGS_FOUND = SearchSource("things", _("要办的事"), "checks", _find, is_slow=True)
