"""What is true about employers: their codes, trades and ownership."""

from niangjia.registers.employers.rules.lists import (
    OWNERSHIP_LISTS,
    TRADES,
    ownership_code,
    ownership_titles,
    trade_name,
    trade_section,
    trade_title,
)
from niangjia.registers.orgs.rules import check_credit_code as check_employer_code

__all__ = [
    "OWNERSHIP_LISTS",
    "TRADES",
    "check_employer_code",
    "ownership_code",
    "ownership_titles",
    "trade_name",
    "trade_section",
    "trade_title",
]
