"""Employers of the demo county without a union (未建会单位): who opened when, who goes there, what was said."""

from typing import NamedTuple

LIULIN, BAITA = "柳林镇总工会", "白塔镇总工会"


class NewFirm(NamedTuple):
    """An employer that nobody has founded a union in: its town, trade, ownership, people, and how many days ago it opened."""

    name: str
    town: str
    trade: str
    ownership: str
    employees: int
    women: int
    opened_days_ago: int


class PlannedVisit(NamedTuple):
    """A visit (走访): how many days ago, who was met, what was said, in how many days somebody goes again."""

    days_ago: int
    met: str
    said: str
    again_in: int = 0


class PlannedTarget(NamedTuple):
    """An employer handed out: to whom, by whom, how many days ago and for how long; the visits; a refusal, if it came to one."""

    firm: str
    to: str
    days_ago: int
    for_days: int
    visits: tuple[PlannedVisit, ...] = ()
    refused: str = ""


def _firms(text: str, town: str) -> tuple[NewFirm, ...]:
    rows = (line.split() for line in text.strip().splitlines())
    return tuple(
        NewFirm(name, town, trade, owner, int(people), int(women), int(days))
        for name, trade, owner, people, women, days in rows
    )


PARK = "柳林轻纺产业园"
COURIERS = "迅捷同城配送有限公司"
UNCLEAR = "迅捷配送站"
FIRMS = (
    *_firms(
        """
迅捷同城配送有限公司 60 170 86 12 70
禾润无纺布制品有限公司 17 170 142 96 41
晨露制衣有限公司 18 170 64 55 118
万联连锁超市柳林店 52 170 38 29 25
柳岸家政服务有限公司 80 170 46 41 160
安家物业服务有限公司 70 170 72 30 420
柳林民办康宁养老院 85 700 34 28 610
丰年粮油加工厂 13 600 9 4 900
新禾数字科技有限公司 65 170 27 10 15
柳林口腔诊所 84 600 12 9 300
青禾幼儿园 83 700 22 21 1400
运达汽修厂 81 600 11 1 2100
""",
        LIULIN,
    ),
    *_firms(
        """
白塔新材料股份有限公司 26 169 210 62 96
恒信精密五金有限公司 33 170 88 24 33
塔山生态养殖专业合作社 03 170 19 8 520
兴塔建筑劳务有限公司 47 170 130 9 205
白塔农家乐餐饮店 62 600 8 6 760
雅居木业有限公司 20 170 53 19 150
塔下快递驿站 60 600 6 3 55
德康医药连锁白塔店 52 170 16 13 1100
鑫达再生资源有限公司 51 170 24 6 240
众诚会计服务事务所 72 170 14 9 480
白塔驾驶员培训学校 83 170 31 7 1900
绿源环保工程有限公司 48 170 44 11 80
""",
        BAITA,
    ),
)
TARGETS = (
    PlannedTarget(
        "禾润无纺布制品有限公司", "chenli", 26, 60,
        (
            PlannedVisit(19, "行政部经理", "厂里刚投产，愿意谈，要先问老板。留了建会的资料。", 12),
            PlannedVisit(6, "副总经理", "老板同意了，下个月招满人就开会选举，请镇里帮着拟方案。", 9),
        ),
    ),
    PlannedTarget(
        "安家物业服务有限公司", "chenli", 48, 45,
        (PlannedVisit(30, "项目经理", "说保安流动大，怕交会费。解释了小微企业会费返还，他要回总部问。"),),
    ),
    PlannedTarget(
        "恒信精密五金有限公司", "hejing", 12, 30,
        (PlannedVisit(4, "人事主管", "工人有意愿，想和隔壁几家一起建联合工会。", 8),),
    ),
    PlannedTarget(
        "兴塔建筑劳务有限公司", "hejing", 70, 40,
        (PlannedVisit(55, "办公室主任", "工地分散，说年底再谈。"),),
        refused="工地年底才收工，要等春节后工人回来再谈",
    ),
)  # fmt: skip
# The county's people who work on sites far away have unions there.
AWAY = (
    ("安禾县驻南屿市农民工工会", "349100", "南屿市港区船厂片区", "南屿市总工会", "安南协〔3〕号", "欠薪和工伤由南屿市总工会先受理，三个工作日内转告；春节返乡包车由安禾县总工会联系。"),
    ("安禾县驻北滨市建筑工人工会", "349200", "北滨市高铁新城工地", "北滨市总工会", "", ""),
)  # fmt: skip
