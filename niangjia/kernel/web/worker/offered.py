"""The services of the kernel itself: one's own data, one's union, the account, help."""

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.web.worker.declared import Group, Service, registered

OWN_DATA = Group(_("我的资料"), 10)
OWN_UNION = Group(_("我的工会"), 20)
ACCOUNT = Group(_("手机和账号"), 80)
HELP = Group(_("意见和帮助"), 90)

_UNION = _("工会干部核对以后改")
_AT_ONCE = _("马上")

SERVICES = (
    Service(
        "own_data", _("看工会存着我的哪些资料"), _("姓名、证件、手机、会籍，每一项从哪来、谁能看。"), "/mine/#held", "id", OWN_DATA, 10,
        "", _("马上就能看（《个人信息保护法》第四十五条）"), short=_("我的资料"),
        words=("资料", "档案", "会籍", "会员证", "证号", "入会时间", "个人信息", "身份证"), is_for=registered,
    ),
    Service(
        "correction", _("资料写错了，要改"), _("说一声哪一项不对、对的是什么。"), "/mine/correction/", "edit", OWN_DATA, 20,
        _UNION, _("最迟 15 天答复（本系统默认值）"), short=_("改资料"),
        words=("更正", "修改", "写错", "不对", "改名", "名字错了", "单位不对", "身份证错了"), is_for=registered,
    ),
    Service(
        "phone", _("换手机号"), _("登录和收消息用的号码换了，告诉工会新的。"), "/mine/correction/?fact=phone", "device-mobile",
        OWN_DATA, 30, _UNION, _("最迟 15 天答复（本系统默认值）"),
        words=("手机", "电话号码", "换号", "新号码", "改手机", "号码变了"), is_for=registered,
    ),
    Service(
        "looks", _("谁看过我的资料"), _("谁、哪个单位、为了什么、什么时候看了您的全号。"), "/my/looks/", "eye", OWN_DATA, 40,
        "", _("每看一次，马上就有（《个人信息保护法》第四十五条）"), short=_("谁看过我"),
        words=("查看记录", "泄露", "偷看", "谁查了我"), is_for=registered,
    ),
    Service(
        "file", _("带走一份我的资料"), _("关于您的全部资料，做成一个文件给您。"), "/mine/#file", "download", OWN_DATA, 50,
        _("系统自动做"), _("一般一分钟，一天一份（《个人信息保护法》第四十五条）"), short=_("带走资料"),
        words=("下载", "导出", "复制", "转移", "备份", "文件"), is_for=registered,
    ),
    Service(
        "consents", _("我同意过什么"), _("看告知书，同意，或者撤回。"), "/mine/consents/", "shield-check", OWN_DATA, 60,
        "", _("马上生效（《个人信息保护法》第十五条）"), short=_("我的授权"),
        words=("授权", "同意", "撤回", "告知书", "隐私", "不同意"), is_for=registered,
    ),
    Service(
        "kept", _("资料存多久"), _("哪些地方可能有您的资料，做什么用，什么时候删。"), "/mine/kept/", "clock", OWN_DATA, 78,
        "", _("马上就能看（《个人信息保护法》第十七条）"),
        words=("保存", "期限", "保存多久", "什么时候删"), is_for=registered,
    ),
    Service(
        "erasure", _("删除我的全部资料"), _("退会以后可以申请；先看看哪些能删，哪些法律要求留。"), "/mine/erase/", "trash", OWN_DATA, 80,
        _("工会干部核对以后删"), _("最迟 15 天答复（本系统默认值）"),
        words=("删除", "退会", "清除", "不想留"), is_for=registered,
    ),
    Service(
        "union", _("我的工会和上级工会"), _("在哪个工会，找谁，电话多少，它不管再找谁。"), "/mine/union/", "building-community",
        OWN_UNION, 65, "", _AT_ONCE, short=_("我的工会"),
        words=("工会", "电话", "找谁", "联系", "上级", "地址", "办公室"), is_for=registered,
    ),
    Service(
        "sessions", _("在哪些设备上登录着"), _("不认识的设备，让它退出。"), "/settings/sessions/", "lock", ACCOUNT, 90,
        "", _AT_ONCE, short=_("登录的设备"), words=("设备", "手机丢了", "盗号", "退出", "登录"),
    ),
    Service(
        "messages", _("消息怎么告诉我"), _("发不发短信、邮件，什么时候不打扰。"), "/messages/settings/", "bell", ACCOUNT, 95,
        "", _AT_ONCE, short=_("消息设置"), words=("消息", "短信", "邮件", "免打扰", "通知", "提醒"),
    ),
    Service(
        "look", _("大字、深色、换语言"), _("看不清、看不惯，换一换，换了会记住。"), "/settings/", "settings", ACCOUNT, 100,
        "", _AT_ONCE, short=_("设置"), words=("字太小", "看不清", "字号", "英文", "English", "深色", "夜间", "老花"),
    ),
    Service(
        "close", _("注销账号"), _("不再用手机登录，会籍不受影响。"), "/mine/close/", "logout", ACCOUNT, 110,
        "", _AT_ONCE, words=("注销", "销户", "不用了", "关掉账号"), is_for=registered,
    ),
    Service(
        "complaint", _("意见和投诉"), _("页面不好用、资料不对、有人不给办，都可以说。"), "/complaints/", "message-report", HELP, 70,
        "", _("打电话或者写邮件，可以不说姓名"), short=_("意见投诉"),
        words=("投诉", "意见", "举报", "建议", "不给办", "反映", "12351"),
    ),
    Service(
        "help", _("这是什么，怎么用"), _("这个程序做什么，谁看得到我的资料，有事打给谁。"), "/how-to/", "help-circle", HELP, 120,
        "", _AT_ONCE, short=_("怎么用"), words=("帮助", "怎么用", "不会用", "使用", "说明"),
    ),
)  # fmt: skip
