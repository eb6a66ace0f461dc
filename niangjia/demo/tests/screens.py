"""The screens of the gallery: who opens which address of the demo county, on which of the two faces."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from string import Formatter
from typing import Any

from django.db.models import Model

from niangjia.demo.reorganising import SCHOOL
from niangjia.demo.rules.accounts import HONGYUAN
from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.cases.notices.models import Publication
from niangjia.kernel.exports.models import ExportRequest
from niangjia.kernel.intake.models import Import
from niangjia.kernel.parameters.models import ParameterChange
from niangjia.kernel.privacy.models import RightsRequest
from niangjia.registers.cadres.handing.models import Handover
from niangjia.registers.cadres.models import Cadre, Contact, Posting
from niangjia.registers.cards.models import PrintBatch
from niangjia.registers.committees.elections.models import Election
from niangjia.registers.committees.models import Seat
from niangjia.registers.committees.motions.models import Extension
from niangjia.registers.employers.away.models import AwayUnion
from niangjia.registers.employers.models import Employer
from niangjia.registers.employers.targets.models import Lead, Target
from niangjia.registers.founding.models import Founding
from niangjia.registers.households.models import Belonging
from niangjia.registers.members.clinic.models import Finding
from niangjia.registers.members.leaving.models import ExitProposal, Leaving
from niangjia.registers.members.merging.models import Merge, Pair
from niangjia.registers.members.models import Person, PhoneProposal, TransferProposal
from niangjia.registers.members.regaining.models import Regaining
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.reorganising.models import Reorganisation
from niangjia.services.requests.models import KnownAnswer, Request

PHONE, DESK = "phone", "desk"


@dataclass(frozen=True)
class Look:
    """How a screen is shown: on which face, and with which of a person's settings."""

    face: str
    language: str = "zh-hans"
    theme: str = "light"
    large_type: bool = False

    @property
    def name(self) -> str:
        """What tells the pictures of one screen apart."""
        differs = ["en"] * (self.language == "en") + ["dark"] * (self.theme == "dark") + ["large"] * self.large_type
        return "-".join([self.face, *differs])


@dataclass(frozen=True)
class Screen:
    """One screen (画面): whose page at which address."""

    name: str
    title: str
    login: str
    address: str
    face: str = DESK

    def at(self) -> str:
        """The address, with what its braces name looked up in the demo county."""
        names = [name for _text, name, _form, _conversion in Formatter().parse(self.address) if name]
        return self.address.format(**{name: FOUND[name]() for name in names})


def looks_of(screens: tuple[Screen, ...]) -> list[tuple[Screen, Look]]:
    """Every screen on its own face; and once more, in turn dark, large, English or on the other face.

    A door has no person whose settings it could follow: it is shown on both faces.
    """
    found: list[tuple[Screen, Look]] = []
    other = {PHONE: DESK, DESK: PHONE}
    turns = cycle(("dark", "large", "english", "other"))
    for screen in screens:
        found.append((screen, Look(screen.face)))
        turn = next(turns) if screen.login else "other"
        found.append((screen, _turned(screen.face, other[screen.face], turn)))
    return found


def _turned(face: str, other: str, turn: str) -> Look:
    if turn == "dark":
        return Look(face, theme="dark")
    if turn == "large":
        return Look(face, large_type=True)
    return Look(face, language="en") if turn == "english" else Look(other)


def _liu() -> Person:
    return Person.objects.get(subject__account__login="liuxiuying")


def _first(model: type[Model], **facts: object) -> Any:
    return model._default_manager.filter(**facts).order_by("pk")[0].pk


def _in_hand() -> Any:
    return _first(Request, case__handler__login="liuyang", case__stage="in_hand", topic="insurance")


