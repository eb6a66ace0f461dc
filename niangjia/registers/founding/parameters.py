"""How long a union above has for each step of setting up a union, where a place says otherwise."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.dated.rules import Measure, ParameterKey
from niangjia.registers.founding.rules.workflow import (
    ANSWER_DAYS,
    ANSWER_PARAMETER,
    CHECK_DAYS,
    CHECK_PARAMETER,
    SET_UP_DAYS,
    SET_UP_PARAMETER,
)

ABOUT = gettext_noop("建会每一步几天内办完，没有查到全国规定，先用本系统默认值；本地有文件的，按文件改。")
MOST = 365
PARAMETERS = tuple(
    ParameterKey(key, title, Measure.DAYS, default=str(days), about=ABOUT, least=1, most=MOST)
    for key, title, days in (
        (CHECK_PARAMETER, gettext_noop("建会申请的核查期限"), CHECK_DAYS),
        (SET_UP_PARAMETER, gettext_noop("筹建到选举的期限"), SET_UP_DAYS),
        (ANSWER_PARAMETER, gettext_noop("选举结果的批复期限"), ANSWER_DAYS),
    )
)
