"""What a cadre is told of employers handed to her."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.rules import Channel, Fact, Kind, Template

BY_MAIL = frozenset({Channel.EMAIL, Channel.WECHAT})
TEMPLATES = (
    Template("target_handed", 1, Kind.WORK, gettext_noop("有一家未建会单位交给您"),
             gettext_noop("请去走访，最迟 {last} 有个结果。打开看是哪家。"),
             facts={"last": Fact.DAY}, leads_to="/employers/targets/{about}/", channels=BY_MAIL),
    Template("targets_handed", 1, Kind.WORK, gettext_noop("有一批未建会单位交给您"),
             gettext_noop("一共 {n} 家，最迟 {last} 有个结果。打开看是哪些。"),
             facts={"n": Fact.COUNT, "last": Fact.DAY}, leads_to="/employers/targets/?mine=yes", channels=BY_MAIL),
)  # fmt: skip
