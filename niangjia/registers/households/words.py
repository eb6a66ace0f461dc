"""Relations and schools in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.registers.households.rules import Relation, Stage

Words = str | Promise
RELATION_WORDS: Mapping[str, Words] = {
    Relation.APPLICANT.value: _("本人"),
    Relation.SPOUSE.value: _("配偶"),
    Relation.CHILD.value: _("子女"),
    Relation.PARENT.value: _("父母"),
    Relation.OTHER.value: _("其他家人"),
}
STAGE_WORDS: Mapping[str, Words] = {
    Stage.KINDERGARTEN.value: _("幼儿园"),
    Stage.PRIMARY.value: _("小学"),
    Stage.JUNIOR.value: _("初中"),
    Stage.SENIOR.value: _("高中"),
    Stage.VOCATIONAL.value: _("中专、技校"),
    Stage.UNIVERSITY.value: _("大专、大学"),
}
