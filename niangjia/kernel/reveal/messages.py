"""What a member is told of looks at her sealed values."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.rules import Channel, Fact, Kind, Template

# No word that says more of her than that the field is there for everybody.
WHAT_WORDS = {
    "id_number": gettext_noop("证件号码"),
    "phone": gettext_noop("手机号"),
    "bank": gettext_noop("银行账号"),
    "card": gettext_noop("银行卡号"),
    "illness": gettext_noop("保密的资料"),
    "text": gettext_noop("保密的资料"),
    "several": gettext_noop("保密的资料"),
}

# Words once sent never change: what came later stands in the next version.
MORE_WORDS = WHAT_WORDS | {"household": gettext_noop("保密的资料")}

TEMPLATES = (
    Template(
        "looked_at", 1, Kind.OWN_DATA,
        gettext_noop("{unit}看了您的{what}"),
        gettext_noop("谁看的、做什么用，都记下来了。觉得不该看，点「这一页有问题」告诉我们。"),
        facts={"unit": Fact.PLACE, "what": Fact.TERM}, terms={"what": WHAT_WORDS}, leads_to="/my/looks/",
        channels=frozenset({Channel.WECHAT}),
    ),
    Template(
        "looked_at", 2, Kind.OWN_DATA,
        gettext_noop("{unit}看了您的{what}"),
        gettext_noop("谁看的、做什么用，都记下来了。觉得不该看，点「这一页有问题」告诉我们。"),
        facts={"unit": Fact.PLACE, "what": Fact.TERM}, terms={"what": MORE_WORDS}, leads_to="/my/looks/",
        channels=frozenset({Channel.WECHAT}),
    ),
)  # fmt: skip
