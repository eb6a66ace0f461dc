"""Keys live in a folder outside the database; whoever holds only the database holds ciphertext."""

import json
import os
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEY_BYTES = 32
FILE_NAME = "keyring.json"


class KeysMissing(Exception):
    """The database holds sealed fields, but the folder of keys is empty or unreadable."""


@dataclass(frozen=True)
class Keyring:
    """The keys of one instance: data keys by number, one key each for blind indexes and for the journal."""

    active: int
    ciphers: dict[int, AESGCM]
    blind_key: bytes
    journal_key: bytes

    @property
    def sealing(self) -> AESGCM:
        """The cipher that new values are sealed with."""
        return self.ciphers[self.active]


def create_keyring(folder: Path) -> Path:
    """Draw new keys and write them where only the program's own user can read; never over existing ones."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / FILE_NAME
    body = {
        "active": 1,
        "data": {"1": {"cipher": "AES-256-GCM", "key": _text(secrets.token_bytes(KEY_BYTES))}},
        "blind": _text(secrets.token_bytes(KEY_BYTES)),
        "journal": _text(secrets.token_bytes(KEY_BYTES)),
    }
    draft = folder / f".{FILE_NAME}.{secrets.token_hex(8)}"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump(body, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # fails where a keyring is there already: two first starts share one
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path


def read_keyring(path: Path) -> Keyring:
    """The keyring in a file; `KeysMissing` where it cannot be read."""
    try:
        body = json.loads(path.read_text(encoding="ascii"))
        return Keyring(
            active=body["active"],
            ciphers={int(number): AESGCM(b64decode(key["key"])) for number, key in body["data"].items()},
            blind_key=b64decode(body["blind"]),
            journal_key=b64decode(body["journal"]),
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        message = f"no readable keyring in {path.parent}: restore it from the backup of the keys"
        raise KeysMissing(message) from error


def has_keyring() -> bool:
    """Whether keys were drawn, or restored, in the folder of keys."""
    return (Path(settings.NIANGJIA_KEYS) / FILE_NAME).exists()


@cache
def keyring() -> Keyring:
    """This process's keyring, drawn at the very first start."""
    path = Path(settings.NIANGJIA_KEYS) / FILE_NAME
    if not path.exists():
        create_keyring(path.parent)
    return read_keyring(path)


def _text(key: bytes) -> str:
    return b64encode(key).decode("ascii")
