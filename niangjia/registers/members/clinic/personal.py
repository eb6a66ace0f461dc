"""What findings hold about a person, and how long."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.privacy.rules import End, Keep, Leaving, PersonalTable, Told
from niangjia.registers.members.clinic.models import Finding

# 本系统默认值
KEPT_DAYS = 90


def _erase(leaving: Leaving) -> int:
    number: int = Finding.objects.filter(person_id=leaving.subject_id).delete()[0]
    return number


TABLES = (
    PersonalTable(
        "clinic.Finding", gettext_noop("数据体检"), gettext_noop("登记的资料哪里可能不对，请人改好。"),
        Keep(
            gettext_noop("改好以后九十天"), End.DELETE, KEPT_DAYS,
            due=lambda at: Finding.objects.filter(mended_at__lt=at),
        ),
        tell=Told("person_id", (
            ("check_name", gettext_noop("哪一项")), ("found_at", gettext_noop("发现时间")), ("state", gettext_noop("进展")),
            ("reason", gettext_noop("理由")), ("mended_at", gettext_noop("改好时间")),
        )),
        erase=_erase,
    ),
)  # fmt: skip
