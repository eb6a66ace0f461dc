"""Personal numbers and names as they may be shown to who has no need of the whole."""

import re

SHORTEST_NUMBER = 8
SHORTEST_PHONE = 7
# As long as a mobile number at least, with the separators that people put in.
_LONG_NUMBER = re.compile(r"\d(?:[\s\-_.·()（）]*\d){10,}(?:[\s\-_.·]*[Xx])?")
_SEPARATORS = re.compile(r"[\s\-_.·()（）]+")


def masked_phone(phone: str) -> str:
    """A phone (手机) with its middle hidden: 138****2206."""
    if len(phone) < SHORTEST_PHONE:
        return "*" * len(phone)
    return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"


def masked_number(number: str) -> str:
    """The number of a paper (证件号码) with all but its last four hidden: **************3021."""
    if len(number) < SHORTEST_NUMBER:
        return "*" * len(number)
    return f"{'*' * (len(number) - 4)}{number[-4:]}"


def masked_name(name: str) -> str:
    """A name (姓名) for a public notice: its middle hidden, of two characters the last: 陈*兰, 李*."""
    if len(name) <= 2:
        return name[:1] + "*" * (len(name) - 1)
    return f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"


def masked_words(text: str) -> str:
    """Words from somebody's cell (格子里的字) with every long number in them hidden.

    Where two columns are mixed up, numbers of papers and phones stand under 姓名 or 工会.
    """
    whole = text.encode("utf-8", "replace").decode()
    return _LONG_NUMBER.sub(lambda found: masked_phone(_SEPARATORS.sub("", found[0])), whole)
