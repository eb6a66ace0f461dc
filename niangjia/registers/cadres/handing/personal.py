"""What handing over holds about persons: between whom it was, and when."""

from django.db.models import Q
from django.utils.translation import gettext as _

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.privacy.rules import End, Keep, PersonalTable, Row
from niangjia.registers.cadres.handing.models import Handover

KEPT = gettext_noop("谁和谁交接过是工会的档案，登记删除以后只留化名和日子。")
OF_UNION = gettext_noop("记的是工会的事和东西，没有关于人的资料。")


def _told(subject_id: int) -> list[Row]:
    hers = Q(outgoing__person=subject_id) | Q(incoming__person=subject_id)
    rows = Handover.objects.filter(hers).select_related("union").order_by("left_on", "pk")
    return [{_("工会"): row.union.name, _("原主席离任"): row.left_on, _("交接开始"): row.opened_on} for row in rows]


TABLES = (
    PersonalTable(
        "handing.Handover", gettext_noop("主席交接"), gettext_noop("换了主席，事情和东西有人接。"),
        Keep(KEPT, End.LOCK, source="《档案法》"), tell=_told, erase=KEPT,
    ),
    PersonalTable(
        "handing.HandoverItem", gettext_noop("交接的事项"), gettext_noop("记着哪样交清了，哪样缺着。"),
        Keep(gettext_noop("和交接清单一起留着"), End.KEEP), tell=OF_UNION, erase=OF_UNION,
    ),
)  # fmt: skip
