"""Papers and occasions in words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from niangjia.registers.members.verified.rules import Occasion, Paper

PAPER_WORDS: Mapping[str, object] = {
    Paper.REGISTERED.value: _("登记的那份证件，看的原件"),
    Paper.HOUSEHOLD_BOOK.value: _("户口簿"),
    Paper.RESIDENCE_PERMIT.value: _("居住证"),
}
OCCASION_WORDS: Mapping[str, object] = {
    Occasion.REGISTERING.value: _("会员实名登记"),
    Occasion.HANDLING.value: _("本人来办事，当面核对"),
    Occasion.CORRECTING.value: _("更正登记的资料"),
}
YES_NO = (("yes", _("核实过")), ("no", _("还没有核实")))
REACHED = (("yes", _("联系得上")), ("no", _("一年没有联系上")))
