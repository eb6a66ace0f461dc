"""What papers that were seen hold about a person, and how long."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.privacy.rules import End, Keep, Leaving, PersonalTable, Told
from niangjia.registers.members.verified.models import PaperSeen

YEAR = 365


def _erase(leaving: Leaving) -> int:
    number: int = PaperSeen.objects.filter(person_id=leaving.subject_id).delete()[0]
    return number


TABLES = (
    PersonalTable(
        "verified.PaperSeen", gettext_noop("看过证件"), gettext_noop("证明您的身份当面核对过，不用一次次再带证件。"),
        Keep(
            gettext_noop("撤回的，三年以后删；没有撤回的，和会员登记一起"), End.DELETE, 3 * YEAR,
            due=lambda at: PaperSeen.objects.filter(withdrawn_at__lt=at),
        ),
        tell=Told("person_id", (
            ("seen_on", gettext_noop("哪天看的")), ("union__name", gettext_noop("工会")), ("paper", gettext_noop("看的是什么")),
            ("occasion", gettext_noop("为什么看")), ("withdrawn_at", gettext_noop("撤回时间")),
        )),
        erase=_erase,
    ),
)  # fmt: skip
