"""The codes of the slice in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.registers.employers.rules.kinds import HeadSource, Nature

Words = str | Promise

NATURE_WORDS: dict[str, Words] = {
    Nature.ENTERPRISE.value: _("企业"),
    Nature.INSTITUTION.value: _("事业单位"),
    Nature.OFFICE.value: _("机关"),
    Nature.HOUSEHOLD.value: _("个体工商户"),
    Nature.SOCIETY.value: _("民办非企业单位"),
    Nature.COOPERATIVE.value: _("农民专业合作社"),
    Nature.UNKNOWN.value: _("未登记"),
}
SOURCE_WORDS: dict[str, Words] = {
    HeadSource.DECLARED.value: _("单位申报"),
    HeadSource.COUNTED.value: _("工会清点"),
    HeadSource.REGISTRY.value: _("市场监管部门登记"),
}
