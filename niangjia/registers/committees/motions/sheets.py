"""The forms of extensions and recalls."""

from niangjia.kernel.cases.drafts.rules import NEVER, Field, FieldKind, FormSheet, Is
from niangjia.kernel.chinese import gettext_noop
from niangjia.registers.committees.elections.rules.workflow import Meeting
from niangjia.registers.committees.motions.rules import workflow as table
from niangjia.registers.members.rules.moves import SEE_MEMBERS

ASK_SHEET = FormSheet(
    table.ASK,
    gettext_noop("申请延期"),
    (
        Field(
            "until",
            FieldKind.DAY,
            gettext_noop("延到哪天"),
            help=gettext_noop("最多延六个月（本系统默认值），只延一次。"),
        ),
        Field("says", FieldKind.WORDS, gettext_noop("为什么不能按期换届"), most=500),
    ),
)
GRANT_SHEET = FormSheet(
    table.GRANT,
    gettext_noop("同意延期"),
    (
        Field("document_number", FieldKind.LINE, gettext_noop("批复文号"), most=64, help=gettext_noop("比如 安禾工发〔2026〕12号。")),
        Field("says", FieldKind.LINE, gettext_noop("还要说的"), required=NEVER, most=200),
    ),
)  # fmt: skip
PROPOSE_SHEET = FormSheet(
    table.PROPOSE,
    gettext_noop("提出罢免"),
    (
        Field("person", FieldKind.PICK, gettext_noop("罢免哪一位"), picks="members", picks_for=SEE_MEMBERS),
        Field("says", FieldKind.WORDS, gettext_noop("谁提的，为什么"), most=500,
              help=gettext_noop("委员会提，或者三分之一以上会员（代表）提，都可以开会（《工会法》第十七条）。")),
    ),
)  # fmt: skip
VOTE_SHEET = FormSheet(
    table.VOTE,
    gettext_noop("表决结果"),
    (
        Field("meeting", FieldKind.CHOICE, gettext_noop("谁来表决"),
              choices=((Meeting.GENERAL.value, gettext_noop("会员大会")), (Meeting.CONGRESS.value, gettext_noop("会员代表大会")), ("committee", gettext_noop("工会委员会")))),
        Field("representatives", FieldKind.NUMBER, gettext_noop("代表有几名"), shown=Is("meeting", Meeting.CONGRESS.value), least=1, most=240),
        Field("meeting_on", FieldKind.DAY, gettext_noop("哪天表决的")),
        Field("present", FieldKind.NUMBER, gettext_noop("实到几人"), least=0, most=1_000_000),
        Field("votes", FieldKind.NUMBER, gettext_noop("赞成罢免几票"), least=0, most=1_000_000,
              help=gettext_noop("《工会法》第十八条：超过全体会员（代表）的半数才通过，不是到会的半数。全体有几人，系统自己数。")),
    ),
)  # fmt: skip
EXTENSION_SHEETS = {each.key: each for each in (ASK_SHEET, GRANT_SHEET)}
RECALL_SHEETS = {each.key: each for each in (PROPOSE_SHEET, VOTE_SHEET)}
