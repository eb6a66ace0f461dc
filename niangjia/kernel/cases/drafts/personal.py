"""What drafts hold about persons: what somebody wrote of herself or of another, and has not sent."""

from niangjia.kernel.cases.drafts.models import Draft
from niangjia.kernel.cases.drafts.rules import DAYS_KEPT
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.privacy.rules import End, Keep, Leaving, PersonalTable, Told

BY = "account__subject_id"


def _erase(leaving: Leaving) -> int:
    """Her own drafts go with her; what others wrote of her is sealed, seen by them alone, and gone after its days."""
    return Draft.objects.filter(**{BY: leaving.subject_id}).delete()[0]


TABLES = (
    PersonalTable(
        "case_drafts.Draft", gettext_noop("没有交的草稿"), gettext_noop("您写到一半的，下次接着写。"),
        Keep(
            gettext_noop("最后一次保存以后三十天"), End.DELETE, DAYS_KEPT,
            due=lambda at: Draft.objects.filter(saved_at__lt=at),
        ),
        tell=Told(BY, (
            ("kind", gettext_noop("事项")), ("begun_at", gettext_noop("开始写的时间")),
            ("saved_at", gettext_noop("最后保存的时间")), ("words_sealed", gettext_noop("写的内容")),
        )),
        erase=_erase,
    ),
)  # fmt: skip
