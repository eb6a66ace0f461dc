"""How long a union has to decide on an application, where a place says otherwise."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.dated.rules import Measure, ParameterKey
from niangjia.registers.members.joining.rules.workflow import DECIDE_DAYS, DECIDE_PARAMETER

ABOUT = gettext_noop("入会审批几天内办完，没有查到全国规定，先用本系统默认值；本地有文件的，按文件改。")
MOST = 90
PARAMETERS = (
    ParameterKey(
        DECIDE_PARAMETER,
        gettext_noop("入会申请的审批期限"),
        Measure.DAYS,
        default=str(DECIDE_DAYS),
        about=ABOUT,
        least=1,
        most=MOST,
    ),
)