FOUND: dict[str, Callable[[], object]] = {
    "liu": lambda: _liu().pk,
    "finding": lambda: _first(Finding, state="open"),
    "kin": lambda: Belonging.objects.get(head=_liu().pk, relation="child").pk,
    "request": lambda: _first(RightsRequest, subject_id=_liu().pk),
    "mill": lambda: Union.objects.get(name=HONGYUAN).code,
    "employer": lambda: _first(Employer),
    "lost": lambda: _first(Regaining),
    "led": lambda: _first(Employer, name="迅捷同城配送有限公司"),
    "target": lambda: _first(Target, employer__name="禾润无纺布制品有限公司"),
    "lead": lambda: _first(Lead, employer=None),
    "away": lambda: _first(AwayUnion),
    "transfer": lambda: _first(TransferProposal),
    "leave": lambda: _first(Leaving),
    "exit": lambda: _first(ExitProposal),
    "tried": lambda: _first(Import, state="tried"),
    "landed": lambda: _first(Import, state="done"),
    "export": lambda: _first(ExportRequest, state="asked"),
    "account": lambda: Account.objects.get(login="zhoumin").pk,
    "said": lambda: _first(Request, case__parties__subject=_liu().pk, case__stage="answered"),
    "handed": lambda: _first(Request, case__hand_overs__state="offered"),
    "in_hand": _in_hand,
    "case": lambda: Request.objects.get(pk=_in_hand()).case_id,
    "answer": lambda: _first(KnownAnswer),
    "phone": lambda: _first(PhoneProposal),
    "change": lambda: _first(ParameterChange),
    "year": lambda: clock.today().year,
    "batch": lambda: _first(PrintBatch),
    "notice": lambda: _first(Publication),
    "founding": lambda: Founding.objects.get(state="preparing").case_id,
    "founded": lambda: Founding.objects.get(state="founded").union.code,
    "preparing": lambda: Founding.objects.get(state="preparing").union.code,
    "school": lambda: Union.objects.get(name=SCHOOL).code,
    "seat": lambda: _first(Seat, union__name=HONGYUAN, post="member", until=None),
    "reported": lambda: _first(Election, case__stage="reported"),
    "elected": lambda: _first(Election, case__stage="approved"),
    "extension": lambda: _first(Extension, case__stage="asked"),
    "pair": lambda: _first(Pair, state="open", excluded=""),
    "merge": lambda: _first(Merge),
    "planned": lambda: _first(Reorganisation, case__stage="asked"),
    "reorganised": lambda: _first(Reorganisation, case__stage="done"),
    "hired": lambda: Posting.objects.filter(post="social_worker").order_by("pk")[0].cadre_id,
    "posting": lambda: _first(Posting, until=None),
    "elected_cadre": lambda: Cadre.objects.get(person__subject__account__login="zhangjianguo").pk,
    "handover": lambda: _first(Handover),
    "cadre_contact": lambda: _first(Contact, until=None),
    "notice_code": lambda: Publication.objects.order_by("pk")[0].code,
}

