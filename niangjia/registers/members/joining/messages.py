"""What whoever applies, the union that decides, and a member whose number somebody else wrote are told."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.rules import Channel, Fact, Kind, Template

BY_MAIL = frozenset({Channel.EMAIL, Channel.WECHAT})
BY_ALL = BY_MAIL | {Channel.SMS}
OWN, DESK = "/mine/joining/{about}/", "/desk/joining/{about}/"


def _own(key: str, title: str, body: str, **facts: Fact) -> Template:
    """To whoever applied."""
    return Template(key, 1, Kind.OWN_DATA, title, body, facts=facts, leads_to=OWN, channels=BY_ALL, text="NEW_MESSAGE")


TEMPLATES = (
    _own("joining_received", gettext_noop("您的入会申请收到了"),
         gettext_noop("在{place}，最迟 {last} 答复您。到哪一步，打开就能看到。"), place=Fact.PLACE, last=Fact.DAY),
    _own("joining_asks", gettext_noop("您的入会申请，还要您补一点"),
         gettext_noop("{place}想再问您一句，打开就能看到要补什么。您补以前，时间停着不算。"), place=Fact.PLACE),
    _own("joining_approved", gettext_noop("您入会了"),
         gettext_noop("您现在是{place}的会员。欢迎！会籍、会员卡，登录就能看到。"), place=Fact.PLACE),
    _own("joining_transfer", gettext_noop("您的入会申请转成了转会"),
         gettext_noop("{place}同意收您。您在别的工会还有会籍，一个人只有一份，要等原来的工会答复。有结果会告诉您。"), place=Fact.PLACE),
    _own("joining_refused", gettext_noop("您的入会申请没有批准"),
         gettext_noop("为什么，打开就能看到。不同意的，可以请{above}看，也可以补齐了再申请。"), above=Fact.PLACE),
    Template("joining_new", 1, Kind.WORK, gettext_noop("有一件入会申请等审批"),
             gettext_noop("申请加入{place}，最迟 {last} 办完。"),
             facts={"place": Fact.PLACE, "last": Fact.DAY}, leads_to=DESK, channels=BY_MAIL),
    Template("joining_brought", 1, Kind.WORK, gettext_noop("一件入会申请补过了"),
             gettext_noop("申请加入{place}，打开接着办。"), facts={"place": Fact.PLACE}, leads_to=DESK, channels=BY_MAIL),
    Template("joining_in_your_name", 1, Kind.SECURITY, gettext_noop("有人用您的证件号申请入会"),
             gettext_noop("手机不是您登记的这个，所以先问您：是您本人，不用管；不是，请马上告诉您的工会。您的会籍没有变。"),
             leads_to="/mine/", channels=BY_ALL, text="NEW_MESSAGE"),
)  # fmt: skip
