"""Parameters, their measures and what happens to them, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from niangjia.kernel.dated.rules import NATION, Measure, NumberStep, Parameter, steps_of
from niangjia.kernel.parameters.rules import Refusal, State
from niangjia.kernel.web.templatetags.niangjia_parts import money

Words = str | Promise
STATE_WORDS: dict[str, Words] = {
    State.WAITS: gettext_lazy("等第二个人看"),
    State.IN_FORCE: gettext_lazy("已生效"),
    State.REFUSED: gettext_lazy("没有同意"),
    State.WITHDRAWN: gettext_lazy("已撤回"),
}
REFUSAL_WORDS: dict[str, Words] = {
    Refusal.SOURCE_UNCLEAR: gettext_lazy("出处不对，或者找不到这个文件"),
    Refusal.VALUE_DIFFERS: gettext_lazy("值和文件上的不一样"),
    Refusal.DAY_DIFFERS: gettext_lazy("起始日期和文件上的不一样"),
    Refusal.NOT_NEEDED: gettext_lazy("这里用上级的就行，不用另定"),
}
MEASURE_WORDS: dict[str, Words] = {
    Measure.DAYS: gettext_lazy("天（自然日）"),
    Measure.WORKING_DAYS: gettext_lazy("个工作日"),
    Measure.MONTHS: gettext_lazy("个月"),
    Measure.HOURS: gettext_lazy("小时"),
    Measure.FEN: gettext_lazy("分（100 分是 1 元）"),
    Measure.PERCENT: gettext_lazy("%（百分之几）"),
    Measure.COUNT: gettext_lazy("个"),
    Measure.BANDS: gettext_lazy("几点到几点，几段用逗号隔开"),
    Measure.STEPS: gettext_lazy("几档，写成 10:1,25:3,100:3-5"),
}


def said_value(value: str, measure: str) -> str:
    """A value as people say it: 5 个工作日, 650.00 元."""
    if measure in _COUNTED:
        return _COUNTED[Measure(measure)](int(value))
    if measure == Measure.FEN:
        return _("{amount} 元").format(amount=money(int(value)))
    if measure == Measure.STEPS:
        return _("，").join(_said_step(step) for step in steps_of(value))
    return f"{value}%" if measure == Measure.PERCENT else value.replace("-", "–").replace(",", _("、"))


def _said_step(step: NumberStep) -> str:
    seats = f"{step.least}" if step.least == step.most else f"{step.least}–{step.most}"
    return _("{up_to} 以内 {number}").format(up_to=f"{step.up_to:,}", number=seats)


_COUNTED = {
    Measure.DAYS: lambda n: ngettext("%(n)s 天", "%(n)s 天", n) % {"n": n},
    Measure.WORKING_DAYS: lambda n: ngettext("%(n)s 个工作日", "%(n)s 个工作日", n) % {"n": n},
    Measure.MONTHS: lambda n: ngettext("%(n)s 个月", "%(n)s 个月", n) % {"n": n},
    Measure.HOURS: lambda n: ngettext("%(n)s 小时", "%(n)s 小时", n) % {"n": n},
    Measure.COUNT: lambda n: f"{n:,}",
}


def said_source(parameter: Parameter) -> str:
    """Where a value is written; our own default is called so."""
    return _("本系统默认值") if parameter.is_default else parameter.source


def region_said(code: str, names: dict[str, str]) -> str:
    """A region by its name; one above whose name is not known here, by what it is."""
    if code == NATION or code in names:
        return names.get(code) or _("全国")
    if code.endswith("0000"):
        return _("本省（%(code)s）") % {"code": code}
    return _("本市（%(code)s）") % {"code": code} if code.endswith("00") else code
