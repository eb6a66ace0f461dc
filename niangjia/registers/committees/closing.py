"""What closing a union means for its term: it ends with the day, and so do the committees."""

from datetime import date

from django.utils.translation import gettext as _

from niangjia.kernel.access.rules import Actor
from niangjia.registers.committees.queries import present_term
from niangjia.registers.committees.services import end_terms
from niangjia.registers.orgs.closing import Closing, Effect
from niangjia.registers.orgs.models import Union


def _effects(union: Union, _on: date) -> list[Effect]:
    term = present_term(union.pk)
    if term is None:
        return []
    return [Effect(_("第 {n} 届到那天为止，委员会和职务一起结束。").format(n=term.number))]


def _carry_out(union: Union, _by: Actor, on: date) -> dict[str, int]:
    return {"terms": end_terms(union, on=on)}


CLOSING = Closing(_effects, _carry_out)
