"""What the register of employers holds about persons, and how long."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.privacy.rules import End, Keep, PersonalTable

LICENCE = gettext_noop("营业执照上公开的法定代表人姓名，是单位的登记事项，不是会员资料。")
OFFICE = gettext_noop("这是经办人办的事，不是关于本人的资料。")
WITH_EMPLOYER = Keep(gettext_noop("和单位登记一起留着"), End.KEEP)
TABLES = (
    PersonalTable(
        "employers.HeadCount", gettext_noop("单位按月的人数"), gettext_noop("记着单位哪个月多少人，数是哪里来的。"),
        WITH_EMPLOYER, tell=OFFICE, erase=OFFICE,
    ),
    PersonalTable(
        "employers.Employer", gettext_noop("单位登记"), gettext_noop("知道有哪些单位，哪些还没有工会；法定代表人的姓名只用在建会和协商的表格上。"),
        WITH_EMPLOYER, tell=LICENCE, erase=LICENCE,
    ),
    PersonalTable(
        "employers.EmployerEvent", gettext_noop("单位登记的变更"), gettext_noop("看得出登记改过什么。"),
        WITH_EMPLOYER, tell=LICENCE, erase=LICENCE,
    ),
)  # fmt: skip
