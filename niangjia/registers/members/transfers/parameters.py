"""How long the other end of a transfer has to answer, where a place says otherwise."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.dated.rules import Measure, ParameterKey
from niangjia.registers.members.rules.transferring import ANSWER_PARAMETER, ANSWER_WORKING_DAYS

MOST = 60
PARAMETERS = (
    ParameterKey(
        ANSWER_PARAMETER,
        gettext_noop("转会的答复期限"),
        Measure.WORKING_DAYS,
        default=str(ANSWER_WORKING_DAYS),
        about=gettext_noop(
            "转出的工会几个工作日内答复。没有查到全国规定；过了最后一天没有答复，交两边共同的上级工会定。"
        ),
        least=1,
        most=MOST,
    ),
)
