"""What who asked, and who handles it, are told of a request; never what it is about."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.rules import Channel, Fact, Kind, Template

BY_MAIL = frozenset({Channel.EMAIL, Channel.WECHAT})
BY_ALL = BY_MAIL | {Channel.SMS}
OWN, DESK = "/said/{about}/", "/requests/{about}/"


def _own(key: str, title: str, body: str, **facts: Fact) -> Template:
    """To who asked: it is her own matter, and cannot be switched off."""
    return Template(key, 1, Kind.OWN_DATA, title, body, facts=facts, leads_to=OWN, channels=BY_ALL, text="NEW_MESSAGE")


def _work(key: str, title: str, body: str, **facts: Fact) -> Template:
    """To those at the desk."""
    return Template(key, 1, Kind.WORK, title, body, facts=facts, leads_to=DESK, channels=BY_MAIL)


TEMPLATES = (
    _own("request_received", gettext_noop("您说的事收到了"),
         gettext_noop("在{place}，最迟 {last} 告诉您受理没有。到哪一步，打开就能看到。"), place=Fact.PLACE, last=Fact.DAY),
    _own("request_accepted", gettext_noop("您说的事受理了"),
         gettext_noop("{place}在办，最迟 {last} 给您答复。"), place=Fact.PLACE, last=Fact.DAY),
    _own("request_needs_more", gettext_noop("您说的事，还要您补充一点"),
         gettext_noop("{place}想再问您几句。您补充以前，时间停着不算。"), place=Fact.PLACE),
    _own("request_answered", gettext_noop("您说的事有答复了"),
         gettext_noop("请打开看看，最迟 {last} 说同意还是不同意。不同意，就重新办。"), last=Fact.DAY),
    _own("request_again", gettext_noop("您说的事重新办了"),
         gettext_noop("您不同意上次的答复。{place}重新办，最迟 {last} 再答复您。"), place=Fact.PLACE, last=Fact.DAY),
    _own("request_extended", gettext_noop("您说的事要多办几天"),
         gettext_noop("{place}延了期，最迟 {last} 给您答复。为什么延，打开就能看到。"), place=Fact.PLACE, last=Fact.DAY),
    _own("request_same", gettext_noop("您说的两件事一起办"),
         gettext_noop("{place}看过了，和您先说的那一件是同一件事，一起办。您觉得不是，打开就能拆开。"), place=Fact.PLACE),
    _own("request_lapsed", gettext_noop("您说的事办结了"),
         gettext_noop("过了说不同意的时间。还有话说，可以再说一件。")),
    _own("request_moved", gettext_noop("您说的事换了单位办"),
         gettext_noop("现在由{place}办，时间接着算。"), place=Fact.PLACE),
    _work("request_new", gettext_noop("有一件新的诉求等受理"),
          gettext_noop("在{place}，最迟 {last} 受理。"), place=Fact.PLACE, last=Fact.DAY),
    _work("request_urgent", gettext_noop("有一件紧急诉求"),
          gettext_noop("在{place}。可能伤到人，请马上联系，2 小时内先回应。"), place=Fact.PLACE),
    _work("request_pressed", gettext_noop("有人催办一件诉求"), gettext_noop("请看看办到哪里了，给她一个说法。")),
    _work("request_more_said", gettext_noop("一件诉求有了补充"), gettext_noop("打开就能看到，时间接着算。")),
    _work("request_taken_up", gettext_noop("一件诉求提级办理了"),
          gettext_noop("{place}接过去办，这里还看得到办得怎样。"), place=Fact.PLACE),
    _work("request_apart", gettext_noop("有人说两件诉求不是一件事"), gettext_noop("已经拆开，请单独办。")),
    _work("request_refused", gettext_noop("一件诉求的答复没有被同意"),
          gettext_noop("要重新办，最迟 {last} 再答复。"), last=Fact.DAY),
)  # fmt: skip
