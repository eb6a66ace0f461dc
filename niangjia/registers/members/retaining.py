"""Keep the membership of many on at once (保留会籍), with a look beforehand at who is meant."""

from collections import Counter

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing import BulkAction, Preview
from niangjia.registers.members.leaving.keeping import retain_many
from niangjia.registers.members.models import Person
from niangjia.registers.members.queries import FULL, PersonRows, editable_by
from niangjia.registers.members.retiring import days_of
from niangjia.registers.members.rules import RetainedReason
from niangjia.registers.members.rules.moves import CHANGE_MEMBERSHIP

CHOICES = {RetainedReason.RETIRED.value: _("退休"), RetainedReason.UNEMPLOYED.value: _("失业")}


def preview_retained(rows: PersonRows, value: str, *, by: Actor) -> Preview:
    """Whom it would keep on: full members whom this actor keeps; and how many of them have not reached retirement."""
    asked = list(rows.order_by().values_list("pk", flat=True))
    full = editable_by(by).having(state__in=FULL, period__upper_inf=True).filter(pk__in=asked)
    meant = set(full.exclude(pk=by.subject_id or 0).values_list("pk", flat=True))
    why = Counter("kept" if pk in meant else "away" for pk in asked)
    left = ((_("会籍已经保留着，或者不归您管"), why["away"]),) if why["away"] else ()
    return Preview(tuple(sorted(meant)), left, _early(meant) if value == RetainedReason.RETIRED else ())


def _early(people: set[int]) -> tuple[str, ...]:
    """Said, not refused: whoever retires early by choice is kept on like any other."""
    today = clock.today()
    found = Person.objects.filter(pk__in=people).only("pk", "birth_on", "sex")
    early = sum(bool(days := days_of(each)) and min(day.on for day in days) > today for each in found)
    if not early:
        return ()
    words = ngettext("其中 %(n)s 人按推算还没有到退休年龄。", "其中 %(n)s 人按推算还没有到退休年龄。", early)
    return (words % {"n": f"{early:,}"},)


RETAIN = BulkAction(
    "retain",
    _("保留会籍"),
    "certificate",
    CHANGE_MEMBERSHIP,
    asks=_("为什么保留"),
    choices=CHOICES.items(),
    preview=preview_retained,
    apply=retain_many,
    consequence=_(
        "从今天起由原来的工会保留会籍：不交会费，没有选举权，会龄不断。每个人都会收到消息。单位关闭的，由上一级工会办。"
    ),
)
