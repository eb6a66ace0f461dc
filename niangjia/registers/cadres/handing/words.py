"""Handing over, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.listing import Badge
from niangjia.registers.cadres.handing.rules import Mark, Side, Thing

Words = str | Promise
THING_WORDS: dict[str, Words] = {
    Thing.CASES: _("没有办完的事"),
    Thing.DEADLINES: _("九十天里到期的"),
    Thing.TERM: _("届期和委员会"),
    Thing.LEGAL: _("工会法人资格证书"),
    Thing.MEMBERS: _("会员名册"),
    Thing.TRANSFERS: _("等答复的转会"),
    Thing.EMPLOYERS: _("覆盖的单位"),
    Thing.TARGETS: _("在跑的未建会单位"),
    Thing.RIGHTS: _("原主席在这里的账号权限"),
    Thing.SEAL: _("工会印章"),
    Thing.BOOKS: _("账册、票据和存款"),
    Thing.PAPERS: _("会议记录、文件和证书原件"),
    Thing.GOODS: _("活动场所、钥匙和物资"),
}
SIDE_WORDS: dict[str, Words] = {Side.OUTGOING: _("交出的一方"), Side.INCOMING: _("接手的一方")}
MARK_WORDS: dict[str, Words] = {Mark.OPEN: _("还没看"), Mark.FINE: _("交清了"), Mark.MISSING: _("缺着")}
MARK_BADGES: dict[str, Badge] = {
    Mark.OPEN: Badge("quiet", MARK_WORDS[Mark.OPEN]),
    Mark.FINE: Badge("done", MARK_WORDS[Mark.FINE]),
    Mark.MISSING: Badge("wait", MARK_WORDS[Mark.MISSING]),
}
GOING, DONE = Badge("doing", _("交接中")), Badge("done", _("两边都确认了"))
