"""The closed list of what can be wrong in a list of unions (工会名单)."""

from niangjia.kernel.chinese import FaultText
from niangjia.kernel.chinese import gettext_noop as _

UNION_FAULTS: dict[str, FaultText] = {
    "code_missing": FaultText(_("没有工会编码"), _("编码是每个工会固定的号码，补上再导入。")),
    "code_invalid": FaultText(_("工会编码不对"), _("编码只用数字、字母、横线，最多 32 位。")),
    "code_two_unions": FaultText(_("同一个编码写了两个工会"), _("这几行都没有导入。每个工会一个编码，改好再导入。")),
    "duplicate_differs": FaultText(
        _("同一个工会写了两行，内容不一样"), _("先出现的一行已经导入。看看哪一行对，只留一行。")
    ),
    "name_missing": FaultText(_("没有工会名称"), _("把全称补上再导入。")),
    "name_invalid": FaultText(_("工会名称不对"), _("写全称，2 到 128 个字。")),
    "level_missing": FaultText(_("没有层级"), _("写县级、乡镇街道、村社区、基层工会、分会等。")),
    "level_unknown": FaultText(_("不认识的层级"), _("写县级、乡镇街道、村社区、基层工会、分会等。")),
    "level_differs_from_register": FaultText(
        _("和系统里的层级不一样"), _("层级不能用名单改。确实升格或改制的，在工会页面上办变更。")
    ),
    "parent_unknown": FaultText(_("找不到上级工会"), _("上级要先在系统里，或者在同一个名单里。看看编码有没有抄错。")),
    "parent_level": FaultText(_("上级的层级不对"), _("看看层级和上级工会编码哪个写错了。")),
    "parent_missing": FaultText(_("没有上级工会"), _("只有最上面的一个工会没有上级，补上上级工会编码。")),
    "parent_outside": FaultText(_("上级工会不归您管"), _("只能建在本工会下面。")),
    "parent_cycle": FaultText(_("上下级绕成了一圈"), _("这几个工会互相是上级。找到写错的一个，改好再导入。")),
    "second_parent_unknown": FaultText(_("找不到第二上级"), _("看看编码有没有抄错；没有第二上级的空着。")),
    "uscc_length": FaultText(_("统一社会信用代码位数不对"), _("代码有 18 位，对着证书再抄一遍。")),
    "uscc_marks": FaultText(
        _("统一社会信用代码里有不该有的字母"), _("没有 I、O、S、V、Z，多半是 1、0、5、2 写成了字母。")
    ),
    "uscc_region": FaultText(_("统一社会信用代码的地区不对"), _("第 3 到 8 位全是数字，对着证书再看一下。")),
    "uscc_check_digit": FaultText(_("统一社会信用代码抄错了"), _("校验位对不上，对着证书再看一遍。")),
    "uscc_registrar": FaultText(
        _("统一社会信用代码的开头不对"),
        _("乡镇以下工会以 81 或 89 开头，县级以上总工会以 1 开头。看看是不是填成了单位的代码。"),
    ),
    "uscc_not_for_branch": FaultText(_("分会和小组没有统一社会信用代码"), _("这一格空着就行。")),
    "uscc_preparing": FaultText(
        _("筹建中的工会没有统一社会信用代码"), _("上一级工会批复、登记法人资格以后再填。这一格空着。")
    ),
    "uscc_taken": FaultText(_("统一社会信用代码已经有了"), _("另一个工会用着这个代码。对着两本证书看看哪个抄错了。")),
    "region_unknown": FaultText(_("不认识的行政区划代码"), _("写 6 位代码，比如县级的；不知道的空着。")),
    "formula_cell": FaultText(_("格子里是公式"), _("选中这一列，复制，再用「粘贴为数值」贴回原处，保存后再导入。")),
    "union_closed": FaultText(_("这个编码的工会已经撤销"), _("编码用过就不再给别的工会，请换一个编码。")),
    "union_outside": FaultText(_("这个工会不归您管"), _("只能改本工会和下级工会。")),
}
