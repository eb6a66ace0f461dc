"""What the union above and the union itself are told of extensions and recalls."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.rules import Channel, Fact, Kind, Template

BY_MAIL = frozenset({Channel.EMAIL, Channel.WECHAT})
EXTENSION, RECALL = "/desk/extension/{about}/", "/desk/recall/{about}/"


def _work(key: str, title: str, body: str, leads_to: str) -> Template:
    """To those who work on it."""
    return Template(key, 1, Kind.WORK, title, body, facts={"place": Fact.PLACE}, leads_to=leads_to, channels=BY_MAIL)


TEMPLATES = (
    _work("extension_asked", gettext_noop("有一件延期换届等批复"), gettext_noop("{place}申请推迟换届，请看过批复。"), EXTENSION),
    _work("extension_granted", gettext_noop("延期换届批复了"), gettext_noop("{place}的任期延到哪一天，打开就能看到。请按期换届。"), EXTENSION),
    _work("extension_refused", gettext_noop("延期换届没有批"), gettext_noop("{place}的延期没有批。为什么，打开就能看到。请按期换届。"), EXTENSION),
    _work("recall_carried", gettext_noop("一件罢免通过了"), gettext_noop("{place}罢免了一位委员会成员，请指导补选。"), RECALL),
)  # fmt: skip
