"""Closed vocabularies: what people write in a column, and the code that is kept."""

from collections.abc import Iterator
from typing import NamedTuple

from niangjia.kernel.chinese.width import fold_width


class Term(NamedTuple):
    """One entry of a vocabulary (词条): the code kept, the title shown, other ways people write it."""

    code: str
    title: str
    synonyms: tuple[str, ...] = ()


class Vocabulary:
    """A closed list of coded terms (代码表), found by code, title or any synonym; never by guessing."""

    def __init__(self, name: str, *terms: Term) -> None:
        """Two terms may not share a spelling."""
        self.name = name
        self.terms = terms
        self.titles: dict[str, str] = {term.code: term.title for term in terms}
        self._codes: dict[str, str] = {}
        for term in terms:
            for spelling in dict.fromkeys(map(self._bare, (term.code, term.title, *term.synonyms))):
                if spelling in self._codes:
                    raise ValueError(f"{name}: {spelling}")
                self._codes[spelling] = term.code

    @staticmethod
    def _bare(text: str) -> str:
        return "".join(fold_width(text).lower().split())

    def code_of(self, text: str) -> str | None:
        """The code for a written value, or None where the list does not know it."""
        return self._codes.get(text) or self._codes.get(self._bare(text))

    def __iter__(self) -> Iterator[Term]:
        """The terms in their printed order."""
        return iter(self.terms)

    def __len__(self) -> int:
        """How many terms the list has."""
        return len(self.terms)
