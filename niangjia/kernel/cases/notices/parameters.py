"""How many days a public notice hangs, where no document of a place says otherwise."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.dated.rules import Measure, ParameterKey

PARAMETERS = (
    ParameterKey(
        "notice_days",
        gettext_noop("公示天数"),
        Measure.WORKING_DAYS,
        default="5",
        about=gettext_noop("贴出来的那天不算，最后一天过完才往下办。不能少于 3 个工作日。"),
        least=3,
        most=60,
    ),
)
