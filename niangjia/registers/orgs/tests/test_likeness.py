"""Names that are nearly right."""

import pytest

from niangjia.registers.orgs.rules.likeness import name_alike

NAMES = ("宏达五金制品有限公司工会", "柳林镇总工会", "安禾县第一中学工会", "安禾县第一中学工会高一年级分会")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("宏达五金厂工会", "宏达五金制品有限公司工会"),
        ("宏达五金工会", "宏达五金制品有限公司工会"),
        ("第一中学工会", "安禾县第一中学工会"),
        ("安禾县第一种学工会", "安禾县第一中学工会"),
        ("柳林镇火车站工会", None),
        ("工会", None),
        ("", None),
    ],
)
def test_a_name_nearly_right_is_answered_with_the_one_meant(written: str, meant: str | None) -> None:
    assert name_alike(written, NAMES) == meant
