"""How many records wait to be put right, on the first page of who keeps them."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.web.todo import ToDo
from niangjia.registers.members.clinic.queries import open_ones, visible_to
from niangjia.registers.members.clinic.rules import REPAIR_MEMBERS

MOST_COUNTED = 10_000


def things_to_do(actor: Actor, on: date) -> list[ToDo]:
    """One line with the number; which ones is on the list."""
    if not actor.paths(REPAIR_MEMBERS):
        return []
    waiting = open_ones(visible_to(actor).select_related(None), on=on).order_by()[:MOST_COUNTED].count()
    if not waiting:
        return []
    words = ngettext("%(n)s 条登记要改", "%(n)s 条登记要改", waiting) % {"n": f"{waiting:,}"}
    return [
        ToDo(
            kind="repair",
            icon="list-search",
            title=words,
            address=f"{reverse('repairs')}?state=open",
            verb=_("去看看"),
            note=(_("缺的、对不上的，改好了自己就走"),),
        )
    ]
