"""What those at the desk are told of cases: that one is soon due or late; never which, nor what it is about."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.rules import Channel, Fact, Kind, Template

BY_MAIL = frozenset({Channel.EMAIL, Channel.WECHAT})
CASE = "/cases/{about}/"


def _work(key: str, title: str, body: str, **facts: Fact) -> Template:
    return Template(
        key, 1, Kind.WORK, title, body, facts={"place": Fact.PLACE, **facts}, leads_to=CASE, channels=BY_MAIL
    )


TEMPLATES = (
    _work("case_due_soon", gettext_noop("有一件事快到期了：最迟 {last}"),
          gettext_noop("在{place}。到期前办不完，可以按规定申请延期一次，写明理由。"), last=Fact.DAY),
    _work("case_late", gettext_noop("有一件事过期了"),
          gettext_noop("在{place}。上级工会也收到了提醒。请尽快办，并跟对方说一声。")),
    _work("case_late_below", gettext_noop("下级有一件事过期了"),
          gettext_noop("在{place}。请问一问卡在哪里，需要的话帮着办。")),
)  # fmt: skip
