"""Posts of cadres and ways of holding them, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.listing import Badge
from niangjia.registers.cadres.rules.posts import CadreKind, CadrePost

Words = str | Promise
POST_WORDS: dict[str, Words] = {
    CadrePost.CHAIR: _("主席"),
    CadrePost.VICE_CHAIR: _("副主席"),
    CadrePost.ORGANISER: _("组织员"),
    CadrePost.MEMBER: _("委员"),
    CadrePost.STANDING: _("常务委员"),
    CadrePost.AUDIT: _("经审委员"),
    CadrePost.WOMEN: _("女职工委员"),
    CadrePost.SUPERVISOR: _("劳动法律监督员"),
    CadrePost.MEDIATOR: _("劳动争议调解员"),
    CadrePost.TREASURER: _("财务"),
    CadrePost.STAFF: _("工作人员"),
    CadrePost.SOCIAL_WORKER: _("社会化工会工作者"),
}
KIND_WORDS: dict[str, Words] = {
    CadreKind.FULL_TIME: _("专职"),
    CadreKind.PART_TIME: _("兼职"),
    CadreKind.SECONDED: _("挂职"),
    CadreKind.HIRED: _("聘用"),
}
IN_OFFICE, LEFT = Badge("done", _("在任")), Badge("closed", _("离任"))
# What the journal says of a cadre, as her page tells it.
VERBS: dict[str, Words] = {
    "begin_post": _("记了一个职务"),
    "change_post": _("改了一个职务"),
    "end_post": _("职务结束"),
    "say_elected_kind": _("写明了选举职务怎么任"),
    "begin_contact": _("开始联系一个工会或者单位"),
    "end_contact": _("不再联系一个工会或者单位"),
    "tie_cadre": _("对上了会员登记"),
}
FIELD_WORDS: dict[str, Words] = {"kind": _("任职方式"), "since": _("从哪天起"), "document": _("任免文号")}
