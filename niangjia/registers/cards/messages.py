"""What a member is told of her card, where somebody else did something with it."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.rules import Channel, Kind, Template

BY_ALL = frozenset({Channel.EMAIL, Channel.WECHAT, Channel.SMS})
PAGE = "/mine/card/"
TEMPLATES = (
    Template(
        "card_frozen", 1, Kind.OWN_DATA,
        gettext_noop("您的会员卡停用了"),
        gettext_noop("是工会停的，为什么写在卡上。觉得不对，打电话问您的工会。"),
        leads_to=PAGE, channels=BY_ALL, text="NEW_MESSAGE",
    ),
    Template(
        "card_unfrozen", 1, Kind.OWN_DATA,
        gettext_noop("您的会员卡又能用了"),
        gettext_noop("卡号没有变，打开就能用。"),
        leads_to=PAGE, channels=BY_ALL, text="NEW_MESSAGE",
    ),
    Template(
        "card_replaced", 1, Kind.OWN_DATA,
        gettext_noop("您的会员卡换了新的"),
        gettext_noop("旧卡号马上作废，新卡打开就能用。不是您要换的，请打电话问您的工会。"),
        leads_to=PAGE, channels=BY_ALL, text="NEW_MESSAGE",
    ),
)  # fmt: skip
