"""Parameters of deadlines themselves, whatever line of work they belong to."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.dated.rules import Measure, ParameterKey

PARAMETERS = (
    ParameterKey(
        "office_hours",
        gettext_noop("办公时间"),
        Measure.BANDS,
        default="09:00-12:00,14:00-18:00",
        about=gettext_noop("按小时算的期限只在工作日的这些时间里走，最后一天到下班为止。"),
    ),
)
