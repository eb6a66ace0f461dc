"""What setting up unions holds about persons, how long, and how it is erased."""

from datetime import datetime
from typing import Any

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.cases.models import Step
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.privacy.erasing import close
from niangjia.kernel.privacy.rules import End, Keep, Leaving, PersonalTable, Told
from niangjia.registers.founding.models import FoundingApplication, Preparer, ReportedSeat
from niangjia.registers.founding.rules.workflow import FOUNDED, FRUITLESS
from niangjia.registers.members.joining.models import Application
from niangjia.registers.members.models import Person

# Long enough to disagree and to ask again; no law names a number of days. 本系统默认值
DAYS = 180
GROUP_DAYS = 365
EMPTY: dict[str, Any] = {"name_sealed": None, "phone_sealed": None, "phone_blind": None}
OF_UNION = gettext_noop("记的是工会和单位的事，没有哪个人的资料。")
OF_WORK = gettext_noop("这是经办人办的事，不是关于本人的资料。")
BY_NAME = gettext_noop("只有姓名，不连到哪个人的登记；筹备组办完事，一年后删。")


def _over(before: datetime) -> Any:
    """What was answered before an instant, whatever came of it: who asked for a union is nobody's business for long."""
    rows = FoundingApplication.objects.filter(case__stage__in=FRUITLESS | {FOUNDED}, case__closed_at__lt=before)
    return rows.filter(erased_at=None, settled_at__isnull=False).order_by("pk")


def _let_go(keys: list[Any]) -> int:
    """Who asked goes, and the account of who is in no register with it; that a union was asked for stays."""
    subjects = list(FoundingApplication.objects.filter(pk__in=keys).values_list("subject_id", flat=True))
    Step.objects.filter(case__in=keys).exclude(says_sealed=None).update(says_sealed=None)
    gone = FoundingApplication.objects.filter(pk__in=keys).update(**EMPTY, erased_at=clock.now())
    asking = FoundingApplication.objects.filter(subject__in=subjects, erased_at=None).values("subject")
    joining = Application.objects.filter(subject__in=subjects, erased_at=None).values("subject")
    bare = set(subjects) - set(Person.objects.filter(pk__in=subjects).values_list("pk", flat=True))
    left = Account.objects.filter(subject__in=bare).exclude(subject__in=asking).exclude(subject__in=joining)
    for account in left.order_by("pk"):
        close(account)
    return gone


def _erase(leaving: Leaving) -> int:
    rows = FoundingApplication.objects.filter(subject=leaving.subject_id, erased_at=None, settled_at__isnull=False)
    return rows.update(**EMPTY, erased_at=clock.now())


def _old_group(before: datetime) -> Any:
    return Preparer.objects.filter(founding__case__closed_at__lt=before).order_by("pk")


def _erase_seats(leaving: Leaving) -> int:
    return ReportedSeat.objects.filter(person=leaving.subject_id).delete()[0]


TABLES = (
    PersonalTable(
        "founding.FoundingApplication", gettext_noop("建会申请"), gettext_noop("核查单位的情况，决定怎么建会，答复您。"),
        Keep(gettext_noop("办结以后"), End.ANONYMISE, DAYS, due=_over, carry_out=_let_go),
        tell=Told("subject", (
            ("case__number", gettext_noop("编号")), ("case__opened_at", gettext_noop("时间")), ("employer_name", gettext_noop("单位名称")),
            ("name_sealed", gettext_noop("姓名")), ("phone_sealed", gettext_noop("手机")), ("is_named", gettext_noop("能不能告诉单位是谁申请的")),
        )),
        erase=_erase,
    ),
    PersonalTable(
        "founding.Preparer", gettext_noop("筹备组成员"), gettext_noop("筹建期间找得到人。"),
        Keep(gettext_noop("办结以后"), End.DELETE, GROUP_DAYS, due=_old_group), tell=BY_NAME, erase=BY_NAME,
    ),
    PersonalTable(
        "founding.ReportedSeat", gettext_noop("报上来的选举结果"), gettext_noop("上一级工会核对以后批复。"),
        Keep(gettext_noop("和工会的档案一起留着"), End.KEEP),
        tell=Told("person", (("founding__union__name", gettext_noop("工会")), ("body", gettext_noop("委员会")), ("post", gettext_noop("职务")))),
        erase=_erase_seats,
    ),
    PersonalTable(
        "founding.Founding", gettext_noop("工会的筹建和批复"), gettext_noop("记着工会是哪天、凭哪个文件成立的。"),
        Keep(gettext_noop("和工会的档案一起留着"), End.KEEP), tell=OF_WORK, erase=OF_WORK,
    ),
    PersonalTable(
        "founding.FoundingEmployer", gettext_noop("建会的单位"), gettext_noop("记着工会是给哪些单位建的。"),
        Keep(gettext_noop("和工会的档案一起留着"), End.KEEP), tell=OF_UNION, erase=OF_UNION,
    ),
    PersonalTable(
        "founding.DoorSign", gettext_noop("工会门牌"), gettext_noop("让人找得到工会。"),
        Keep(gettext_noop("一直挂着，改了就换成新的"), End.KEEP), tell=OF_WORK, erase=OF_WORK,
    ),
)  # fmt: skip
