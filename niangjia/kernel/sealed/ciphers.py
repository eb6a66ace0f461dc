"""Ciphers that seal and open one value: AES-256-GCM, and SM4-GCM of the national standard (RFC 8998)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher as Engine
from cryptography.hazmat.primitives.ciphers import algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
TAG_BYTES = 16


class Cipher(Protocol):
    """What a key does: seal a value for one place, and open it there again."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes:
        """Ciphertext and tag."""

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes:
        """The value; `InvalidTag` where it was not sealed so."""


class SM4GCM:
    """SM4 in Galois/Counter mode, with nonce and tag of the same sizes as AES-GCM."""

    def __init__(self, key: bytes) -> None:
        """Sixteen bytes of key."""
        self._algorithm = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes:
        """Ciphertext and tag."""
        engine = Engine(self._algorithm, modes.GCM(_whole(nonce))).encryptor()
        engine.authenticate_additional_data(associated_data or b"")
        body = engine.update(data) + engine.finalize()
        return body + engine.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes:
        """The value; `InvalidTag` where it was not sealed so. Nothing is handed out before the tag was checked."""
        if len(data) < TAG_BYTES:
            raise InvalidTag
        engine = Engine(self._algorithm, modes.GCM(_whole(nonce), data[-TAG_BYTES:])).decryptor()
        engine.authenticate_additional_data(associated_data or b"")
        return engine.update(data[:-TAG_BYTES]) + engine.finalize()


@dataclass(frozen=True)
class CipherKind:
    """A cipher a key may be drawn for: how long its keys are, and how it is made from one."""

    key_bytes: int
    make: Callable[[bytes], Cipher]

    def with_key(self, key: bytes) -> Cipher:
        """The cipher under one key; `ValueError` where the key has another length."""
        if len(key) != self.key_bytes:
            message = f"a key of {self.key_bytes} bytes is needed"
            raise ValueError(message)
        return self.make(key)


AES_256_GCM = "AES-256-GCM"
SM4_GCM = "SM4-GCM"
CIPHERS: Mapping[str, CipherKind] = MappingProxyType(
    {AES_256_GCM: CipherKind(32, AESGCM), SM4_GCM: CipherKind(16, SM4GCM)}
)


def _whole(nonce: bytes) -> bytes:
    if len(nonce) != NONCE_BYTES:
        message = f"a nonce has {NONCE_BYTES} bytes"
        raise ValueError(message)
    return nonce
