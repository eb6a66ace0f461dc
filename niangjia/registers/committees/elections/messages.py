"""What the union above and the union itself are told of an election."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.rules import Channel, Fact, Kind, Template

BY_MAIL = frozenset({Channel.EMAIL, Channel.WECHAT})
DESK = "/desk/election/{about}/"


def _work(key: str, title: str, body: str) -> Template:
    """To those who work on it."""
    return Template(key, 1, Kind.WORK, title, body, facts={"place": Fact.PLACE}, leads_to=DESK, channels=BY_MAIL)


TEMPLATES = (
    _work("election_reported", gettext_noop("有一件换届选举等批复"), gettext_noop("{place}选出来了，请看过批复，或者退回。")),
    _work("election_approved", gettext_noop("换届选举批复了"), gettext_noop("{place}的选举结果，上一级工会批复了。文号和任期，打开就能看到。")),
    _work("election_returned", gettext_noop("换届选举退回来了"), gettext_noop("{place}的选举结果，上一级工会请你们再看看。为什么，打开就能看到。")),
)  # fmt: skip
