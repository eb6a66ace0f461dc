"""What households hold about persons, members and others, and how long (个人信息保护法 Art. 17, 28, 31)."""

from typing import Any

from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.privacy.rules import End, Keep, Leaving, PersonalTable, Row, Told
from niangjia.registers.households.models import Belonging, Household, Kin, Schooling
from niangjia.registers.households.services import erase_household
from niangjia.registers.households.words import RELATION_WORDS, STAGE_WORDS

# What has ended is still asked of for the help of these years. 本系统默认值
KEPT_DAYS = 5 * 365
WITH_HOUSEHOLD = gettext_noop("和家庭一起删。")


def _erase(leaving: Leaving) -> int:
    """Her own household goes with everybody in it; from others she goes."""
    with beyond(Purpose.HOUSEHOLDS):
        gone = sum(map(erase_household, Household.objects.filter(head=leaving.subject_id)))
        number: int = Belonging.objects.filter(member=leaving.subject_id).delete()[0]
        return gone + number


def _told_belongings(subject_id: int) -> list[Row]:
    rows = Belonging.objects.filter(member=subject_id) | Belonging.objects.filter(head=subject_id)
    return [
        {
            gettext_noop("关系"): str(RELATION_WORDS[each.relation]),
            gettext_noop("姓名"): each.kin.name if each.kin else "",
            gettext_noop("起止"): each.period,
        }
        for each in rows.select_related("kin").order_by("pk")
    ]


def _told_schools(subject_id: int) -> list[Row]:
    return [
        {
            gettext_noop("学校"): each.school,
            gettext_noop("在校类别"): str(STAGE_WORDS[each.stage]),
            gettext_noop("起止"): each.period,
        }
        for each in Schooling.objects.filter(head=subject_id).order_by("pk")
    ]


def _ended(before: Any) -> Any:
    return Belonging.objects.filter(period__endswith__lt=before.date())


def _forget(keys: list[Any]) -> int:
    """With who lives there no more goes what was written of her."""
    kin = list(Belonging.objects.filter(pk__in=keys, kin__isnull=False).values_list("kin_id", flat=True))
    number: int = Belonging.objects.filter(pk__in=keys).delete()[0]
    return number + int(Kin.objects.filter(pk__in=kin).delete()[0])


TABLES = (
    PersonalTable(
        "households.Schooling", gettext_noop("家里谁在上学"), gettext_noop("办助学、困难帮扶时，不用再填一遍。"),
        Keep(gettext_noop("和家庭一起"), End.KEEP), tell=_told_schools, erase=WITH_HOUSEHOLD,
    ),
    PersonalTable(
        "households.Belonging", gettext_noop("家里有谁"), gettext_noop("办困难帮扶、助学时，知道和您一起生活的是谁。"),
        Keep(gettext_noop("不再同住以后五年"), End.DELETE, KEPT_DAYS, due=_ended, carry_out=_forget),
        tell=_told_belongings, erase=WITH_HOUSEHOLD,
    ),
    PersonalTable(
        "households.Kin", gettext_noop("家人的资料"), gettext_noop("办困难帮扶、助学时核对家庭人口；是您写的，本人同意过。"),
        Keep(gettext_noop("和家庭一起"), End.KEEP),
        tell=Told("told_by_id", (
            ("name", gettext_noop("姓名")), ("birth_on", gettext_noop("出生日期")), ("id_sealed", gettext_noop("身份证号")),
            ("told_at", gettext_noop("什么时候写的")),
        )),
        erase=WITH_HOUSEHOLD,
    ),
    PersonalTable(
        "households.Household", gettext_noop("家庭"), gettext_noop("办困难帮扶、助学时，知道您一家住在哪里。"),
        Keep(gettext_noop("您删掉、撤回同意或者登记删除时，马上删"), End.KEEP),
        tell=Told("head_id", (
            ("region_code", gettext_noop("住在哪个县区")), ("address_sealed", gettext_noop("住址")), ("period", gettext_noop("起止")),
        )),
        erase=_erase,
    ),
)  # fmt: skip
