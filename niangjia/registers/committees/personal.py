"""What committees hold about persons, how long, and what becomes of it when she is erased."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.privacy.rules import End, Keep, PersonalTable, Told

AT_WORK = gettext_noop("记的是工会的届期和委员会，没有哪个人的事。")
IN_THE_BOOKS = gettext_noop("委员会的名册是工会的档案，登记删除以后只留化名、职务和起止。")
ARCHIVE = "《档案法》"

TABLES = (
    PersonalTable(
        "committees.Seat", gettext_noop("在工会里的职务"), gettext_noop("知道工会由谁负责，从哪天到哪天。"),
        Keep(IN_THE_BOOKS, End.LOCK, source=ARCHIVE),
        tell=Told("person_id", (
            ("union__name", gettext_noop("工会")), ("body__kind", gettext_noop("委员会")), ("post", gettext_noop("职务")),
            ("since", gettext_noop("从哪天起")), ("until", gettext_noop("到哪天止")),
        )),
        erase=IN_THE_BOOKS,
    ),
    PersonalTable(
        "committees.Body", gettext_noop("工会的委员会"), gettext_noop("知道工会设了哪些委员会。"),
        Keep(gettext_noop("和届期一起留着"), End.KEEP), tell=AT_WORK, erase=AT_WORK,
    ),
    PersonalTable(
        "committees.Term", gettext_noop("工会的届期"), gettext_noop("知道工会这一届从哪天到哪天，谁批的。"),
        Keep(gettext_noop("历届都留着"), End.KEEP), tell=AT_WORK, erase=AT_WORK,
    ),
)  # fmt: skip
