"""What targets and visits hold about persons, and how long."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.privacy.rules import End, Keep, PersonalTable
from niangjia.registers.employers.targets.models import Target

# After a target has ended nobody needs what was said on the way for longer. 本系统默认值
KEPT_DAYS = 3 * 365
OFFICE = gettext_noop("这是经办人办的事，不是关于本人的资料。")
NUMBERS = gettext_noop("这里只有单位的名字和人数，没有是谁。")
TABLES = (
    PersonalTable(
        "targets.Visit", gettext_noop("建会走访"), gettext_noop("记着去没有工会的单位谈过什么，接手的人接得上。"),
        Keep(gettext_noop("和交办的记录一起"), End.KEEP), tell=OFFICE, erase=OFFICE,
    ),
    PersonalTable(
        "targets.Target", gettext_noop("交办的建会对象"), gettext_noop("记着哪家没有工会的单位交给了谁、哪天到期、结果怎样。"),
        Keep(
            gettext_noop("有了结果以后三年，走访一起删"), End.DELETE, KEPT_DAYS,
            due=lambda at: Target.objects.filter(ended_on__lt=at.date()),
        ),
        tell=OFFICE, erase=OFFICE,
    ),
    PersonalTable(
        "targets.Lead", gettext_noop("建会线索"), gettext_noop("几位会员写了同一家没有工会的单位，只记有几位。"),
        Keep(gettext_noop("每天夜里重新数，人数不够了就删"), End.KEEP), tell=NUMBERS, erase=NUMBERS,
    ),
    PersonalTable(
        "targets.WrittenName", gettext_noop("单位名的写法"), gettext_noop("记着一个写法是哪家单位，不用再认。"),
        Keep(gettext_noop("和单位登记一起留着"), End.KEEP), tell=NUMBERS, erase=NUMBERS,
    ),
)  # fmt: skip
