"""Find the header (表头) of a roster and say which column holds what."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from niangjia.kernel.intake.sheets.cells import Cell, ReadRow
from niangjia.kernel.intake.sheets.faults_columns import OWN_COLUMNS
from niangjia.kernel.intake.sheets.refusal import Refusal, _
from niangjia.kernel.intake.sheets.texts import clean_text

How = Literal["name", "remembered", "given", "own", "twice", "unknown"]
Mapped = Mapping[str, str]
Remembered = Callable[[str], Mapped | None] | Mapped | None
_ROWS_SEARCHED = 40
_LONGEST_NAME = 500

MISSING_COLUMNS = _(
    "表头里没有找到「{missing}」。看到的列有：{seen}。请在表里加上这一列，或者指定哪一列是它，再传一次。"
)
NO_HEADER = _("没有找到表头。表里要有一行写着各列的名字，其中要有「{missing}」。")


@dataclass(frozen=True, slots=True)
class Field:
    """Something a roster can say about a person or a union; `synonyms` are the names people use."""

    code: str
    label: str
    synonyms: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column with a header: `index` from 0, `written` as the file has it, `field` the code or None."""

    index: int
    written: str
    field: str | None
    how: How


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a sheet: rows `first_row` to `data_starts_after`, as Excel counts.

    `rows` are the title and header rows as text, by which their repeats at page breaks are known.
    """

    first_row: int
    columns: tuple[Column, ...]
    data_starts_after: int
    fingerprint: str
    rows: tuple[tuple[str, ...], ...] = field(default=(), repr=False)

    @property
    def index(self) -> dict[str, int]:
        """Field code → column index, one column for each field."""
        return {column.field: column.index for column in self.columns if column.field}

    @property
    def unknown(self) -> tuple[Column, ...]:
        """Columns nobody reads."""
        return tuple(column for column in self.columns if column.how == "unknown")

    @property
    def twice(self) -> tuple[Column, ...]:
        """Columns that claim a field which an earlier column already holds."""
        return tuple(column for column in self.columns if column.how == "twice")


class MissingColumns(Refusal):
    """No header, or one without a required column; `header` is the best guess, for mapping by hand."""

    header: Header | None = None


_HINT = re.compile(r"[(\[{<【《〈]([^()\[\]{}<>【】《》〈〉]*)[)\]}>】》〉]")
_SPEAKS_OF_OTHERS = re.compile("单位|家庭|父|母|配偶|紧急|办公|子女|亲属")
_NOISE = re.compile(r"[\s*※★☆▲△:;,.。、'\"“”‘’()\[\]{}<>【】《》〈〉_\-—/|·]+")
_NUMBERING = re.compile(r"^\d{1,2}[.、)]\s*")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")


@lru_cache(maxsize=4096)
def plain_names(written: str) -> tuple[str, ...]:
    """The forms under which a header is looked up: as written, then without its bracketed hint."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", written[:_LONGEST_NAME])).casefold()
    text = _NUMBERING.sub("", text.strip())
    whole = _NOISE.sub("", text)
    hints = _HINT.findall(text)
    bare = _NOISE.sub("", _HINT.sub("", text))
    if not bare or bare == whole or any(_SPEAKS_OF_OTHERS.search(hint) for hint in hints):
        return (whole,)
    return (whole, bare)


