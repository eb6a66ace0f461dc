"""How long handing over may take, and how long a union may be without a chair, where a place says so."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.dated.rules import Measure, ParameterKey
from niangjia.registers.cadres.handing.rules import DAYS_PARAMETER, VACANCY_PARAMETER

PARAMETERS = (
    ParameterKey(
        DAYS_PARAMETER,
        gettext_noop("换了主席几天内交接完"),
        Measure.DAYS,
        default="30",
        about=gettext_noop("从清单开出来那天起算。没有全国统一的规定，本地有文件的按文件改。"),
        least=1,
        most=180,
    ),
    ParameterKey(
        VACANCY_PARAMETER,
        gettext_noop("主席空缺几天内补选"),
        Measure.DAYS,
        default="90",
        about=gettext_noop("从主席离任那天起算。各地一般要求三个月左右，本地有文件的按文件改。"),
        least=1,
        most=366,
    ),
)
