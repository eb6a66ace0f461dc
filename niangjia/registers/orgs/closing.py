"""What it means to close a union: the registers above say what stands in the way, and carry out what follows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import ngettext

from niangjia.kernel.access.models import Grant
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import take_back
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import children_of

Words = str | Promise


@dataclass(frozen=True)
class Effect:
    """One thing that follows from closing (撤销的后果), or that stands in its way; `address` is where it is seen."""

    words: Words
    blocks: bool = False
    address: str = ""
    # It blocks only whoever closes by hand: by a plan that the union above approved it may be done.
    needs_approval: bool = False


@dataclass(frozen=True)
class Closing:
    """What one register has to do with it; `carry_out` answers how many of what, for the journal."""

    effects: Callable[[Union, date], list[Effect]]
    carry_out: Callable[[Union, Actor, date], dict[str, int]]


def effects_of(union: Union, *, on: date, is_approved: bool = False) -> list[Effect]:
    """Everything that follows from closing this union on a day, what stands in the way first.

    What only an approval with a document may do is not in the way of one that has it.
    """
    found = [effect for closing in _closings() for effect in closing.effects(union, on)]
    found = [effect for effect in found if not (is_approved and effect.needs_approval)]
    return sorted(found, key=lambda effect: not effect.blocks)


def carry_out(union: Union, *, by: Actor, on: date) -> dict[str, int]:
    """Do what follows from closing, in the caller's transaction."""
    done: dict[str, int] = {}
    for closing in _closings():
        done |= closing.carry_out(union, by, on)
    return {name: number for name, number in done.items() if number}


def _closings() -> list[Closing]:
    return [import_string(name) for name in settings.NIANGJIA_CLOSING]


def _tree(union: Union, _on: date) -> list[Effect]:
    below = children_of(union).count()
    if not below:
        return []
    words = ngettext(
        "它下面还有 %(n)s 个没撤销的工会。先撤销它们，或者挂到别处。",
        "它下面还有 %(n)s 个没撤销的工会。先撤销它们，或者挂到别处。",
        below,
    )
    return [Effect(words % {"n": f"{below:,}"}, blocks=True, address=f"/unions/?under={union.code}")]


def _rights(union: Union, _on: date) -> list[Effect]:
    number = _open_rights(union).count()
    if not number:
        return []
    words = ngettext("在它这里办事的 %(n)s 个权限马上收回。", "在它这里办事的 %(n)s 个权限马上收回。", number)
    return [Effect(words % {"n": f"{number:,}"})]


def _end_rights(union: Union, by: Actor, _on: date) -> dict[str, int]:
    ending = list(_open_rights(union).select_related("place", "account"))
    for grant in ending:
        take_back(grant, by=by)
    return {"rights": len(ending)}


def _open_rights(union: Union) -> QuerySet[Grant]:
    return Grant.objects.filter(place_id=union.pk, revoked_at=None)


TREE = Closing(_tree, lambda _union, _by, _on: {})
RIGHTS = Closing(_rights, _end_rights)