def fingerprint(headers: Iterable[str]) -> str:
    """A stable mark of a header (表头指纹), the same after reformatting, by which a mapping is remembered.

    The columns of a faults workbook are left out, so that the mended file has the mark of the original.
    """
    names = [plain_names(header)[0] for header in headers]
    joined = "\x1f".join(name for name in names if name and name not in OWN_COLUMNS)
    return hashlib.sha256(joined.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class _Guess:
    """One or two rows taken for a header: each column's written name and field."""

    rows: tuple[ReadRow, ...]
    written: dict[int, str]
    fields: dict[int, str]

    @property
    def score(self) -> int:
        return len(set(self.fields.values()))


@dataclass(frozen=True, slots=True)
class _Naming:
    """What may name a field, strongest first: a person now, a person before, the names people use."""

    given: Mapped
    remembered: Mapped
    usual: Mapped
    codes: frozenset[str]

    def claim(self, written: str, by_name: str | None) -> tuple[str | None, How]:
        """Which field a column claims, and by what right; the columns we added ourselves claim nothing."""
        plain = plain_names(written)[0]
        if plain in OWN_COLUMNS:
            return None, "own"
        if plain in self.given:
            return self._known(self.given[plain]), "given"
        if plain in self.remembered:
            return self._known(self.remembered[plain]), "remembered"
        return (by_name, "name") if by_name else (None, "unknown")

    def _known(self, code: str) -> str | None:
        return code if code in self.codes else None


def recognise(
    first_rows: Sequence[ReadRow],
    fields: Sequence[Field],
    *,
    remembered: Remembered = None,
    given: Mapped | None = None,
) -> Header | MissingColumns:
    """Find the header among the first rows and map its columns.

    `given` (written header → field code, or "" to leave a column out) wins over `remembered` (the same,
    or a function from fingerprint to it), which wins over the names people use. Returns a refusal,
    it does not raise one, where a required column is missing.
    """
    usual = {plain_names(word)[0]: item.code for item in fields for word in (item.label, *item.synonyms)}
    chosen = _by_plain_name(given)
    guess = _best_guess(first_rows[:_ROWS_SEARCHED], {**usual, **chosen})
    required = [item for item in fields if item.required]
    if guess is None:
        return _refused(None, [item.label for item in required])
    mark = fingerprint(guess.written[index] for index in sorted(guess.written))
    before = _by_plain_name(remembered(mark) if callable(remembered) else remembered)
    columns = _columns_of(guess, _Naming(chosen, before, usual, frozenset(item.code for item in fields)))
    top = [row for row in first_rows if row[0] < guess.rows[0][0]]
    rows = tuple(tuple(map(clean_text, cells)) for _number, cells in (*top, *guess.rows))
    header = Header(guess.rows[0][0], columns, guess.rows[-1][0], mark, rows)
    missing = [item.label for item in required if item.code not in header.index]
    return _refused(header, missing) if missing else header


def _by_plain_name(mapped: Mapped | None) -> dict[str, str]:
    return {plain_names(written)[0]: code for written, code in (mapped or {}).items()}


def _refused(header: Header | None, missing: list[str]) -> MissingColumns:
    words = "」「".join(missing)
    if header is None:
        return MissingColumns("no_header", NO_HEADER, missing=words)
    seen = "、".join(column.written for column in header.columns)
    refused = MissingColumns("missing_columns", MISSING_COLUMNS, missing=words, seen=seen)
    refused.header = header
    return refused


def _best_guess(rows: Sequence[ReadRow], names: Mapped) -> _Guess | None:
    """The row, or pair of rows, that names the most fields; the earliest of equals, one row before two."""
    singles = [_single(row, names) for row in rows]
    best = max(singles, key=lambda guess: guess.score, default=None)
    if best is None or best.score == 0:
        widest = max(singles, key=lambda guess: len(guess.written), default=None)
        return widest if widest is not None and len(widest.written) > 1 else None
    for upper, lower in pairwise(rows):
        double = _double(upper, lower, names)
        if double.score > best.score:
            best = double
    return best


def _named(written: str, names: Mapped) -> str | None:
    return next((names[name] for name in plain_names(written) if names.get(name)), None)


def _label(cells: Sequence[Cell], index: int) -> str:
    """The words of a cell; numbers and days name no column."""
    cell = cells[index] if index < len(cells) else None
    return clean_text(cell) if isinstance(cell, str) else ""


def _single(row: ReadRow, names: Mapped) -> _Guess:
    written = {index: text for index in range(len(row[1])) if (text := _label(row[1], index))}
    fields = {index: code for index, text in written.items() if (code := _named(text, names))}
    return _Guess((row,), written, fields)


def _double(upper: ReadRow, lower: ReadRow, names: Mapped) -> _Guess:
    """A header of two rows: groups above (merged cells filled to the right), names below."""
    width = max(len(upper[1]), len(lower[1]))
    below = [_label(lower[1], index) for index in range(width)]
    written: dict[int, str] = {}
    fields: dict[int, str] = {}
    group = ""
    for index in range(width):
        own = _label(upper[1], index)
        group = own or group
        if not (below[index] or own):
            continue
        alone = below[index] or own
        written[index] = alone if below.count(alone) < 2 else f"{group} {alone}"
        ways = (written[index], group + below[index] if below[index] else "", alone)
        code = next((code for way in ways if (code := _named(way, names))), None)
        if code:
            fields[index] = code
    return _Guess((upper, lower), written, fields)


def _columns_of(guess: _Guess, naming: _Naming) -> tuple[Column, ...]:
    """Columns in order; a column named by a person is served before one that only carries the right name."""
    order = sorted(guess.written)
    claims = {index: naming.claim(guess.written[index], guess.fields.get(index)) for index in order}
    taken: set[str] = set()
    for strength in ("given", "remembered", "name"):
        for index in order:
            code, how = claims[index]
            if how != strength or code is None:
                continue
            if code in taken:
                claims[index] = (None, "twice")
            taken.add(code)
    return tuple(Column(index, guess.written[index], *claims[index]) for index in order)
