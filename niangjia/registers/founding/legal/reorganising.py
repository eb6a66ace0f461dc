"""What a reorganisation means to a union as a legal person: whoever ends is cancelled within thirty days, by who registers it.

Sources: 工会法第十五条; thirty days as for every other change: 本系统默认值.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.registers.founding.legal.models import LegalPerson
from niangjia.registers.founding.legal.rules import due_on
from niangjia.registers.orgs.closing import Effect
from niangjia.registers.orgs.reorganising.parts import Counts, GoingOver, Part


def _effects(going: GoingOver) -> list[Effect]:
    if not _to_cancel(going):
        return []
    words = _("「{name}」的法人证书从那天起失效，{day}以前到登记机关注销、交回；到时会提醒登记它的工会。")
    said = words.format(name=going.former.name, day=day(due_on(going.last_day)))
    return [Effect(said, address=f"/unions/{going.former.code}/legal-person/")]


def _carry_out(going: GoingOver, _at: datetime) -> Counts:
    """Nothing is cancelled by itself: it is a duty of who registers it, from that day on."""
    return {"legal_persons": _to_cancel(going)}


def _to_cancel(going: GoingOver) -> int:
    return LegalPerson.objects.filter(pk=going.former.pk, cancelled_on=None).count()


PART = Part(_effects, _carry_out)
