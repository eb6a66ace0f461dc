"""Why a case stays as it is, in words: what, why, what next."""

from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason, gettext_noop

# What looks like a case that is not there.
ABSENT = frozenset({"barred", "no_role", "out_of_scope"})


class NotMade(Exception):
    """The case stays as it is; `reason` says why and what to do."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


def refused(code: str, **values: str | int) -> NotMade | Forbidden:
    """What is raised for a reason of the rules: a sentence, or nothing to be seen."""
    return Forbidden(code) if code in ABSENT else NotMade(Reason(code, SENTENCES[code], dict(values)))


SENTENCES: dict[str, str] = {
    "not_from_here": gettext_noop("这件事已经到了别的环节，这一步现在不能办。请刷新，看看到哪里了。"),
    "changed_meanwhile": gettext_noop("您看的时候，别人已经办了一步。请刷新看过再办，您写的还在。"),
    "own_case": gettext_noop("这是您本人的事，不能自己经办。请交给同事。"),
    "same_person": gettext_noop("这是您自己提出的，要由另一位来把关：本单位的别人，或者上级工会。"),
    "decided_already": gettext_noop("您已经表过态了，等其他人。"),
    "notice_open": gettext_noop("公示还没有结束，或者还有异议没有答复。到期、答复完再办。"),
    "not_in_hand": gettext_noop("这件事不在您手上。请先接过来，或者请经办人来办。"),
    "reason_missing": gettext_noop("请从列出的理由里选一个，对方要看到为什么。"),
    "reason_unknown": gettext_noop("这个理由不在列出的里面。请重新选一个。"),
    "closed": gettext_noop("这件事已经办结了。要接着办，请本人重新提出。"),
    "joined": gettext_noop("这件事已经并到另一件里，请到那一件去办。"),
    "decided_apart": gettext_noop("这一步要由几个人分别表态，不能直接办。"),
    "nothing_runs": gettext_noop("这个期限现在没有在走，不能延期。"),
    "extended_already": gettext_noop("这个期限已经延过一次，不能再延。"),
    "never_extended": gettext_noop("这个期限按规定不能延。"),
    "late_already": gettext_noop("这个期限已经过了，不能再延。请尽快办结，并写明原因。"),
    "already_there": gettext_noop("这件事已经在那里了，不用再交。"),
    "own_offer": gettext_noop("这是您自己交出去的，要由那边的另一位来接。不交了，可以收回。"),
    "settled_already": gettext_noop("这次交接已经有结果了，请刷新看看。"),
    "nobody_there": gettext_noop("那里现在没有人能接。请交给它的上级。"),
    "waits_for_other_side": gettext_noop("已经交过去了，等对方接。对方没有接以前可以收回。"),
    "not_the_same": gettext_noop("这两件不能并：要是同一类、都没有办结的事。"),
    "not_rated_here": gettext_noop("现在还不能评价，等有了答复再来。"),
    "rated_already": gettext_noop("这一次您已经评价过了。"),
    "no_right_there": gettext_noop("这位同事在那里没有办理权限。请换一位。"),
}
