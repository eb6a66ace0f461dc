"""Seal a value, open it again, and make the index it is found by.

A sealed field is: key number (2 bytes) ‖ nonce (12) ‖ ciphertext ‖ tag (16), bound to its own table, column and row by the
additional data, so that a ciphertext copied to another row does not open.
"""

import hmac
import os
from hashlib import sha256

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
    except (KeyError, InvalidTag) as error:
        message = f"{aad} does not open"
        raise Tampered(message) from error


def blind(purpose: str, value: str) -> bytes:
    """The keyed index a sealed value is found by; the same value under another purpose gives another index."""
    return hmac.digest(keyring().blind_key, f"{purpose}\x00{value}".encode(), sha256)[:BLIND_BYTES]
