"""The last four characters of a paper's number, as a keyed index: a person is found by them, and nobody can count them up.

The index stands among the keys a name is found by, where no word that people type can look like it.
"""

from functools import lru_cache

from niangjia.kernel.sealed import blind

PURPOSE = "id-tail"
TAIL_LENGTH = 4
KEY_DIGITS = 12


@lru_cache(maxsize=20_000)
def key_of_tail(tail: str) -> str:
    """The search key of a tail (证件尾号), such as 3021 or 116X."""
    return f"#{blind(PURPOSE, tail.upper()).hex()[:KEY_DIGITS]}"


def key_of_number(number: str) -> str:
    """The search key of a whole number's tail."""
    return key_of_tail(number[-TAIL_LENGTH:])
