"""Refusals put in words: a closed code, a sentence, and the values that fill it."""

from typing import NamedTuple


def gettext_noop(text: str) -> str:
    """Mark a sentence for the translators; pure rules cannot ask for the reader's language."""
    return text


class Reason(NamedTuple):
    """Why something is refused or doubtful (缘由): the edge translates `sentence`, then fills in `values`."""

    code: str
    sentence: str
    values: dict[str, str | int]

    def __str__(self) -> str:
        return self.sentence.format(**self.values)


class FaultText(NamedTuple):
    """How a fault code is explained (差错说明): what it is called, and what to do about it."""

    title: str
    remedy: str
