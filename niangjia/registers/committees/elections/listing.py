"""The list of elections: which union, how far; the soonest day first."""

from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.listing import desk_cases, listing_of
from niangjia.kernel.listing import Column, Empty
from niangjia.kernel.listing.declaration import Rows
from niangjia.registers.committees.elections.kind import ELECTION_KIND, LINE
from niangjia.registers.committees.rules.moves import KEEP_COMMITTEES


def elections(actor: Actor) -> Rows:
    """The elections that the actor works on."""
    return desk_cases(LINE, actor).select_related("election__union")


def _found(rows: Rows, written: str) -> Rows:
    """By the name of the union, or the number of the case."""
    tidy = written.strip()[:64]
    return rows.filter(Q(election__union__name__contains=tidy) | Q(number__contains=tidy))


def _union(case: Case) -> str:
    return case.election.union.name


_BASE = listing_of(LINE)
ELECTIONS = replace(
    _BASE,
    visible_to=elections,
    columns=(
        Column(_("工会"), _union, link=ELECTION_KIND.desk, note="number", sort=("election__union__name", "pk")),
        *_BASE.columns[1:],
    ),
    search=_found,
    search_words=_("工会、编号"),
    empty=Empty(_("没有在办的换届"), _("从工会页面的「届期和委员会」里启动。"), icon=ELECTION_KIND.icon),
    move=KEEP_COMMITTEES,
)
