"""Figures of elections and committees that a place may set otherwise, with their sources."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.dated.rules import Measure, ParameterKey
from niangjia.registers.committees.rules.composition import WOMEN_COMMITTEE_FROM, WOMEN_PARAMETER, WOMEN_SOURCE
from niangjia.registers.committees.rules.seats import NATIONAL_SEATS, SEATS_PARAMETER, SEATS_SOURCE

MOST_WOMEN = 100
PARAMETERS = (
    ParameterKey(
        SEATS_PARAMETER,
        gettext_noop("工会委员会的名额"),
        Measure.STEPS,
        default=NATIONAL_SEATS,
        source=SEATS_SOURCE,
        about=gettext_noop(
            "按会员人数分档，每档写最少到最多几名；没写到的人数，照全国的。本地有更细的规定，按文件改。"
        ),
    ),
    ParameterKey(
        WOMEN_PARAMETER,
        gettext_noop("女会员满几人设女职工委员会"),
        Measure.COUNT,
        default=str(WOMEN_COMMITTEE_FROM),
        source=WOMEN_SOURCE,
        about=gettext_noop("不到这个数的，设一名女职工委员。有的地方性法规写 25 人。"),
        least=1,
        most=MOST_WOMEN,
    ),
)
