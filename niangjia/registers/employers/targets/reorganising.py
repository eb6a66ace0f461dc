"""What a reorganisation means to work for unions: names that members write go along, targets of whose cadre nothing is left are said."""

from datetime import datetime

from django.utils.translation import ngettext

from niangjia.registers.employers.targets.models import Lead, Target, WrittenName
from niangjia.registers.orgs.closing import Effect
from niangjia.registers.orgs.reorganising.parts import Counts, GoingOver, Part


def _effects(going: GoingOver) -> list[Effect]:
    """Visits and days stay as they are; only who has no rights any more cannot go there."""
    number = Target.objects.filter(ended_on=None, cadre__grants__place=going.former.pk, cadre__grants__revoked_at=None)
    targets = number.filter(employer__place__path__startswith=going.former.place.path).values("pk").distinct().count()
    if not targets:
        return []
    words = ngettext(
        "交给「%(name)s」的干部去建会的 %(n)s 家单位，走访记录都留着；干部没有在新的工会另给权限的，要另外交给人。",
        "交给「%(name)s」的干部去建会的 %(n)s 家单位，走访记录都留着；干部没有在新的工会另给权限的，要另外交给人。",
        targets,
    )
    return [Effect(words % {"n": f"{targets:,}", "name": going.former.name}, address="/employers/targets/")]


def _carry_out(going: GoingOver, _at: datetime) -> Counts:
    leads = Lead.objects.filter(place=going.former.pk).update(place=going.taker.place)
    WrittenName.objects.filter(place=going.former.pk).update(place=going.taker.place)
    return {"leads": leads}


PART = Part(_effects, _carry_out)
