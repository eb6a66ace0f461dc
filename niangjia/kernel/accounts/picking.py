"""The accounts that a role may be handed down to, by part of the name or of the account."""

from django.db.models import Q

from niangjia.kernel.access.delegation import may_receive
from niangjia.kernel.access.rules import DELEGATE_ROLE, Actor, Move
from niangjia.kernel.web.picking import Choice, Pickable


def _suggest(actor: Actor, _move: Move, words: str, most: int) -> list[Choice]:
    found = may_receive(actor).filter(Q(name__icontains=words) | Q(login__istartswith=words)).order_by("name", "pk")
    return [Choice(each.login, each.name, "，".join(filter(None, (each.post, each.login)))) for each in found[:most]]


def _title_of(actor: Actor, _move: Move, login: str) -> str:
    return may_receive(actor).filter(login__iexact=login).values_list("name", flat=True).first() or ""


RECEIVERS = Pickable((DELEGATE_ROLE,), _suggest, _title_of)
