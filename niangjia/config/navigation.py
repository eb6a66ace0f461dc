"""The navigation: the lines of work that exist now, in the order of the work map."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kernel.access.rules import DELEGATE_ROLE, SEE_ACCOUNTS
from niangjia.kernel.cases.notices.rules import SEE_NOTICES
from niangjia.kernel.exports.rules import SEE_EXPORTS
from niangjia.kernel.parameters.rules import SEE_PARAMETERS
from niangjia.kernel.privacy.rules import ERASE_PERSON, SETTLE_CORRECTION
from niangjia.kernel.programs.rules import SEE_PROGRAMS
from niangjia.kernel.reveal.rules import SEE_LOOKS, SEE_OWN_LOOKS
from niangjia.kernel.web.navigation import Line, Navigation
from niangjia.kernel.workdays.rules import SEE_CALENDAR
from niangjia.registers.cadres.haves.rules import SEE_HAVES
from niangjia.registers.cadres.rules.moves import SEE_CADRES
from niangjia.registers.cards.rules.moves import CHECK_CARDS, KEEP_CARDS
from niangjia.registers.committees.rules.moves import SEE_TERMS
from niangjia.registers.employers.away.rules import SEE_AWAY
from niangjia.registers.employers.rules.moves import SEE_EMPLOYERS
from niangjia.registers.employers.targets.rules.moves import SEE_TARGETS
from niangjia.registers.founding.rules.moves import SET_UP_UNION
from niangjia.registers.members.clinic.rules import REPAIR_MEMBERS
from niangjia.registers.members.joining.rules.moves import APPROVE_JOINING
from niangjia.registers.members.merging.rules.moves import MERGE_MEMBERS
from niangjia.registers.members.rules.moves import (
    CHANGE_MEMBERSHIP,
    EDIT_MEMBERS,
    IMPORT_ROSTER,
    SEE_MEMBERS,
    SETTLE_TRANSFER,
)
from niangjia.registers.orgs.rules.moves import REORGANISE, SEE_UNIONS
from niangjia.services.requests.rules.moves import KEEP_ANSWERS, SEE_BOARD, SEE_HOTSPOTS, SEE_REQUESTS

NAVIGATION = Navigation(
    lines=(
        Line(_("今天"), "/", icon="checks"),
        Line(
            _("组织"),
            icon="sitemap",
            roles=SEE_UNIONS.roles | REORGANISE.roles | SEE_TERMS.roles,
            opened=True,
            lines=(
                Line(_("工会名录"), "/unions/", roles=SEE_UNIONS.roles, listing="unions"),
                Line(_("建工会"), "/desk/founding/", roles=SET_UP_UNION.roles, listing="founding_cases"),
                Line(
                    _("届期和委员会"),
                    "/desk/terms/",
                    roles=SEE_TERMS.roles,
                    listing="terms",
                    also=("/desk/election/", "/desk/extension/", "/desk/recall/"),
                ),
                Line(_("干部名册"), "/cadres/", roles=SEE_CADRES.roles, listing="cadres"),
                Line(_("四有"), "/desk/haves/", roles=SEE_HAVES.roles, listing="four_haves"),
                Line(_("组织调整"), "/desk/reorganising/", roles=REORGANISE.roles, listing="reorganising_cases"),
                Line(_("驻外工会"), "/away-unions/", roles=SEE_AWAY.roles, listing="away_unions"),
            ),
        ),
        Line(
            _("单位"),
            icon="building-factory-2",
            roles=SEE_EMPLOYERS.roles,
            opened=True,
            lines=(
                Line(_("单位名录"), "/employers/", roles=SEE_EMPLOYERS.roles, listing="employers"),
                Line(
                    _("未建会单位"),
                    "/employers/without-union/",
                    roles=SEE_TARGETS.roles,
                    listing="without_union",
                    also=("/employers/targets/", "/employers/leads/"),
                ),
            ),
        ),
        Line(
            _("会员"),
            icon="users",
            roles=SEE_MEMBERS.roles,
            opened=True,
            lines=(
                Line(_("会员名册"), "/members/", roles=SEE_MEMBERS.roles, listing="members"),
                Line(
                    _("入会申请"),
                    "/desk/joining/",
                    roles=APPROVE_JOINING.roles,
                    listing="joining_cases",
                    also=("/desk/joining-unions/",),
                ),
                Line(_("转会"), "/members/transfers/", roles=SETTLE_TRANSFER.roles, listing="transfers"),
                Line(_("退会"), "/desk/leaving/", roles=CHANGE_MEMBERSHIP.roles, listing="leaving_cases"),
                Line(_("提请退会"), "/desk/exit/", roles=CHANGE_MEMBERSHIP.roles, listing="exit_cases"),
                Line(
                    _("换手机"),
                    "/members/phones/",
                    roles=EDIT_MEMBERS.roles,
                    listing="phones",
                    also=("/desk/regaining/",),
                ),
                Line(
                    _("待改的登记"),
                    "/members/clinic/",
                    roles=REPAIR_MEMBERS.roles,
                    listing="repairs",
                ),
                Line(
                    _("疑似同一个人"),
                    "/desk/same-person/",
                    roles=MERGE_MEMBERS.roles,
                    listing="same_person",
                    also=("/desk/merging/",),
                ),
                Line(_("会员卡"), "/cards/", roles=KEEP_CARDS.roles, listing="cards"),
                Line(_("验卡"), "/cards/check/", roles=CHECK_CARDS.roles),
            ),
        ),
        Line(
            _("导入导出"),
            icon="file-spreadsheet",
            roles=IMPORT_ROSTER.roles | SEE_EXPORTS.roles,
            opened=True,
            lines=(
                Line(_("导入"), "/members/imports/", roles=IMPORT_ROSTER.roles, listing="imports"),
                Line(pgettext_lazy("名单", "导出"), "/exports/", roles=SEE_EXPORTS.roles, listing="exports"),
            ),
        ),
        Line(_("公示"), "/cases/notices/", icon="news", roles=SEE_NOTICES.roles, listing="notices"),
        Line(
            _("服务"),
            icon="lifebuoy",
            roles=SEE_REQUESTS.roles | KEEP_ANSWERS.roles | SEE_HOTSPOTS.roles | SEE_BOARD.roles,
            opened=True,
            lines=(
                Line(_("诉求"), "/requests/", roles=SEE_REQUESTS.roles, listing="requests"),
                Line(_("答复库"), "/requests/answers/", roles=KEEP_ANSWERS.roles, listing="answers"),
                Line(_("诉求看板"), "/requests/board/", roles=SEE_BOARD.roles),
                Line(_("热点"), "/requests/hotspots/", roles=SEE_HOTSPOTS.roles),
            ),
        ),
        Line(
            _("谁看过什么"),
            icon="eye",
            roles=SEE_OWN_LOOKS.roles | SEE_LOOKS.roles,
            lines=(
                Line(_("我看过的"), "/looks/", roles=SEE_OWN_LOOKS.roles, listing="looks"),
                Line(_("查看记录"), "/looks/all/", roles=SEE_LOOKS.roles, listing="all_looks"),
                Line(_("查看次数"), "/looks/counts/", roles=SEE_LOOKS.roles, listing="look_counts"),
            ),
        ),
        Line(pgettext_lazy("名单", "账号"), "/accounts/", icon="key", roles=SEE_ACCOUNTS.roles, listing="accounts"),
        Line(_("接口"), "/developers/", icon="arrows-exchange", roles=SEE_PROGRAMS.roles),
        Line(_("委托"), "/delegations/", icon="user-plus", roles=DELEGATE_ROLE.roles),
        Line(
            _("日期和参数"),
            icon="calendar",
            roles=SEE_CALENDAR.roles,
            lines=(
                Line(_("放假安排"), "/calendar/", roles=SEE_CALENDAR.roles),
                Line(_("地方参数"), "/parameters/", roles=SEE_PARAMETERS.roles),
            ),
        ),
    ),
    ends=(
        Line(
            _("个人信息申请"),
            "/privacy/requests/",
            icon="shield-check",
            roles=SETTLE_CORRECTION.roles | ERASE_PERSON.roles,
        ),
        Line(_("意见与投诉"), "/complaints/", icon="message-report"),
        Line(_("怎么用"), "/how-to/", icon="help-circle"),
    ),
    tabs=(
        Line(_("首页"), "/", icon="home"),
        Line(_("办事"), "/services/", icon="clipboard-list"),
        Line(_("消息"), "/messages/", icon="message", counts=True),
        Line(_("我的"), "/mine/", icon="user", also=("/my/", "/settings/", "/sign-out/")),
    ),
    search=Line(_("搜索"), "/search/"),
)

# By which other words people look for a page; title, pinyin and English are known already.
OTHER_WORDS: dict[str, tuple[str, ...]] = {
    "/": ("首页", "待办", "主页"),
    "/members/": ("会员", "花名册", "职工", "人员"),
    "/members/imports/": ("花名册", "名册", "表格", "Excel", "上传"),
    "/members/imports/new/": ("花名册", "名册", "表格", "Excel", "上传"),
    "/desk/founding/": ("建会", "成立工会", "筹建", "批复", "组建"),
    "/desk/joining/": ("入会", "新会员", "审批", "扫码入会"),
    "/desk/terms/": ("换届", "选举", "任期", "届满", "经审", "女工委", "延期"),
    "/cadres/": ("干部", "主席", "社工", "专职", "兼职", "挂职", "驻点"),
    "/desk/haves/": ("有人办事", "有钱办事", "有地方", "有制度", "四有"),
    "/desk/joining-unions/": ("新就业形态", "骑手", "快递", "货车", "兜底工会"),
    "/members/phones/": ("手机丢了", "换号", "旧手机丢了", "登录不了"),
    "/members/new/": ("入会", "新会员", "加人"),
    "/desk/same-person/": ("重复", "去重", "合并会员", "同一个人", "两份登记"),
    "/unions/": ("工会", "组织", "基层工会", "建会"),
    "/employers/": ("单位", "企业", "公司", "用人单位"),
    "/away-unions/": ("外出务工", "农民工", "输出地", "输入地"),
    "/employers/without-union/": ("没有工会", "建会", "走访", "新开业"),
    "/exports/": ("下载", "名单", "Excel"),
    "/accounts/": ("用户", "密码", "授权"),
    "/delegations/": ("授权", "代办"),
    "/parameters/": ("标准", "期限", "额度", "低保线"),
    "/calendar/": ("节假日", "调休", "工作日", "日历", "法定假日"),
    "/requests/": ("投诉", "热线", "12351", "信访", "办件"),
    "/requests/new/": ("登记热线", "来电", "来访", "来信", "工业110"),
    "/requests/answers/": ("知识库", "政策", "问答"),
    "/complaints/": ("投诉", "建议", "反馈"),
    "/how-to/": ("帮助", "使用手册", "说明"),
    "/settings/": ("大字", "深色", "语言", "English"),
    "/settings/sessions/": ("退出", "手机", "设备"),
}
