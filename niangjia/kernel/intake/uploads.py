"""Uploaded files rest sealed outside the database; they are opened only for as long as somebody reads them."""

import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from django.conf import settings

from niangjia.kernel.sealed import Tampered, keyring

PIECE_BYTES = 1024 * 1024
NONCE_BYTES = 12
TAG_BYTES = 16
HEAD_BYTES = 2


@dataclass(frozen=True)
class Upload:
    """A file kept sealed (上传的文件): the name it rests under, its size and hash in clear."""

    stored_as: str
    size_bytes: int
    sha256: bytes


class TooBig(Exception):
    """The upload is larger than this instance takes."""


def keep_upload(pieces: Iterable[bytes]) -> Upload:
    """Seal a file piece by piece as it comes in; nothing of it touches the disk in clear."""
    name = secrets.token_hex(16)
    digest, size = hashlib.sha256(), 0
    folder = _folder("uploads")
    with (folder / name).open("xb") as file:
        file.write(keyring().active.to_bytes(HEAD_BYTES))
        for number, piece in enumerate(_even(pieces)):
            size += len(piece)
            if size > settings.UPLOAD_MAX_BYTES:
                (folder / name).unlink()
                raise TooBig
            digest.update(piece)
            nonce = os.urandom(NONCE_BYTES)
            file.write(nonce + keyring().sealing.encrypt(nonce, piece, _aad(name, number)))
        file.flush()
        os.fsync(file.fileno())
    return Upload(name, size, digest.digest())


@contextmanager
def opened_upload(stored_as: str) -> Iterator[Path]:
    """The file in clear, in a private folder, until the block ends."""
    with tempfile.TemporaryDirectory(dir=_folder("reading")) as private:
        path = Path(private) / "upload"
        with path.open("xb") as file:
            file.writelines(_pieces(stored_as))
        yield path


def forget_upload(stored_as: str) -> None:
    """The file is needed no more."""
    (_folder("uploads") / stored_as).unlink(missing_ok=True)


def file_digest(path: Path) -> bytes:
    """The SHA-256 of a file read in place."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _pieces(stored_as: str) -> Iterator[bytes]:
    with (_folder("uploads") / stored_as).open("rb") as file:
        cipher = keyring().ciphers[int.from_bytes(file.read(HEAD_BYTES))]
        number = 0
        while sealed := file.read(NONCE_BYTES + PIECE_BYTES + TAG_BYTES):
            try:
                yield cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _aad(stored_as, number))
            except InvalidTag as error:
                raise Tampered(stored_as) from error
            number += 1


def _even(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of one size, so that they can be opened one by one."""
    waiting = b""
    for piece in pieces:
        waiting += piece
        while len(waiting) >= PIECE_BYTES:
            yield waiting[:PIECE_BYTES]
            waiting = waiting[PIECE_BYTES:]
    if waiting:
        yield waiting


def _aad(name: str, number: int) -> bytes:
    return f"upload.{name}.{number}".encode()


def _folder(name: str) -> Path:
    folder = Path(settings.NIANGJIA_DATA) / name
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
