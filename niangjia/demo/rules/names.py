"""People's names as a county has them: surnames by their real frequency, given names by sex and generation.

Frequencies of surnames: rounded from the public statistics of the census and of 全国姓名报告; given names from the
same yearly reports by decade of birth. No name here means anybody.
"""

from random import Random

from niangjia.demo.rules.chance import Pick

_SURNAMES = (
    "王721 李709 张680 刘538 陈453 杨312 黄228 赵222 吴204 周201 徐162 孙155 马133 朱128 胡126 郭115 何113 高108 林107 "
    "罗91 郑90 梁90 谢74 宋70 唐69 许68 韩67 冯66 邓65 曹63 彭60 曾58 肖57 田54 董53 潘50 袁50 蔡47 蒋46 余46 于44 杜44 "
    "叶43 程43 苏42 魏41 吕40 丁38 任37 沈37 姚36 卢36 姜35 崔35 钟34 谭34 陆33 汪33 范32 金31 石31 廖30 贾30 夏28 韦28 "
    "付28 方27 白27 邹26 孟26 熊25 秦25 邱24 江24 尹23 薛23 闫22 段21 雷21 侯20 龙20 史20 陶19 黎19 贺19 顾18 毛18 郝18 "
    "龚18 邵18 万18 钱17 严17 覃16 武16 戴16 莫15 孔15 向14 汤14 常13 温12 康12 施12 文11 牛11 樊11 葛10 邢10 安9 齐9 "
    "易9 乔9 伍9 庞9 颜8 倪8 庄8 聂8 章8 鲁8 岳8 翟8 殷8 詹8 申7 欧7 耿7 关7 兰7 焦7 俞7 左6 柳6 甘6 祝6 包6 宁5 尚5 "
    "符5 舒5 阮5 柯4 纪4 梅4 童4 凌4 毕4 单4 季4 裴4 霍4 涂4 成4 苗4 谷4 盛4 曲4 翁4 冉4 骆4 蓝4 路4 游4 辛4 靳4 欧阳7 "
    "管3 柴3 蒙3 鲍3 华3 喻3 祁3 蒲3 房3 滕3 屈3 饶3 解3 牟3 艾3 尤3 阳3 时3 穆3 农3 司2 卓2 古2 吉2 缪2 简2 车2 项2 "
    "连2 芦2 麦2 褚2 娄2 窦2 戚2 岑2 景2 党2 宫2 费2 卜2 冷2 晏2 席2 卫2 米2 柏2 宗2 瞿2 桂2 全2 佟2 应2 臧2 闵2 苟2 "
    "邬2 边2 卞2 姬2 师2 和2 仇2 栾2 隋2 商2 刁2 沙2 荣2 巫2 寇2 桑2 郎2 甄2 丛2 仲2 虞2 敖2 巩2 明2 佘2 池2 查2 麻2 "
    "苑2 迟2 邝2 上官1 司徒1 诸葛1 夏侯1 尉迟1"
)

