"""What the employers' door holds about persons: by which phone somebody asked for her employer."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.privacy.rules import PersonalTable
from niangjia.services.requests.personal import KEPT

OF_WORK = gettext_noop("是替单位提的，按号码的密文认，不连到哪个人的登记。")

TABLES = (
    PersonalTable(
        "for_employers.EmployerAsk", gettext_noop("单位求助的联系手机"), gettext_noop("凭手机验证码看进展。"), KEPT,
        tell=OF_WORK, erase=OF_WORK,
    ),
)  # fmt: skip
