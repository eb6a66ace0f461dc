"""How long the union above has to answer the result of an election, where a place says otherwise."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.dated.rules import Measure, ParameterKey
from niangjia.registers.committees.elections.rules.workflow import ANSWER_DAYS, ANSWER_PARAMETER

MOST = 90
PARAMETERS = (
    ParameterKey(
        ANSWER_PARAMETER,
        gettext_noop("选举结果的批复期限"),
        Measure.DAYS,
        default=str(ANSWER_DAYS),
        about=gettext_noop(
            "上一级工会收到选举结果几天内批复，没有查到全国规定，先用本系统默认值；本地有文件的，按文件改。"
        ),
        least=1,
        most=MOST,
    ),
)
