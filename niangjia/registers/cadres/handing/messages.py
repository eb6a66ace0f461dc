"""What the two chairs are told of handing over, and the unions of a vacant chair."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.rules import Channel, Fact, Kind, Template

BY_MAIL = frozenset({Channel.EMAIL, Channel.WECHAT})
FACTS = {"place": Fact.PLACE, "last": Fact.DAY}
TEMPLATES = (
    Template("handover_opened", 1, Kind.WORK, gettext_noop("有一份交接清单等您"),
             gettext_noop("{place}换了主席，请在 {last} 以前一样一样勾完、确认。"),
             facts=FACTS, leads_to="/handovers/{about}/", channels=BY_MAIL),
    Template("chair_vacant", 1, Kind.WORK, gettext_noop("工会主席空缺"),
             gettext_noop("{place}现在没有主席。请在 {last} 以前补选，这段时间先定下由谁主持。"),
             facts=FACTS, leads_to="/desk/terms/", channels=BY_MAIL),
)  # fmt: skip
