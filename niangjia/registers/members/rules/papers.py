"""Papers that prove who someone is (证件), and which numbers they may carry."""

import re
from enum import StrEnum

from niangjia.kernel.chinese import Reason, Term, Vocabulary, fold_width, gettext_noop
from niangjia.registers.members.rules.id_numbers import LENGTH, IdNumber, check_digit, check_id_number


class IdKind(StrEnum):
    """Kind of paper (证件类型)."""

    ID_CARD = "id_card"
    HKMT_RESIDENCE = "hkmt_residence"
    PERMANENT_RESIDENCE = "permanent_residence"
    PASSPORT = "passport"
    HKM_PERMIT = "hkm_permit"
    TW_PERMIT = "tw_permit"
    OTHER = "other"


ID_KINDS = Vocabulary(
    "id_kind",
    Term(
        IdKind.ID_CARD, "居民身份证", ("身份证", "二代身份证", "二代证", "公民身份证", "中国居民身份证", "临时身份证")
    ),
    Term(
        IdKind.HKMT_RESIDENCE,
        "港澳台居民居住证",
        (
            "港澳台居住证",
            "港澳居民居住证",
            "台湾居民居住证",
            "中华人民共和国港澳居民居住证",
            "中华人民共和国台湾居民居住证",
        ),
    ),
    Term(
        IdKind.PERMANENT_RESIDENCE,
        "外国人永久居留证",
        ("外国人永久居留身份证", "永久居留证", "永久居留身份证", "中华人民共和国外国人永久居留身份证", "五星卡"),
    ),
    Term(IdKind.PASSPORT, "护照", ("中国护照", "外国护照", "因私护照", "普通护照")),
    Term(
        IdKind.HKM_PERMIT,
        "港澳居民来往内地通行证",
        ("回乡证", "港澳通行证", "港澳居民通行证", "港澳居民往来内地通行证"),
    ),
    Term(
        IdKind.TW_PERMIT,
        "台湾居民来往大陆通行证",
        ("台胞证", "台湾通行证", "台湾居民通行证", "台湾居民往来大陆通行证"),
    ),
    Term(IdKind.OTHER, "其他证件", ("其他", "其它", "其它证件", "军官证", "士兵证")),
)

# Kinds whose number is built like a citizen number (GB 11643) and tells birth date and sex.
READ_LIKE_ID_CARD: frozenset[IdKind] = frozenset({IdKind.ID_CARD, IdKind.HKMT_RESIDENCE})

_HKMT_HEADS = ("81", "82", "83")
_OLD_PERMANENT = re.compile(r"[A-Z]{3}\d{12}")
_NEW_PERMANENT = re.compile(r"9\d{16}[\dX]")
_SHAPES: dict[IdKind, re.Pattern[str]] = {
    IdKind.PASSPORT: re.compile(r"[A-Z0-9]{5,20}"),
    IdKind.HKM_PERMIT: re.compile(r"[HM]\d{8}(?:\d{2})?"),
    IdKind.TW_PERMIT: re.compile(r"\d{8}|\d{10}[A-Z0-9]?"),
    IdKind.OTHER: re.compile(r"\S{4,30}"),
}
_TIDY = str.maketrans("", "", " \t\r\n'’‘()")


def tidy_paper_number(text: str) -> str:
    """A number as it is kept and compared: half-width, capitals, no spaces."""
    return fold_width(text).translate(_TIDY).upper()


def check_paper_number(kind: IdKind, text: str) -> IdNumber | str | Reason:
    """The number of a paper: read (身份证, 居住证), merely tidied (other papers), or the reason it cannot be right."""
    if kind in READ_LIKE_ID_CARD:
        read = check_id_number(text)
        if isinstance(read, Reason) or kind is IdKind.ID_CARD or read.number.startswith(_HKMT_HEADS):
            return read
        return Reason("id_invalid", _NOT_HKMT, {})
    number = tidy_paper_number(text)
    if kind is IdKind.PERMANENT_RESIDENCE:
        return number if _is_permanent_residence(number) else Reason("id_invalid", _NOT_PERMANENT, {})
    if _SHAPES[kind].fullmatch(number):
        return number
    return Reason("id_invalid", _NOT_PAPER, {"paper": ID_KINDS.titles[kind]})


def _is_permanent_residence(number: str) -> bool:
    if _NEW_PERMANENT.fullmatch(number):
        return number[LENGTH - 1] == check_digit(number[: LENGTH - 1])
    return _OLD_PERMANENT.fullmatch(number) is not None


def kind_of_number(number: IdNumber) -> IdKind:
    """The paper that a citizen-like number belongs to, where the roster has no column for it."""
    return IdKind.HKMT_RESIDENCE if number.number.startswith(_HKMT_HEADS) else IdKind.ID_CARD


def looks_like_other_paper(text: str) -> bool:
    """Whether a number is plainly no identity card: its first character is a letter, so 证件类型 is needed."""
    return tidy_paper_number(text)[:1].isalpha()


_NOT_HKMT = gettext_noop("港澳台居民居住证的号码以 81、82 或 83 开头。看看证件类型是不是选错了。")
_NOT_PERMANENT = gettext_noop(
    "外国人永久居留证的号码是 9 开头的 18 位，旧证是 3 个字母加 12 位数字。对着证件再看一遍。"
)
_NOT_PAPER = gettext_noop("这不像{paper}的号码。对着证件再看一遍，也看看证件类型是不是选错了。")