SCREENS: tuple[Screen, ...] = (
    Screen("sign-in", "登录", "", "/sign-in/", PHONE),
    Screen("worker-home", "职工：首页", "liuxiuying", "/", PHONE),
    Screen("worker-services", "职工：办事", "liuxiuying", "/services/", PHONE),
    Screen("worker-request", "职工：一件申请", "liuxiuying", "/services/requests/{request}/", PHONE),
    Screen("worker-say", "职工：说一件事", "liuxiuying", "/say/", PHONE),
    Screen("worker-saying", "职工：碰到不公平的事", "liuxiuying", "/say/complain/", PHONE),
    Screen("worker-said", "职工：有答复了", "liuxiuying", "/said/{said}/", PHONE),
    Screen("worker-disagree", "职工：不同意", "liuxiuying", "/said/{said}/disagree/", PHONE),
    Screen("worker-messages", "职工：消息", "liuxiuying", "/messages/", PHONE),
    Screen("worker-mine", "职工：我的", "liuxiuying", "/mine/", PHONE),
    Screen("worker-looks", "职工：谁看过我的资料", "liuxiuying", "/my/looks/", PHONE),
    Screen("worker-union", "职工：我的工会", "liuxiuying", "/mine/union/", PHONE),
    Screen("worker-consents", "职工：我的授权", "liuxiuying", "/mine/consents/", PHONE),
    Screen("worker-correction", "职工：这里不对", "liuxiuying", "/mine/correction/", PHONE),
    Screen("worker-close", "职工：注销账号", "liuxiuying", "/mine/close/", PHONE),
    Screen("worker-erase", "职工：删除全部资料", "liuxiuying", "/mine/erase/", PHONE),
    Screen("worker-kept", "职工：保存多久", "liuxiuying", "/mine/kept/", PHONE),
    Screen("worker-how-to", "职工：怎么用", "liuxiuying", "/how-to/", PHONE),
    Screen("worker-settings", "职工：设置", "liuxiuying", "/settings/", PHONE),
    Screen("worker-sessions", "职工：登录的设备", "liuxiuying", "/settings/sessions/", PHONE),
    Screen("message-settings", "消息设置", "liuxiuying", "/messages/settings/", PHONE),
    Screen("complaints", "意见与投诉", "liuxiuying", "/complaints/", PHONE),
    Screen("desk-today", "工作台：今天", "zhoumin", "/"),
    Screen("chair-today", "企业工会主席：今天", "zhangjianguo", "/"),
    Screen("auditor-today", "经审：今天", "sunhaitao", "/"),
    Screen("administrator-today", "安全管理员：今天", "secadmin", "/"),
    Screen("search", "搜索", "zhoumin", "/search/?q=安禾"),
    Screen("search-nothing", "搜索：没有找到", "zhoumin", "/search/?q=没有这个人"),
    Screen("places", "换一个工会", "zhoumin", "/looking-at/"),
    Screen("messages", "消息", "zhoumin", "/messages/"),
    Screen("tree-on-a-day", "组织：某一天的样子", "zhoumin", "/unions/tree/?on=2025-12-31"),
    Screen("members", "会员", "zhoumin", "/members/"),
    Screen("members-narrowed", "会员：筛选", "zhoumin", "/members/?sex=female&state=active&q=刘"),
    Screen("members-none", "会员：没有符合条件的", "zhoumin", "/members/?q=欧阳不在"),
    Screen("view-new", "会员：把条件存下来", "zhoumin", "/lists/members/views/new/?sex=female"),
    Screen("member", "会员：一个人", "zhoumin", "/members/{liu}/"),
    Screen("member-edit", "会员：修改", "zhoumin", "/members/{liu}/edit/"),
    Screen("member-new", "会员：登记", "zhangjianguo", "/members/new/"),
    Screen("member-rights", "会员：授权和申请", "zhoumin", "/privacy/people/{liu}/", DESK),
    Screen("transfers", "转会", "zhoumin", "/members/transfers/"),
    Screen("transfer", "转会：一件", "zhoumin", "/members/transfers/{transfer}/"),
    Screen("requests", "诉求", "zhoumin", "/requests/"),
    Screen("request", "诉求：交来的一件", "zhoumin", "/requests/{handed}/"),
    Screen("request-in-hand", "诉求：在办的一件", "liuyang", "/requests/{in_hand}/"),
    Screen("request-new", "诉求：记一件", "liuyang", "/requests/new/"),
    Screen("answers", "诉求：答复库", "zhoumin", "/requests/answers/"),
    Screen("hotspots", "诉求：热点", "zhoumin", "/requests/hotspots/"),
    Screen("unions", "组织", "zhoumin", "/unions/"),
    Screen("union-new", "组织：登记", "zhoumin", "/unions/new/"),
    Screen("union", "组织：一个工会", "zhoumin", "/unions/{mill}/"),
    Screen("union-edit", "组织：修改", "zhoumin", "/unions/{mill}/edit/"),
    Screen("union-close", "组织：撤销", "zhoumin", "/unions/{mill}/close/"),
    Screen("union-sheet", "组织：贴在墙上的二维码", "zhoumin", "/unions/{mill}/sheet/"),
    Screen("union-door", "工会的公开页", "", "/u/{mill}/", PHONE),
    Screen("union-list-import", "组织：导入名单", "zhoumin", "/unions/import/"),
    Screen("employers", "单位", "zhoumin", "/employers/"),
    Screen("employer", "单位：一家", "zhoumin", "/employers/{employer}/"),
    Screen("employer-new", "单位：登记", "zhoumin", "/employers/new/"),
    Screen("imports", "导入", "zhoumin", "/members/imports/"),
    Screen("import-new", "导入花名册", "zhangjianguo", "/members/imports/new/"),
    Screen("import-tried", "导入：试运行", "chenli", "/members/imports/{tried}/"),
    Screen("import-done", "导入：已入库", "zhoumin", "/members/imports/{landed}/"),
    Screen("import-undo", "导入：撤销", "zhoumin", "/members/imports/{landed}/undo/"),
    Screen("exports", "导出", "zhoumin", "/exports/"),
    Screen("export-new", "导出：申请", "zhoumin", "/exports/new/?list=members&sex=female"),
    Screen("export-decide", "导出：第二个人批", "zhoumin", "/exports/{export}/"),
    Screen("delegations", "委托", "zhoumin", "/delegations/"),
    Screen("delegation-new", "委托：新的", "zhoumin", "/delegations/new/"),
    Screen("rights-requests", "个人信息申请", "zhoumin", "/privacy/requests/"),
    Screen("rights-request", "个人信息申请：一件", "zhoumin", "/privacy/requests/{request}/"),
    Screen("looks", "谁看过什么", "zhoumin", "/looks/"),
    Screen("looks-all", "审计：谁看过什么", "auditadmin", "/looks/all/"),
    Screen("looks-counts", "审计：查看次数", "auditadmin", "/looks/counts/"),
    Screen("accounts", "账号", "secadmin", "/accounts/"),
    Screen("account", "账号：一个人", "secadmin", "/accounts/{account}/"),
    Screen("account-new", "账号：开通", "sysadmin", "/accounts/new/"),
    Screen("account-rights", "账号：授权", "secadmin", "/accounts/{account}/rights/new/"),
    Screen("deliveries", "消息发得怎么样", "sysadmin", "/messages/deliveries/"),
    Screen("developers", "接口", "secadmin", "/developers/"),
    Screen("keys", "接口：密钥", "secadmin", "/developers/keys/"),
    Screen("key-new", "接口：新的密钥", "secadmin", "/developers/keys/new/"),
    Screen("webhooks", "接口：推送", "secadmin", "/developers/webhooks/"),
    Screen("webhook-new", "接口：新的推送", "secadmin", "/developers/webhooks/new/"),
    Screen("second-factor", "动态码和通行密钥", "zhoumin", "/second-factor/"),
    Screen("settings", "设置", "zhoumin", "/settings/"),
    Screen("style", "部件：每一种、每一个状态", "zhoumin", "/style/"),
    Screen("style-pictures", "部件：图、地图、文件、签名、选人", "zhoumin", "/style/pictures/"),
    Screen("not-there", "没有这一页", "zhoumin", "/no-such-page/"),
    # New screens come last: every second look keeps the turn that its picture is named after.
    Screen("worker-more", "职工：再补一份材料", "liuxiuying", "/said/{said}/more/", PHONE),
    Screen("worker-phone", "职工：名单上的手机不一样", "liuxiuying", "/mine/phone/", PHONE),
    Screen("notices", "公示栏（样例）", "", "/notices/", PHONE),
    Screen("notice", "公示：一份（样例）", "", "/notices/{notice_code}/", PHONE),
    Screen("notice-object", "公示：有不同意见", "", "/notices/{notice_code}/object/", PHONE),
    Screen("notice-receipt", "公示：凭回执查答复", "", "/notices/receipt/", PHONE),
    Screen("notices-own", "公示：我提过的意见", "liuxiuying", "/notices/mine/", PHONE),
    Screen("members-beside", "会员：旁边打开一个人", "zhoumin", "/members/?q=刘秀英&open={liu}"),
    Screen("phones", "换手机", "zhoumin", "/members/phones/"),
    Screen("phone", "换手机：一件", "zhoumin", "/members/phones/{phone}/"),
    Screen("lost-phones", "旧手机丢了", "zhoumin", "/desk/regaining/"),
    Screen("lost-phone", "旧手机丢了：一件", "hanzhiyuan", "/desk/regaining/{lost}/"),
    Screen("lost-phone-agree", "旧手机丢了：同意换", "hanzhiyuan", "/desk/regaining/{lost}/agree/"),
    Screen("lost-phone-new", "旧手机丢了：报", "zhangjianguo", "/members/{liu}/lost-phone/"),
    Screen("case-file", "诉求：案卷", "liuyang", "/cases/{case}/file/"),
    Screen("answer", "答复库：一条", "zhoumin", "/requests/answers/{answer}/"),
    Screen("answer-change", "答复库：改一条", "zhoumin", "/requests/answers/{answer}/change/"),
    Screen("answer-new", "答复库：写一条", "liuyang", "/requests/answers/new/"),
    Screen("desk-notices", "公示（样例）", "zhoumin", "/cases/notices/"),
    Screen("desk-notice", "公示：一份的记录（样例）", "zhoumin", "/cases/notices/{notice}/"),
    Screen("calendar", "日历", "zhoumin", "/calendar/{year}/"),
    Screen("calendar-new", "日历：装入放假安排", "sysadmin", "/calendar/new/"),
    Screen("parameters", "参数", "zhoumin", "/parameters/"),
    Screen("parameter", "参数：一项", "zhoumin", "/parameters/of/office_hours/"),
    Screen("parameter-new", "参数：填新值", "zhoumin", "/parameters/of/notice_days/new/"),
    Screen("parameter-changes", "参数：改动", "zhoumin", "/parameters/changes/"),
    Screen("parameter-change", "参数：一件改动", "zhoumin", "/parameters/changes/{change}/"),
    Screen("worker-card", "职工：会员卡", "liuxiuying", "/mine/card/", PHONE),
    Screen("cards", "会员卡", "zhoumin", "/cards/"),
    Screen("card", "会员卡：一个人的", "zhoumin", "/cards/{liu}/"),
    Screen("card-check", "验卡", "zhangjianguo", "/cards/check/"),
    Screen("card-prints", "会员卡：打印", "zhoumin", "/cards/prints/"),
    Screen("request-board", "诉求看板", "zhoumin", "/requests/board/"),
    Screen("request-totals", "诉求看板：只有总数", "sunhaitao", "/requests/board/"),
    Screen("local-topics", "诉求：地方事由", "zhoumin", "/requests/topics/"),
    Screen("card-sheet", "会员卡：印卡的样张", "zhoumin", "/cards/prints/{batch}/"),
    Screen("employers-door", "单位求助（工业110）", "", "/for-employers/", PHONE),
    Screen("join", "申请入会", "", "/join/", PHONE),
    Screen("found", "申请建工会", "", "/found/?q=机械", PHONE),
    Screen("foundings", "建工会", "zhoumin", "/desk/founding/"),
    Screen("founding", "建工会：筹建中的一件", "zhoumin", "/desk/founding/{founding}/"),
    Screen("union-preparing", "筹建中工会的公开页", "", "/u/{preparing}/", PHONE),
    Screen("legal-person", "组织：法人资格", "zhoumin", "/unions/{founded}/legal-person/"),
    Screen("door-sign", "组织：门牌", "zhangjianguo", "/unions/{mill}/door/"),
    Screen("without-union", "未建会单位", "zhoumin", "/employers/without-union/"),
    Screen("union-work", "未建会单位：一家", "zhoumin", "/employers/{led}/union-work/"),
    Screen("targets", "交办的建会对象", "zhoumin", "/employers/targets/"),
    Screen("target", "交办的建会对象：一家", "chenli", "/employers/targets/{target}/"),
    Screen("target-visit", "走访：记一次", "chenli", "/employers/targets/{target}/visit/", PHONE),
    Screen("target-end", "走访：写结果", "chenli", "/employers/targets/{target}/end/"),
    Screen("leads", "认不出的单位名", "zhoumin", "/employers/leads/"),
    Screen("lead", "认不出的单位名：一个", "zhoumin", "/employers/leads/{lead}/"),
    Screen("employers-cover", "建会率", "zhoumin", "/employers/cover/?by=trade"),
    Screen("employer-heads", "单位：按月的人数", "zhoumin", "/employers/{led}/heads/"),
    Screen("employer-parks", "园区", "zhoumin", "/employers/parks/"),
    Screen("coverages", "工会和单位的覆盖关系", "zhoumin", "/employers/coverages/"),
    Screen("employer-list-import", "单位：导入名单", "zhoumin", "/employers/import/"),
    Screen("away-unions", "驻外农民工工会", "zhoumin", "/away-unions/"),
    Screen("away-union", "驻外农民工工会：一个", "zhoumin", "/away-unions/{away}/"),
    Screen("away-union-new", "驻外农民工工会：登记", "zhoumin", "/away-unions/new/"),
    Screen("certainty", "会员：登记、核实、联系得上", "zhoumin", "/members/certainty/"),
    Screen("member-papers", "会员：看过证件", "zhoumin", "/members/{liu}/papers/"),
    Screen("repairs", "待改的登记", "zhoumin", "/members/clinic/"),
    Screen("clinic", "数据体检", "zhoumin", "/members/clinic/checks/"),
    Screen("repair", "待改的登记：一条", "zhoumin", "/members/clinic/{finding}/"),
    Screen("worker-household", "职工：我的家庭", "liuxiuying", "/mine/household/", PHONE),
    Screen("worker-household-home", "职工：住在哪里", "liuxiuying", "/mine/household/home/", PHONE),
    Screen("worker-household-new", "职工：添一位家人", "liuxiuying", "/mine/household/new/", PHONE),
    Screen("worker-household-person", "职工：一位家人", "liuxiuying", "/mine/household/{kin}/", PHONE),
    Screen("household", "家庭情况：先说为什么看", "zhoumin", "/households/{liu}/"),
    Screen("leaves", "退会", "zhangjianguo", "/desk/leaving/"),
    Screen("leave", "退会：一件", "zhangjianguo", "/desk/leaving/{leave}/"),
    Screen("leave-confirm", "退会：确认", "zhangjianguo", "/desk/leaving/{leave}/confirm/"),
    Screen("exits", "提请退会", "zhoumin", "/desk/exit/"),
    Screen("exit", "提请退会：一件", "zhoumin", "/desk/exit/{exit}/"),
    Screen("membership-change", "会员：会籍变动", "zhangjianguo", "/members/{liu}/membership/"),
    Screen("worker-retirement", "职工：我哪天退休", "liuxiuying", "/mine/retirement/", PHONE),
    Screen("worker-leave", "职工：退会", "liuxiuying", "/mine/leaving/", PHONE),
    Screen("terms", "届期和委员会", "zhoumin", "/desk/terms/"),
    Screen("term", "届期和委员会：一个工会", "zhangjianguo", "/unions/{mill}/term/"),
    Screen("term-committee", "届期：设委员会", "zhangjianguo", "/unions/{mill}/term/committee/?kind=mediation"),
    Screen("term-leave", "届期：记下离任", "zhangjianguo", "/unions/{mill}/term/seats/{seat}/leave/"),
    Screen("term-record", "届期：记下现在这一届", "zhoumin", "/unions/{school}/term/record/"),
    Screen("elections", "换届选举", "zhoumin", "/desk/election/"),
    Screen("election", "换届选举：等批复的一件", "zhoumin", "/desk/election/{reported}/"),
    Screen("election-approve", "换届选举：批复", "zhoumin", "/desk/election/{reported}/approve/"),
    Screen("election-approved", "换届选举：批复了的一件", "zhoumin", "/desk/election/{elected}/"),
    Screen("extensions", "延期换届", "zhoumin", "/desk/extension/"),
    Screen("extension", "延期换届：一件", "zhoumin", "/desk/extension/{extension}/"),
    Screen("extension-grant", "延期换届：批延期", "zhoumin", "/desk/extension/{extension}/grant/"),
    Screen("reorganisations", "组织调整", "zhoumin", "/desk/reorganising/"),
    Screen("reorganisation", "组织调整：等批准的一件", "zhoumin", "/desk/reorganising/{planned}/"),
    Screen("reorganisation-approve", "组织调整：批准", "zhoumin", "/desk/reorganising/{planned}/approve/"),
    Screen("reorganised", "组织调整：办好了的一件", "zhoumin", "/desk/reorganising/{reorganised}/"),
    Screen("reorganise", "组织调整：怎么调整", "zhoumin", "/unions/{school}/reorganise/"),
    Screen("reorganise-merge", "组织调整：拟方案", "zhoumin", "/unions/{school}/reorganise/merge/"),
    Screen("register-checks", "数据核查", "zhoumin", "/unions/checks/"),
    Screen("register-check", "数据核查：一项", "zhoumin", "/unions/checks/same_name_twice/"),
    Screen("same-person", "疑似同一个人", "zhoumin", "/desk/same-person/"),
    Screen("same-person-pair", "疑似同一个人：两份登记", "zhoumin", "/desk/same-person/{pair}/"),
    Screen("same-person-search", "疑似同一个人：全面查找", "zhoumin", "/desk/same-person/search/"),
    Screen("merges", "合并登记", "zhoumin", "/desk/merging/"),
    Screen("merge", "合并登记：一件", "zhoumin", "/desk/merging/{merge}/"),
    Screen("cadres", "干部名册", "zhoumin", "/cadres/?state=now"),
    Screen("cadre", "干部：聘来的社工", "zhoumin", "/cadres/{hired}/"),
    Screen("cadre-elected", "干部：选举的职务怎么任", "zhangjianguo", "/cadres/{elected_cadre}/elected/{mill}/"),
    Screen("cadre-new", "干部：记一个职务", "zhoumin", "/cadres/new/"),
    Screen("cadre-post-new", "干部：再记一个职务", "zhoumin", "/cadres/{hired}/post/"),
    Screen("cadre-post", "干部：改一个职务", "zhoumin", "/cadres/posts/{posting}/"),
    Screen("cadre-post-end", "干部：结束一个职务", "zhoumin", "/cadres/posts/{posting}/end/"),
    Screen("cadre-contact", "干部：联系一个工会或者单位", "zhoumin", "/cadres/{hired}/contact/"),
    Screen("cadre-contact-end", "干部：不再联系", "zhoumin", "/cadres/contacts/{cadre_contact}/end/"),
    Screen("cadre-member", "干部：对上会员登记", "zhoumin", "/cadres/{hired}/member/"),
    Screen("worker-cadre", "职工：我在工会的职务", "zhangjianguo", "/mine/cadre/", PHONE),
    Screen("four-haves", "四有", "zhoumin", "/desk/haves/?lacks=any"),
    Screen("union-haves", "四有：一个工会", "zhangjianguo", "/unions/{mill}/haves/"),
    Screen("handover", "主席交接：交接清单", "zhoumin", "/handovers/{handover}/"),
    Screen("handover-instead", "主席交接：上一级代办", "zhoumin", "/handovers/{handover}/?side=outgoing"),
)
