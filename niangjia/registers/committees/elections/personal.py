"""What elections hold about persons, how long, and how they are erased."""

from datetime import datetime
from typing import Any

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.privacy.rules import End, Keep, Leaving, PersonalTable, Told
from niangjia.registers.committees.elections.models import Candidate

# Long enough to object to the result; no law names a number of days. 本系统默认值
NOT_ELECTED_DAYS = 180
AT_WORK = gettext_noop("记的是工会的选举：名额、应到实到、票数合计，没有谁投了谁的票。")


def _not_elected(before: datetime) -> Any:
    """Candidates of settled elections who were not elected."""
    return Candidate.objects.filter(is_elected=False, election__settled_at__lt=before).order_by("pk")


def _erase(leaving: Leaving) -> int:
    gone, _each = Candidate.objects.filter(person=leaving.subject_id, is_elected=False).delete()
    return gone


TABLES = (
    PersonalTable(
        "elections.Candidate", gettext_noop("选举的候选人"), gettext_noop("审查资格，记得票，选出委员会。"),
        Keep(gettext_noop("没有当选的，办结以后；当选的和委员会的名册一起留着"), End.DELETE, NOT_ELECTED_DAYS, due=_not_elected),
        tell=Told("person_id", (
            ("election__union__name", gettext_noop("工会")), ("body", gettext_noop("委员会")), ("post", gettext_noop("职务")),
            ("votes", gettext_noop("得票")), ("is_elected", gettext_noop("当选")), ("election__meeting_on", gettext_noop("选举日期")),
        )),
        erase=_erase,
    ),
    PersonalTable(
        "elections.Election", gettext_noop("工会的选举"), gettext_noop("知道选举合不合规定，批复了没有。"),
        Keep(gettext_noop("和届期一起留着"), End.KEEP), tell=AT_WORK, erase=AT_WORK,
    ),
)  # fmt: skip
