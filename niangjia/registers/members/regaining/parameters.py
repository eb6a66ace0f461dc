"""How long one waits before a lost phone is replaced, and how long a phone counts as hers unused, where a place says otherwise."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.dated.rules import Measure, ParameterKey
from niangjia.registers.members.regaining.rules.workflow import WAIT_DAYS, WAIT_PARAMETER

UNUSED_PARAMETER, UNUSED_MONTHS = "phone_unused", 6
PARAMETERS = (
    ParameterKey(
        WAIT_PARAMETER,
        gettext_noop("旧手机丢了，同意换以后等几个工作日"),
        Measure.WORKING_DAYS,
        default=str(WAIT_DAYS),
        about=gettext_noop(
            "同意换手机以后先等这几天，旧手机还在本人手里的，可以说「不是我」停下来。没有查到全国规定，先用本系统默认值。"
        ),
        least=1,
        most=30,
    ),
    ParameterKey(
        UNUSED_PARAMETER,
        gettext_noop("手机多久没有登录过，再登录要问证件号最后 4 位"),
        Measure.MONTHS,
        default=str(UNUSED_MONTHS),
        about=gettext_noop(
            "运营商收回的号码会再给别人。很久没有用过的手机再来登录，先认一认是不是本人。没有查到全国规定，先用本系统默认值。"
        ),
        least=2,
        most=60,
    ),
)
