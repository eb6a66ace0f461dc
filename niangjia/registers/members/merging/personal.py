"""What pairs and merges hold about persons, how long, and how they are erased."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.privacy.rules import End, Keep, Leaving, PersonalTable, Told
from niangjia.registers.members.merging.models import Merge, Pair
from niangjia.registers.members.merging.rules.deciding import PairState

YEAR = 365
EMPTY: dict[str, Any] = {"touched_sealed": None, "phone_sealed": None, "objection_sealed": None}
AT_WORK = gettext_noop("记的是哪个工会查过一遍、查到几对，没有哪个人的事。")


def _found_long_ago(before: datetime) -> Any:
    """What was decided long ago; whatever merge stands on it keeps it."""
    merged = Merge.objects.values("pair")
    return Pair.objects.filter(state=PairState.APART.value, settled_at__lt=before).exclude(pk__in=merged)


def _made_long_ago(before: datetime) -> Any:
    sealed = Q(touched_sealed__isnull=False) | Q(phone_sealed__isnull=False)
    return Merge.objects.filter(sealed, merged_at__lt=before).order_by("pk")


def _let_go(keys: list[Any]) -> int:
    return Merge.objects.filter(pk__in=keys).update(**EMPTY)


def _erase_pairs(leaving: Leaving) -> int:
    rows = Pair.objects.filter(Q(left=leaving.subject_id) | Q(right=leaving.subject_id))
    return rows.exclude(pk__in=Merge.objects.values("pair")).delete()[0]


def _erase_merges(leaving: Leaving) -> int:
    rows = Merge.objects.filter(Q(kept=leaving.subject_id) | Q(gone=leaving.subject_id))
    return rows.update(**EMPTY)


TABLES = (
    PersonalTable(
        "merging.Merge", gettext_noop("合并登记"), gettext_noop("您的两份登记合成一份，合错了能恢复原样。"),
        Keep(gettext_noop("合并以前的样子密封留三年，以后只留合并过这件事"), End.ANONYMISE, 3 * YEAR,
             due=_made_long_ago, carry_out=_let_go),
        tell=Told("kept", (
            ("case__number", gettext_noop("编号")), ("merged_at", gettext_noop("合并时间")), ("reason", gettext_noop("认定的依据")),
            ("objected_at", gettext_noop("本人不同意")), ("objection_sealed", gettext_noop("您写的话")), ("undone_at", gettext_noop("撤销合并")),
        )),
        erase=_erase_merges,
    ),
    PersonalTable(
        "merging.Pair", gettext_noop("疑似同一个人的登记"), gettext_noop("避免一个人有两份登记，该有的待遇漏了或者重了。"),
        Keep(gettext_noop("说清楚是两个人以后三年"), End.DELETE, 3 * YEAR, due=_found_long_ago),
        tell=gettext_noop("两份登记像不像，里面有另一个人的事，不单独给出；合并了的，见「合并登记」。"), erase=_erase_pairs,
    ),
    PersonalTable(
        "merging.Search", gettext_noop("查找同一个人"), gettext_noop("记着哪个工会什么时候查过一遍。"),
        Keep(gettext_noop("留着，知道什么时候查过"), End.KEEP), tell=AT_WORK, erase=AT_WORK,
    ),
)  # fmt: skip
