"""What public notices hold about persons: a masked name, for a while; and what was objected, by nobody known."""

from typing import Any

from django.db.models import Q

from niangjia.kernel import clock
from niangjia.kernel.cases.notices.models import Objection, Publication
from niangjia.kernel.cases.notices.queries import DAY
from niangjia.kernel.cases.notices.rules import ObjectionState
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.privacy.rules import End, Keep, Leaving, PersonalTable, Told

YEARS_3 = 3 * 365
NO_NAME = "*"
OF_HER = "case__parties__subject"


def _ended(at: Any) -> Any:
    """Notices that were over by then and still have a name."""
    return Publication.objects.filter(ends_on__lt=at.date()).exclude(name=NO_NAME)


def _forget_names(keys: list[Any]) -> int:
    return Publication.objects.filter(pk__in=keys).update(name=NO_NAME)


def _erase_names(leaving: Leaving) -> int:
    """What hangs still cannot be taken down; its name goes when it is over, for nobody is left whose it could be."""
    hers = Publication.objects.filter(**{OF_HER: leaving.subject_id}, ends_on__lt=clock.today()).exclude(name=NO_NAME)
    return hers.update(name=NO_NAME)


def _answered(at: Any) -> Any:
    """Objections answered by then whose words are still there."""
    words = Q(says_sealed__isnull=False) | Q(answer_sealed__isnull=False)
    return Objection.objects.filter(words, answered_at__lt=at).exclude(state=ObjectionState.OPEN)


def _forget_words(keys: list[Any]) -> int:
    return Objection.objects.filter(pk__in=keys).update(says_sealed=None, answer_sealed=None, account=None)


def _erase_words(leaving: Leaving) -> int:
    """Her own objections are nobody's from now on; what others objected to hers is emptied once it is answered."""
    own = Objection.objects.filter(account__subject_id=leaving.subject_id).update(account=None)
    against = _answered(clock.now() + DAY).filter(concerned=leaving.subject_id)
    return own + against.update(says_sealed=None, answer_sealed=None)


TABLES = (
    PersonalTable(
        "notices.Publication", gettext_noop("公示"), gettext_noop("让大家知道要给谁办，有不对的可以提。"),
        Keep(
            gettext_noop("公示结束三年以后抹掉姓名，只留编号"), End.ANONYMISE, YEARS_3,
            due=_ended, carry_out=_forget_names,
        ),
        tell=Told(OF_HER, (
            ("name", gettext_noop("姓名")), ("union_name", gettext_noop("工会")), ("begins_on", gettext_noop("起")), ("ends_on", gettext_noop("止")),
        )),
        erase=_erase_names,
    ),
    PersonalTable(
        "notices.Objection", gettext_noop("对公示的异议"), gettext_noop("听到不同意见再决定。"),
        Keep(
            gettext_noop("答复三年以后清空内容"), End.ANONYMISE, YEARS_3,
            due=_answered, carry_out=_forget_words,
        ),
        tell=Told("account__subject_id", (
            ("made_at", gettext_noop("提出时间")), ("says_sealed", gettext_noop("您写的话")),
            ("state", gettext_noop("进展")), ("answer_sealed", gettext_noop("答复")),
        )),
        erase=_erase_words,
    ),
)  # fmt: skip
