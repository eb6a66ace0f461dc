"""What a member and those who keep the members are told of leaves, proposed exits, kept memberships and deaths."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.rules import Channel, Fact, Kind, Template

BY_MAIL = frozenset({Channel.EMAIL, Channel.WECHAT})
BY_ALL = BY_MAIL | {Channel.SMS}
LEAVE, EXIT = "/desk/leaving/{about}/", "/desk/exit/{about}/"
OWN_LEAVE, OWN_EXIT = "/mine/leaving/{about}/", "/mine/exit/{about}/"


def _own(key: str, title: str, body: str, leads_to: str, **facts: Fact) -> Template:
    """To the member herself."""
    return Template(key, 1, Kind.OWN_DATA, title, body, facts={"here": Fact.PLACE, **facts}, leads_to=leads_to, channels=BY_ALL,
                    text="NEW_MESSAGE")  # fmt: skip


def _work(key: str, title: str, body: str, leads_to: str) -> Template:
    """To those who keep the members."""
    return Template(key, 1, Kind.WORK, title, body, facts={"place": Fact.PLACE}, leads_to=leads_to, channels=BY_MAIL)


TEMPLATES = (
    _work("leave_asked", gettext_noop("有一位会员要退会"), gettext_noop("{place}的会员提出退会，请确认。退会是会员的自由，可以问问为什么。"), LEAVE),
    _own("leave_confirmed", gettext_noop("您退会了"), gettext_noop("您不再是{here}的会员，会费不用再交。登记留着，想回来随时可以再申请。"), OWN_LEAVE),
    _own("exit_proposed", gettext_noop("{here}问您：还在吗"),
         gettext_noop("还在的，打开点一下「我还在」，最迟 {last}。您的会籍现在没有变，也没有谁会自动把您退掉。"), OWN_EXIT, last=Fact.DAY),
    _work("exit_to_decide", gettext_noop("有一件会籍要问本人"), gettext_noop("{place}的一位会员已经收到消息。等本人答复，或者过了答复的时间，再请您决定。"), EXIT),
    _own("exit_dropped", gettext_noop("您的会籍没有变"), gettext_noop("{here}看过了，会籍照旧，您什么都不用办。"), OWN_EXIT),
    _own("membership_retained", gettext_noop("您的会籍保留着"),
         gettext_noop("由{here}保留，会龄不断，不用交会费。再上班了，告诉新单位的工会就转过去。"), "/mine/"),
    _own("membership_again", gettext_noop("您的会籍恢复了"), gettext_noop("您又是{here}的会员了，会龄接着算。"), "/mine/"),
    _own("membership_auto_left", gettext_noop("您的会籍按自动退会办了"),
         gettext_noop("{here}决定的，依据打开就能看到。不同意，可以请上一级工会看；想回来，可以再申请入会。"), OWN_EXIT),
    _own("membership_expelled", gettext_noop("您的会籍有一个决定"), gettext_noop("{here}的委员会作了决定，打开就能看到。不同意，可以请上一级工会看。"), OWN_EXIT),
    _work("member_expelled", gettext_noop("下级开除了一位会员的会籍"), gettext_noop("{place}报来备案。手续全不全，打开看一看。"), EXIT),
    _work("asker_died", gettext_noop("一件事的申请人去世了"), gettext_noop("在{place}。请想一想这件事怎么办下去，不要再给本人发消息。"), "/cases/{about}/"),
)  # fmt: skip
