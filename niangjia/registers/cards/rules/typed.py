"""Six digits beside the number of a card (数字码), for who has no camera: HOTP (RFC 4226) over the minute."""

from datetime import datetime, timedelta

from cryptography.hazmat.primitives.constant_time import bytes_eq
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

from niangjia.registers.cards.rules.numbers import LENGTH, read_number
from niangjia.registers.cards.rules.tokens import GRACE_S, Code, Kind, window_at

DIGITS = 6


def digits_of(key: bytes, *, window: int) -> str:
    """The six digits of a card in one minute."""
    return HOTP(key, DIGITS, SHA256()).generate(window).decode("ascii")


def read_typed(text: str) -> tuple[str, str] | None:
    """Number and six digits as somebody typed them, one behind the other; None where it is not both."""
    written = "".join(text.replace("-", " ").split())
    if len(written) != LENGTH + DIGITS or not (written.isascii() and written.isdigit()):
        return None
    number = read_number(written[:LENGTH])
    return (number, written[LENGTH:]) if number else None


def meant_by_typed(number: str, digits: str, *, key: bytes, at: datetime) -> Code | None:
    """The code that the digits stand for: of this minute, or of the last one for a little while; None where they are wrong."""
    for window in dict.fromkeys((window_at(at), window_at(at - timedelta(seconds=GRACE_S)))):
        if bytes_eq(digits_of(key, window=window).encode(), digits.encode()):
            return Code(Kind.TYPED, 0, number, window)
    return None
