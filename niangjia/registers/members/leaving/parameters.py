"""How long a union has to confirm a leave, and how long a member has to answer before anything is decided about her."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.dated.rules import Measure, ParameterKey
from niangjia.registers.members.leaving.rules import workflow as table

MOST = 90
PARAMETERS = (
    ParameterKey(
        table.CONFIRM_PARAMETER,
        gettext_noop("退会的确认期限"),
        Measure.WORKING_DAYS,
        default=str(table.CONFIRM_DAYS),
        about=gettext_noop("会员要求退会，工会几个工作日内确认。没有查到全国规定。"),
        least=1,
        most=MOST,
    ),
    ParameterKey(
        table.ANSWER_PARAMETER,
        gettext_noop("提请退会以前本人答复的时间"),
        Measure.WORKING_DAYS,
        default=str(table.ANSWER_DAYS),
        about=gettext_noop("告诉本人以后等几个工作日，等过了才可以决定。没有查到全国规定。"),
        least=5,
        most=MOST,
    ),
)
