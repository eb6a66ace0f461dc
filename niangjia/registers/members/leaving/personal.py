"""What leaves and proposed exits hold about persons, how long, and how they are erased."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.privacy.rules import End, Keep, PersonalTable, Told

IN_THE_BOOKS = gettext_noop("退会、保留会籍的经过和会籍簿一起留着，登记删除以后只留化名。")

TABLES = (
    PersonalTable(
        "leaving.Leaving", gettext_noop("退会"), gettext_noop("记下您哪天提出、哪天退会。"),
        Keep(IN_THE_BOOKS, End.LOCK, source="《档案法》"),
        tell=Told("person_id", (
            ("union__name", gettext_noop("工会")), ("case__opened_at", gettext_noop("提出时间")), ("left_on", gettext_noop("退会日期")),
        )),
        erase=IN_THE_BOOKS,
    ),
    PersonalTable(
        "leaving.ExitProposal", gettext_noop("提请退会、保留会籍"), gettext_noop("先问您，再由人决定，记下依据。"),
        Keep(IN_THE_BOOKS, End.LOCK, source="《档案法》"),
        tell=Told("person_id", (
            ("union__name", gettext_noop("工会")), ("case__opened_at", gettext_noop("提出时间")), ("source", gettext_noop("怎么提出的")),
            ("decided_on", gettext_noop("委员会决定的日子")), ("document_number", gettext_noop("文号")),
        )),
        erase=IN_THE_BOOKS,
    ),
)  # fmt: skip
