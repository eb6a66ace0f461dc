"""What a reorganisation means to unions away from home: their home is the union that takes over."""

from datetime import datetime

from django.utils.translation import ngettext

from niangjia.registers.employers.away.models import AwayUnion
from niangjia.registers.orgs.closing import Effect
from niangjia.registers.orgs.reorganising.parts import Counts, GoingOver, Part


def _effects(going: GoingOver) -> list[Effect]:
    number = AwayUnion.objects.filter(home=going.former, until_on=None).count()
    if not number:
        return []
    words = ngettext(
        "从「%(name)s」出去的 %(n)s 个驻外农民工工会，输出地工会换成新的工会。",
        "从「%(name)s」出去的 %(n)s 个驻外农民工工会，输出地工会换成新的工会。",
        number,
    )
    return [Effect(words % {"n": f"{number:,}", "name": going.former.name}, address="/away-unions/")]


def _carry_out(going: GoingOver, _at: datetime) -> Counts:
    """One that goes into its own home ends with the day before: nobody is away from herself."""
    own = AwayUnion.objects.filter(union=going.former, until_on=None, since_on__lte=going.last_day)
    own.update(until_on=going.last_day)
    homes = AwayUnion.objects.filter(home=going.former, until_on=None).exclude(union=going.taker)
    return {"away_unions": homes.update(home=going.taker)}


PART = Part(_effects, _carry_out)
