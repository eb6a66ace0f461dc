"""What is true about employers' codes, trades and ownership."""

import pytest

from niangjia.kernel.chinese import Reason
from niangjia.registers.employers import rules


def test_an_employer_code_may_begin_with_any_registrar() -> None:
    assert rules.check_employer_code("91350100M000100Y43") == "91350100M000100Y43"
    assert isinstance(rules.check_employer_code("91350100M000100Y44"), Reason)


@pytest.mark.parametrize(
    ("written", "code"),
    [("制造业", "C"), ("G", "G"), ("60", "60"), ("邮政业", "60"), ("教育", "P"), ("83", "83"), ("养鱼", None)],
)
def test_a_trade_is_found_by_code_or_name(written: str, code: str | None) -> None:
    assert rules.TRADES.code_of(written) == code


def test_a_class_belongs_to_the_section_of_its_division() -> None:
    assert rules.trade_section("6010") == "G"
    assert rules.trade_title("70") == "70 房地产业"
    assert rules.trade_title("C") == "C 制造业"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("私营有限责任公司", ("nbs_2023", "112")),
        ("事业单位", ("union_2015", "400")),
        ("个体工商户", ("nbs_2023", "500")),
        ("外资企业", ("nbs_2011", "330")),
        ("火星企业", None),
    ],
)
def test_ownership_is_looked_up_in_all_three_lists(written: str, found: tuple[str, str] | None) -> None:
    assert rules.ownership_code(written) == found


def test_each_list_keeps_its_own_numbers() -> None:
    assert rules.ownership_titles("union_2015")["110"] == "国有企业"
    assert "110" not in rules.ownership_titles("nbs_2023")
