"""Sealed fields (密封字段): encrypted where they rest, found again by a keyed blind index."""

from niangjia.kernel.sealed.keys import Keyring, KeysMissing, has_keyring, keyring
from niangjia.kernel.sealed.sealing import BulkBlind, BulkSealer, Tampered, blind, cipher_of, key_number, seal, unseal

__all__ = [
    "BulkBlind",
    "BulkSealer",
    "Keyring",
    "KeysMissing",
    "Tampered",
    "blind",
    "cipher_of",
    "has_keyring",
    "key_number",
    "keyring",
    "seal",
    "unseal",
]
