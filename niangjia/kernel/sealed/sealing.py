"""Seal a value, open it again, and make the index it is found by.

A sealed field is: key number (2 bytes) ‖ nonce (12) ‖ ciphertext ‖ tag (16), bound to its own table, column and row by the
additional data, so that a ciphertext copied to another row does not open.
"""

import os
from collections.abc import Callable, Iterator
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC

from niangjia.kernel.sealed.ciphers import NONCE_BYTES, Cipher
from niangjia.kernel.sealed.keys import SM3, keyring

KEY_NUMBER_BYTES = 2
BLIND_BYTES = 16
# What the two hashes of an HMAC begin with (RFC 2104): the key, each byte of it changed in the one way and in the other.
SHA256_BLOCK = 64
INNER, OUTER = (bytes(byte ^ mark for byte in range(256)) for mark in (0x36, 0x5C))


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
    nonce = whole[KEY_NUMBER_BYTES : KEY_NUMBER_BYTES + NONCE_BYTES]
    try:
        cipher = cipher_of(key_number(whole))
        return cipher.decrypt(nonce, whole[KEY_NUMBER_BYTES + NONCE_BYTES :], aad.encode()).decode()
    except (KeyError, ValueError, InvalidTag) as error:
        message = f"{aad} does not open"
        raise Tampered(message) from error


def key_number(sealed: bytes) -> int:
    """Which key a field is sealed under."""
    return int.from_bytes(sealed[:KEY_NUMBER_BYTES])


def cipher_of(number: int) -> Cipher:
    """The cipher of a key; a key drawn a moment ago is looked up, `KeyError` where there is none of that number."""
    return keyring().ciphers.get(number) or keyring.looked_up().ciphers[number]


def blind(purpose: str, value: str) -> bytes:
    """The keyed index a sealed value is found by; the same value under another purpose gives another index."""
    return BulkBlind(purpose).index(value)


class BulkSealer:
    """Seals one column of many rows: as `seal`, with key and nonces drawn in blocks."""

    def __init__(self, column: str, *, block: int = 4_096) -> None:
        """`column` is `table.column`; the row's key completes the additional data."""
        self._aad = column.encode() + b"."
        self._block = block
        self._nonces: Iterator[bytes] = iter(())

    def seal(self, value: str, pk: int) -> bytes:
        """The sealed field of row `pk`."""
        nonce = next(self._nonces, None)
        if nonce is None:
            nonce = self._begin_block()
        return self._head + nonce + self._encrypt(nonce, value.encode(), self._aad + b"%d" % pk)

    def _begin_block(self) -> bytes:
        """Fresh nonces, under the key that is active now; the first of them."""
        keys = keyring()
        self._head = keys.active.to_bytes(KEY_NUMBER_BYTES)
        self._encrypt = keys.sealing.encrypt
        drawn = os.urandom(NONCE_BYTES * self._block)
        self._nonces = iter([drawn[at : at + NONCE_BYTES] for at in range(0, len(drawn), NONCE_BYTES)])
        return next(self._nonces)


class BulkBlind:
    """Blind indexes of one purpose for many values: as `blind`, with the keyed state prepared once."""

    def __init__(self, purpose: str) -> None:
        """The same purpose gives the same indexes as `blind`."""
        keys = keyring()
        self._head = purpose.encode() + b"\x00"
        self.index: Callable[[str], bytes] = self._sm3 if keys.blind_hash == SM3 else self._sha256
        if keys.blind_hash == SM3:
            self._begun = HMAC(keys.blind_key, hashes.SM3())
            self._begun.update(self._head)
        else:
            # HMAC as RFC 2104 has it: what begins both of its hashes is the same for all values.
            key = keys.blind_key if len(keys.blind_key) <= SHA256_BLOCK else sha256(keys.blind_key).digest()
            padded = key.ljust(SHA256_BLOCK, b"\x00")
            self._inner = sha256(padded.translate(INNER) + self._head)
            self._outer = sha256(padded.translate(OUTER))

    def _sha256(self, value: str) -> bytes:
        """The 16 bytes that the value is found by."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(value.encode())
        outer.update(inner.digest())
        return outer.digest()[:BLIND_BYTES]

    def _sm3(self, value: str) -> bytes:
        """As `_sha256`, by the national hash."""
        one = self._begun.copy()
        one.update(value.encode())
        return one.finalize()[:BLIND_BYTES]
