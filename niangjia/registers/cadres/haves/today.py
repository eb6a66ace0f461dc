"""The four haves on the first page: how many unions below lack something."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy, ngettext

from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.web.todo import ToDo
from niangjia.registers.cadres.haves.queries import LACKING, unions_with_haves

# No more are counted with each first page; the list behind it has them all. 本系统默认值
MOST = 1_000


def things_to_do(actor: Actor, on: date) -> Iterable[ToDo]:
    """One thing, and the list behind it: for cadres of the unions above."""
    del on
    own = [right.place_id for right in actor.rights if right.role is Role.CADRE]
    if not own:
        return
    number = unions_with_haves(actor).filter(LACKING).exclude(pk__in=own).order_by()[:MOST].count()
    if number:
        words = ngettext("下面 %(n)s 个工会四样还没有齐", "下面 %(n)s 个工会四样还没有齐", number)
        yield ToDo(
            kind="haves",
            icon="users-group",
            title=words % {"n": f"{number:,}+" if number == MOST else f"{number:,}"},
            address="/desk/haves/?lacks=any",
            verb=gettext_lazy("去看看"),
        )
