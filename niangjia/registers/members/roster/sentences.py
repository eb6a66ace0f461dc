"""What is said of a row when only the register, or the whole file, shows what is wrong with it."""

from niangjia.kernel.chinese import gettext_noop as _

# Of a single row.
FORMULA = _("这一格是公式，不是写定的内容。选中这一列，复制，再「粘贴为数值」，保存后再导入。")
NAME_MISSING = _("这一行没有姓名。把名字补上，或者删掉这一行。")
ID_MISSING = _("这一行没有证件号码。把身份证号补上；没有身份证的，写上证件类型和号码。")
NUMERIC = _("身份证号被表格软件当成了数字，后几位已经丢失。把这一列设成「文本」，对着身份证重新填一遍。")
KIND_UNKNOWN = _("不认识这个证件类型。写居民身份证、护照，或者别的证件的全名。")
KIND_NEEDED = _("这不是身份证号。加一列「证件类型」，写上是护照还是别的证件。")
SEX_UNKNOWN = _("性别写的是「{written}」。写「男」或「女」；留空也行，系统会从身份证号里取。")
VALUE_UNKNOWN = _("不认识「{written}」这个写法。这一格先空着，其他的照样入库。")
CONVERTED = _("15 位的老号码已换成 18 位。对着现在的身份证看一下换得对不对。")
JOINED_LATER = _("入会时间 {day} 还没有到。看看年份是不是写错了。")
JOINED_YOUNG = _("入会时间 {day} 的时候还没有满 16 周岁。看看入会时间是不是写错了。")
MONTH_ONLY = _("只写到月份，按 {day} 登记。知道是哪一天的，补上再导入一次。")

# Of a row beside the others of the file, or beside the register.
SENTENCES: dict[str, str] = {
    "same_id_two_names": _(
        "同一个证件号在表里写了两个名字（第一处在第 {first} 行）。这几行都不能入库，对着证件看清楚是谁。"
    ),
    "duplicate_differs": _("和第 {first} 行是同一个人，内容不一样。先按第 {first} 行办，看看哪一行对，只留一行。"),
    "phone_shared": _("手机号和另一个人的一样，照样入库。问问本人是不是各有各的号码。"),
    "hidden_row": _("这一行在表里是隐藏的，照样入库。不想要的，在表里删掉它再来。"),
    "renamed": _("这个证件号登记的是另一个名字。先看号码有没有抄错；本人改过名的，拿户口本在会员页面上改。"),
    "elsewhere": _("已经是别的工会的会员，没有重复入会。已经替您提出转接，对方同意后转过来。"),
    "confirmed": _("手机号本人确认过，没有改。新号码已经记下，本人同意后才换。"),
}

UNION_SENTENCES: dict[str, str] = {
    "union_unknown": _("找不到「{written}」这个工会。写工会编码或全称；还没有建档的，先在「组织」里建好。"),
    "union_alike": _("找不到「{written}」这个工会。是不是「{alike}」？是的话改成这个名字，或者写工会编码。"),
    "union_ambiguous": _("有几个工会叫「{written}」。改写工会编码，编码在工会页面上。"),
    "union_outside": _("「{written}」不在本工会和下级工会里。这里只能导入自己这条线上的人。"),
}

UNDO_SENTENCES: dict[str, str] = {
    "not_done": _("只有已经入库的导入才能撤销。"),
    "too_late": _("入库已经一年多，改动前的资料按保存期限删除了，不能整批撤销。请在会员页面上一个一个改。"),
    "changed_since": _("{name}：导入以后，有人又改过。先看看改了什么，再决定怎么办。"),
    "joined_elsewhere_since": _("{name}：导入以后，又有了别的会籍。"),
    "has_account": _("{name}：本人已经开通账号，不能整批撤销。"),
    "transfer_asked_since": _("{name}：有工会正在请求转接。先处理转接。"),
}
