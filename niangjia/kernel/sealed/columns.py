"""Where sealed values lie: every column is written down, so that keys can change and nothing sealed is forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

Kind = Literal["id_number", "phone", "bank", "card", "illness", "text", "secret"]
Form = Literal["bytes", "hex", "base64"]


@dataclass(frozen=True)
class SealedColumn:
    """One place where sealed values lie (密封列): the column, what its additional data is made of, and what it holds.

    The additional data is `aad`, a dot, and the value of the column `row`; `aad` alone where `row` is empty. Copies of a
    field keep the additional data of their original: `aad` and `row` then name that. A value inside a JSON column is found
    along `within` and written as text in the given `form`.
    """

    model: str
    field: str
    aad: str
    kind: Kind
    row: str = "pk"
    within: tuple[str, ...] = ()
    form: Form = "bytes"

    @property
    def name(self) -> str:
        """How the column is called in reports, such as `members.Person.id_sealed`."""
        return ".".join((self.model, self.field, *self.within))

    def aad_of(self, row: object) -> str:
        """The additional data of one value."""
        return f"{self.aad}.{row}" if self.row else self.aad


@cache
def sealed_columns() -> tuple[SealedColumn, ...]:
    """Every sealed column of the program, as the slices of NIANGJIA_SEALED_COLUMNS list theirs."""
    return tuple(column for path in settings.NIANGJIA_SEALED_COLUMNS for column in import_string(path))


class SealedFiles(Protocol):
    """A kind of files that rest sealed (密封的文件); their first two bytes are the key's number."""

    name: str

    def by_key(self) -> Iterator[tuple[str, int]]:
        """Every file with the number of its key."""

    def rewrap(self, file: str) -> None:
        """Seal one file again under the key that is active now; a file that is gone meanwhile is none."""


@cache
def sealed_files() -> tuple[SealedFiles, ...]:
    """Every kind of sealed files, as NIANGJIA_SEALED_FILES lists them."""
    return tuple(import_string(path) for path in settings.NIANGJIA_SEALED_FILES)
