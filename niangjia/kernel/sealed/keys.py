"""Keys live in a folder outside the database; whoever holds only the database holds ciphertext.

A running process looks once a second whether the keys have changed, so that a key drawn by an operator is taken up without a
restart. A value under a key it does not know yet makes it look at once.
"""

import fcntl
import json
import logging
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

from django.conf import settings

from niangjia.kernel.sealed.ciphers import AES_256_GCM, CIPHERS, Cipher

KEY_BYTES = 32
FILE_NAME = "keyring.json"
LOOK_S = 1.0
SHA_256 = "SHA-256"
SM3 = "SM3"
BLIND_HASHES = (SHA_256, SM3)
logger = logging.getLogger(__name__)


class KeysMissing(Exception):
    """The database holds sealed fields, but the folder of keys is empty or unreadable."""


class KeyInUse(Exception):
    """The active key is what new values are sealed with: another has to be drawn first."""


@dataclass(frozen=True)
class Keyring:
    """The keys of one instance: data keys by number, one key each for blind indexes and for the journal."""

    active: int
    ciphers: dict[int, Cipher]
    blind_key: bytes
    journal_key: bytes
    blind_hash: str = SHA_256
    # Which cipher a key is for, and when a key gave way to the next.
    kinds: dict[int, str] = field(default_factory=dict)
    stopped: dict[int, datetime] = field(default_factory=dict)

    @property
    def sealing(self) -> Cipher:
        """The cipher that new values are sealed with."""
        return self.ciphers[self.active]


def create_keyring(folder: Path, *, cipher: str = AES_256_GCM, blind_hash: str = SHA_256) -> Path:
    """Draw new keys and write them where only the program's own user can read; never over existing ones."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / FILE_NAME
    body = {
        "active": 1,
        "data": {"1": _drawn(cipher)},
        "blind": _text(secrets.token_bytes(KEY_BYTES)),
        "blind_hash": blind_hash,
        "journal": _text(secrets.token_bytes(KEY_BYTES)),
    }
    draft = _draft(path, body)
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
        keys = {int(number): key for number, key in body["data"].items()}
        return Keyring(
            active=body["active"],
            ciphers={number: CIPHERS[key["cipher"]].with_key(b64decode(key["key"])) for number, key in keys.items()},
            blind_key=b64decode(body["blind"]),
            journal_key=b64decode(body["journal"]),
            blind_hash=body.get("blind_hash", SHA_256),
            kinds={number: key["cipher"] for number, key in keys.items()},
            stopped={
                number: datetime.fromisoformat(key["stopped"]) for number, key in keys.items() if "stopped" in key
            },
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        message = f"no readable keyring in {path.parent}: restore it from the backup of the keys"
        raise KeysMissing(message) from error


def has_keyring() -> bool:
    """Whether keys were drawn, or restored, in the folder of keys."""
    return keyring_file().exists()


def keyring_file() -> Path:
    """Where the keys of this instance lie."""
    return Path(settings.NIANGJIA_KEYS) / FILE_NAME


def draw_key(cipher: str, *, at: datetime) -> int:
    """Draw a data key that seals from now on, whole and on the disk or not at all; older keys still open. Its number."""
    with _changed_file() as body:
        number = max(*map(int, body["data"]), *body.get("retired", (0,))) + 1
        body["data"][str(body["active"])]["stopped"] = at.isoformat()
        body["data"][str(number)] = _drawn(cipher) | {"drawn": at.isoformat()}
        body["active"] = number
    return number


def drop_key(number: int) -> None:
    """Forget a data key for good: nothing under it opens any more. Its number is never given again."""
    with _changed_file() as body:
        if number == body["active"]:
            raise KeyInUse
        del body["data"][str(number)]
        body["retired"] = sorted({*body.get("retired", ()), number})


class CurrentKeyring:
    """This process's keyring: drawn at the very first start, read again when its file has changed."""

    def __init__(self) -> None:
        """Nothing is read before the first use."""
        self._keyring: Keyring | None = None
        self._seen: tuple[object, ...] = ()
        self._look_at = 0.0
        self._lock = Lock()

    def __call__(self) -> Keyring:
        """The keys as they are now; at most a second old."""
        known = self._keyring
        if known is not None and monotonic() < self._look_at:
            return known
        return self.looked_up()

    def looked_up(self) -> Keyring:
        """The keys as their file has them at this moment; where the file is away, those that were known last."""
        with self._lock:
            path = keyring_file()
            seen = _identity(path)
            if self._keyring is None or (seen and seen != self._seen):
                if not seen:
                    create_keyring(path.parent)
                    seen = _identity(path)
                self._keyring, self._seen = self._read(path), seen
            self._look_at = monotonic() + LOOK_S
            return self._keyring

    def _read(self, path: Path) -> Keyring:
        try:
            return read_keyring(path)
        except KeysMissing as missing:
            if self._keyring is None:
                raise
            logger.warning("%s; this process goes on with the keys it has", missing)
            return self._keyring

    def cache_clear(self) -> None:
        """Forget the keys, as a process that starts anew."""
        with self._lock:
            self._keyring, self._seen = None, ()


keyring = CurrentKeyring()


def _identity(path: Path) -> tuple[object, ...]:
    """What is another when the file was replaced; empty where there is none."""
    try:
        now = path.stat()
    except OSError:
        return ()
    return str(path), now.st_ino, now.st_mtime_ns, now.st_size


@contextmanager
def _changed_file() -> Iterator[dict[str, Any]]:
    """The keys' file, to be changed by one process at a time; replaced at once, so that nobody reads half of it."""
    path = keyring_file()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        read_keyring(path)
        body = json.loads(path.read_text(encoding="ascii"))
        yield body
        draft, owner = _draft(path, body), path.stat()
        os.chown(draft, owner.st_uid, owner.st_gid)
        draft.replace(path)
        os.fsync(folder)
    finally:
        os.close(folder)
    keyring.looked_up()


def _draft(path: Path, body: dict[str, Any]) -> Path:
    """The keys in a file of their own, on the disk, which this user alone can read."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump(body, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return draft


def _drawn(cipher: str) -> dict[str, str]:
    """A new key; one value is sealed with it at once, so that a cipher this machine lacks is told before it is used."""
    kind = CIPHERS[cipher]
    key = secrets.token_bytes(kind.key_bytes)
    kind.with_key(key).encrypt(secrets.token_bytes(12), b"", b"")
    return {"cipher": cipher, "key": _text(key)}


def _text(key: bytes) -> str:
    return b64encode(key).decode("ascii")
