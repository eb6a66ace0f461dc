"""What unions bring to the first page."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.web.today import Figure, Part
from niangjia.registers.orgs import queries
from niangjia.registers.orgs.rules.moves import SEE_UNIONS


def part(actor: Actor, _on: date) -> Part:
    """How many unions stand in the actor's places, the own ones included."""
    if not actor.paths(SEE_UNIONS):
        return Part()
    unions = queries.visible_to(actor).filter(place__closed_on=None).order_by().count()
    return Part(numbers=(Figure(unions, _("工会（含下级）"), "/unions/"),))
