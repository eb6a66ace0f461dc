"""Which of a union's own members go along when it is split (分立): those of an employer, with the employer itself."""

from collections.abc import Sequence

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.registers.employers.reorganising import cover_instead
from niangjia.registers.members.models import Membership
from niangjia.registers.members.queries import HOLDING
from niangjia.registers.members.reorganising import over_go
from niangjia.registers.orgs.closing import Effect
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.reorganising.parts import Counts, GoingOver, Group, Splitting


def _groups(union: Union) -> list[Group]:
    """Its members by employer, the largest first; who has none written stays."""
    rows = _held(union).exclude(employer=None).values("employer", "employer__name").annotate(number=Count("pk"))
    found = rows.order_by("-number", "employer").values_list("employer", "employer__name", "number")
    return [Group(str(pk), name, number) for pk, name, number in found]


def _effects(going: GoingOver, keys: Sequence[str]) -> list[Effect]:
    held = _of(going.former, keys)
    number, employers = held.count(), held.order_by().values("employer").distinct().count()
    if not number:
        return [Effect(_("选的单位已经没有会员直接在这里了。重新选，再报批。"), blocks=True)]
    if held.filter(period__startswith__gte=going.on).exists():
        return [Effect(_("有会员的会籍那天才开始，不满一天。换晚一天的日子。"), blocks=True)]
    words = ngettext(
        "%(n)s 名会员（%(employers)s 家单位）的会籍那天接到新的工会，会龄不断，单位也由新的工会覆盖；每个人都会收到消息。",
        "%(n)s 名会员（%(employers)s 家单位）的会籍那天接到新的工会，会龄不断，单位也由新的工会覆盖；每个人都会收到消息。",
        number,
    )
    return [Effect(words % {"n": f"{number:,}", "employers": f"{employers:,}"})]


def _carry_out(going: GoingOver, keys: Sequence[str]) -> Counts:
    members = over_go(_of(going.former, keys), going.taker, on=going.on)
    return {"members": members, "employers": cover_instead(going, [int(key) for key in keys])}


def _of(union: Union, keys: Sequence[str]) -> QuerySet[Membership]:
    return _held(union).filter(employer__in=[int(key) for key in keys if key.isdecimal()])


def _held(union: Union) -> QuerySet[Membership]:
    return Membership.objects.filter(union=union, period__upper_inf=True, state__in=HOLDING)


BY_EMPLOYER = Splitting(_groups, _effects, _carry_out)
