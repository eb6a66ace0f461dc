"""Texts that a spreadsheet program never takes for a formula (公式注入), whatever somebody is called or typed."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# What a reader takes away again, and what every spreadsheet program shows as text.
APOSTROPHE: Final = "'"
_BEGINNINGS = frozenset("=+-@")
_MORE_BEGINNINGS = "−‐‑‒–—"
# Characters that look like one of these once widths are folded, such as ＝ or ﹢, are as good as it.
_LIVE = frozenset(
    [
        *_MORE_BEGINNINGS,
        *(chr(code) for code in range(0x10000) if unicodedata.normalize("NFKC", chr(code))[:1] in _BEGINNINGS),
    ]
)
_ANY_LIVE = re.compile("[" + "".join(map(re.escape, sorted(_LIVE))) + "]")
_QUOTES = frozenset("\"'`‘’“”′″「」『』＂＇")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
# Where a program that parts cells otherwise than by commas would begin a new one.
_PARTS = re.compile("([,;|，；｜\t])")
# What a program would take for a number, and spoil: leading noughts, more digits than it holds, 1E5.
_SPOILED = re.compile(r"0\d+|\d{12,}[xX]?|\d+[eE]\d+")


def is_live(text: str) -> bool:
    """Whether a text begins like a formula, behind whatever blanks, quotes and invisible marks."""
    for letter in text:
        if letter in _LIVE:
            return True
        if letter not in _QUOTES and unicodedata.category(letter)[0] not in "CZ":
            return False
    return False


def csv_text(text: str) -> str:
    """A text as a cell of a CSV file: one line, and an apostrophe in front of whatever could run or be spoiled."""
    plain = _CONTROLS.sub(" ", text)
    if _SPOILED.fullmatch(plain.strip()):
        return APOSTROPHE + plain
    if not _ANY_LIVE.search(plain):
        return plain
    return "".join(APOSTROPHE + part if is_live(part) else part for part in _PARTS.split(plain))
