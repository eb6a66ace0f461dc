"""Names as people write them, and as they are kept."""

import re

from niangjia.kernel.chinese import Reason, fold_width, gettext_noop

SHORTEST_NAME, LONGEST_NAME = 2, 30

# Every dot people use between the parts of a name; GB 18030 keyboards differ.
_DOTS = str.maketrans(dict.fromkeys("•∙⋅・･‧᛫●．.﹒●◦", "·"))
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f\U00030000-\U000323af\ue000-\uf8ff"
_PLAIN_HAN = re.compile("[\u4e00-\u9fff]{2,4}")
_HAN_NAME = re.compile(f"[{_HAN}]+(?:·[{_HAN}]+)*")
_LATIN_NAME = re.compile(r"[^\W\d_]+(?:[ '’·,-]+[^\W\d_]+)*[.·]?")
_DIGIT = re.compile(r"\d")
_LATIN = re.compile(r"[A-Za-z]")


def tidy_name(text: str) -> str:
    """A name as it is kept: spaces between 汉字 away, one kind of middle dot, single spaces between Latin words."""
    if _PLAIN_HAN.fullmatch(text):
        return text
    folded = fold_width(text).translate(_DOTS)
    if _LATIN.search(folded):
        return re.sub(r"\s*·\s*", "·", " ".join(folded.split())).strip("· ")
    return "".join(folded.split()).strip("·")


def check_name(text: str) -> str | Reason:
    """A person's name (姓名) of 2–30 characters: 汉字 with all extension blocks, middle dots, or Latin letters."""
    name = tidy_name(text)
    if not name:
        return Reason("name_missing", _MISSING, {})
    if _DIGIT.search(name):
        return Reason("name_invalid", _DIGITS, {"name": name})
    if not SHORTEST_NAME <= len(name) <= LONGEST_NAME:
        return Reason("name_invalid", _LENGTH, {"length": len(name)})
    if _HAN_NAME.fullmatch(name) or _LATIN_NAME.fullmatch(name):
        return name
    return Reason("name_invalid", _MARKS, {"name": name})


_MISSING = gettext_noop("这一行没有姓名。把名字补上再导入。")
_DIGITS = gettext_noop("姓名「{name}」里有数字。看看是不是两列串了。")
_LENGTH = gettext_noop("姓名有 {length} 个字，名字是 2 到 30 个字。看看是不是少写了，或者串了列。")
_MARKS = gettext_noop("姓名「{name}」里有不该有的符号。只留名字，民族名字中间用「·」。")
