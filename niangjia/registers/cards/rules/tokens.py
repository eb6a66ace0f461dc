"""What the code on a card says, signed (动态码、印的码): Ed25519 (RFC 8032), so that whoever has the public key can check it.

A shown code is: kind ‖ key ‖ card ‖ window ‖ nonce ‖ signature. It counts in its own minute and nowhere else. A printed one
has the print's number in place of window and nonce; it does not change, so its check asks for a second look. Neither holds
a name or a number of anybody's papers.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from struct import Struct
from struct import error as StructError  # noqa: N812 - an exception, however it is spelled there

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

WINDOW_S = 60
# 本系统默认值: how much later a code still arrives at the counter, and how far a checker's own clock may be off.
GRACE_S = 15
CLOCKS_APART_S = 30
NONCE_BYTES = 6
SIGNATURE_BYTES = 64
MARK = "NJC"
CONTEXT = b"niangjia member card 1\x00"
HEAD = Struct(">BHQ")
SHOWN_TAIL = Struct(f">I{NONCE_BYTES}s")
PRINTED_TAIL = Struct(">I")
LONGEST = 400


class Kind(StrEnum):
    """What a code is (码的种类): on her phone, on paper, or typed from her phone."""

    SHOWN = "shown"
    PRINTED = "printed"
    TYPED = "typed"


KIND_BYTES = {1: Kind.SHOWN, 2: Kind.PRINTED}


@dataclass(frozen=True)
class Code:
    """A code that was read; nothing of it is true before `is_signed` says so."""

    kind: Kind
    key: int
    number: str
    # Of a shown or typed one: which minute since 1970. Of a printed one: which print of the card.
    turn: int
    body: bytes = b""
    signature: bytes = b""


def window_at(at: datetime) -> int:
    """The minute that an instant lies in."""
    return int(at.timestamp()) // WINDOW_S


def shown_code(number: str, *, window: int, nonce: bytes, key: int, secret: bytes) -> str:
    """The code that her phone shows in one minute."""
    return _signed(HEAD.pack(1, key, int(number)) + SHOWN_TAIL.pack(window, nonce), secret)


def printed_code(number: str, *, print_no: int, key: int, secret: bytes) -> str:
    """The code of one print of a card."""
    return _signed(HEAD.pack(2, key, int(number)) + PRINTED_TAIL.pack(print_no), secret)


def read_code(text: str) -> Code | None:
    """A code as a scanner hands it over, alone or behind the address it was part of; None where it is none."""
    head, found, coded = text.strip().rpartition(MARK)
    if not found or len(text) > LONGEST or (head and not head.endswith("#")):
        return None
    try:
        whole = urlsafe_b64decode(coded + "=" * (-len(coded) % 4))
        kind, key, number = HEAD.unpack_from(whole)
        tail = {Kind.SHOWN: SHOWN_TAIL, Kind.PRINTED: PRINTED_TAIL}[KIND_BYTES[kind]]
        if len(whole) != HEAD.size + tail.size + SIGNATURE_BYTES:
            return None
        turn = tail.unpack_from(whole, HEAD.size)[0]
    except (ValueError, LookupError, ArithmeticError, StructError):
        return None
    return Code(KIND_BYTES[kind], key, str(number), turn, whole[:-SIGNATURE_BYTES], whole[-SIGNATURE_BYTES:])


def is_signed(code: Code, *, keys: Mapping[int, bytes]) -> bool:
    """Whether the code was signed with the key it names, of those that count; an offline checker asks the same."""
    public = keys.get(code.key)
    if public is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(code.signature, CONTEXT + code.body)
    except InvalidSignature:
        return False
    return True


def is_in_time(code: Code, *, at: datetime, apart_s: int = 0) -> bool:
    """Whether a code counts at an instant: in its minute and a little after; `apart_s` where the instant is another clock's."""
    if code.kind is Kind.PRINTED:
        return True
    begins, now = code.turn * WINDOW_S, at.timestamp()
    return begins - apart_s <= now < begins + WINDOW_S + GRACE_S + apart_s


def drawn_key(secret: bytes) -> bytes:
    """The public key that belongs to a secret of 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def _signed(body: bytes, secret: bytes) -> str:
    signature = Ed25519PrivateKey.from_private_bytes(secret).sign(CONTEXT + body)
    return MARK + urlsafe_b64encode(body + signature).decode("ascii").rstrip("=")
