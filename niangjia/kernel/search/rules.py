"""What was typed into the box, and what it is held against."""

import re
from dataclasses import dataclass
from functools import cached_property

from niangjia.kernel.chinese import fold_width
from niangjia.kernel.people.masks import masked_words

LONGEST = 64
# One letter begins half of all names; one character (汉字) is a surname.
SHORTEST_LETTERS = 2
# A shorter pinyin stands in the middle of too many words.
SHORTEST_WITHIN = 4
# The number of a case (办件编号), as it is said on the telephone: no phone and no paper is written so.
_OF_A_CASE = re.compile(r"20\d{2}-\d{4}-\d{4}", re.ASCII)
# What LIKE reads as something else than itself.
_WILDCARDS = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})


@dataclass(frozen=True)
class Asked:
    """What somebody looks for, folded to plain widths."""

    text: str

    @classmethod
    def typed(cls, text: str) -> "Asked":
        """As it came from the box: cut at its length, without the character NUL, which no database could look for."""
        return cls(fold_width(text.replace("\x00", "")).strip()[:LONGEST].strip())

    @cached_property
    def shown(self) -> str:
        """As a page may repeat it: a whole number with its middle hidden, but that of a case, which is nobody's."""
        return self.text if _OF_A_CASE.fullmatch(self.text) else masked_words(self.text)

    @property
    def is_number(self) -> bool:
        """Whether it holds a whole number of somebody, which stands in no address."""
        return self.shown != self.text

    @property
    def is_short(self) -> bool:
        """Whether it is too short to mean anything."""
        return bool(self.text) and self.text.isascii() and len(self.text) < SHORTEST_LETTERS


def sounding(words: str) -> list[str]:
    """The patterns that a `sounds` column must match, all of them: each word in the name, its initials or its pinyin."""
    found = []
    for word in fold_width(words).lower().split():
        escaped = word.translate(_WILDCARDS)
        is_within = not word.isascii() or len(word) >= SHORTEST_WITHIN
        found.append(f"%{escaped}%" if is_within else f"%{escaped}%/%")
    return found


def beginning(words: str) -> str:
    """The pattern of a `sounds` column whose name or initials begin so."""
    return f"% {fold_width(words).lower().strip().translate(_WILDCARDS)}%"
