"""What requests are about (事由): national rows, each with the articles of law that apply; places add rows of their own."""

from collections.abc import Iterable
from dataclasses import dataclass

from niangjia.kernel.chinese import gettext_noop


@dataclass(frozen=True)
class Article:
    """An article of law that applies (依据): which law, which article, what it says in plain words."""

    law: str
    number: str
    says: str

    @property
    def source(self) -> str:
        """How it is cited."""
        return f"《{self.law}》{self.number}"


@dataclass(frozen=True)
class Topic:
    """One topic (事由) as a row."""

    code: str
    title: str
    group: str
    # Other words that people use for it; they suggest the topic.
    words: tuple[str, ...] = ()
    articles: tuple[Article, ...] = ()
    # A matter of life and limb is answered to within hours.
    is_urgent: bool = False


PAY, WORK, SAFE, WOMEN, UNION, LIFE = (
    gettext_noop("工资和工时"),
    gettext_noop("合同和社保"),
    gettext_noop("安全和健康"),
    gettext_noop("女职工"),
    gettext_noop("工会和会籍"),
    gettext_noop("生活难处"),
)
GROUPS = (PAY, WORK, SAFE, WOMEN, UNION, LIFE)
LABOUR, CONTRACT, UNION_LAW = "劳动法", "劳动合同法", "工会法"

TOPICS: tuple[Topic, ...] = (
    Topic("wages", gettext_noop("工资没发、没发够"), PAY, ("欠薪", "拖欠", "讨薪", "没发工资", "克扣", "最低工资"), (
        Article(LABOUR, "第五十条", gettext_noop("工资要用货币按月发给本人，不能克扣，不能无故拖欠。")),
        Article("保障农民工工资支付条例", "第十一条", gettext_noop("农民工的工资要发现金或者打到卡上，不能用东西抵。")),
    )),
    Topic("overtime", gettext_noop("加班和加班费"), PAY, ("加班", "超时", "调休", "加班费", "工时"), (
        Article(LABOUR, "第四十一条", gettext_noop("加班一般每天不超过 1 小时，特殊情况不超过 3 小时，每月不超过 36 小时。")),
        Article(LABOUR, "第四十四条", gettext_noop("平时加班不少于 150%，休息日不补休 200%，法定节假日 300%。")),
    )),
    Topic("leave", gettext_noop("休息和年假"), PAY, ("年假", "请假", "休息日", "病假"), (
        Article("职工带薪年休假条例", "第三条", gettext_noop("累计工作满 1 年、10 年、20 年，年休假 5 天、10 天、15 天。")),
    )),
    Topic("contract", gettext_noop("劳动合同"), WORK, ("合同", "不签", "试用期", "派遣"), (
        Article(CONTRACT, "第八十二条", gettext_noop("用工超过一个月不满一年没有签书面合同，每月付两倍工资。")),
        Article(CONTRACT, "第十九条", gettext_noop("试用期按合同长短，最长 1 个月、2 个月、6 个月。")),
    )),
    Topic("dismissal", gettext_noop("被辞退、裁员"), WORK, ("辞退", "开除", "裁员", "解除", "赔偿"), (
        Article(CONTRACT, "第四十三条", gettext_noop("单位单方解除合同，要事先把理由告诉工会。")),
        Article(CONTRACT, "第四十七条", gettext_noop("经济补偿每满一年一个月工资，六个月以上不满一年按一年算。")),
    )),
    Topic("insurance", gettext_noop("社保和公积金"), WORK, ("社保", "五险", "公积金", "养老", "断缴"), (
        Article("社会保险法", "第五十八条", gettext_noop("自用工之日起三十日内，单位要为职工申请办理社会保险登记。")),
    )),
    Topic("injury", gettext_noop("工伤"), SAFE, ("工伤", "受伤", "出事", "砸伤"), (
        Article("社会保险法", "第三十六条", gettext_noop("因工作受伤或者得职业病，经认定享受工伤保险待遇。")),
    ), is_urgent=True),
    Topic("safety", gettext_noop("安全隐患、职业病"), SAFE, ("安全", "隐患", "粉尘", "毒", "高温", "噪声", "危险"), (
        Article("安全生产法", "第五十五条", gettext_noop("发现直接危及人身安全的紧急情况，有权停止作业、撤离现场。")),
    ), is_urgent=True),
    Topic("women", gettext_noop("怀孕、产假、哺乳"), WOMEN, ("怀孕", "产假", "哺乳", "孕期", "生育"), (
        Article("女职工劳动保护特别规定", "第七条", gettext_noop("产假 98 天，难产加 15 天，多胞胎每多一个加 15 天。")),
    )),
    Topic("harassment", gettext_noop("性骚扰、被欺负"), WOMEN, ("骚扰", "欺负", "辱骂", "霸凌"), (
        Article("女职工劳动保护特别规定", "第十一条", gettext_noop("在劳动场所，单位要预防和制止对女职工的性骚扰。")),
    )),
    Topic("union", gettext_noop("入会、会籍、会费"), UNION, ("入会", "会员证", "会费", "转会", "建会"), (
        Article(UNION_LAW, "第三条", gettext_noop("以工资收入为主要生活来源的劳动者，都有依法参加和组织工会的权利。")),
    )),
    Topic("retaliation", gettext_noop("因为工会的事被为难"), UNION, ("报复", "打击", "为难", "调岗"), (
        Article(UNION_LAW, "第五十二条", gettext_noop("对依法履行职责的工会工作人员，不能无正当理由调岗、打击报复。")),
    )),
    Topic("hardship", gettext_noop("家里困难"), LIFE, ("困难", "低保", "生病", "大病", "学费", "帮扶")),
    Topic("job", gettext_noop("找工作、学技能"), LIFE, ("找工作", "培训", "失业", "技能")),
    Topic("life", gettext_noop("吃住行和孩子"), LIFE, ("食堂", "宿舍", "托管", "孩子", "班车")),
    Topic("other", gettext_noop("别的事"), LIFE),
)  # fmt: skip

BY_CODE: dict[str, Topic] = {topic.code: topic for topic in TOPICS}
OTHER = "other"


def suggested(text: str, rows: Iterable[tuple[str, Iterable[str]]] = ()) -> str:
    """The topic whose words stand in a text most often (猜事由), or `other`; `rows` are local topics as (code, words)."""
    every = [*((topic.code, topic.words) for topic in TOPICS), *rows]
    counted = [(sum(word in text for word in words), code) for code, words in every]
    best = max(counted, key=lambda pair: pair[0])
    return best[1] if best[0] else OTHER
