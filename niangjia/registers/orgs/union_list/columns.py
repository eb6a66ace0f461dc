"""The columns of a list of unions, and what a row of it says."""

from typing import NamedTuple

from niangjia.kernel.chinese import Reason
from niangjia.kernel.intake.sheets import Field

FIELDS = (
    Field("code", "工会编码", ("工会代码", "组织编码", "工会组织编码", "编码", "工会编号", "code"), required=True),
    Field("name", "工会名称", ("工会全称", "组织名称", "工会组织名称", "名称", "工会", "name"), required=True),
    Field(
        "parent",
        "上级工会编码",
        ("上级编码", "上级工会代码", "上级组织编码", "上级工会", "上级", "父级编码", "parent"),
    ),
    Field("level", "层级", ("工会层级", "级别", "组织层级", "工会级别", "组织级别", "level"), required=True),
    Field("uscc", "统一社会信用代码", ("信用代码", "社会信用代码", "工会统一社会信用代码", "法人证书代码", "uscc")),
    Field("region", "行政区划代码", ("行政区划", "区划代码", "区划", "地区代码", "region")),
    Field("second_parent", "第二上级编码", ("第二上级", "第二上级工会编码", "第二上级工会", "产业上级编码")),
)
SHOWN_LENGTH = 64


class Line(NamedTuple):
    """One row of the list (名单的一行), as text; an empty cell changes nothing."""

    seq: int
    row: int
    code: str
    name: str
    parent: str
    level: str
    uscc: str
    region: str
    second_parent: str

    @property
    def values(self) -> tuple[str, ...]:
        """What the row says, wherever it stands."""
        return tuple(self[2:])


class Fault(NamedTuple):
    """Why a row does not land: its place in the file, the field, the reason, the cell as it may be shown."""

    seq: int
    row: int
    field: str
    reason: Reason
    name: str
    shown: str
