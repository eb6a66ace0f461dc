"""What people are told of their requests, their consents and their file; and what waits at the desk."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.rules import Channel, Kind, Template

BY_MAIL = frozenset({Channel.EMAIL, Channel.WECHAT})
BY_ALL = BY_MAIL | {Channel.SMS}

TEMPLATES = (
    Template(
        "correction_accepted", 1, Kind.OWN_DATA,
        gettext_noop("您说的那项资料改好了"),
        gettext_noop("打开「我的资料」可以核对。还不对，再提一次。"),
        leads_to="/mine/correction/", channels=BY_ALL, text="NEW_MESSAGE",
    ),
    Template(
        "correction_refused", 1, Kind.OWN_DATA,
        gettext_noop("您说的那项资料没有改"),
        gettext_noop("为什么没有改，写在您的申请下面。觉得不对，可以再提，也可以请上一级工会看。"),
        leads_to="/mine/correction/", channels=BY_ALL, text="NEW_MESSAGE",
    ),
    Template(
        "erasure_refused", 1, Kind.OWN_DATA,
        gettext_noop("您的删除申请没有办成"),
        gettext_noop("理由写在您的申请下面。觉得不对，可以请上一级工会看，也可以向网信部门投诉。"),
        leads_to="/mine/erase/", channels=BY_ALL, text="NEW_MESSAGE",
    ),
    Template(
        "own_file_ready", 1, Kind.OWN_DATA,
        gettext_noop("您要的资料文件做好了"),
        gettext_noop("一天之内可以下载，过了时间就删掉，要的话再做一份。"),
        leads_to="/mine/", channels=BY_ALL, text="NEW_MESSAGE",
    ),
    Template(
        "consent_withdrawn", 1, Kind.OWN_DATA,
        gettext_noop("您撤回的同意已经生效"),
        gettext_noop("从现在起不再用那一类资料。以后想用，再同意一次就行。"),
        leads_to="/mine/consents/", channels=BY_MAIL,
    ),
    Template(
        "own_data_request_waits", 1, Kind.WORK,
        gettext_noop("有一件个人资料的申请等您办"),
        gettext_noop("有人要更正或者删除自己的资料。打开看一看是什么，法律要求及时答复。"),
        leads_to="/privacy/requests/{about}/", channels=BY_MAIL,
    ),
)  # fmt: skip
