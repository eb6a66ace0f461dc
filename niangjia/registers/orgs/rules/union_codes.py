"""Union codes (工会编码): ours, permanent, never given to another union; printed on its QR."""

import re

from niangjia.kernel.chinese import Reason, fold_width, gettext_noop

# ISO 7064 MOD 37,36: one character that catches every single wrong character and nearly all swaps.
_MARKS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUES = {mark: value for value, mark in enumerate(_MARKS)}

REGION_LENGTH, SERIAL_LENGTH = 6, 5
LAST_SERIAL = 10**SERIAL_LENGTH - 1
_FORM = re.compile(r"[0-9A-Za-z_-]{1,32}")
_OWN = re.compile(rf"\d{{{REGION_LENGTH + SERIAL_LENGTH}}}[0-9A-Z]")


def check_mark(text: str) -> str:
    """The check character of a code without it (ISO 7064 MOD 37,36)."""
    product = 36
    for mark in text:
        product = ((product + _VALUES[mark]) % 36 or 36) * 2 % 37
    return _MARKS[(1 - product) % 36]


def union_code(region_code: str, serial: int) -> str:
    """The code of a region's n-th union: `349921` and 12 → `34992100012` and a check character."""
    if not (len(region_code) == REGION_LENGTH and region_code.isdigit() and 0 < serial <= LAST_SERIAL):
        raise ValueError(region_code, serial)
    body = f"{region_code}{serial:0{SERIAL_LENGTH}d}"
    return body + check_mark(body)


def serial_of(code: str) -> int | None:
    """The serial inside a code of ours; None for a code that came from elsewhere."""
    if not _OWN.fullmatch(code) or check_mark(code[:-1]) != code[-1]:
        return None
    return int(code[REGION_LENGTH:-1])


def next_union_code(region_code: str, *, last_code: str | None) -> str:
    """The code after a region's last one; its first where there is none."""
    return union_code(region_code, 1 + (serial_of(last_code) or 0 if last_code else 0))


def check_union_code(text: str) -> str | Reason:
    """A code as it is kept; codes of other systems are taken over as they are."""
    code = fold_width(text).strip()
    if not code:
        return Reason("code_missing", _MISSING, {})
    if not _FORM.fullmatch(code):
        return Reason("code_invalid", _INVALID, {"written": code})
    return code


_MISSING = gettext_noop("这一行没有工会编码。编码是每个工会固定的号码，补上再导入。")
_INVALID = gettext_noop("工会编码「{written}」不对。编码只用数字、字母、横线，最多 32 位。")
