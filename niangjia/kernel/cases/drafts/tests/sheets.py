"""The form of the tests: with every kind of field, and some that are asked only now and then."""

from niangjia.kernel.access.rules import Move, Role
from niangjia.kernel.cases.drafts.rules import NEVER, All, AtLeast, Field, FieldKind, FormSheet, Is, Not, OneOf
from niangjia.kernel.chinese import gettext_noop

ASK = Move("see_members", frozenset({Role.CADRE}))
WAGES, DAYS_OWED, DISMISSED = "wages", "days_owed", "dismissed"
SHEET = FormSheet(
    "ask",
    gettext_noop("说说您的事"),
    (
        Field("topic", FieldKind.CHOICE, gettext_noop("哪方面的事"), choices=((WAGES, gettext_noop("工资")), (DISMISSED, gettext_noop("被辞退")))),
        Field("owed", FieldKind.MONEY, gettext_noop("欠了多少"), shown=Is("topic", WAGES), least=1, most=100_000_000),
        Field("months", FieldKind.NUMBER, gettext_noop("欠了几个月"), shown=Is("topic", WAGES), required=AtLeast("owed", 1_000_000), least=1, most=120),
        Field("dismissed_on", FieldKind.DAY, gettext_noop("哪天辞退的"), shown=Is("topic", DISMISSED)),
        Field("said_why", FieldKind.YES_NO, gettext_noop("说过为什么吗"), shown=Is("topic", DISMISSED), required=NEVER),
        Field("why", FieldKind.LINE, gettext_noop("怎么说的"), shown=Is("said_why", value=True), most=20),
        Field("phone", FieldKind.LINE, gettext_noop("怎么找您"), gettext_noop("资料里已有，不对就改。"), prefilled_by="person.phone", required=NEVER),
        Field("words", FieldKind.WORDS, gettext_noop("说说发生了什么"), required=Not(All((OneOf("topic", frozenset({WAGES})), AtLeast("owed", 1))))),
        Field("papers", FieldKind.FILES, gettext_noop("有证明的，拍张照"), required=NEVER),
    ),
)  # fmt: skip
