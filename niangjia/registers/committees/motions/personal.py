"""What extensions and recalls hold about persons, how long, and how they are erased."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.privacy.rules import End, Keep, PersonalTable, Told

AT_WORK = gettext_noop("记的是工会的届期，没有哪个人的事。")
IN_THE_BOOKS = gettext_noop("罢免的结果和委员会的名册一起留着，登记删除以后只留化名。")

TABLES = (
    PersonalTable(
        "motions.Recall", gettext_noop("罢免"), gettext_noop("记下表决合不合规定，结果怎样。"),
        Keep(IN_THE_BOOKS, End.LOCK, source="《档案法》"),
        tell=Told("seat__person_id", (
            ("union__name", gettext_noop("工会")), ("meeting_on", gettext_noop("表决日期")), ("entitled", gettext_noop("应到人数")),
            ("present", gettext_noop("实到人数")), ("votes", gettext_noop("赞成罢免")),
        )),
        erase=IN_THE_BOOKS,
    ),
    PersonalTable(
        "motions.Extension", gettext_noop("延期换届"), gettext_noop("知道任期延到哪天，谁批的。"),
        Keep(gettext_noop("和届期一起留着"), End.KEEP), tell=AT_WORK, erase=AT_WORK,
    ),
)  # fmt: skip