# Decade of birth → whole given names, then first and second characters that are put together.
_MEN: dict[int, tuple[str, str, str]] = {
    1960: (
        "建国 建军 国强 志强 卫东 建华 志明 爱国 建平 国庆 德明 保国 卫国 跃进 红军 文革 军 平 强 勇 刚 明 援朝 解放",
        "建 国 志 永 德 保 文 金 正 长 世 广 振 玉 家 学",
        "华 平 明 军 强 国 民 生 林 才 发 福 贵 良 忠 义",
    ),
    1970: (
        "军 勇 伟 强 刚 斌 波 辉 建军 志刚 海涛 建伟 国华 晓东 志勇 文军 红兵 卫红 永强 志军 学军 春林 宏伟",
        "建 志 海 晓 文 永 宏 春 学 国 红 立 新 少 继 光",
        "军 伟 强 东 峰 波 平 明 林 华 涛 斌 辉 勇 民 生",
    ),
    1980: (
        "伟 磊 鹏 超 涛 斌 杰 凯 波 勇 刚 亮 峰 飞 志伟 晓峰 海波 建伟 俊峰 志强 永刚 海龙 小龙 文涛 志超 小军",
        "志 晓 海 文 俊 永 建 小 国 庆 少 新 立 明 亚 振",
        "伟 峰 波 鹏 磊 涛 龙 超 斌 辉 强 军 飞 亮 明 杰",
    ),
    1990: (
        "浩 鹏 杰 宇 凯 超 磊 鑫 帅 强 子豪 文杰 俊杰 志鹏 嘉伟 家豪 浩然 文博 志豪 明轩 家乐 冠宇 世豪 晨 阳 旭",
        "文 俊 志 嘉 家 明 浩 子 世 冠 天 晓 一 金 宇 少",
        "杰 豪 鹏 伟 轩 博 龙 宇 凯 辉 阳 飞 斌 鑫 翔 涛",
    ),
    2000: (
        "浩然 子轩 宇航 俊豪 梓豪 博文 天宇 宇轩 浩宇 子豪 俊杰 嘉豪 文轩 皓轩 明哲 思远 佳豪 家辉 泽宇 子涵 宇 轩",
        "浩 子 宇 俊 梓 博 天 文 皓 明 思 泽 嘉 家 一 晨",
        "轩 然 宇 豪 航 文 杰 涵 辰 阳 哲 睿 霖 翔 彬 辉",
    ),
}
_WOMEN: dict[int, tuple[str, str, str]] = {
    1960: (
        "秀英 桂兰 玉兰 秀兰 桂英 秀珍 玉梅 淑芬 翠萍 素珍 玉芬 桂芳 秀芳 玉珍 兰英 凤英 春兰 玉华 秀云 翠英 红 萍",
        "秀 桂 玉 淑 翠 素 凤 春 兰 月 金 彩 爱 惠 美 云",
        "英 兰 珍 芳 梅 芬 萍 华 云 琴 娥 香 霞 莲 芝 玲",
    ),
    1970: (
        "丽 艳 红 霞 敏 萍 芳 英 春梅 丽娟 海霞 秀丽 雪琴 晓红 艳红 丽华 爱华 红梅 春燕 玉玲 秀梅 小红 爱玲 翠萍",
        "丽 春 海 秀 雪 晓 艳 爱 红 玉 小 翠 冬 彩 云 文",
        "娟 梅 霞 丽 琴 红 华 萍 玲 燕 芳 英 芬 兰 敏 香",
    ),
    1980: (
        "丽 娟 静 燕 芳 婷 敏 艳 娜 霞 丹 玲 小燕 晓丽 艳丽 丽娜 莉莉 丽丽 海燕 晓燕 丽萍 小芳 春燕 雪梅 晓静",
        "晓 丽 小 海 艳 雪 文 春 莉 亚 玉 美 红 佳 慧 秋",
        "丽 燕 娟 静 芳 玲 娜 萍 敏 霞 梅 婷 莉 琴 红 云",
    ),
    1990: (
        "婷婷 静 雪 婷 倩 丽 敏 佳 颖 莹 琳 思思 晓雪 佳怡 欣 梦 晶晶 丹丹 雅婷 慧敏 梦婷 文静 雨婷 佳琪 丽娟",
        "佳 雅 梦 文 慧 晓 雨 思 诗 欣 静 美 雪 嘉 婉 玉",
        "婷 怡 静 敏 雪 琪 莹 颖 倩 玲 琳 慧 瑶 欣 洁 雯",
    ),
    2000: (
        "欣怡 雨桐 梓涵 思雨 雨欣 诗雨 子涵 梦瑶 佳慧 欣悦 佳怡 思琪 雨萱 梦琪 可欣 雅琪 语嫣 静怡 诗涵 佳琪 婧 瑶",
        "欣 雨 梓 思 诗 子 梦 佳 可 雅 语 静 若 一 心 婉",
        "怡 桐 涵 雨 欣 瑶 慧 悦 琪 萱 嫣 彤 妍 馨 婷 琳",
    ),
}

_SURNAME = Pick(
    {
        entry.rstrip("0123456789"): int(entry.lstrip("".join(set(entry) - set("0123456789"))))
        for entry in _SURNAMES.split()
    }
)
_OLDEST, _YOUNGEST = min(_MEN), max(_MEN)


def _given(entry: tuple[str, str, str]) -> tuple[list[str], list[str], list[str]]:
    whole, first, second = entry
    return whole.split(), first.split(), second.split()


_GIVEN = {
    "male": {decade: _given(entry) for decade, entry in _MEN.items()},
    "female": {decade: _given(entry) for decade, entry in _WOMEN.items()},
}
_WHOLE_NAMES = 0.42


def person_name(source: Random, *, sex: str, year: int) -> str:
    """A full name that fits sex and year of birth."""
    decade = min(max(year // 10 * 10, _OLDEST), _YOUNGEST)
    whole, first, second = _GIVEN[sex][decade]
    draw = source.random
    if draw() < _WHOLE_NAMES:
        return _SURNAME.draw(source) + whole[int(draw() * len(whole))]
    return _SURNAME.draw(source) + first[int(draw() * len(first))] + second[int(draw() * len(second))]
