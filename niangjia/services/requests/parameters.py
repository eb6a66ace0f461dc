"""Times of requests that a place may set otherwise; those of the law are not among them."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.dated.rules import Measure, ParameterKey
from niangjia.services.requests.rules.workflow import TIERS

TITLES = {
    "react": gettext_noop("紧急诉求的回应时间"),
    "accept": gettext_noop("诉求的受理期限"),
    "answer_consult": gettext_noop("咨询的答复期限"),
    "answer_ordinary": gettext_noop("一般诉求的答复期限"),
    "answer_hard": gettext_noop("难点诉求的答复期限"),
    "answer_complex": gettext_noop("特别复杂诉求的答复期限"),
    "again": gettext_noop("不同意以后重新答复的期限"),
    "call_back": gettext_noop("答复以后的回访期限"),
    "agree": gettext_noop("职工说同意不同意的期限"),
}
ABOUT = gettext_noop("12351 热线三级期限没有查到公布的数字，先用本系统默认值；本地有文件的，按文件改。")
MOST = 90

PARAMETERS = tuple(
    ParameterKey(
        tier.parameter,
        TITLES[tier.key],
        Measure(tier.term.unit.value),
        default=str(tier.term.number),
        about=ABOUT,
        least=1,
        most=MOST,
    )
    for tier in TIERS
    if tier.parameter
)
