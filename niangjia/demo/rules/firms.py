"""What employers of a county are called, what they do, and who owns them; no name here means any real firm."""

from random import Random
from typing import NamedTuple

from niangjia.demo.rules.chance import Pick, happens, words


class Trade(NamedTuple):
    """What a firm does (行业), how it is called by it, and the share of women who work there."""

    code: str
    words: tuple[str, ...]
    women_share: float


def _trade(line: str) -> Trade:
    code, share, words = line.split(" ", 2)
    return Trade(code, tuple(words.split()), int(share) / 100)


# Division of GB/T 4754, share of women in percent, words in firm names; weights follow a county of small industry.
_TRADES: dict[str, float] = {
    "17 72 纺织 针织 家纺 织造": 7,
    "18 78 服饰 制衣 服装 羽绒制品": 6,
    "19 65 鞋业 皮具": 2,
    "13 45 粮油 米业 肉类食品 饲料": 5,
    "14 58 食品 糕点食品 豆制品 调味品": 5,
    "15 40 酒业 茶业": 2,
    "20 38 木业 竹制品": 2,
    "21 35 家具 门窗": 2,
    "22 48 纸业 包装": 3,
    "23 46 印务 彩印包装": 1,
    "26 30 化工 涂料": 2,
    "27 52 药业 中药饮片": 1,
    "29 44 塑业 橡胶制品 塑料制品": 4,
    "30 22 水泥制品 建材 新型墙材 陶瓷": 4,
    "33 30 五金制品 金属制品 钢结构": 6,
    "34 24 机械 轴承 阀门": 4,
    "36 28 汽车配件 车业": 3,
    "38 42 电气 电缆 照明": 3,
    "39 56 电子 光电科技": 4,
    "41 62 工艺品 玩具": 2,
    "44 26 热力 光伏发电": 1,
    "45 30 燃气": 1,
    "46 36 水务": 1,
    "47 14 建筑工程 建筑安装": 5,
    "48 13 市政工程 路桥工程": 2,
    "50 20 装饰工程 消防工程": 2,
    "51 48 商贸 农资 粮油贸易 建材贸易": 6,
    "52 66 超市 百货 大药房 家电": 6,
    "54 16 运输 物流 客运": 5,
    "59 24 仓储 冷链仓储": 1,
    "60 28 快递服务": 2,
    "61 66 宾馆 大酒店": 2,
    "62 62 餐饮管理 食府": 3,
    "64 44 网络科技 电子商务": 2,
    "65 38 软件 信息技术": 1,
    "66 52 小额贷款": 1,
    "70 50 物业服务 置业 房产经纪": 4,
    "72 40 人力资源 保安服务 劳务": 3,
    "75 40 农业科技": 1,
    "78 46 园林绿化 环境卫生": 2,
    "80 82 家政服务": 2,
    "81 16 汽车维修": 2,
    "85 80 养老服务": 1,
    "01 48 农业开发 果蔬种植": 2,
    "03 36 养殖 禽业": 2,
}
_TRADE = Pick({_trade(line): weight for line, weight in _TRADES.items()})

_STEMS = words(
    "宏达 恒源 金鼎 瑞丰 永盛 兴达 天成 宝丰 嘉禾 德信 富康 汇通 聚源 凯达 联创 明辉 鹏程 荣盛 盛世 泰和 万隆 祥瑞 新源 亚峰 "
    "益民 裕丰 振华 正大 中天 卓越 广源 和顺 佳美 康乐 利民 隆昌 茂源 能达 欧亚 普惠 乾元 锐捷 三和 顺达 同心 伟业 五星 "
    "先锋 兴隆 旭日 雅居 一鸣 银河 优品 远航 云峰 展望 长青 众诚 百盛 长虹岭 晨光里 春晖 大地 东升 恩泽 丰茂 福临 高远 冠华 "
    "海纳 禾丰 弘毅 华兴 惠农 吉祥 江淮水 锦绣 久远 巨力 凯旋 蓝天 力拓 龙腾 绿野 满园 铭远 南湖 诺诚 磐石 启航 勤丰 庆余 "
    "仁和 日新 润泽 尚品 圣泉 时代 双赢 松柏 腾飞 万和 文兴 西岭 喜洋 晓月 鑫源 信达 耀华 亿家 义丰 盈科 友谊 玉泉 源泰 "
    "悦来 泽惠 兆丰 志成 致远 智汇"
)

_LIMITED = Pick({"有限公司": 84, "有限责任公司": 9, "股份有限公司": 3, "集团有限公司": 1})


_STATE_SHARE = 0.3


class Firm(NamedTuple):
    """A private or state firm before it gets a head-count and a union."""

    name: str
    trade: Trade
    ownership_code: str


