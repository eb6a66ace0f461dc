"""Codes of the members' register in words, as lists and pages show them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.chinese import Vocabulary
from niangjia.kernel.listing import Badge
from niangjia.registers.members.rules import MembershipKind, MembershipState, OccupationGroup, RetainedReason, Sex

Words = str | Promise

SEX_WORDS: Mapping[str, Words] = {Sex.FEMALE.value: _("女"), Sex.MALE.value: _("男")}
KIND_WORDS: Mapping[str, Words] = {
    MembershipKind.JOINED.value: _("新入会"),
    MembershipKind.TRANSFERRED.value: _("转入"),
    MembershipKind.REJOINED.value: _("重新入会"),
    MembershipKind.REORGANISED.value: _("随工会调整"),
}
STATE_BADGES: Mapping[str, Badge] = {
    MembershipState.APPLICANT.value: Badge("wait", _("待审入会")),
    MembershipState.REJECTED.value: Badge("refused", _("未批准")),
    MembershipState.ACTIVE.value: Badge("done", _("在册")),
    MembershipState.TRANSFERRING_OUT.value: Badge("doing", _("转出中")),
    MembershipState.TRANSFERRING_IN.value: Badge("doing", _("转入中")),
    MembershipState.TRANSFERRED.value: Badge("closed", _("已转出")),
    MembershipState.RETAINED.value: Badge("paused", _("保留会籍")),
    MembershipState.LEFT.value: Badge("closed", _("已退会")),
    MembershipState.AUTO_LEFT.value: Badge("closed", _("自动退会")),
    MembershipState.EXPELLED.value: Badge("closed", _("开除会籍")),
    MembershipState.DECEASED.value: Badge("closed", _("已去世")),
}
KEPT_WORDS: Mapping[str, Words] = {
    RetainedReason.RETIRED.value: _("退休"),
    RetainedReason.UNEMPLOYED.value: _("失业"),
    RetainedReason.EMPLOYER_CLOSED.value: _("单位关闭"),
}
OCCUPATION_WORDS: Mapping[str, Words] = {
    OccupationGroup.TRUCK_DRIVER.value: _("货车司机"),
    OccupationGroup.COURIER.value: _("快递员"),
    OccupationGroup.CARER.value: _("护工护理员"),
    OccupationGroup.DOMESTIC_WORKER.value: _("家政服务员"),
    OccupationGroup.SHOP_ASSISTANT.value: _("商场信息员"),
    OccupationGroup.FOOD_DELIVERY.value: _("网约送餐员"),
    OccupationGroup.ESTATE_AGENT.value: _("房产中介员"),
    OccupationGroup.SECURITY_GUARD.value: _("保安员"),
    OccupationGroup.RIDE_HAILING_DRIVER.value: _("网约车司机"),
    OccupationGroup.OTHER_NEW_FORM.value: _("其他新就业形态"),
}
FIELD_WORDS = {
    "name": _("姓名"),
    "id_kind": _("证件类型"),
    "id_number": _("证件号码"),
    "phone": _("手机"),
    "sex": _("性别"),
    "birth_on": _("出生日期"),
    "union": _("所属工会"),
    "workplace": _("工作单位"),
    "ethnicity": _("民族"),
    "political": _("政治面貌"),
    "education": _("学历"),
    "household_registration": _("户籍类型"),
    "migrant": _("是否农民工"),
    "employment": _("就业状况"),
    "title": _("职务职称"),
    "skill": _("技能等级"),
    "occupation": _("职业"),
    "joined_on": _("入会时间"),
    "member_no": _("会员证号"),
}


# What a list calls 「否」 says too little on a page.
PLAINER = {("occupation_group", OccupationGroup.NONE.value): _("不属于八大群体")}


def title_of(vocabulary: Vocabulary, code: str) -> str:
    """A code of a list in the reader's language; nothing where there is none."""
    title = PLAINER.get((vocabulary.name, code)) or vocabulary.titles.get(code, "")
    return _now(str(title)) if title else ""
