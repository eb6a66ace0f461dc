"""What a reorganisation means to the tree, to rights, to open cases, and to public notices that somebody objects to."""

from datetime import datetime

from django.utils.translation import ngettext

from niangjia.kernel.access.models import Grant
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import take_back
from niangjia.kernel.cases.models import Case, HandOver, HandOverState
from niangjia.kernel.cases.notices.models import Objection
from niangjia.kernel.cases.notices.rules import ObjectionState
from niangjia.kernel.cases.resettling import resettle
from niangjia.kernel.cases.rules import CLOCK
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level
from niangjia.kernel.places.services import move_place, set_second_parents
from niangjia.registers.orgs.closing import Effect
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import children_of
from niangjia.registers.orgs.reorganising.parts import Counts, GoingOver, Part
from niangjia.registers.orgs.rules import standing_fault


def _tree(going: GoingOver) -> list[Effect]:
    """What stands right below goes below the other one; what may not stand there is in the way."""
    below = list(children_of(going.former))
    found = []
    if below:
        words = ngettext(
            "「%(name)s」下面的 %(n)s 个工会，连同它们的下级，挂到新的上级下面。",
            "「%(name)s」下面的 %(n)s 个工会，连同它们的下级，挂到新的上级下面。",
            len(below),
        )
        found.append(Effect(words % {"n": f"{len(below):,}", "name": going.former.name}, address=_below(going.former)))
    level = Level(going.taking.place.level if going.taking else going.former.place.level)
    wrong = [each for each in below if standing_fault(Level(each.place.level), level)]
    if wrong:
        words = ngettext(
            "%(n)s 个下级工会的层级不能挂在新的上级下面。先把它们划到别处。",
            "%(n)s 个下级工会的层级不能挂在新的上级下面。先把它们划到别处。",
            len(wrong),
        )
        found.append(Effect(words % {"n": f"{len(wrong):,}"}, blocks=True, address=_below(going.former)))
    return found


def _move_below(going: GoingOver, _at: datetime) -> Counts:
    """The unions below stand under the other one; whoever stood under the former in the second place does, too."""
    taking = going.taker.place
    below = [each.place for each in children_of(going.former)]
    for place in below:
        move_place(place, taking, on=going.on)
    seconds = Place.objects.filter(second_parent=going.former.pk, closed_on=None).exclude(pk=taking.pk)
    second = dict.fromkeys(seconds.values_list("pk", flat=True), taking.pk)
    if second:
        set_second_parents(second, on=going.on)
    return {"unions": len(below), "second_parents": len(second)}


def _rights(going: GoingOver) -> list[Effect]:
    number = Grant.objects.filter(place=going.former.pk, revoked_at=None).count()
    if not number:
        return []
    words = ngettext(
        "在「%(name)s」办事的 %(n)s 个权限从那天收回。要接着办的，请安全管理员在新的工会另给：权限不会自己变大。",
        "在「%(name)s」办事的 %(n)s 个权限从那天收回。要接着办的，请安全管理员在新的工会另给：权限不会自己变大。",
        number,
    )
    return [Effect(words % {"n": f"{number:,}", "name": going.former.name})]


def _end_rights(going: GoingOver, _at: datetime) -> Counts:
    by = Actor(None, CLOCK.name)
    ending = list(
        Grant.objects.filter(place=going.former.pk, revoked_at=None).select_related("place", "account").order_by("pk")
    )
    for grant in ending:
        take_back(grant, by=by)
    return {"rights": len(ending)}


def _cases(going: GoingOver) -> list[Effect]:
    """Open cases go along; what was handed over and nobody has answered is in the way, for it cannot be turned round."""
    found = []
    number = Case.objects.filter(place=going.former.pk, closed_at=None).count()
    if number:
        words = ngettext(
            "「%(name)s」没办结的 %(n)s 件事转过去接着办，期限不变。",
            "「%(name)s」没办结的 %(n)s 件事转过去接着办，期限不变。",
            number,
        )
        found.append(Effect(words % {"n": f"{number:,}", "name": going.former.name}))
    offered = HandOver.objects.filter(to_place=going.former.pk, state=HandOverState.OFFERED.value).count()
    if offered:
        words = ngettext(
            "有 %(n)s 件交给「%(name)s」的事还没有答复。先接过来，或者退回去。",
            "有 %(n)s 件交给「%(name)s」的事还没有答复。先接过来，或者退回去。",
            offered,
        )
        found.append(Effect(words % {"n": f"{offered:,}", "name": going.former.name}, blocks=True))
    return [*found, *objections_at(going.former)]


def objections_at(union: Union) -> list[Effect]:
    """What somebody objects to and nobody has answered is in the way: who would answer for it afterwards?"""
    number = Objection.objects.filter(publication__place=union.pk, state=ObjectionState.OPEN.value).count()
    if not number:
        return []
    words = ngettext(
        "「%(name)s」的公示还有 %(n)s 条异议没有答复。先答复，再调整。",
        "「%(name)s」的公示还有 %(n)s 条异议没有答复。先答复，再调整。",
        number,
    )
    said = words % {"n": f"{number:,}", "name": union.name}
    return [Effect(said, blocks=True, address="/cases/notices/")]


def _resettle(going: GoingOver, at: datetime) -> Counts:
    return {"cases": resettle(going.former.pk, going.taker.place, at=at)}


def _below(union: Union) -> str:
    return f"/unions/?under={union.code}"


TREE = Part(_tree, _move_below)
RIGHTS = Part(_rights, _end_rights)
CASES = Part(_cases, _resettle)
