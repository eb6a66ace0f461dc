"""The codes of targets in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.listing import Badge
from niangjia.registers.employers.targets.rules.targets import Outcome

Words = str | Promise

OUTCOME_WORDS: dict[str, Words] = {
    Outcome.FOUNDED.value: _("建会了"),
    Outcome.JOINED.value: _("由别的工会覆盖了"),
    Outcome.REFUSED.value: _("暂时不同意"),
    Outcome.CLOSED.value: _("单位关停了"),
    Outcome.WITHDRAWN.value: _("收回了"),
}
OUTCOME_BADGES = {
    Outcome.FOUNDED.value: Badge("done", OUTCOME_WORDS["founded"]),
    Outcome.JOINED.value: Badge("done", OUTCOME_WORDS["joined"]),
    Outcome.REFUSED.value: Badge("wait", OUTCOME_WORDS["refused"]),
    Outcome.CLOSED.value: Badge("closed", OUTCOME_WORDS["closed"]),
    Outcome.WITHDRAWN.value: Badge("closed", OUTCOME_WORDS["withdrawn"]),
}
