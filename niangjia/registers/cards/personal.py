"""What cards and their checks hold about a person, how long, and how it is erased."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.privacy.rules import End, Keep, Leaving, PersonalTable, Told
from niangjia.registers.cards.models import Card, CardCheck
from niangjia.registers.cards.rules.checking import KEPT_DAYS


def _erase_cards(leaving: Leaving) -> int:
    """Her cards go, and the checks of them with them."""
    return Card.objects.filter(person_id=leaving.subject_id).delete()[0]


def _erase_checks(leaving: Leaving) -> int:
    return CardCheck.objects.filter(person_id=leaving.subject_id).delete()[0]


_OFFICE = gettext_noop("这是经办人办的事，不是关于本人的资料。")
TABLES = (
    PersonalTable(
        "cards.CardCheck", gettext_noop("验卡记录"), gettext_noop("让您看到谁在哪里、为什么验过您的卡；一个码只能用一次。"),
        Keep(
            gettext_noop("验卡以后九十天"), End.DELETE, KEPT_DAYS,
            due=lambda at: CardCheck.objects.filter(taken_in_at__lt=at),
        ),
        tell=Told("person_id", (
            ("at", gettext_noop("时间")), ("author", gettext_noop("谁验的")), ("purpose", gettext_noop("验卡用途")),
            ("verdict", gettext_noop("验卡结果")),
        )),
        erase=_erase_checks,
    ),
    PersonalTable(
        "cards.Card", gettext_noop("会员卡"), gettext_noop("证明您是会员，用来享受优惠、进场馆、签到。"),
        Keep(gettext_noop("卡号不再给别人用，和会籍登记一起删"), End.KEEP),
        tell=Told("person_id", (
            ("number", gettext_noop("卡号")), ("state", gettext_noop("状态")), ("issued_at", gettext_noop("发卡时间")),
            ("changed_at", gettext_noop("改动时间")), ("reason", gettext_noop("原因")), ("bank_sealed", gettext_noop("银行卡号")),
        )),
        erase=_erase_cards,
    ),
    PersonalTable(
        "cards.PrintBatch", gettext_noop("一批印的卡"), gettext_noop("记着哪天给哪个工会印了会员卡。"),
        Keep(gettext_noop("和卡一起留着"), End.KEEP),
        tell=_OFFICE, erase=_OFFICE,
    ),
    PersonalTable(
        "cards.SigningKey", gettext_noop("会员卡的签名密钥"), gettext_noop("证明动态码是工会出的。"),
        Keep(gettext_noop("印出去的卡还要用它验"), End.KEEP),
        tell=gettext_noop("这里没有关于人的资料。"), erase=gettext_noop("这里没有关于人的资料。"),
    ),
)  # fmt: skip
