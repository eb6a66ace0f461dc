"""What a person is told of her records being joined, and the desk of her objection."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.rules import Channel, Fact, Kind, Template

BY_MAIL = frozenset({Channel.EMAIL, Channel.WECHAT})
BY_ALL = BY_MAIL | {Channel.SMS}
OWN, DESK = "/mine/merges/{about}/", "/desk/same-person/{about}/"
PLACE = {"place": Fact.PLACE}

TEMPLATES = (
    Template("merge_made", 1, Kind.SECURITY, gettext_noop("您的两份登记合成了一份"),
             gettext_noop("{place}的两位干部核对后办的：会籍、办件、消息都到了一份登记里。不对的话，打开就能说不同意，可以恢复原样。"),
             facts=PLACE, leads_to=OWN, channels=BY_ALL, text="NEW_MESSAGE"),
    Template("merge_undone", 1, Kind.SECURITY, gettext_noop("合在一起的两份登记分开了"),
             gettext_noop("{place}把合并撤销了，两份登记都恢复成原来的样子。"),
             facts=PLACE, leads_to="/mine/", channels=BY_ALL, text="NEW_MESSAGE"),
    Template("merge_objected", 1, Kind.WORK, gettext_noop("本人不同意合并登记"),
             gettext_noop("{place}合并过的一份登记，本人说不对。打开看她写的话，核对以后可以撤销合并。"),
             facts=PLACE, leads_to=DESK, channels=BY_MAIL),
)  # fmt: skip
