"""Who may stand for a committee (候选人资格), each refusal with what it rests on. Pure."""

from dataclasses import dataclass

from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.registers.committees.rules.bodies import LEADING, BodyKind, Post


@dataclass(frozen=True)
class Nominee:
    """Somebody who shall be a candidate (拟提名的人): what the register knows of her, and what she declares."""

    body: BodyKind
    post: Post = Post.MEMBER
    is_member: bool = True
    is_retained: bool = False
    # Declared by her: a near relative of the head of the enterprise; the head, a deputy or a partner; head of personnel; foreign.
    is_relative: bool = False
    is_manager: bool = False
    is_personnel_head: bool = False
    is_foreign: bool = False
    # Finance of the same union, or nominated for it; on the audit committee, or nominated for it.
    keeps_money: bool = False
    audits: bool = False


def why_not_stand(nominee: Nominee) -> list[Reason]:
    """Every reason why she cannot stand, none where she can."""
    found = [
        (nominee.is_retained, "retained", _RETAINED),
        (not nominee.is_member and not nominee.is_retained, "no_member", _NO_MEMBER),
        (nominee.is_relative and nominee.body is not BodyKind.AUDIT, "relative", _RELATIVE),
        (nominee.is_relative and nominee.body is BodyKind.AUDIT, "relative", _RELATIVE_AUDIT),
        (_leads(nominee) and nominee.is_manager, "manager", _MANAGER),
        (_leads(nominee) and nominee.is_personnel_head, "personnel", _PERSONNEL),
        (_leads(nominee) and nominee.is_foreign, "foreign", _FOREIGN),
        (nominee.keeps_money and nominee.body is BodyKind.AUDIT, "audit_apart", _KEEPS_MONEY),
        (nominee.audits and nominee.post is Post.FINANCE, "audit_apart", _AUDITS),
    ]
    return [Reason(code, sentence, {}) for applies, code, sentence in found if applies]


def _leads(nominee: Nominee) -> bool:
    return nominee.body is BodyKind.COMMITTEE and nominee.post in LEADING


_RETAINED = gettext_noop("保留会籍的会员没有选举权和被选举权（《工会基层组织选举工作条例》），不能做候选人。")
_NO_MEMBER = gettext_noop(
    "不是这个工会的会员。委员会由会员选自己的人（《工会基层组织选举工作条例》）；先入会，或者转会过来。"
)
_RELATIVE = gettext_noop("《工会法》第十条：企业主要负责人的近亲属，不得作为本企业基层工会委员会成员的人选。")
_RELATIVE_AUDIT = gettext_noop("企业主要负责人的近亲属也不进经审委员会（《工会法》第十条的意思，本系统默认值）。")
_MANAGER = gettext_noop("行政正副职、合伙人不能做工会主席、副主席的候选人（本系统默认值）。可以提名为委员。")
_PERSONNEL = gettext_noop("人力资源部门负责人不能做工会主席、副主席的候选人（本系统默认值）。可以提名为委员。")
_FOREIGN = gettext_noop("外籍职工不能做工会主席、副主席的候选人（本系统默认值）。可以提名为委员。")
_KEEPS_MONEY = gettext_noop("提名管财务的人，不能再进经审委员会。《工会法》第四十五条：经费审查由另外的人来做。")
_AUDITS = gettext_noop("提名进经审委员会的人，不能再管财务。《工会法》第四十五条：经费审查由另外的人来做。")
