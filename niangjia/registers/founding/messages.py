"""What whoever asked for a union, and the union above that answers, are told."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.rules import Channel, Fact, Kind, Template

BY_MAIL = frozenset({Channel.EMAIL, Channel.WECHAT})
BY_ALL = BY_MAIL | {Channel.SMS}
OWN, DESK = "/mine/founding/{about}/", "/desk/founding/{about}/"


def _own(key: str, title: str, body: str, **facts: Fact) -> Template:
    """To whoever asked."""
    return Template(key, 1, Kind.OWN_DATA, title, body, facts=facts, leads_to=OWN, channels=BY_ALL, text="NEW_MESSAGE")


def _desk(key: str, title: str, body: str, **facts: Fact) -> Template:
    """To the union above."""
    return Template(key, 1, Kind.WORK, title, body, facts=facts, leads_to=DESK, channels=BY_MAIL)


TEMPLATES = (
    _own("founding_received", gettext_noop("您的建会申请收到了"),
         gettext_noop("在{place}，最迟 {last} 答复您。到哪一步，打开就能看到。"), place=Fact.PLACE, last=Fact.DAY),
    _own("founding_asks", gettext_noop("您的建会申请，还要您补一点"),
         gettext_noop("{place}想再问您一句，打开就能看到要补什么。您补以前，时间停着不算。"), place=Fact.PLACE),
    _own("founding_prepared", gettext_noop("工会在筹建了，可以入会"),
         gettext_noop("{place}已经准予筹建。现在就可以申请入会，人到齐了开会选举。"), place=Fact.PLACE),
    _own("founding_merged", gettext_noop("工会在筹建了，可以入会"),
         gettext_noop("{place}已经准予筹建，您的申请一起办了。现在就可以申请入会。"), place=Fact.PLACE),
    _own("founding_founded", gettext_noop("工会批复成立了"),
         gettext_noop("{place}经上一级工会批复，正式成立了。"), place=Fact.PLACE),
    _own("founding_abandoned", gettext_noop("筹建停下来了"),
         gettext_noop("为什么，打开就能看到。不同意的，可以请{above}看。"), above=Fact.PLACE),
    _own("founding_refused", gettext_noop("您的建会申请没有批准"),
         gettext_noop("为什么，打开就能看到。不同意的，可以请{above}看，也可以补齐了再申请。"), above=Fact.PLACE),
    _desk("founding_new", gettext_noop("有一件建会申请等核查"),
          gettext_noop("归{place}办，最迟 {last} 办完。"), place=Fact.PLACE, last=Fact.DAY),
    _desk("founding_brought", gettext_noop("一件建会申请补过了"), gettext_noop("归{place}办，打开接着办。"), place=Fact.PLACE),
    _desk("founding_reported", gettext_noop("有一份选举结果等批复"),
          gettext_noop("{place}选举完了，报上来等另一位批复，最迟 {last}。"), place=Fact.PLACE, last=Fact.DAY),
)  # fmt: skip
