"""What people are told of public notices: that one hangs, that somebody objects, that it was answered."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.rules import Channel, Fact, Kind, Template

BY_MAIL = frozenset({Channel.EMAIL, Channel.WECHAT})

TEMPLATES = (
    Template(
        "notice_hangs", 1, Kind.OWN_DATA,
        gettext_noop("您的事开始公示"),
        gettext_noop("{first}起公示，到{last}为止。只写打了星号的姓名、工会和类别，到期自动撤下。"),
        facts={"first": Fact.DAY, "last": Fact.DAY},
        leads_to="/notices/", channels=BY_MAIL,
    ),
    Template(
        "objection_waits", 1, Kind.WORK,
        gettext_noop("有一条公示的异议等您答复"),
        gettext_noop("有人说公示的内容不对。没有答复以前，这件事不能往下办。"),
        leads_to="/cases/notices/{about}/", channels=BY_MAIL,
    ),
    Template(
        "objection_answered", 1, Kind.OWN_DATA,
        gettext_noop("您提的异议有答复了"),
        gettext_noop("打开看答复和理由。觉得不对，可以请上一级工会再看。"),
        leads_to="/notices/mine/", channels=BY_MAIL,
    ),
)  # fmt: skip
