"""What certificates hold about persons: who represents a union."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.privacy.rules import End, Keep, PersonalTable, Told

BY_LAW = gettext_noop("法人登记依法要保存，换了法定代表人就改。")
TABLES = (
    PersonalTable(
        "legal_persons.LegalPerson", gettext_noop("工会法人登记"), gettext_noop("证书上写着谁是工会的法定代表人。"),
        Keep(gettext_noop("和工会的档案一起留着"), End.KEEP),
        tell=Told("representative", (
            ("union__name", gettext_noop("工会")), ("certificate_no", gettext_noop("证书编号")), ("issued_on", gettext_noop("发证日期")),
        )),
        erase=BY_LAW,
    ),
)  # fmt: skip
