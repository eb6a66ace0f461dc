"""The number of a card (卡号): drawn, without meaning, never given twice; its last digit proves the others.

The check digit is that of ISO/IEC 7064 MOD 11,10, which finds every single wrong digit.
"""

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_10

# Eleven digits are drawn, the first of them no zero.
FIRST_DRAWN, PAST_DRAWN = 10**10, 10**11
LENGTH = 12
GROUP = 4


def card_number(drawn: int) -> str:
    """The number that a drawn figure makes."""
    if not FIRST_DRAWN <= drawn < PAST_DRAWN:
        raise ValueError(drawn)
    body = str(drawn)
    return body + mod_11_10.calc_check_digit(body)


def read_number(written: str) -> str | None:
    """A number as somebody wrote it, with spaces or without; None where it is none."""
    digits = "".join(written.split()).replace("-", "")
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdigit()) or digits[0] == "0":
        return None
    try:
        return str(mod_11_10.validate(digits))
    except ValidationError:
        return None


def grouped(number: str) -> str:
    """A number in groups of four, as cards are read."""
    return " ".join(number[at : at + GROUP] for at in range(0, len(number), GROUP))
