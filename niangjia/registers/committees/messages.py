"""What a union and the union above are told of a term that ends, and whoever leaves a committee."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.rules import Channel, Fact, Kind, Template

BY_MAIL = frozenset({Channel.EMAIL, Channel.WECHAT})
FACTS = {"place": Fact.PLACE, "last": Fact.DAY}


def _work(key: str, title: str, body: str) -> Template:
    """To those who prepare the election, or approve it."""
    return Template(key, 1, Kind.WORK, title, body, facts=FACTS, leads_to="/desk/terms/", channels=BY_MAIL)


TEMPLATES = (
    _work("term_ends", gettext_noop("这一届快期满了"), gettext_noop("{place}这一届到 {last} 期满。请安排换届；来不及的，先报上一级工会批延期。")),
    _work("term_ends_below", gettext_noop("下面有工会快期满了"), gettext_noop("{place}这一届到 {last} 期满。请督促它按期换届。")),
    _work("term_over", gettext_noop("这一届已经期满"), gettext_noop("{place}这一届 {last} 期满，还没有换届。请尽快换届。")),
    _work("term_over_below", gettext_noop("下面有工会期满没有换届"), gettext_noop("{place}这一届 {last} 期满，还没有换届。请督促它换届。")),
    Template("seat_left", 1, Kind.OWN_DATA, gettext_noop("您的任职记了离任"),
             gettext_noop("{place}记下您不再担任委员会的职务，最后一天是 {last}。不是您自己的意思，请告诉上一级工会。"),
             facts=FACTS, leads_to="/mine/", channels=BY_MAIL | {Channel.SMS}, text="NEW_MESSAGE"),
)  # fmt: skip
