"""The closed list of what can be wrong, or worth a look, in a roster (花名册); documented for operators."""

from niangjia.kernel.chinese import FaultText
from niangjia.kernel.chinese import gettext_noop as _

ROSTER_FAULTS: dict[str, FaultText] = {
    "name_missing": FaultText(_("没有姓名"), _("把名字补上再导入。")),
    "name_invalid": FaultText(_("姓名不对"), _("只写名字，不带数字和符号；看看是不是两列串了。")),
    "id_missing": FaultText(_("没有证件号码"), _("把身份证号补上。没有身份证的，写上证件类型和号码。")),
    "id_numeric_cell": FaultText(
        _("身份证号是数字格式"),
        _("表格把号码当成数字，后几位已经变成 0，改格式也找不回来。先把这一列设成文本，再对着身份证重新填一遍。"),
    ),
    "id_length": FaultText(_("身份证号位数不对"), _("身份证号有 18 位，对着身份证再抄一遍。")),
    "id_check_digit": FaultText(_("身份证号抄错了"), _("最后一位和前 17 位对不上，对着身份证再看一遍。")),
    "id_date": FaultText(_("身份证号里的生日不对"), _("第 7 到 14 位是生日，对着身份证再看一下。")),
    "id_region": FaultText(_("身份证号开头不对"), _("前 6 位是发证地区，对着身份证再看一下。")),
    "id_kind_unknown": FaultText(
        _("不认识的证件类型"),
        _(
            "写居民身份证、港澳台居民居住证、外国人永久居留证、护照、港澳居民来往内地通行证、台湾居民来往大陆通行证或其他证件。"
        ),
    ),
    "id_kind_needed": FaultText(_("要写证件类型"), _("这不是身份证号。加一列「证件类型」，写上是护照还是别的证件。")),
    "id_invalid": FaultText(_("证件号码不对"), _("对着证件再看一遍，也看看证件类型是不是选错了。")),
    "sex_contradicts_id": FaultText(_("性别和身份证号不一致"), _("看看是性别写错了，还是号码抄错了。")),
    "birth_contradicts_id": FaultText(_("出生日期和身份证号不一致"), _("看看是日期写错了，还是号码抄错了。")),
    "sex_unknown": FaultText(_("不认识的性别"), _("写「男」或「女」。")),
    "birth_invalid": FaultText(_("出生日期不对"), _("写成 1985-03-12 这样，年、月、日都要有。")),
    "under_16": FaultText(_("还没有满 16 周岁"), _("先核对出生日期。没有写错的，这一行不要导入。")),
    "phone_invalid": FaultText(_("手机号不对"), _("手机号是 11 位数字。一格里写了两个号码的，只留一个。")),
    "union_unknown": FaultText(_("找不到这个工会"), _("写工会编码或全称；还没有建档的，先在「工会」里建好。")),
    "union_ambiguous": FaultText(_("有几个工会叫这个名字"), _("改写工会编码，编码在工会页面的名称下面。")),
    "union_outside": FaultText(_("这个工会不归您管"), _("只能导入本工会和下级工会的人。要转过来的，请用会籍转接。")),
    "formula_cell": FaultText(
        _("格子里是公式"),
        _("选中这一列，复制，再用「粘贴为数值」贴回原处，保存后再导入。"),
    ),
    "same_id_two_names": FaultText(
        _("同一个号码写了两个名字"), _("这几行都没有导入。对着身份证看清楚是谁，只留对的一行。")
    ),
    "duplicate_differs": FaultText(
        _("同一个人写了两行，内容不一样"), _("先出现的一行已经导入。看看哪一行对，只留一行。")
    ),
    "name_differs_from_register": FaultText(
        _("和系统里的名字不一样"),
        _("先看号码有没有抄错。本人改过名的，拿户口本在会员页面上改。"),
    ),
    "joined_on_invalid": FaultText(_("入会时间不对"), _("写成 2021-05-01 这样；不能晚于今天，也不能早于 16 周岁。")),
    "active_elsewhere": FaultText(_("已经在别的工会"), _("没有重复入会。已经替您提出转接，等那边办好就转过来。")),
}

ROSTER_WARNINGS: dict[str, FaultText] = {
    "id_15_converted": FaultText(_("15 位身份证号已换成 18 位"), _("对着现在的身份证看一下换得对不对。")),
    "phone_shared": FaultText(_("两个人用同一个手机号"), _("两行都导入了。问问本人，各写各的号码。")),
    "phone_confirmed_by_owner": FaultText(
        _("手机号本人确认过，没有改"),
        _("已经给原来的号码发了通知，本人同意后才会换成新号码。"),
    ),
    "value_unknown": FaultText(
        _("不认识这一格的写法"), _("这一格先空着，其他的都导入了。照着下拉列表的写法改过来再导入一次。")
    ),
    "hidden_row": FaultText(_("隐藏的行也导入了"), _("看看是不是本来不想导入的人；是的话，撤销这次导入，删掉再来。")),
    "hidden_sheet": FaultText(_("有隐藏的工作表，没有导入"), _("要导入的话，先在表格里取消隐藏。")),
    "cached_values": FaultText(
        _("老格式的表格（.xls）看不出公式"), _("用的是表格上次显示的值。看看对不对，或者另存为 .xlsx 再导入一次。")
    ),
    "macros_left_out": FaultText(_("表格里有宏，没有运行"), _("只读了格子里的值，不用再做什么。")),
    "month_only": FaultText(_("只写到月份"), _("按当月 1 日登记。知道是哪一天的，补上再导入一次。")),
}
