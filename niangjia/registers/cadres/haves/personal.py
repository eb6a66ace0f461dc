"""What statements hold about persons: who made them, at work."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.privacy.rules import End, Keep, PersonalTable

AT_WORK = gettext_noop("记的是工会有没有钱、地方和制度，谁说的是经办人办的事，不是关于本人的资料。")
TABLES = (
    PersonalTable(
        "haves.Statement", gettext_noop("四有的说明"), gettext_noop("让上一级工会知道哪个工会缺什么。"),
        Keep(gettext_noop("和工会的档案一起留着"), End.KEEP), tell=AT_WORK, erase=AT_WORK,
    ),
)  # fmt: skip
