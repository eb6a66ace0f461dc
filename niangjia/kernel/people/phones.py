"""Telephone numbers as people write them, and as they are kept."""

import re

from niangjia.kernel.chinese import Reason, fold_width, gettext_noop

_MOBILE = re.compile(r"1[3-9]\d{9}")
_SEPARATORS = str.maketrans("", "", " -‐–—－()（）.\t\r\n'’‘")
_COUNTRY = ("+86", "0086")


def tidy_phone(text: str) -> str:
    """A telephone number without spaces, hyphens, brackets and the country's own prefix."""
    number = fold_width(text).translate(_SEPARATORS)
    for prefix in _COUNTRY:
        if number.startswith(prefix):
            return number[len(prefix) :]
    return number[2:] if len(number) == len("8613800000000") and number.startswith("861") else number


def check_mobile(text: str) -> str | Reason:
    """A mobile number of the mainland (手机号): 11 digits, the first two from 13 to 19."""
    if _MOBILE.fullmatch(text) and text.isascii():
        return text
    number = tidy_phone(text)
    if _MOBILE.fullmatch(number) and number.isascii():
        return number
    if number.isascii() and number.isdigit():
        if len(number) != len("13800000000"):
            return Reason("phone_invalid", _PHONE_LENGTH, {"length": len(number)})
        return Reason("phone_invalid", _PHONE_HEAD, {"head": number[:2]})
    return Reason("phone_invalid", _PHONE_MARKS, {})


_PHONE_LENGTH = gettext_noop("现在是 {length} 位，手机号有 11 位。座机请填在别的列。")
_PHONE_HEAD = gettext_noop("手机号以 13 到 19 开头，这个号码以 {head} 开头。问问本人，再改过来。")
_PHONE_MARKS = gettext_noop("手机号只能有 11 位数字。一格里写了两个号码的，只留一个。")
