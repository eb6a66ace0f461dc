"""The columns of a list of employers, and what a row of it says."""

from dataclasses import dataclass, field

from niangjia.kernel.chinese import Reason
from niangjia.kernel.intake.sheets import Cell, Field, Row

FIELDS = (
    Field("name", "单位名称", ("单位全称", "企业名称", "用人单位", "单位", "名称", "公司名称", "name"), required=True),
    Field("uscc", "统一社会信用代码", ("信用代码", "社会信用代码", "营业执照号", "uscc")),
    Field("place", "属地工会", ("属地工会编码", "所属工会", "所属工会编码", "镇街工会", "place"), required=True),
    Field("region_code", "行政区划代码", ("行政区划", "区划代码", "region")),
    Field("trade", "行业", ("行业代码", "所属行业", "国民经济行业", "trade")),
    Field("ownership", "所有制", ("企业类型", "登记注册类型", "单位类型", "经济类型", "ownership")),
    Field("employees", "职工人数", ("职工总数", "员工人数", "从业人数", "用工人数", "人数", "employees")),
    Field("women_employees", "女职工人数", ("女职工", "女职工数", "女员工人数", "women")),
    Field("opened_on", "开业日期", ("成立日期", "注册日期", "开业时间", "成立时间", "opened_on")),
    Field("closed_on", "关停日期", ("注销日期", "关停时间", "closed_on")),
    Field("park", "园区", ("所在园区", "开发区", "park")),
    Field("legal_representative", "法定代表人", ("法人", "法人代表", "负责人")),
    Field("address", "地址", ("单位地址", "住所", "注册地址", "经营地址", "address")),
)
SHOWN_LENGTH = 64


@dataclass(frozen=True)
class Line:
    """One row of the list (名单的一行), as text and days; an empty cell changes nothing."""

    seq: int
    row: int
    cells: Row
    values: dict[str, Cell]


@dataclass(frozen=True)
class Fault:
    """Why a row does not land: the field, the reason, the cell as it may be shown."""

    line: Line
    field: str
    reason: Reason
    name: str
    shown: str


@dataclass
class Sheet:
    """What was read: the rows, the header, how many there were, what was hidden."""

    sheet: str
    headers: dict[str, str]
    index: dict[str, int]
    lines: list[Line] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_sheets: list[str] = field(default_factory=list)
