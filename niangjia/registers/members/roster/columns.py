"""The columns a roster may have, under the names people use for them (总工办发〔2017〕14号 lists the items)."""

from niangjia.kernel.chinese import gettext_noop as _
from niangjia.kernel.intake.sheets import Field

FIELDS: tuple[Field, ...] = (
    Field("name", _("姓名"), ("名字", "职工姓名", "会员姓名", "员工姓名", "工会会员姓名", "name"), required=True),
    Field(
        "id_number",
        _("证件号码"),
        (
            "身份证号",
            "身份证号码",
            "公民身份号码",
            "公民身份证号码",
            "证件号",
            "居民身份证号码",
            "居民身份证号",
            "身份证",
            "身份证件号码",
            "身份证件号",
            "有效证件号码",
            "id_number",
        ),
        required=True,
    ),
    Field("id_kind", _("证件类型"), ("证件种类", "证件类别", "身份证件类型", "有效证件类型", "id_kind")),
    Field(
        "phone",
        _("手机"),
        (
            "手机号",
            "手机号码",
            "联系电话",
            "移动电话",
            "电话",
            "联系方式",
            "电话号码",
            "本人手机",
            "手机电话",
            "联系手机",
            "phone",
        ),
    ),
    Field("sex", _("性别"), ("sex",)),
    Field("birth_on", _("出生日期"), ("出生年月", "出生年月日", "生日", "出生时间", "birth_on")),
    Field(
        "union",
        _("所属工会"),
        (
            "工会名称",
            "所在工会",
            "基层工会",
            "所属基层工会",
            "工会组织",
            "工会",
            "所属工会名称",
            "所属工会编码",
            "工会编码",
            "union",
        ),
    ),
    Field(
        "workplace",
        _("工作单位"),
        ("单位", "单位名称", "所在单位", "所属单位", "用人单位", "企业名称", "公司", "workplace"),
    ),
    Field("ethnicity", _("民族"), ("族别", "ethnicity")),
    Field("political", _("政治面貌"), ("政治身份", "党派", "political")),
    Field("education", _("学历"), ("文化程度", "最高学历", "学历层次", "受教育程度", "education")),
    Field(
        "household_registration",
        _("户籍类型"),
        ("户口", "户口性质", "户籍性质", "户口类型", "户籍", "户口类别", "household_registration"),
    ),
    Field("migrant", _("是否农民工"), ("农民工", "是否为农民工", "农民工标识", "migrant")),
    Field("employment", _("就业状况"), ("就业状态", "在岗情况", "用工状态", "在职状态", "employment")),
    Field("title", _("职务职称"), ("职务", "职称", "职务/职称", "岗位", "工种", "职务或职称", "title")),
    Field("skill", _("技能等级"), ("职业技能等级", "技术等级", "职业资格等级", "技能级别", "skill")),
    Field(
        "occupation",
        _("职业"),
        ("八大群体", "是否八大群体", "职业类别", "新就业形态", "所属群体", "就业形态", "occupation"),
    ),
    Field(
        "joined_on",
        _("入会时间"),
        ("入会日期", "加入工会时间", "参加工会时间", "入会年月", "加入工会日期", "joined_on"),
    ),
    Field("member_no", _("会员证号"), ("会员号", "会员证编号", "工会会员证号", "会员编号", "member_no")),
)
LABELS: dict[str, str] = {field.code: field.label for field in FIELDS}
