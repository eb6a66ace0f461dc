"""How long a new employer may be without a union, how long a target may take, and how many members make a lead."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.dated.rules import Measure, ParameterKey
from niangjia.registers.employers.targets.rules.targets import LATEST_DAYS, LEAD_MEMBERS, TARGET_DAYS, WITHIN_MONTHS

PARAMETERS = (
    ParameterKey(
        WITHIN_MONTHS,
        gettext_noop("新开业的单位几个月内帮助建会"),
        Measure.MONTHS,
        default="6",
        about=gettext_noop(
            "《上海市工会条例》要求开业六个月内帮助建会；别处没有规定的，先用这个数，本地有文件的按文件改。"
        ),
        least=1,
        most=60,
    ),
    ParameterKey(
        TARGET_DAYS,
        gettext_noop("批量交办建会对象的期限"),
        Measure.DAYS,
        default="30",
        about=gettext_noop("一批一起交给人的，从交办那天起算；一家一家交的，日子自己写。"),
        least=1,
        most=LATEST_DAYS,
    ),
    ParameterKey(
        LEAD_MEMBERS,
        gettext_noop("几个会员写了同一家未建会单位，算一条线索"),
        Measure.COUNT,
        default="3",
        about=gettext_noop("人太少说明不了什么，也容易看出是谁；不能少于三个人。"),
        least=3,
        most=1000,
    ),
)
