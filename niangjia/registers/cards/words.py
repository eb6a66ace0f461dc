"""What checks come to, in words for whoever checks and for whoever was checked."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.listing import Badge
from niangjia.registers.cards.rules.checking import Verdict

Words = str | Promise
VERDICT_BADGES: dict[str, Badge] = {
    Verdict.VALID.value: Badge("done", _("有效")),
    Verdict.OVER.value: Badge("late", _("码过时了")),
    Verdict.FROZEN.value: Badge("paused", _("卡停着")),
    Verdict.LOST.value: Badge("closed", _("卡作废了")),
    Verdict.ENDED.value: Badge("refused", _("不能用")),
    Verdict.UNKNOWN.value: Badge("refused", _("不认得")),
    Verdict.REPLAYED.value: Badge("late", _("这个码用过了")),
}
# What the checker does next.
NEXT: dict[str, Words] = {
    Verdict.VALID.value: _("可以办。"),
    Verdict.OVER.value: _("请会员把卡的页面刷新一下，扫新的码。截图、照片过一分钟就没用了。"),
    Verdict.FROZEN.value: _("不能用。请会员自己在手机上恢复，或者找她的工会。"),
    Verdict.LOST.value: _("不能用，这张卡挂失了。请会员打开手机上的新卡，或者找她的工会换一张。"),
    Verdict.ENDED.value: _("现在不能用。请会员找她的工会问问。"),
    Verdict.UNKNOWN.value: _("不是有效的会员卡码。请会员打开手机上的卡再扫；用数字码的，对着再输一遍，一分钟换一次。"),
    Verdict.REPLAYED.value: _("一个码只能用一次。请会员刷新页面，扫新的码。"),
}
LOOK: Words = _("这是印的卡，码不会变。请看看人：核对卡上的名字和本人的证件。")
VERBS = {
    "issue_card": _("发了卡"),
    "freeze_card": _("停了卡"),
    "unfreeze_card": _("恢复了卡"),
    "replace_card": _("挂失换卡"),
    "print_card": _("印了卡"),
    "keep_bank_card": _("改了银行卡号"),
}
