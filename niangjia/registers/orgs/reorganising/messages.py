"""What who decides on a reorganisation is told, and the office it was carried out for."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.rules import Channel, Fact, Kind, Template

BY_MAIL = frozenset({Channel.EMAIL, Channel.WECHAT})
DESK = "/desk/reorganising/{about}/"


TEMPLATES = (
    Template("reorganisation_asked", 1, Kind.WORK, gettext_noop("有一件组织调整等批准"),
             gettext_noop("合并、划转、分立或者撤销，试运行的报告写在里面。批准要写批复文号。"), leads_to=DESK, channels=BY_MAIL),
    Template("reorganisation_done", 1, Kind.WORK, gettext_noop("组织调整好了"),
             gettext_noop("从 {day} 起。做了什么，打开就能看到；以前的组织树和数字没有变。"), facts={"day": Fact.DAY}, leads_to=DESK, channels=BY_MAIL),
    Template("reorganisation_held_up", 1, Kind.WORK, gettext_noop("一件组织调整到了日子没有办成"),
             gettext_noop("什么都没有变。为什么，打开就能看到；解决了会自动再办。"), leads_to=DESK, channels=BY_MAIL),
)  # fmt: skip
