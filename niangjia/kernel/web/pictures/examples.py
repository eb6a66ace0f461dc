"""Invented figures of the fictional county, for the page that shows the parts."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.access.rules import DELEGATE_ROLE
from niangjia.kernel.chinese import Reason
from niangjia.kernel.files.drafts import Handed
from niangjia.kernel.files.forms import FilesField, SignatureField
from niangjia.kernel.files.rules import ANIMATED
from niangjia.kernel.web.picking import PickField, PickingForm
from niangjia.kernel.web.pictures.charts import Chart, Kind, Series, Target
from niangjia.kernel.web.pictures.maps import Area, Map

COUNTY = "349921"
TOWNS = (
    ("349921101", "城关镇", 87.3, 14), ("349921102", "东城街道", 83.4, 9), ("349921103", "西城街道", 81.6, 7),
    ("349921104", "石桥镇", 82.0, 6), ("349921105", "柳林镇", 87.5, 4), ("349921106", "白塔镇", 84.7, 4),
    ("349921107", "南坪镇", 80.1, 3), ("349921108", "安平镇", 86.2, 1), ("349921109", "龙泉镇", 83.4, 3),
    ("349921110", "河口镇", 80.8, 3), ("349921111", "东山乡", 77.1, 2), ("349921112", "双河乡", 76.0, 2),
    ("349921113", "杨家湾乡", 71.6, 1), ("349921114", "经济开发区", 82.9, 19), ("349921115", "白塔工业园区", None, 0),
)  # fmt: skip
THIS_YEAR = (79.8, 80.1, 80.2, 80.6, 81.1, 81.6, 82.0, 82.4, 82.6, 83.0, 83.4, 83.7)
LAST_YEAR = (76.4, 76.6, 76.7, 77.2, 77.5, 77.9, 78.3, 78.5, 78.8, 79.1, 79.4, 79.6)


def charts() -> list[Chart]:
    """A chart of each kind, and one with gaps."""
    months = tuple(_("{n}月").format(n=number) for number in (12, *range(1, 12)))
    trades = (_("制造"), _("批发零售"), _("物流仓储"), _("建筑"), _("其他"))
    quarters = tuple(_("第{n}季度").format(n=number) for number in range(1, 5))
    return [
        Chart(
            Kind.LINE, _("入会率走势"), months,
            (Series(_("今年"), THIS_YEAR), Series(_("去年同月"), LAST_YEAR)),
            _("入会率从去年 12 月的 79.8% 升到今年 11 月的 83.7%，离目标 85% 还差 1.3 个百分点。"),
            unit="%", digits=1, target=Target(_("年度目标"), 85.0), head=_("月份"),
        ),
        Chart(
            Kind.BAR, _("没建会的单位"), trades, (Series(_("单位"), (21, 15, 11, 9, 7)),),
            _("还有 63 家没建会，制造业最多，21 家。"), unit=_("家"), head=_("行业"),
        ),
        Chart(
            Kind.GROUPED, _("新入会人数"), quarters,
            (Series(_("今年"), (912, 1_204, 1_377, 688)), Series(_("去年"), (850, 1_020, 1_191, 1_263))),
            _("前三个季度都比去年多，第四季度还没有过完。"), unit=_("人"), head=_("季度"), target=Target(_("每季目标"), 1_250),
        ),
        Chart(
            Kind.LINE, _("中间缺数"), months[:6], (Series(_("今年"), (79.8, None, 80.2, None, 81.1, 81.6)),),
            _("1 月和 3 月没有报上来，线在那里断开。"), unit="%", digits=1, head=_("月份"),
        ),
    ]  # fmt: skip


def map_of_towns() -> Map:
    """The towns of the fictional county."""
    return Map(
        _("各镇和园区的入会率"), COUNTY, tuple(Area(*each) for each in TOWNS), (75, 80, 83, 85),
        _("柳林镇、城关镇、安平镇在 85% 以上，杨家湾乡最低，71.6%；没建会的单位最多在经济开发区，19 家。"),
        _("入会率"), _("没建会单位"), unit="%", digits=1, count_unit=_("家"),
    )  # fmt: skip


def map_without_boundaries() -> Map:
    """A county whose boundaries nobody has loaded."""
    return Map(
        _("边界没有装入"), "349922", (Area("349922101", _("某镇"), 81.0),), (75, 80, 83, 85),
        _("边界没有装入的地方，说明原因，打开数字。"), _("入会率"), unit="%", digits=1,
    )  # fmt: skip


class ExampleForm(PickingForm):
    """The rich fields side by side; nothing of it is ever sent."""

    place = PickField(
        "unions",
        DELEGATE_ROLE,
        label=gettext_lazy("选工会"),
        help_text=gettext_lazy("写几个字、拼音首字母或者工会编码，从找到的里面选。"),
    )
    papers = FilesField(label=gettext_lazy("照片和文件"), required=False)
    signature = SignatureField(label=gettext_lazy("签名"), required=False)

    def show_refused(self) -> None:
        """A file that was not taken, with why."""
        field = self.fields["papers"]
        assert isinstance(field, FilesField)  # noqa: S101 - what it was declared as, for the types
        field.show(Handed(refused=[("IMG_0021.gif", Reason("animated", ANIMATED, {}))]))
