"""The list of lost phones: whose, and how far."""

from dataclasses import replace

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.kinds import Words
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.listing import desk_cases, listing_of
from niangjia.kernel.listing import Column, Empty
from niangjia.kernel.listing.declaration import Rows
from niangjia.registers.members.models import Person
from niangjia.registers.members.regaining.kind import LINE, REGAINING_KIND
from niangjia.registers.members.rules.moves import EDIT_MEMBERS


def lost(actor: Actor) -> Rows:
    """The cases that the actor works on or looks on, each with her name where the actor may know it."""
    known = Person.objects.filter(pk=OuterRef("regaining__person_id"), erased_at=None).values("name")[:1]
    return desk_cases(LINE, actor).annotate(name=Subquery(known))


def _name(case: Case) -> Words:
    return getattr(case, "name", None) or _("一位会员")


_BASE = listing_of(LINE)
# One by one: whoever agrees says how she checked it.
REGAININGS = replace(
    _BASE,
    visible_to=lost,
    columns=(Column(_("姓名"), _name, link=REGAINING_KIND.desk, note="number"), *_BASE.columns[2:]),
    actions=(),
    move=EDIT_MEMBERS,
    empty=Empty(
        _("没有丢了手机的"),
        _("会员的旧手机丢了、收不到短信，在她的资料页上点「旧手机丢了」来报。"),
        icon="device-mobile",
    ),
)
