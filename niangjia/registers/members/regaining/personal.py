"""What lost phones hold about persons, how long, and how they are erased."""

from datetime import datetime
from typing import Any

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.privacy.rules import End, Keep, Leaving, PersonalTable, Told
from niangjia.registers.members.regaining.models import PhoneUse, Regaining

YEARS = 3 * 365
EMPTY: dict[str, Any] = {"phone_sealed": None, "phone_blind": None}


def _settled_long_ago(before: datetime) -> Any:
    return Regaining.objects.filter(settled_at__lt=before, phone_sealed__isnull=False).order_by("pk")


def _let_go(keys: list[Any]) -> int:
    return Regaining.objects.filter(pk__in=keys).update(**EMPTY)


def _erase(leaving: Leaving) -> int:
    return Regaining.objects.filter(person=leaving.subject_id, settled_at__isnull=False).update(**EMPTY)


def _erase_use(leaving: Leaving) -> int:
    return PhoneUse.objects.filter(pk=leaving.subject_id).delete()[0]


TABLES = (
    PersonalTable(
        "regaining.Regaining", gettext_noop("旧手机丢了"), gettext_noop("您的手机丢了，核对是您本人以后换一个登录；查得到是谁报的、谁同意的。"),
        Keep(gettext_noop("办结以后三年，以后只留换过这件事"), End.ANONYMISE, YEARS, due=_settled_long_ago, carry_out=_let_go),
        tell=Told("person", (
            ("case__number", gettext_noop("编号")), ("case__opened_at", gettext_noop("时间")), ("why", gettext_noop("为什么换")),
            ("paper", gettext_noop("当面看过的证件")), ("author", gettext_noop("谁报的")), ("phone_sealed", gettext_noop("新手机")),
            ("handed_at", gettext_noop("换上的时间")), ("proved_at", gettext_noop("您用新手机登录")),
        )),
        erase=_erase,
    ),
    PersonalTable(
        "regaining.PhoneUse", gettext_noop("手机最近用过"), gettext_noop("号码被运营商收回给了别人，不会打开您的资料。"),
        Keep(gettext_noop("有登记就留着，只记最近的那一天"), End.KEEP),
        tell=Told("subject", (("used_on", gettext_noop("最近用手机登录")),)), erase=_erase_use,
    ),
)  # fmt: skip
