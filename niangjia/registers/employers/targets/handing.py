"""Many employers without a union are handed to one cadre at once (批量交办), looked at first."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.dated.queries import parameter
from niangjia.kernel.listing import BulkAction, Preview
from niangjia.kernel.places.models import Place
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.registers.employers.targets.models import Target
from niangjia.registers.employers.targets.queries import (
    MOST_CADRES,
    may_be_handed_to,
    reach_of,
    without_union,
)
from niangjia.registers.employers.targets.rules.moves import HAND_TARGET
from niangjia.registers.employers.targets.rules.targets import TARGET_DAYS
from niangjia.registers.employers.targets.services import hand_many


def cadre_words(account: Account) -> str:
    """A cadre as she is chosen: her name, and her post, which tells namesakes apart."""
    return _("{name}（{post}）").format(name=account.name, post=account.post) if account.post else account.name


def cadres(actor: Actor) -> list[tuple[str, str]]:
    """Whom this actor may hand employers to."""
    found = may_be_handed_to(actor, on=clock.today())[:MOST_CADRES]
    return [(str(account.pk), cadre_words(account)) for account in found]


def usual_due_on(actor: Actor, *, on: date) -> date:
    """The last day of what is handed out together: so many days from today, as the city of the actor has it."""
    right = next((right for right in actor.rights if right.role in HAND_TARGET.roles), None)
    city = Place.objects.filter(pk=right.place_id).values_list("city", flat=True).first() if right else None
    return on + timedelta(days=parameter(TARGET_DAYS, region=city or "", on=on).number)


def preview_hand(rows: QuerySet[Any], value: str, *, by: Actor) -> Preview:
    """Which of these would be handed to the cadre: without a union, in nobody's hands, where she may go."""
    on = clock.today()
    account = may_be_handed_to(by, on=on).filter(pk=int(value)).first() if value.isdecimal() else None
    if account is None:
        return Preview(refusal=Reason("cadre_unknown", _CADRE_UNKNOWN, {}))
    keys = list(rows.order_by().values_list("pk", flat=True))
    open_ones = without_union(by, on=on, move=HAND_TARGET).filter(pk__in=keys)
    paths = dict(open_ones.order_by().values_list("pk", "place__path"))
    taken = set(Target.objects.filter(employer__in=keys, ended_on=None).values_list("employer", flat=True))
    reach = reach_of(account.pk, on=on)
    free = {pk: path for pk, path in paths.items() if pk not in taken}
    changes = tuple(sorted(pk for pk, path in free.items() if path.startswith(reach)))
    left = (
        (gettext_lazy("已经交给人了"), len(taken & paths.keys())),
        (gettext_lazy("这位同志管不到"), len(free) - len(changes)),
        (gettext_lazy("不归您管，或者已经建会"), len(keys) - len(paths)),
    )
    due = _("最迟 {day} 有个结果").format(day=day(usual_due_on(by, on=on)))
    return Preview(changes, tuple((words, number) for words, number in left if number), (cadre_words(account), due))


def apply_hand(keys: Sequence[int], value: str, *, by: Actor) -> int:
    """Hand them out, each with its entry."""
    if not value.isdecimal():
        raise Forbidden("cadre_unknown")
    return hand_many(keys, int(value), usual_due_on(by, on=clock.today()), by=by)


HAND = BulkAction(
    "hand",
    gettext_lazy("交给人去建会"),
    "user-plus",
    HAND_TARGET,
    asks=gettext_lazy("交给谁"),
    choices=cadres,
    preview=preview_hand,
    apply=apply_hand,
    consequence=gettext_lazy("各家各记一笔，只给这位同志发一条消息。已经在别人手里的不动。"),
    help=gettext_lazy("期限按「批量交办建会对象的期限」这个地方参数算；哪家要另定日子，到它的页面上单独交。"),
)
_CADRE_UNKNOWN = gettext_noop("这位同志不在您管的范围里，或者管不到这家单位。从名单里另选一位。")
