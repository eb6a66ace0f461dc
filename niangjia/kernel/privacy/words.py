"""Codes of privacy in words, as pages show them."""

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.privacy.rules import AskedBy, Channel, RequestKind, RequestState

KIND_WORDS = {RequestKind.CORRECT.value: _("更正"), RequestKind.ERASE.value: _("删除全部资料")}
# Form and words of a state.
STATE_WORDS = {
    RequestState.OPEN.value: ("wait", _("等工会办")),
    RequestState.DONE.value: ("done", _("已办好")),
    RequestState.REFUSED.value: ("refused", _("不办")),
    RequestState.WITHDRAWN.value: ("closed", _("已撤回")),
}
ASKED_BY_WORDS = {
    AskedBy.SELF.value: _("本人在手机上提出"),
    AskedBy.PAPER.value: _("本人签字提出"),
    AskedBy.HEIR.value: _("近亲属提出"),
    AskedBy.RETENTION.value: _("保存期限到了"),
}
CHANNEL_WORDS = {Channel.OWN.value: _("本人在手机上"), Channel.PAPER.value: _("纸面签字")}
