"""What kinds, stages, moves and reasons of a request are called, on either face."""

from collections.abc import Mapping
from datetime import date

from django.utils.dateformat import format as in_format
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.listing import Badge
from niangjia.services.requests.rules.kinds import Channel, Grade, HotlineType, RequestKind, Secrecy
from niangjia.services.requests.rules.routing import BarReason

Words = str | Promise

# How the desk calls them, short; the worker's page has plain sentences (`kinds.KINDS`).
KIND_WORDS: Mapping[str, Words] = {
    RequestKind.ASK.value: _("咨询"),
    RequestKind.COMPLAIN.value: _("投诉"),
    RequestKind.SUGGEST.value: _("建议"),
    RequestKind.HELP.value: _("求助"),
    RequestKind.LEGAL.value: _("法律援助"),
}
HOTLINE_WORDS: Mapping[str, Words] = {
    HotlineType.CONSULT.value: _("问题咨询"),
    HotlineType.SERVICE.value: _("服务帮扶"),
    HotlineType.PETITION.value: _("信访投诉"),
    HotlineType.LEGAL_AID.value: _("法律援助"),
    HotlineType.OPINION.value: _("意见建议"),
}
CHANNEL_WORDS: Mapping[str, Words] = {
    Channel.PHONE.value: _("手机页面"),
    Channel.QR.value: _("工会二维码"),
    Channel.HOTLINE.value: _("12351 热线"),
    Channel.DESK.value: _("到窗口来说"),
    Channel.LETTER.value: _("来信"),
    Channel.EMPLOYER.value: _("单位求助（工业110）"),
}
GRADE_WORDS: Mapping[str, Words] = {
    Grade.CONSULT.value: _("咨询"),
    Grade.ORDINARY.value: pgettext_lazy("难易", "一般"),
    Grade.HARD.value: _("难点"),
    Grade.COMPLEX.value: _("特别复杂"),
    Grade.PETITION.value: _("信访"),
}
SECRECY_WORDS: Mapping[str, Words] = {
    Secrecy.CONFIDENTIAL.value: _("保密：单位不知道是谁，也不知道有这件事"),
    Secrecy.OPEN.value: _("她同意让单位知道"),
}
# For the desk; whose turn it is decides the form.
# How it went, and how far back one looks.
OUTCOME_WORDS: Mapping[str, Words] = {
    "in_time": _("按时答复"),
    "late": _("过期才答复"),
    "again": _("答复了她不同意"),
    "unanswered": _("还没有答复"),
}
BACK_WORDS: Mapping[str, Words] = {"3m": _("近 3 个月"), "12m": _("近 12 个月"), "24m": _("近 24 个月")}
STAGE_BADGES: Mapping[str, Badge] = {
    "received": Badge("wait", _("等受理")),
    "accepted": Badge("wait", _("等接办")),
    "in_hand": Badge("doing", _("在办")),
    "waiting": Badge("paused", _("等她补充")),
    "reopened": Badge("back", _("她不同意，重办")),
    "along": Badge("doing", _("跟着另一件办")),
    "answered": Badge("doing", _("已答复，等她同意")),
    "agreed": Badge("done", _("她同意，办结")),
    "lapsed": Badge("closed", _("到期办结")),
    "withdrawn": Badge("closed", _("她撤回了")),
}
# For her: who waits for whom is the other way round.
OWN_BADGES: Mapping[str, Badge] = {
    "received": Badge("doing", _("收到了")),
    "accepted": Badge("doing", _("受理了")),
    "in_hand": Badge("doing", _("正在办")),
    "waiting": Badge("wait", _("等您补充")),
    "reopened": Badge("doing", _("重新办")),
    "along": Badge("doing", _("正在办")),
    "answered": Badge("wait", _("等您看答复")),
    "agreed": Badge("done", _("办结了")),
    "lapsed": Badge("closed", _("办结了")),
    "withdrawn": Badge("closed", _("您撤回了")),
}
MOVE_WORDS: Mapping[str, Words] = {
    "open": _("收到"),
    "mark_urgent": _("标为紧急"),
    "mark_petition": _("按信访登记"),
    "accept_consult": _("受理，按咨询办"),
    "accept_ordinary": _("受理，按一般事项办"),
    "accept_hard": _("受理，按难点事项办"),
    "accept_complex": _("受理，按特别复杂事项办"),
    "accept_petition": _("受理，按信访事项办"),
    "tell_elsewhere": _("告诉她该去哪里"),
    "take": _("接办"),
    "put_back": _("放回去"),
    "ask_more": _("请她补充"),
    "say_more": _("她补充了"),
    "heard_more": _("代她记下补充"),
    "answer": _("答复"),
    "go_along": _("并到另一件一起办"),
    "go_alone": _("拆开单独办"),
    "answer_along": _("和那一件一起答复"),
    "agree": _("她同意"),
    "disagree": _("她不同意"),
    "heard_agree": _("回访：她同意"),
    "heard_disagree": _("回访：她不同意"),
    "lapse": _("过了时间没有说不同意，办结"),
    "reopen": _("她又提出来，重新办"),
    "withdraw": _("她撤回"),
    "assign": _("交给经办人"),
    "offer": _("提出交接"),
    "accept": _("接下了"),
    "decline": _("没有接"),
    "take_back": _("收回交接"),
    "extend": _("延期"),
    "bar": _("回避"),
    "help_ends": _("协办结束"),
}
REASON_WORDS: Mapping[str, Words] = {
    "court": _("已经在打官司，由法院定"),
    "arbitration": _("要先去劳动仲裁"),
    "other_office": _("归别的部门管"),
    "other_region": _("归别的地方管"),
    "settled_before": _("以前已经按程序办结"),
    "not_solved": _("问题没有解决"),
    "not_answered": _("答非所问"),
    "wrong": _("说的和事实不一样"),
    "not_done": _("答应的没有做到"),
    "needs_others": _("要别的部门配合"),
    "hard_to_prove": _("情况复杂，要查证"),
    "asker_asks": _("她自己要求"),
    "another_matter": _("是另外一件事"),
    "other_withdrawn": _("原来那一件不办了"),
    "other_moved": _("原来那一件换了地方办"),
    "beyond_them": _("牵涉面广，下级工会办不了"),
    "too_near": _("下级工会和当事的一方走得太近"),
    "too_long": _("拖得太久"),
    BarReason.ACCUSED.value: _("在被反映的一方任职"),
    BarReason.SAME_EMPLOYER.value: _("和被反映的单位是一家"),
    BarReason.OWN_REQUEST.value: _("是她自己的事"),
    BarReason.DECLARED.value: _("自己申明要回避"),
}
TIER_WORDS: Mapping[str, Words] = {
    "react": _("紧急，先回应"),
    "accept": _("受理"),
    "notice": _("告知是否受理"),
    "answer_consult": _("给她答复"),
    "answer_ordinary": _("给她答复"),
    "answer_hard": _("给她答复"),
    "answer_complex": _("给她答复"),
    "answer_petition": _("给她答复"),
    "again": _("重新答复"),
    "call_back": _("回访"),
    "agree": _("她说同意不同意"),
}
# The same for her.
SECRECY_OWN: Mapping[str, Words] = {
    Secrecy.CONFIDENTIAL.value: _("您没有让单位知道：单位和单位里的工会看不到是您，也看不到有这件事。"),
    Secrecy.OPEN.value: _("您同意让单位知道是您说的。"),
}
OWN_SPEAKERS: Mapping[str, Words] = {"asker": _("您补充的"), "desk": _("经办人记下的")}
HAND_OVER_WORDS: Mapping[str, Words] = {
    "assign": _("分派"),
    "transfer": _("转交过去，这里不再管"),
    "refer": _("交过去办，这里看着"),
    "help": _("请来一起办"),
}
ALIKE_WORDS: Mapping[str, Words] = {
    "same_asker": _("同一个人、同一件事由、同一个单位"),
    "same_words": _("说的话差不多"),
}
SPEAKERS: Mapping[str, Words] = {"asker": _("她补充的"), "desk": _("代她记下的")}


def month_words(first: date) -> str:
    """A month as people say it."""
    return in_format(first, gettext("Y年n月"))
