"""The list of reorganisations: what with which unions, from which day, how far."""

from dataclasses import replace

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.kinds import Words
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.listing import desk_cases, listing_of
from niangjia.kernel.listing import Button, Column, Empty
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.registers.orgs.reorganising.kind import LINE, OPERATIONS, REORGANISING_KIND
from niangjia.registers.orgs.reorganising.models import Reorganisation
from niangjia.registers.orgs.reorganising.queries import with_unions
from niangjia.registers.orgs.reorganising.rules.plans import Operation
from niangjia.registers.orgs.rules.moves import REORGANISE


def reorganisations(actor: Actor) -> QuerySet[Case]:
    """The reorganisations that the actor works on."""
    plans = Prefetch("reorganisation", with_unions(Reorganisation.objects.all()))
    return desk_cases(LINE, actor).filter(reorganisation__isnull=False).prefetch_related(plans)


def _operation(case: Case) -> Words:
    return OPERATIONS[Operation(case.reorganisation.operation)]


def _from(case: Case) -> str:
    return day(case.reorganisation.carried_on or case.reorganisation.planned_on)


_BASE = listing_of(LINE)
REORGANISATIONS = replace(
    _BASE,
    visible_to=reorganisations,
    columns=(
        Column(_("要做什么"), LINE.title_of, link=REORGANISING_KIND.desk, note="number"),
        Column(_("方式"), _operation),
        Column(_("从哪天起"), _from, sort=("reorganisation__planned_on", "pk")),
        *_BASE.columns[2:],
    ),
    buttons=(Button(_("从哪个工会办起"), "/unions/", icon="sitemap"),),
    empty=Empty(
        _("没有组织调整"),
        _("要合并、划转、分立或者撤销，打开那个工会的页面，点「调整」。"),
        icon=REORGANISING_KIND.icon,
    ),
    move=REORGANISE,
)
