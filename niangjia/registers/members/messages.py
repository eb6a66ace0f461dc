"""What members and those who keep them are told: transfers, rosters, and a phone that would be changed."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.rules import Channel, Fact, Kind, Template

BY_MAIL = frozenset({Channel.EMAIL, Channel.WECHAT})
BY_ALL = BY_MAIL | {Channel.SMS}
_BOTH = {"here": Fact.PLACE, "there": Fact.PLACE}
IMPORT, TRANSFERS = "/members/imports/{about}/", "/members/transfers/"

TEMPLATES = (
    Template(
        "transfer_asked", 1, Kind.WORK,
        gettext_noop("{there}想把会员转过去：{count} 人"),
        gettext_noop("这些会员现在在{here}。同意不同意，都请按期答复；不同意要写理由。"),
        facts=_BOTH | {"count": Fact.COUNT}, leads_to=TRANSFERS, channels=BY_MAIL,
    ),
    Template(
        "transfer_agreed", 1, Kind.WORK,
        gettext_noop("转会同意了：转入{there}"),
        gettext_noop("会籍今天起在{there}。"),
        facts={"there": Fact.PLACE}, leads_to=TRANSFERS, channels=BY_MAIL,
    ),
    Template(
        "transfer_refused", 1, Kind.WORK,
        gettext_noop("转会没有同意：转入{there}"),
        gettext_noop("理由写在那件转会下面，可以商量好了再提。"),
        facts={"there": Fact.PLACE}, leads_to=TRANSFERS, channels=BY_MAIL,
    ),
    Template(
        "transfer_went_up", 1, Kind.WORK,
        gettext_noop("有一件转会没有人答复，请您定"),
        gettext_noop("{there}想把一位会员从{here}转过去，{here}没有按期答复。您是两边共同的上级，最迟 {last} 定下来。"),
        facts=_BOTH | {"last": Fact.DAY}, leads_to=f"{TRANSFERS}?state=above", channels=BY_MAIL,
    ),
    Template(
        "transfer_waits_above", 1, Kind.WORK,
        gettext_noop("有一件转会过了期限，交给{above}定"),
        gettext_noop("{there}要的一位会员，您这里没有按期答复。上级定下来以前，您还可以答复。"),
        facts={"above": Fact.PLACE, "there": Fact.PLACE}, leads_to=f"{TRANSFERS}?state=above", channels=BY_MAIL,
    ),
    Template(
        "transfer_asked_above", 1, Kind.WORK,
        gettext_noop("转会没有人答复，已经交上级定"),
        gettext_noop("转入{there}的一件转会，对方过了期限没有答复，由两边共同的上级工会来定。您不用再催。"),
        facts={"there": Fact.PLACE}, leads_to=f"{TRANSFERS}?state=above", channels=BY_MAIL,
    ),
    Template(
        "membership_waits_above", 1, Kind.OWN_DATA,
        gettext_noop("您的转会由{above}来定"),
        gettext_noop("{there}想把您转过去，{here}过了期限没有答复。定下来以前，您的会籍还在{here}，什么都不少。"),
        facts=_BOTH | {"above": Fact.PLACE}, leads_to="/services/", channels=BY_ALL, text="NEW_MESSAGE",
    ),
    Template(
        "membership_moved", 1, Kind.OWN_DATA,
        gettext_noop("您的会籍转到{there}了"),
        gettext_noop("从{here}转过来的，会龄接着算。没有换单位，请告诉新的工会，或者点「这一页有问题」。"),
        facts=_BOTH, leads_to="/mine/", channels=BY_ALL, text="NEW_MESSAGE",
    ),
    Template(
        "membership_reorganised", 1, Kind.OWN_DATA,
        gettext_noop("工会调整了，您的会籍在{there}"),
        gettext_noop("您原来的工会合并或者撤销了，从 {day} 起，会籍由{there}管。会龄不断，您什么都不用办。"),
        facts={"there": Fact.PLACE, "day": Fact.DAY}, leads_to="/mine/", channels=BY_ALL, text="NEW_MESSAGE",
    ),
    Template(
        "membership_kept", 1, Kind.OWN_DATA,
        gettext_noop("您的会籍还在{here}"),
        gettext_noop("{there}想把您转过去，{here}没有同意。您想转，可以直接跟两边说。"),
        facts=_BOTH, leads_to="/mine/", channels=BY_MAIL,
    ),
    Template(
        "phone_differs", 1, Kind.SECURITY,
        gettext_noop("有名册写了您的另一个手机"),
        gettext_noop("您确认过的手机没有改，登录还是用它。新号码是您的，请告诉工会；不是，不用管。"),
        leads_to="/mine/", channels=BY_ALL, text="PHONE_DIFFERS",
    ),
    Template(
        "phone_differs", 2, Kind.SECURITY,
        gettext_noop("有名册写了您的另一个手机"),
        gettext_noop("您确认过的手机没有改，登录还是用它。新号码是您的，用它收一个验证码就换过来；不是，点「不换」。"),
        leads_to="/mine/phone/", channels=BY_ALL, text="PHONE_DIFFERS",
    ),
    Template(
        "phone_changed", 1, Kind.SECURITY,
        gettext_noop("您的手机换好了"),
        gettext_noop("以后用新手机登录、收消息。不是您本人换的，请马上告诉工会。"),
        leads_to="/mine/", channels=BY_ALL, text="SECURITY_CHANGED", is_urgent=True,
    ),
    Template(
        "import_done", 1, Kind.WORK,
        gettext_noop("花名册入库了：{rows} 行"),
        gettext_noop("新增 {created}，更新 {updated}，要改 {rejected}。要改的可以下载下来改好再传。"),
        facts=dict.fromkeys(("rows", "created", "updated", "rejected"), Fact.COUNT), leads_to=IMPORT, channels=BY_MAIL,
    ),
    Template(
        "import_failed", 1, Kind.WORK,
        gettext_noop("花名册没有办成"),
        gettext_noop("库里什么都没有改。打开看为什么，改好再传一次。"),
        leads_to=IMPORT, channels=BY_MAIL,
    ),
)  # fmt: skip
