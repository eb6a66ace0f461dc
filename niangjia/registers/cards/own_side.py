"""The card on the worker's side: among the services, and among what is held about her."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.web.roles import author_words
from niangjia.kernel.web.templatetags.niangjia_web import moment
from niangjia.kernel.web.worker.declared import Group, OwnFact, OwnRecord, Service, registered
from niangjia.registers.cards.listing import STATE_BADGES
from niangjia.registers.cards.queries import own_card, own_checks

PAGE = "/mine/card/"
CARD = Group(gettext_lazy("会员卡"), 8)
SERVICES = (
    Service(
        "card", gettext_lazy("会员卡"), gettext_lazy("打开就是动态码：优惠、进场馆、签到、借书。"), PAGE, "qrcode", CARD, 8,
        "", gettext_lazy("马上"), words=("会员证", "二维码", "扫码", "优惠", "挂失", "卡丢了", "服务卡", "工会卡"), is_for=registered,
    ),
)  # fmt: skip


def own_records(actor: Actor) -> Iterator[OwnRecord]:
    """Her card, and who checked it last."""
    card = own_card(actor)
    if card is None:
        return
    checks = own_checks(actor)
    facts = [OwnFact(_("卡号"), card.shown_number), OwnFact(_("状态"), STATE_BADGES[card.state])]
    if card.bank_sealed:
        facts.append(OwnFact(_("银行卡号"), _("登记了，打星号的")))
    if checks:
        last = _("{when}，{who}").format(when=moment(checks[0].at), who=author_words(checks[0].author))
        facts.append(OwnFact(_("最近一次验卡"), last))
    line = _("{when}发的卡。谁验过，在会员卡那一页都能看到，存 90 天。").format(when=moment(card.issued_at))
    seen = gettext_lazy("您的工会和上级工会里管会籍的干部能看到卡号和状态；您在哪里用过卡，只有您自己和验卡的人知道。")
    yield OwnRecord(_("会员卡"), "qrcode", tuple(facts), line, seen)
