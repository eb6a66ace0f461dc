"""What requests hold about persons: what was said, what was added, who called; how long, and how it is erased."""

from niangjia.kernel.cases.models import Party
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.privacy.rules import End, Keep, Leaving, PersonalTable, Told
from niangjia.services.requests.models import Addition, Request

KEPT = Keep(gettext_noop("办结以后留着，证明是怎么办的；本人要求删除时，写的话清空。"), End.KEEP)
AT_WORK = gettext_noop("写的是条目，没有哪个人的事。")


def _empty_request(leaving: Leaving) -> int:
    """Her words go, also those in which she is named as the caller; that there was a request stays."""
    hers = Party.objects.filter(subject=leaving.subject_id).values("case")
    rows = Request.objects.filter(pk__in=hers)
    emptied: int = rows.update(text_sealed=None, wish_sealed=None, caller_sealed=None)
    return emptied


def _empty_additions(leaving: Leaving) -> int:
    hers = Party.objects.filter(subject=leaving.subject_id).values("case")
    emptied: int = Addition.objects.filter(request__in=hers).exclude(says_sealed=None).update(says_sealed=None)
    return emptied


TABLES = (
    PersonalTable(
        "requests.Addition", gettext_noop("诉求的补充"), gettext_noop("您后来补充的话，让经办人看到。"), KEPT,
        tell=Told("request__case__parties__subject", (
            ("request__case__number", gettext_noop("编号")), ("at", gettext_noop("时间")),
            ("says_sealed", gettext_noop("补充的话")),
        )),
        erase=_empty_additions,
    ),
    PersonalTable(
        "requests.Press", gettext_noop("催办"), gettext_noop("知道催过几次。"), KEPT,
        tell=Told("request__case__parties__subject", (
            ("request__case__number", gettext_noop("编号")), ("at", gettext_noop("时间")),
        )),
        erase=gettext_noop("只剩编号和日子，认不出人。"),
    ),
    PersonalTable(
        "requests.Request", gettext_noop("您说过的事"), gettext_noop("把事办好，答复给您。"), KEPT,
        tell=Told("case__parties__subject", (
            ("case__number", gettext_noop("编号")), ("case__opened_at", gettext_noop("时间")),
            ("text_sealed", gettext_noop("说的事")), ("wish_sealed", gettext_noop("想要的结果")),
            ("caller_sealed", gettext_noop("来电来信时留下的姓名和电话")),
        )),
        erase=_empty_request,
    ),
    PersonalTable(
        "requests.KnownAnswer", gettext_noop("答复库条目"), gettext_noop("同样的问题有同样的答复。"), KEPT, tell=AT_WORK,
        erase=AT_WORK,
    ),
)  # fmt: skip
