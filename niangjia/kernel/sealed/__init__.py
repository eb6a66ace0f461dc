"""Sealed fields (密封字段): encrypted where they rest, found again by a keyed blind index."""

from niangjia.kernel.sealed.keys import Keyring, KeysMissing, has_keyring, keyring
from niangjia.kernel.sealed.sealing import BulkBlind, BulkSealer, Tampered, blind, seal, unseal

__all__ = [
    "BulkBlind",
    "BulkSealer",
    "Keyring",
    "KeysMissing",
    "Tampered",
    "blind",
    "has_keyring",
    "keyring",
    "seal",
    "unseal",
]
