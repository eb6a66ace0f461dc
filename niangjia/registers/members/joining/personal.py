"""What applications hold about persons, how long, and how they are erased."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.cases.models import Step
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.privacy.erasing import close
from niangjia.kernel.privacy.rules import End, Keep, Leaving, PersonalTable, Told
from niangjia.registers.members.joining.models import Application
from niangjia.registers.members.joining.rules.workflow import FRUITLESS
from niangjia.registers.members.models import Person

# Long enough to disagree and to apply again; no law names a number of days. 本系统默认值
FRUITLESS_DAYS = 180
AT_WORK = gettext_noop("记的是哪个工会收人，没有哪个人的事。")
EMPTY: dict[str, Any] = {"name": "", "id_sealed": None, "id_blind": None, "phone_sealed": None, "phone_blind": None}


def _fruitless(before: datetime) -> Any:
    """Applications that nothing came of, closed before an instant."""
    rows = Application.objects.filter(case__stage__in=FRUITLESS, case__closed_at__lt=before, erased_at=None)
    return rows.order_by("pk")


def _let_go(keys: list[Any]) -> int:
    """What was written goes, and the account of who is in no register with it; that there was an application stays."""
    subjects = list(Application.objects.filter(pk__in=keys).values_list("subject_id", flat=True))
    Step.objects.filter(case__in=keys).exclude(says_sealed=None).update(says_sealed=None)
    gone = Application.objects.filter(pk__in=keys).update(**EMPTY, erased_at=clock.now())
    others = Application.objects.filter(subject__in=subjects, erased_at=None).values("subject")
    bare = set(subjects) - set(Person.objects.filter(pk__in=subjects).values_list("pk", flat=True))
    for account in Account.objects.filter(subject__in=bare).exclude(subject__in=others).order_by("pk"):
        close(account)
    return gone


def _erase(leaving: Leaving) -> int:
    hers = Q(subject=leaving.subject_id) | Q(person=leaving.subject_id)
    rows = Application.objects.filter(hers, erased_at=None, settled_at__isnull=False)
    return rows.update(**EMPTY, erased_at=clock.now())


TABLES = (
    PersonalTable(
        "joining.Application", gettext_noop("入会申请"), gettext_noop("核对是您本人，决定能不能入会，答复您。"),
        Keep(gettext_noop("没有批准、自己撤回的，办结以后；批准了的和会籍一起留着"), End.ANONYMISE, FRUITLESS_DAYS,
             due=_fruitless, carry_out=_let_go),
        tell=Told("subject", (
            ("case__number", gettext_noop("编号")), ("case__opened_at", gettext_noop("时间")), ("union__name", gettext_noop("申请加入的工会")),
            ("name", gettext_noop("姓名")), ("id_sealed", gettext_noop("证件号码")), ("phone_sealed", gettext_noop("手机")),
            ("trade", gettext_noop("做什么工作")),
        )),
        erase=_erase,
    ),
    PersonalTable(
        "joining.CatchAll", gettext_noop("收新就业劳动者的工会"), gettext_noop("开车、送货、送餐的人知道加入哪个工会。"),
        Keep(gettext_noop("换了以后留着，知道以前是哪个"), End.KEEP), tell=AT_WORK, erase=AT_WORK,
    ),
)  # fmt: skip
