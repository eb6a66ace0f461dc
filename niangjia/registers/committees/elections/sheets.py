"""The forms of the moves of an election: what only people know; what the register can count is never asked."""

from niangjia.kernel.cases.drafts.rules import NEVER, Field, FieldKind, FormSheet, Is
from niangjia.kernel.chinese import gettext_noop
from niangjia.registers.committees.elections.rules import workflow as table
from niangjia.registers.members.rules.moves import SEE_MEMBERS

RENEWAL = Is("kind", table.ElectionKind.RENEWAL.value)
BY_ELECTION = Is("kind", table.ElectionKind.BY_ELECTION.value)
BODIES = (
    ("committee", gettext_noop("工会委员会")),
    ("audit", gettext_noop("经费审查委员会")),
    ("standing", gettext_noop("常务委员会")),
)
POSTS = (
    ("chair", gettext_noop("主席（主任）")), ("vice_chair", gettext_noop("副主席（副主任）")),
    ("finance", gettext_noop("财务委员")), ("member", gettext_noop("委员")),
)  # fmt: skip
WHO = Field("person", FieldKind.PICK, gettext_noop("哪一位"), picks="members", picks_for=SEE_MEMBERS,
            help=gettext_noop("写姓名、拼音首字母或者证件号后四位，从找到的会员里选。"))  # fmt: skip
MANAGER = Field("manager", FieldKind.YES_NO, gettext_noop("是行政正副职，或者合伙人"), required=NEVER)
PERSONNEL = Field("personnel", FieldKind.YES_NO, gettext_noop("是人力资源部门负责人"), required=NEVER)
FOREIGN = Field("foreign", FieldKind.YES_NO, gettext_noop("是外籍职工"), required=NEVER)

PLAN_SHEET = FormSheet(
    table.PLAN,
    gettext_noop("选举方案"),
    (
        Field("kind", FieldKind.CHOICE, gettext_noop("选什么"),
              choices=((table.ElectionKind.RENEWAL.value, gettext_noop("换届，选新一届")), (table.ElectionKind.BY_ELECTION.value, gettext_noop("补选一个空缺")))),
        Field("form", FieldKind.CHOICE, gettext_noop("组织形式"), shown=RENEWAL,
              help=gettext_noop("《工会法》第十一条：会员 25 人以上的设委员会；不满 25 人的，三样里选一样。"),
              choices=(("committee", gettext_noop("设工会委员会")), ("joint_committee", gettext_noop("设联合工会委员会")), ("organiser", gettext_noop("选一名组织员")))),
        Field("years", FieldKind.CHOICE, gettext_noop("任期几年"), shown=RENEWAL, help=gettext_noop("《工会法》第十六条：基层三年或者五年，县级以上五年。"),
              choices=(("3", gettext_noop("三年")), ("5", gettext_noop("五年")))),
        Field("seats", FieldKind.NUMBER, gettext_noop("委员名额"), shown=RENEWAL, least=1, most=45,
              help=gettext_noop("会员人数系统自己数，名额对不上会告诉您该是几名。选组织员的写 1。")),
        Field("audit_seats", FieldKind.NUMBER, gettext_noop("经审委员名额"), shown=RENEWAL, least=1, most=11,
              help=gettext_noop("《工会法》第四十五条：经审和工会委员会同时选。不满 25 人的可以是 1 名经审委员。")),
        Field("standing_seats", FieldKind.NUMBER, gettext_noop("常委名额"), shown=RENEWAL, required=NEVER, most=15,
              help=gettext_noop("不设常务委员会的，空着。")),
        Field("post", FieldKind.CHOICE, gettext_noop("补哪个职务"), shown=BY_ELECTION, choices=POSTS),
        Field("meeting", FieldKind.CHOICE, gettext_noop("谁来选"), help=gettext_noop("会员不到 100 人的，开会员大会。"),
              choices=((table.Meeting.GENERAL.value, gettext_noop("会员大会")), (table.Meeting.CONGRESS.value, gettext_noop("会员代表大会")))),
        Field("representatives", FieldKind.NUMBER, gettext_noop("代表有几名"), shown=Is("meeting", table.Meeting.CONGRESS.value), least=1, most=240),
    ),
)  # fmt: skip
NOMINATE_SHEET = FormSheet(
    table.NOMINATE,
    gettext_noop("提名一位候选人"),
    (
        WHO,
        Field("body", FieldKind.CHOICE, gettext_noop("进哪个委员会"), choices=BODIES),
        Field("post", FieldKind.CHOICE, gettext_noop("提名的职务"), choices=POSTS),
        Field("relative", FieldKind.YES_NO, gettext_noop("是本单位主要负责人的近亲属"), required=NEVER,
              help=gettext_noop("下面几样请本人申报。申报只用来审查资格，审完不留。")),
        MANAGER, PERSONNEL, FOREIGN,
    ),
)  # fmt: skip
STRIKE_SHEET = FormSheet(table.STRIKE, gettext_noop("撤下一位候选人"), (WHO,))
CONVENE_SHEET = FormSheet(
    table.CONVENE,
    gettext_noop("定下候选人，开会"),
    (Field("meeting_on", FieldKind.DAY, gettext_noop("哪天开会"), help=gettext_noop("候选人和同级党组织、上一级工会商量好了再定。")),),
)  # fmt: skip
# Asked by a page of its own, which has a line for each candidate.
COUNT_SHEET = FormSheet(
    table.COUNT,
    gettext_noop("选举结果"),
    (Field("present", FieldKind.NUMBER, gettext_noop("实到几人"), least=0), Field("ballots", FieldKind.NUMBER, gettext_noop("收回几张选票"), least=0)),
)  # fmt: skip
CHOOSE_SHEET = FormSheet(
    table.CHOOSE,
    gettext_noop("推选主席、主任、财务委员"),
    (
        WHO,
        Field("body", FieldKind.CHOICE, gettext_noop("哪个委员会的"), choices=BODIES),
        Field("post", FieldKind.CHOICE, gettext_noop("担任什么"), choices=POSTS),
        MANAGER, PERSONNEL, FOREIGN,
    ),
)  # fmt: skip
APPROVE_SHEET = FormSheet(
    table.APPROVE,
    gettext_noop("批复"),
    (
        Field("document_number", FieldKind.LINE, gettext_noop("批复文号"), most=64, help=gettext_noop("比如 安禾工发〔2026〕12号。")),
        Field("approved_on", FieldKind.DAY, gettext_noop("批复日期"), help=gettext_noop("批复上落款的日子。新一届从选举那天起算。")),
        Field("says", FieldKind.LINE, gettext_noop("还要说的"), required=NEVER, most=200),
    ),
)  # fmt: skip
SHEETS = {
    each.key: each
    for each in (PLAN_SHEET, NOMINATE_SHEET, STRIKE_SHEET, CONVENE_SHEET, COUNT_SHEET, CHOOSE_SHEET, APPROVE_SHEET)
}
