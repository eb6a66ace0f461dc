"""What closing a union means for its term: it ends with the day, and so do the committees."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from niangjia.kernel.access.rules import Actor
from niangjia.registers.committees.elections.models import Election
from niangjia.registers.committees.motions.models import Extension, Recall
from niangjia.registers.committees.queries import present_term
from niangjia.registers.committees.services import end_terms
from niangjia.registers.orgs.closing import Closing, Effect
from niangjia.registers.orgs.models import Union


def procedures_at(union: Union) -> Iterator[Effect]:
    """An election, an extension or a recall that is under way is in the way: it would be of a committee that is no more."""
    for rows, words, address in (
        (Election.objects.all(), _("「{name}」有一次选举还没有办完。先办完，或者不办了。"), "/desk/election/"),
        (Extension.objects.all(), _("「{name}」申请的延期还没有结果。先批，或者撤回。"), "/desk/extension/"),
        (Recall.objects.all(), _("「{name}」有一件罢免还没有结果。先办完，或者不办了。"), "/desk/recall/"),
    ):
        if rows.filter(union=union, settled_at=None).exists():
            yield Effect(words.format(name=union.name), blocks=True, address=address)


def _effects(union: Union, _on: date) -> list[Effect]:
    term = present_term(union.pk)
    found = list(procedures_at(union))
    if term is not None:
        found.append(Effect(_("第 {n} 届到那天为止，委员会和职务一起结束。").format(n=term.number)))
    return found


def _carry_out(union: Union, _by: Actor, on: date) -> dict[str, int]:
    return {"terms": end_terms(union, on=on)}


CLOSING = Closing(_effects, _carry_out)
