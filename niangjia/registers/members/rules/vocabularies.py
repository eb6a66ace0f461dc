"""Coded columns of the real-name register: what rosters write, and the code that is kept.

Items follow 总工办发〔2017〕14号; codes follow GB/T 2261.1 (as words), GB/T 3304, GB/T 4762 and GB/T 4658.
"""

from enum import StrEnum

from niangjia.kernel.chinese import Term, Vocabulary
from niangjia.registers.members.rules.id_numbers import Sex

SEXES = Vocabulary(
    "sex",
    Term(Sex.MALE, "男", ("男性", "男士", "1", "m")),
    Term(Sex.FEMALE, "女", ("女性", "女士", "2", "f")),
)

_PEOPLES = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 "
    "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 "
    "塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
PEOPLES = 56
ETHNICITIES = Vocabulary(
    "ethnicity",
    *(Term(f"{number:02d}", f"{people}族", (people,)) for number, people in enumerate(_PEOPLES.split(), 1)),
    Term("97", "其他", ("其它", "未识别民族", "穿青人")),
    Term("98", "外国血统", ("外国血统中国籍人士", "入籍")),
)

POLITICAL_STATUSES = Vocabulary(
    "political_status",
    Term("01", "中共党员", ("党员", "中国共产党党员", "共产党员")),
    Term("02", "中共预备党员", ("预备党员", "中国共产党预备党员")),
    Term("03", "共青团员", ("团员", "中国共产主义青年团团员")),
    Term("04", "民革党员", ("民革", "民革会员", "中国国民党革命委员会会员")),
    Term("05", "民盟盟员", ("民盟", "中国民主同盟盟员")),
    Term("06", "民建会员", ("民建", "中国民主建国会会员")),
    Term("07", "民进会员", ("民进", "中国民主促进会会员")),
    Term("08", "农工党党员", ("农工党", "中国农工民主党党员")),
    Term("09", "致公党党员", ("致公党", "中国致公党党员")),
    Term("10", "九三学社社员", ("九三学社", "九三社员")),
    Term("11", "台盟盟员", ("台盟", "台湾民主自治同盟盟员")),
    Term("12", "无党派人士", ("无党派", "无党派民主人士")),
    Term("13", "群众", ("普通公民", "无", "非党员")),
)

EDUCATIONS = Vocabulary(
    "education",
    Term("11", "博士研究生", ("博士", "博士研究生毕业")),
    Term("14", "硕士研究生", ("硕士", "研究生", "硕士研究生毕业")),
    Term("20", "大学本科", ("本科", "大学", "学士", "大本", "本科及以上", "全日制本科", "在职本科")),
    Term("30", "大学专科", ("大专", "专科", "高职", "大专及高职", "大学专科和专科学校")),
    Term("40", "中等职业教育", ("中专", "中技", "技校", "职高", "职业高中", "中职", "中等专业学校", "技工学校")),
    Term("60", "普通高中", ("高中", "普高", "普通高级中学")),
    Term("70", "初级中学", ("初中", "初中毕业")),
    Term("80", "小学", ("小学毕业",)),
    Term("90", "其他", ("其它", "文盲", "无", "半文盲", "小学以下")),
)


class HouseholdRegistration(StrEnum):
    """Kind of household registration (户籍类型)."""

    AGRICULTURAL = "agricultural"
    NON_AGRICULTURAL = "non_agricultural"


HOUSEHOLD_REGISTRATIONS = Vocabulary(
    "household_registration",
    Term(HouseholdRegistration.AGRICULTURAL, "农业", ("农业户口", "农业户籍", "农村", "农村户口", "农")),
    Term(
        HouseholdRegistration.NON_AGRICULTURAL,
        "非农业",
        ("非农业户口", "非农", "非农业户籍", "城镇", "城市", "城镇户口", "居民户口", "居民", "非农户口"),
    ),
)

YES_NO = Vocabulary(
    "yes_no",
    Term("yes", "是", ("有", "y", "√", "✓", "1", "对", "true")),
    Term("no", "否", ("无", "不是", "n", "×", "0", "没有", "false")),
)

MIGRANTS = Vocabulary(
    "migrant_worker",
    Term("yes", "是", ("农民工", "是农民工", "y", "√", "✓", "1", "true")),
    Term("no", "否", ("非农民工", "不是", "不是农民工", "无", "n", "×", "0", "false")),
)


