"""The number of a bank card (银行卡号): 13 to 19 digits, the last of them a check digit (ISO/IEC 7812, Luhn)."""

from stdnum import luhn

from niangjia.kernel.chinese import Reason, gettext_noop

SHORTEST, LONGEST = 13, 19


def why_no_bank_card(number: str) -> Reason | None:
    """None where this is the number of a personal card; else what is wrong with it."""
    if not (number.isascii() and number.isdigit()) or not SHORTEST <= len(number) <= LONGEST:
        return Reason("bank_card_length", _LENGTH, {"length": str(len(number))})
    return None if luhn.is_valid(number) else Reason("bank_card_digit", _DIGIT, {})


_LENGTH = gettext_noop("银行卡号是 13 到 19 位数字，现在是 {length} 位。对着卡面再看一遍。")
_DIGIT = gettext_noop("这个号码对不上，可能有一位写错了。对着卡面再看一遍；单位账户不行，要个人的卡。")
