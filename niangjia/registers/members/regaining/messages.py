"""What she is told when somebody says that her phone was lost, and what the desks are."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.rules import Channel, Fact, Kind, Template

BY_MAIL = frozenset({Channel.EMAIL, Channel.WECHAT})
BY_ALL = BY_MAIL | {Channel.SMS}
OWN, DESK = "/mine/regaining/{about}/", "/desk/regaining/{about}/"
PLACE = {"place": Fact.PLACE}


def _own(key: str, title: str, body: str, *, text: str = "PHONE_LOST", **facts: Fact) -> Template:
    """To her, by the phone that still counts, whatever the hour."""
    return Template(
        key, 1, Kind.SECURITY, title, body, facts=facts, leads_to=OWN, channels=BY_ALL, text=text, is_urgent=True
    )


TEMPLATES = (
    _own("regaining_filed", gettext_noop("有人替您报旧手机丢了"),
         gettext_noop("{place}说您的手机丢了，要换一个登录。还没有换。不是您，打开点「不是我」，马上停。"), place=Fact.PLACE),
    _own("regaining_agreed", gettext_noop("同意给您换手机了，还没有换"),
         gettext_noop("{place}的两位干部核过了，{last} 过了才换。不是您，打开点「不是我」，马上停。"), place=Fact.PLACE, last=Fact.DAY),
    _own("regaining_handed", gettext_noop("登录的手机换好了"),
         gettext_noop("以后用新手机登录，第一次要填证件号最后 4 位。原来登录着的都退出了。"), text="SECURITY_CHANGED"),
    _own("regaining_refused", gettext_noop("换手机没有同意"),
         gettext_noop("{place}没有同意，手机还是原来那个。为什么，打开就能看到。"), text="NEW_MESSAGE", place=Fact.PLACE),
    _own("regaining_stopped", gettext_noop("换手机停下来了"),
         gettext_noop("手机还是原来那个，这一件不会再办。"), text="NEW_MESSAGE"),
    Template("regaining_new", 1, Kind.WORK, gettext_noop("有人的旧手机丢了，等两位上级干部来核"),
             gettext_noop("{place}报来的，最迟 {last} 核完。"),
             facts=PLACE | {"last": Fact.DAY}, leads_to=DESK, channels=BY_MAIL),
    Template("regaining_not_her", 1, Kind.SECURITY, gettext_noop("本人说不是她在换手机"),
             gettext_noop("{place}报的旧手机丢了，本人点了「不是我」，已经停了。请核对当面见到的是谁。"),
             facts=PLACE, leads_to=DESK, channels=BY_MAIL, is_urgent=True),
)  # fmt: skip