class EmploymentStatus(StrEnum):
    """How someone stands at work (就业状况)."""

    EMPLOYED = "employed"
    WAITING = "waiting"
    EARLY_RETIRED = "early_retired"
    UNEMPLOYED = "unemployed"
    RETIRED = "retired"
    FLEXIBLE = "flexible"
    SECONDED = "seconded"
    LONG_LEAVE = "long_leave"
    OTHER = "other"


EMPLOYMENT_STATUSES = Vocabulary(
    "employment_status",
    Term(EmploymentStatus.EMPLOYED, "在岗", ("在职", "就业", "在业", "在岗职工", "正常在岗", "已就业")),
    Term(EmploymentStatus.WAITING, "待岗", ("下岗", "待工", "停岗")),
    Term(EmploymentStatus.EARLY_RETIRED, "内退", ("内部退养", "离岗退养", "内部退休")),
    Term(EmploymentStatus.UNEMPLOYED, "失业", ("待业", "无业", "未就业")),
    Term(EmploymentStatus.RETIRED, "退休", ("离退休", "离休", "已退休")),
    Term(EmploymentStatus.FLEXIBLE, "灵活就业", ("自由职业", "个体", "新就业形态")),
    Term(EmploymentStatus.SECONDED, "借调", ("外派", "借用")),
    Term(EmploymentStatus.LONG_LEAVE, "长期休假", ("长病假", "病休", "长假", "产假")),
    Term(EmploymentStatus.OTHER, "其他", ("其它",)),
)


class OccupationGroup(StrEnum):
    """Groups the unions reach out to (八大群体, 新就业形态劳动者); source: 全总 2018 八大群体入会工作."""

    TRUCK_DRIVER = "truck_driver"
    COURIER = "courier"
    CARER = "carer"
    DOMESTIC_WORKER = "domestic_worker"
    SHOP_ASSISTANT = "shop_assistant"
    FOOD_DELIVERY = "food_delivery"
    ESTATE_AGENT = "estate_agent"
    SECURITY_GUARD = "security_guard"
    RIDE_HAILING_DRIVER = "ride_hailing_driver"
    OTHER_NEW_FORM = "other_new_form"
    NONE = "none"


OCCUPATION_GROUPS = Vocabulary(
    "occupation_group",
    Term(OccupationGroup.TRUCK_DRIVER, "货车司机", ("货运司机", "卡车司机")),
    Term(OccupationGroup.COURIER, "快递员", ("快递小哥", "快递")),
    Term(OccupationGroup.CARER, "护工护理员", ("护工", "护理员", "养老护理员")),
    Term(OccupationGroup.DOMESTIC_WORKER, "家政服务员", ("家政", "家政服务", "家政人员")),
    Term(OccupationGroup.SHOP_ASSISTANT, "商场信息员", ("商场导购员", "导购员")),
    Term(OccupationGroup.FOOD_DELIVERY, "网约送餐员", ("外卖配送员", "外卖员", "送餐员", "外卖骑手", "骑手")),
    Term(OccupationGroup.ESTATE_AGENT, "房产中介员", ("房产中介", "房产经纪人", "中介员")),
    Term(OccupationGroup.SECURITY_GUARD, "保安员", ("保安", "安保")),
    Term(OccupationGroup.RIDE_HAILING_DRIVER, "网约车司机", ("网约车", "滴滴司机", "网约车驾驶员")),
    Term(OccupationGroup.OTHER_NEW_FORM, "其他新就业形态", ("其他新业态", "网络主播", "代驾", "代驾司机")),
    Term(OccupationGroup.NONE, "否", ("无", "不是", "都不是", "非八大群体", "/", "-")),
)

SKILL_GRADES = Vocabulary(
    "skill_grade",
    Term("0", "无", ("无等级", "没有", "/", "-", "未评")),
    Term("6", "学徒工", ("学徒",)),
    Term("5", "初级工", ("初级", "五级", "五级工", "国家职业资格五级", "初级技能")),
    Term("4", "中级工", ("中级", "四级", "四级工", "国家职业资格四级", "中级技能")),
    Term("3", "高级工", ("高级", "三级", "三级工", "国家职业资格三级", "高级技能")),
    Term("2", "技师", ("二级", "国家职业资格二级")),
    Term("1", "高级技师", ("一级", "国家职业资格一级")),
    Term("S", "特级技师", ("特级",)),
    Term("C", "首席技师", ("首席",)),
)
