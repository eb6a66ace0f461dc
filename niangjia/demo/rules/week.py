"""The two weeks before the demo begins (这两周): who asked for what, and when, so that every page has something to show."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from niangjia.demo.rules.accounts import HONGYUAN
from niangjia.demo.rules.counties import ANHE
from niangjia.registers.members.rules import check_digit
from niangjia.services.requests.rules import Against, Words

LIULIN, BAITA = "柳林镇总工会", "白塔镇总工会"
BAITA_MILL = "白塔机械有限公司工会"
# The county's own people have lower numbers on every day, and the demo rosters have those between.
FIRST_SEQUENCE = 996


class Correction(NamedTuple):
    """A worker says that a fact is wrong (更正申请): who, which fact, in her words, how many days ago."""

    login: str
    fact: str
    says: str
    days_ago: int


class AskedTransfer(NamedTuple):
    """A union asks for a member of the mill (转会提议): whom, how many days ago; refused with a reason, or open."""

    name: str
    days_ago: int
    refused_because: str = ""


class AskedExport(NamedTuple):
    """A list that somebody wants to take out (导出申请): who, of which state, what for, in clear or not; refused with words."""

    login: str
    filters: tuple[tuple[str, str], ...]
    purpose: str
    in_clear: tuple[str, ...]
    words: str
    days_ago: int
    refused_because: str = ""


class Brought(NamedTuple):
    """A roster that somebody brought in (带来的花名册): who, for which union, which file."""

    login: str
    union: str
    file: str


class PlannedLook(NamedTuple):
    """A sealed value that somebody looked at (查看): who, whose, which field, what for, how many hours ago."""

    login: str
    name: str
    field: str
    purpose: str
    hours_ago: int


class PlannedView(NamedTuple):
    """Filters that somebody keeps under a name (存下的查看方式)."""

    login: str
    listing: str
    name: str
    asked: str
    is_shared: bool = False


class PlannedDelegation(NamedTuple):
    """What a cadre hands over while she is away (委托): to whom, where, for how many days from a day on."""

    by: str
    to: str
    role: str
    union: str
    since_days: int
    for_days: int


class EnteredValue(NamedTuple):
    """A local figure that somebody entered (填的新值): who, which, how much, by which document; days ago, days until it holds."""

    login: str
    key: str
    value: str
    source: str
    days_ago: int
    in_days: int


# The last days of these are yesterday, today and in two days: an answer is due within fifteen.
CORRECTIONS = (
    Correction("xuzhiqiang", "workplace", "去年就调到城北分拨中心了，登记的还是老站。", 16),
    Correction("liuxiuying", "title", "不是挡车工了，今年三月起是小组长。", 15),
    Correction("liuxiuying", "education", "夜校大专毕业了，毕业证可以给你们看。", 13),
)
TRANSFERS = (
    AskedTransfer("杨素珍", 16),
    AskedTransfer("黄晓丽", 4),
    AskedTransfer("冯翠萍", 11, "劳动合同到年底才解除，等解除了再转。"),
)
EXPORTS = (
    AskedExport("chenli", (("group", "migrant"),), "contact_member", ("phone",), "春节前给没回家的农民工打电话。", 12),
    AskedExport("zhangjianguo", (), "check_register", (), "和厂里人事的名单对一遍。", 1),
    AskedExport(
        "hejing", (), "contact_member", ("phone",), "发元旦祝福短信。", 3, "祝福短信不用导号码，在「消息」里发。"
    ),
)
ROSTERS = (
    Brought("zhangjianguo", HONGYUAN, "新员工名册.csv"),
    Brought("chenli", LIULIN, "柳林镇十一月入会名单.csv"),
    Brought("hejing", BAITA, "白塔镇会员名单.csv"),
    Brought("hejing", BAITA, "白塔镇工会小组长名单.csv"),
)
LOOKS = (
    PlannedLook("zhoumin", "许志强", "phone", "contact_member", 70),
    PlannedLook("zhoumin", "刘秀英", "id_number", "handle_membership", 52),
    PlannedLook("chenli", "刘秀英", "phone", "contact_member", 47),
    PlannedLook("chenli", "孙丽娟", "phone", "contact_member", 46),
    PlannedLook("zhangjianguo", "刘秀英", "phone", "contact_member", 27),
    PlannedLook("zhangjianguo", "何雪琴", "phone", "contact_member", 26),
)
# On the roster of her own mill with a phone that is not the one she confirmed: it waits for her.
HER_NAME, HER_OTHER_PHONE = "刘秀英", "16200008826"
OFFICE_HOURS = EnteredValue(
    "zhoumin", "office_hours", "08:30-12:00,13:30-17:30", "《安禾县冬季作息安排》（演示）", 2, 9
)
VIEWS = (
    PlannedView("zhoumin", "members", "本月新入会", "joined=month", is_shared=True),
    PlannedView("zhoumin", "members", "女农民工", "group=migrant&sex=female"),
    PlannedView("chenli", "members", "柳林的快递员", "group=courier"),
)
DELEGATIONS = (
    PlannedDelegation("zhoumin", "liuyang", "officer", LIULIN, 20, 22),
    PlannedDelegation("zhoumin", "chenli", "cadre", BAITA, 2, 40),
)


class Row(NamedTuple):
    """A row of a roster as somebody typed it."""

    name: str
    number: str
    phone: str
    union: str


def roster_rows(count: int, *, first: int = 0, union: str = "") -> Iterator[Row]:
    """Rows of people who are in no register yet."""
    for place in range(first, first + count):
        born = date(1968, 1, 5) + timedelta(days=place * 97)
        number = a_number(born, FIRST_SEQUENCE + place % 2)
        yield Row(SURNAMES[place % len(SURNAMES)] + GIVEN[place % len(GIVEN)], number, f"1620000{place:04d}", union)


def faulty_rows() -> tuple[Row, ...]:
    """What offices get wrong: a wrong last digit, a number that a spreadsheet cut, a phone too short, no such union."""
    wrong = a_number(date(1984, 3, 2), FIRST_SEQUENCE)
    return (
        Row("高建军", "3.49921E+17", "16200009001", ""),
        Row("林秋月", wrong[:-1] + ("1" if wrong[-1] != "1" else "2"), "16200009002", ""),
        Row("", a_number(date(1990, 5, 8), FIRST_SEQUENCE), "16200009003", ""),
        Row("姚振东", a_number(date(1979, 9, 19), FIRST_SEQUENCE + 1), "138120455", ""),
        Row("唐海波", a_number(date(1988, 2, 27), FIRST_SEQUENCE + 1), "16200009005", "柳林五金厂工会"),
    )


def a_number(born: date, sequence: int) -> str:
    """A well-formed number of this fictional county."""
    first17 = f"{ANHE.region_code}{born:%Y%m%d}{sequence:03d}"
    return first17 + check_digit(first17)


SURNAMES = ("曹", "邓", "傅", "龚", "韩", "蒋", "孔", "陆", "孟", "潘", "秦", "石")
GIVEN = ("永康", "晓燕", "志远", "秀珍", "国平", "雅琴", "海涛", "文静", "立新", "春花", "学军", "玉梅", "建设")
MILL = HONGYUAN


SAID_ANSWERED = Words(
    "complain",
    "overtime",
    "十月份连着上了三个星期夜班，周末也没有休息，加班费只按平时的工资发。问了车间主任，说大家都一样。",
    "把十月份的加班费补给我们，夜班不要连着排三个星期。",
    against=Against.EMPLOYER,
)
ANSWERED_WITH = (
    "我们和劳动监察一起查了十月份的考勤：您有 6 个休息日上了班没有补休，按规定应当按 200% 付。单位已经认账，差的部分和 11 月工资"
    "一起发。夜班从下周起两周一轮换。没有到账，打我电话。"
)
SAID_IN_HAND = Words(
    "complain",
    "insurance",
    "查了手机，今年三月到七月的养老保险断了五个月，单位说系统的问题，问了两次没有下文。",
    "把断的补上。",
    against=Against.EMPLOYER,
)
SAID_HANDED_UP = Words("ask", "women", "怀孕六个月了，下个月还能不能不排夜班？要不要开证明？", "想知道规定是怎么说的。")
HANDED_WITH = "牵涉几个厂，想请县里统一答复。"
