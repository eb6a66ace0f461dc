"""Many findings at once: let them rest, say they are right, ask the members; looked at first."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.listing import BulkAction, Preview
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.registers.members.clinic.models import Finding
from niangjia.registers.members.clinic.queries import visible_to
from niangjia.registers.members.clinic.rules import REPAIR_MEMBERS, SNOOZES, FindingState, reason_faults
from niangjia.registers.members.clinic.services import (
    ask_members,
    can_be_asked,
    keep_as_right,
    rests_until,
    snooze,
)

MESSAGE = "message"
# Written where many rest together: the day says the rest.
TOGETHER = gettext_noop("一批一起放的")


def _chosen(rows: QuerySet[Any], by: Actor) -> list[Finding]:
    keys = list(rows.order_by().values_list("pk", flat=True))
    return list(visible_to(by).filter(pk__in=keys).order_by("pk"))


def _preview(findings: list[Finding], fits: list[Finding], why: Any, *words: Any) -> Preview:
    left = len(findings) - len(fits)
    return Preview(tuple(each.pk for each in fits), ((why, left),) if left else (), words)


def preview_snooze(rows: QuerySet[Any], value: str, *, by: Actor) -> Preview:
    """Those that wait now."""
    if not value.isdecimal() or int(value) not in SNOOZES:
        return Preview(refusal=Reason("days_unknown", _DAYS_UNKNOWN, {}))
    found = _chosen(rows, by)
    fits = [each for each in found if each.state == FindingState.OPEN]
    until = _("放到 {day}，到那天还在就再提醒").format(day=day(rests_until(int(value))))
    return _preview(found, fits, gettext_lazy("改好了，或者已经放着了"), until)


def apply_snooze(keys: Sequence[int], value: str, *, by: Actor) -> int:
    """Let them rest."""
    return snooze(keys, rests_until(int(value)), _(TOGETHER), by=by, on=clock.today())


def preview_right(rows: QuerySet[Any], value: str, *, by: Actor) -> Preview:
    """Those that are not mended yet."""
    faults = reason_faults(value)
    if faults:
        return Preview(refusal=faults["reason"])
    found = _chosen(rows, by)
    fits = [each for each in found if each.state in (FindingState.OPEN, FindingState.SNOOZED)]
    return _preview(found, fits, gettext_lazy("改好了，或者已经说过没有错"))


def apply_right(keys: Sequence[int], value: str, *, by: Actor) -> int:
    """They are right as they are."""
    return keep_as_right(keys, value, by=by)


def preview_ask(rows: QuerySet[Any], value: str, *, by: Actor) -> Preview:
    """What the members can put right themselves, and were not asked for lately."""
    if value != MESSAGE:
        return Preview(refusal=Reason("way_unknown", _WAY_UNKNOWN, {}))
    found, today = _chosen(rows, by), clock.today()
    fits = [each for each in found if can_be_asked(each, on=today)]
    return _preview(found, fits, gettext_lazy("要工会自己改，或者三十天里问过了"), _("一个人只收到一条消息"))


def apply_ask(keys: Sequence[int], _value: str, *, by: Actor) -> int:
    """Ask them."""
    return ask_members(keys, by=by)


SNOOZE = BulkAction(
    "snooze", gettext_lazy("先放一放"), "hourglass", REPAIR_MEMBERS,
    asks=gettext_lazy("放多久"),
    choices=[(str(days), format_lazy(gettext_lazy("{days} 天"), days=days)) for days in SNOOZES],
    preview=preview_snooze, apply=apply_snooze,
    consequence=gettext_lazy("到期还没有改好，会回到待改里。会员看不到，也不影响会籍。"),
)  # fmt: skip
RIGHT = BulkAction(
    "right", gettext_lazy("没有错，就是这样"), "circle-check", REPAIR_MEMBERS,
    asks=gettext_lazy("为什么没有错"), preview=preview_right, apply=apply_right,
    consequence=gettext_lazy("以后不再提，直到这一项的内容变了。"),
)  # fmt: skip
ASK = BulkAction(
    "ask", gettext_lazy("请本人来改"), "send", REPAIR_MEMBERS,
    asks=gettext_lazy("怎么告诉本人"), choices=[(MESSAGE, gettext_lazy("发一条消息"))],
    preview=preview_ask, apply=apply_ask,
    consequence=gettext_lazy("消息里不写是哪一项，打开「我的」就能看到登记的资料，不对的点「改」。"),
)  # fmt: skip
_DAYS_UNKNOWN = gettext_noop("从单子里选一个天数。")
_WAY_UNKNOWN = gettext_noop("现在只能发消息。")
