"""The four haves, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.listing import Badge
from niangjia.registers.cadres.haves.rules import Have

Words = str | Promise
HAVE_WORDS: dict[str, Words] = {
    Have.PEOPLE: _("有人办事"),
    Have.MONEY: _("有钱办事"),
    Have.ROOM: _("有地方办事"),
    Have.RULES: _("有制度"),
}
LACK_WORDS: dict[str, Words] = {
    Have.PEOPLE: _("没有人"),
    Have.MONEY: _("没有钱"),
    Have.ROOM: _("没有地方"),
    Have.RULES: _("没有制度"),
}
THERE, NOT_THERE, UNSAID = Badge("done", _("有")), Badge("wait", _("没有")), Badge("quiet", _("还没说"))


def badge(is_there: bool | None) -> Badge:  # noqa: FBT001 - the one thing it says
    """There, not there, or not said yet."""
    return UNSAID if is_there is None else THERE if is_there else NOT_THERE
