"""Unified social credit codes (统一社会信用代码): both check characters, and which unions carry which.

Source: GB 32100-2015 with GB 11714-1997 inside it (characters 9–17).
"""

from niangjia.kernel.chinese import Reason, fold_width, gettext_noop
from niangjia.kernel.places.rules import Level
from niangjia.registers.orgs.rules.levels import UnionKind

LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {mark: value for value, mark in enumerate(ALPHABET)}
_WEIGHTS = tuple(3**place % 31 for place in range(17))
_ORGANISATION_VALUES = {mark: value for value, mark in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_TIDY = str.maketrans("", "", " -\t\r\n'’‘")


def check_character(first17: str) -> str:
    """The eighteenth character (GB 32100)."""
    return ALPHABET[-sum(_VALUES[mark] * weight for mark, weight in zip(first17, _WEIGHTS, strict=True)) % 31]


def organisation_check_character(first8: str) -> str:
    """The ninth character of the organisation code (组织机构代码, GB 11714)."""
    pairs = zip(first8, _ORGANISATION_WEIGHTS, strict=True)
    remainder = 11 - sum(_ORGANISATION_VALUES[mark] * weight for mark, weight in pairs) % 11
    return {10: "X", 11: "0"}.get(remainder, str(remainder))


def tidy_credit_code(text: str) -> str:
    """A code as it is kept: half-width, capitals, no spaces or hyphens."""
    return fold_width(text).translate(_TIDY).upper()


def check_credit_code(text: str) -> str | Reason:
    """The code tidied, or why it cannot be right: length, marks, region, either check character."""
    code = tidy_credit_code(text)
    if len(code) != LENGTH:
        return Reason("uscc_length", _SHAPE, {"length": len(code)})
    odd = next((mark for mark in code if mark not in _VALUES), None)
    if odd is not None:
        return Reason("uscc_marks", _MARKS, {"mark": odd})
    if not code[2:8].isdigit():
        return Reason("uscc_region", _REGION, {"region": code[2:8]})
    if code[16] != organisation_check_character(code[8:16]) or code[17] != check_character(code[:17]):
        return Reason("uscc_check_digit", _CHECK, {})
    return code


# A union federation or base union is coded by a 总工会 (8); a 总工会 from county up by the office of public posts (1).
_BY_UNION = ("81", "89")
_BY_POSTS_OFFICE = "1"


def uscc_fault(code: str, *, level: Level, kind: UnionKind) -> Reason | None:
    """Why a union of this level and kind cannot have this code (工会法人资格), or None."""
    checked = check_credit_code(code)
    if isinstance(checked, Reason):
        return checked
    if level.rank > Level.BASE.rank:
        return Reason("uscc_not_for_branch", _BRANCH, {})
    by_union, by_posts_office = checked.startswith(_BY_UNION), checked.startswith(_BY_POSTS_OFFICE)
    if level.rank > Level.COUNTY.rank or kind is UnionKind.FEDERATION:
        return None if by_union else Reason("uscc_registrar", _NOT_BY_UNION, {"head": checked[:2]})
    if by_posts_office or (kind is UnionKind.INDUSTRY and by_union):
        return None
    return Reason("uscc_registrar", _NOT_BY_POSTS_OFFICE, {"head": checked[:2]})


_SHAPE = gettext_noop("现在是 {length} 位，统一社会信用代码有 18 位。对着证书再抄一遍。")
_MARKS = gettext_noop("代码里有「{mark}」。代码只用数字和大写字母，没有 I、O、S、V、Z，多半是 1、0、5、2 写成了字母。")
_REGION = gettext_noop("第 3 到 8 位「{region}」是登记机关所在地区，应当全是数字。对着证书再看一下。")
_CHECK = gettext_noop("校验位对不上，多半是哪一位抄错了。对着证书再看一遍。")
_BRANCH = gettext_noop("分会和小组没有法人资格，也没有统一社会信用代码。这一格空着就行。")
_NOT_BY_UNION = gettext_noop(
    "乡镇以下工会和工会联合会的代码以 81 或 89 开头，这个以 {head} 开头。看看是不是填成了单位的代码。"
)
_NOT_BY_POSTS_OFFICE = gettext_noop("县级以上总工会的代码以 1 开头，这个以 {head} 开头。对着证书再看一遍。")
