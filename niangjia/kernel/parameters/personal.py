"""What changes of parameters hold about persons: who entered a value and who put it in force."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.parameters.models import ParameterChange
from niangjia.kernel.parameters.rules import State
from niangjia.kernel.privacy.rules import End, Keep, PersonalTable

YEARS_10 = 10 * 365

TABLES = (
    PersonalTable(
        "parameters.ParameterChange",
        gettext_noop("地方参数的改动"),
        gettext_noop("查清一个数字是谁填的、谁看过、依据哪个文件。"),
        Keep(
            gettext_noop("办完以后十年；生效的值一直留着"),
            End.DELETE,
            YEARS_10,
            due=lambda at: ParameterChange.objects.filter(entered_at__lt=at).exclude(state=State.WAITS.value),
        ),
        tell=gettext_noop("参数是地方的数字，不记职工；只记是哪两位干部填的、看的。"),
        erase=gettext_noop("记的是哪两位干部填的、看的，没有职工的资料。"),
    ),
)
