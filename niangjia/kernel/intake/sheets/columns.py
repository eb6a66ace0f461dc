"""Columns as a spreadsheet program letters them."""

from __future__ import annotations

from typing import Final

# ZZ; no roster is wider, and a file that is wants to exhaust whoever reads it.
MAX_COLUMNS: Final = 702


def column_number(letters: str) -> int:
    """A → 1, Z → 26, AA → 27, XFD → 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(column: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    rest = column
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return letters