# The firms that pictures and how-to pages speak of: name, town, trade line, ownership, members.
class KnownFirm(NamedTuple):
    """A firm that stands in the demo county under a fixed name."""

    name: str
    town: str
    trade: str
    ownership_code: str
    members: int


KNOWN_FIRMS = (
    KnownFirm("鸿远纺织有限公司", "柳林镇", "17", "170", 1286),
    KnownFirm("顺通物流安禾分公司", "经济开发区", "54", "159", 742),
    KnownFirm("福来食品有限公司", "白塔镇", "14", "170", 436),
    KnownFirm("白塔机械有限公司", "白塔镇", "34", "110", 318),
    KnownFirm("宏达五金制品有限公司", "经济开发区", "33", "170", 164),
    KnownFirm("安禾冷链仓储有限公司", "经济开发区", "59", "170", 88),
)
TRADE_OF_CODE = {trade.code: trade for trade in map(_trade, _TRADES)}


def firm(source: Random, *, place: str) -> Firm:
    """A firm with a name like those of a county, 「安禾宏达五金制品有限公司」; `place` opens the name."""
    trade = _TRADE.draw(source)
    name = place + source.choice(_STEMS) + source.choice(trade.words)
    if trade.code in {"01", "03"} and happens(source, 0.5):
        return Firm(name + "专业合作社", trade, "190")
    if trade.code in {"17", "18", "19", "33", "29", "30"} and happens(source, 0.12):
        return Firm(name + "厂", trade, "170")
    suffix = _LIMITED.draw(source)
    return Firm(name + suffix, trade, _ownership(source, suffix))


def _ownership(source: Random, suffix: str) -> str:
    """Code of the union form's list: mostly private, some of other kinds."""
    draw = source.random()
    if suffix.startswith("股份"):
        return "161" if draw <= _STATE_SHARE else "169"
    for bound, code in ((0.78, "170"), (0.90, "159"), (0.93, "200"), (0.96, "300"), (0.98, "110")):
        if draw < bound:
            return code
    return "151"


class Institution(NamedTuple):
    """A public body (机关、事业单位) of a county or town: name, trade, ownership, usual head-count, share of women."""

    name: str
    trade: str
    ownership_code: str
    members: int
    women_share: float
    sector: str


def _institutions(text: str) -> tuple[Institution, ...]:
    rows = (line.split() for line in text.strip().splitlines())
    return tuple(
        Institution(name, trade, owner, int(members), int(women) / 100, sector)
        for name, trade, owner, members, women, sector in rows
    )


COUNTY_INSTITUTIONS = _institutions("""
县人民医院 84 400 620 74 health
县中医院 84 400 310 72 health
县妇幼保健院 84 400 140 86 health
县疾病预防控制中心 84 400 62 58 health
第一中学 83 400 286 52 education
第二中学 83 400 214 54 education
职业教育中心 83 400 168 50 education
实验小学 83 400 132 78 education
县幼儿园 83 400 64 94 education
特殊教育学校 83 400 28 76 education
教育局机关 92 500 72 42 -
卫生健康委员会机关 92 500 58 46 -
人力资源和社会保障局机关 92 500 86 48 -
公安局机关 92 500 286 18 -
税务局机关 92 500 124 44 -
财政局机关 92 500 64 46 -
自然资源和规划局机关 92 500 92 34 -
住房和城乡建设局机关 92 500 78 36 -
交通运输局机关 92 500 66 30 -
农业农村局机关 92 500 88 34 -
市场监督管理局机关 92 500 118 38 -
民政局机关 92 500 42 48 -
司法局机关 92 500 46 40 -
融媒体中心 87 400 54 52 -
图书馆 88 400 18 72 -
供电公司 44 110 214 28 -
自来水公司 46 110 96 34 -
邮政分公司 60 110 126 44 -
农村商业银行 66 169 232 54 -
公共交通公司 54 110 148 22 -
公路管理站 48 400 84 20 -
粮食储备库 59 110 46 30 -
新华书店 52 110 24 66 -
殡葬管理所 80 400 22 28 -
环境卫生管理所 78 400 186 56 -
""")
TOWN_INSTITUTIONS = _institutions("""
机关 92 500 46 36 -
中心小学 83 400 58 72 education
初级中学 83 400 74 52 education
卫生院 84 400 38 70 health
""")
STREET_INSTITUTIONS = _institutions("""
机关 92 500 52 42 -
社区卫生服务中心 84 400 34 76 health
小学 83 400 62 78 education
""")
PARK_INSTITUTIONS = _institutions("""
管理委员会机关 92 500 38 38 -
""")
