"""Seal a value, open it again, and make the index it is found by.

A sealed field is: key number (2 bytes) ‖ nonce (12) ‖ ciphertext ‖ tag (16), bound to its own table, column and row by the
additional data, so that a ciphertext copied to another row does not open.
"""

import hmac
import os
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag

from niangjia.kernel.sealed.keys import keyring

KEY_NUMBER_BYTES = 2
NONCE_BYTES = 12
BLIND_BYTES = 16


class Tampered(Exception):
    """The sealed field was changed, or moved from another row."""


def seal(value: str, *, aad: str) -> bytes:
    """Encrypt a value for one place, named `table.column.pk`."""
    keys = keyring()
    nonce = os.urandom(NONCE_BYTES)
    body = keys.sealing.encrypt(nonce, value.encode(), aad.encode())
    return keys.active.to_bytes(KEY_NUMBER_BYTES) + nonce + body


def unseal(sealed: bytes | memoryview, *, aad: str) -> str:
    """Open a sealed field; `Tampered` where it was not sealed for this place."""
    whole = bytes(sealed)
    number = int.from_bytes(whole[:KEY_NUMBER_BYTES])
    nonce = whole[KEY_NUMBER_BYTES : KEY_NUMBER_BYTES + NONCE_BYTES]
    try:
        cipher = keyring().ciphers[number]
        return cipher.decrypt(nonce, whole[KEY_NUMBER_BYTES + NONCE_BYTES :], aad.encode()).decode()
    except (KeyError, ValueError, InvalidTag) as error:
        message = f"{aad} does not open"
        raise Tampered(message) from error


def blind(purpose: str, value: str) -> bytes:
    """The keyed index a sealed value is found by; the same value under another purpose gives another index."""
    return BulkBlind(purpose).index(value)


class BulkSealer:
    """Seals one column of many rows: as `seal`, with the key looked up once and the nonces drawn in blocks."""

    def __init__(self, column: str, *, block: int = 4_096) -> None:
        """`column` is `table.column`; the row's key completes the additional data."""
        keys = keyring()
        self._head = keys.active.to_bytes(KEY_NUMBER_BYTES)
        self._encrypt = keys.sealing.encrypt
        self._aad = column.encode() + b"."
        self._block = block
        self._nonces: Iterator[bytes] = iter(())

    def seal(self, value: str, pk: int) -> bytes:
        """The sealed field of row `pk`."""
        nonce = next(self._nonces, None)
        if nonce is None:
            drawn = os.urandom(NONCE_BYTES * self._block)
            self._nonces = iter([drawn[at : at + NONCE_BYTES] for at in range(0, len(drawn), NONCE_BYTES)])
            nonce = next(self._nonces)
        return self._head + nonce + self._encrypt(nonce, value.encode(), self._aad + b"%d" % pk)


class BulkBlind:
    """Blind indexes of one purpose for many values: as `blind`, with the keyed state prepared once."""

    def __init__(self, purpose: str) -> None:
        """The same purpose gives the same indexes as `blind`."""
        self._key = keyring().blind_key
        self._head = purpose.encode() + b"\x00"

    def index(self, value: str) -> bytes:
        """The 16 bytes that the value is found by."""
        return hmac.digest(self._key, self._head + value.encode(), "sha256")[:BLIND_BYTES]
