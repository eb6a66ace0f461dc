"""Membership: its kinds, its states, and what each of them allows (会籍).

Sources: 《工会会员会籍管理办法》(总工办发〔2016〕); 《中国工会章程》第一章; 工会法第三条.
"""

from enum import StrEnum

from niangjia.kernel.chinese import Term, Vocabulary


class MembershipKind(StrEnum):
    """How a membership came to this union (入会方式)."""

    JOINED = "joined"
    TRANSFERRED = "transferred"
    REJOINED = "rejoined"
    REORGANISED = "reorganised"


MEMBERSHIP_KINDS = Vocabulary(
    "membership_kind",
    Term(MembershipKind.JOINED, "新入会", ("入会", "首次入会", "新会员")),
    Term(MembershipKind.TRANSFERRED, "转入", ("会籍转入", "转会", "调入")),
    Term(MembershipKind.REJOINED, "重新入会", ("再次入会", "恢复会籍")),
    Term(MembershipKind.REORGANISED, "随工会调整", ("工会合并", "随工会合并", "随工会撤销")),
)


class MembershipState(StrEnum):
    """State of a membership (会籍状态)."""

    APPLICANT = "applicant"
    REJECTED = "rejected"
    ACTIVE = "active"
    TRANSFERRING_OUT = "transferring_out"
    TRANSFERRING_IN = "transferring_in"
    TRANSFERRED = "transferred"
    RETAINED = "retained"
    LEFT = "left"
    AUTO_LEFT = "auto_left"
    EXPELLED = "expelled"
    DECEASED = "deceased"


MEMBERSHIP_STATES = Vocabulary(
    "membership_state",
    Term(MembershipState.APPLICANT, "申请中", ("待审批", "未入会")),
    Term(MembershipState.REJECTED, "未批准", ("不同意入会",)),
    Term(MembershipState.ACTIVE, "正常", ("在会", "会员", "已入会", "在籍")),
    Term(MembershipState.TRANSFERRING_OUT, "转出中", ("正在转出",)),
    Term(MembershipState.TRANSFERRING_IN, "转入中", ("正在转入",)),
    Term(MembershipState.TRANSFERRED, "已转出", ("转出",)),
    Term(MembershipState.RETAINED, "保留会籍", ("保留",)),
    Term(MembershipState.LEFT, "已退会", ("退会", "本人退会")),
    Term(MembershipState.AUTO_LEFT, "自动退会", ("视为自动退会", "欠费被退会")),
    Term(MembershipState.EXPELLED, "开除会籍", ("被开除", "开除")),
    Term(MembershipState.DECEASED, "已去世", ("去世", "死亡", "已故")),
)

# The states that hold someone's one place in the whole tree: never two of these at once.
HOLDING_STATES: frozenset[MembershipState] = frozenset(
    {
        MembershipState.ACTIVE,
        MembershipState.TRANSFERRING_OUT,
        MembershipState.TRANSFERRING_IN,
        MembershipState.RETAINED,
    }
)

# Counted as members, pay dues, vote, may stand for election, enjoy ordinary benefits; 保留会籍 does none of these.
FULL_STATES: frozenset[MembershipState] = HOLDING_STATES - {MembershipState.RETAINED}

ENDED_STATES: frozenset[MembershipState] = frozenset(
    {
        MembershipState.TRANSFERRED,
        MembershipState.LEFT,
        MembershipState.AUTO_LEFT,
        MembershipState.EXPELLED,
        MembershipState.DECEASED,
    }
)


class RetainedReason(StrEnum):
    """Why a membership is retained (保留会籍的原因)."""

    RETIRED = "retired"
    UNEMPLOYED = "unemployed"
    EMPLOYER_CLOSED = "employer_closed"


RETAINED_REASONS = Vocabulary(
    "retained_reason",
    Term(RetainedReason.RETIRED, "退休", ("离休", "提前退休", "已退休")),
    Term(RetainedReason.UNEMPLOYED, "失业", ("下岗失业",)),
    Term(RetainedReason.EMPLOYER_CLOSED, "单位关闭", ("单位撤销", "单位破产", "破产")),
)
