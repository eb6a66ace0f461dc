"""What her phone shows: the code of this minute and of the next few, and the digits for who has no camera."""

import os
from dataclasses import dataclass
from datetime import datetime

from niangjia.registers.cards.checking import typed_key
from niangjia.registers.cards.models import Card
from niangjia.registers.cards.rules.tokens import NONCE_BYTES, WINDOW_S, printed_code, shown_code, window_at
from niangjia.registers.cards.rules.typed import digits_of
from niangjia.registers.cards.signing import signer

# How many minutes a phone without a line still has codes for, this one counted. 本系统默认值
MINUTES_AHEAD = 5


@dataclass(frozen=True)
class Shown:
    """The codes of one minute: when it begins, in seconds since 1970, what is scanned and what is typed."""

    begins: int
    code: str
    digits: str


def shown(card: Card, *, at: datetime) -> list[Shown]:
    """The codes of a card from an instant on, minute by minute; each counts in its own minute alone."""
    by, first = signer(), window_at(at)
    return [
        Shown(
            window * WINDOW_S,
            shown_code(card.number, window=window, nonce=os.urandom(NONCE_BYTES), key=by.key, secret=by.secret),
            digits_of(typed_key(card.number), window=window),
        )
        for window in range(first, first + MINUTES_AHEAD)
    ]


def on_paper(card: Card) -> str:
    """The code of a card's last print."""
    by = signer()
    return printed_code(card.number, print_no=card.print_no, key=by.key, secret=by.secret)
