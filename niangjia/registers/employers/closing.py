"""What closing a union means to the employers it covers."""

from datetime import date

from django.utils.translation import ngettext

from niangjia.kernel.access.rules import Actor
from niangjia.registers.employers.models import Coverage
from niangjia.registers.orgs.closing import Closing, Effect
from niangjia.registers.orgs.models import Union


def _effects(union: Union, _on: date) -> list[Effect]:
    number = Coverage.objects.filter(union=union, valid_to=None).count()
    if not number:
        return []
    words = ngettext(
        "它覆盖的 %(n)s 家单位从此没有这个工会；单位还在的，请另给它们找工会。",
        "它覆盖的 %(n)s 家单位从此没有这个工会；单位还在的，请另给它们找工会。",
        number,
    )
    return [Effect(words % {"n": f"{number:,}"}, address=f"/unions/{union.code}/")]


def _carry_out(union: Union, _by: Actor, on: date) -> dict[str, int]:
    covered = Coverage.objects.filter(union=union, valid_to=None)
    return {"employers": covered.filter(valid_from__lte=on).update(valid_to=on)}


CLOSING = Closing(_effects, _carry_out)
