"""Files that people bring rest sealed outside the database; they are opened only for as long as somebody reads them."""

import fcntl
import hashlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from django.conf import settings

from niangjia.kernel.sealed import Tampered, cipher_of, keyring

PIECE_BYTES = 1024 * 1024
NONCE_BYTES = 12
TAG_BYTES = 16
HEAD_BYTES = 2
SEALED_BYTES = NONCE_BYTES + PIECE_BYTES + TAG_BYTES
DRAFT = ".part"


@dataclass(frozen=True)
class KeptFile:
    """A file kept sealed (密封存放的文件): the name it rests under, its size and hash in clear."""

    stored_as: str
    size_bytes: int
    sha256: bytes


class TooBig(Exception):
    """The file is larger than may be kept."""


def keep_file(pieces: Iterable[bytes], *, max_bytes: int) -> KeptFile:
    """Seal a file piece by piece as it comes in; nothing of it touches the disk in clear.

    `TooBig` where it grows too large; whatever goes wrong, no part of it stays.
    """
    name = secrets.token_hex(16)
    digest, size = hashlib.sha256(), 0

    def counted() -> Iterator[bytes]:
        nonlocal size
        for piece in pieces:
            size += len(piece)
            if size > max_bytes:
                raise TooBig
            digest.update(piece)
            yield piece

    with _draft(name) as file:
        _seal_into(file, name, counted())
    return KeptFile(name, size, digest.digest())


@contextmanager
def opened_file(stored_as: str) -> Iterator[Path]:
    """The file in clear, in a private folder, until the block ends; `Tampered` where it is not as it was sealed."""
    with held_folder() as private:
        path = private / "upload"
        with path.open("xb") as file:
            file.writelines(pieces_of(stored_as))
        yield path


def sweep_leftovers() -> int:
    """Remove what killed processes left: files opened in clear, uploads that never ended; answers how many went.

    Call it when a worker starts; what a living process holds is left alone.
    """
    swept = 0
    for path in (*_folder("reading").iterdir(), *_folder("uploads").glob(f"*{DRAFT}")):
        with _lock(_folder("reading"), fcntl.LOCK_EX), _lock(path, fcntl.LOCK_EX | fcntl.LOCK_NB) as is_ours:
            if is_ours:
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
                swept += 1
    return swept


def kept_files() -> Iterator[tuple[str, int]]:
    """Every file that rests sealed, with the number of the key it is under."""
    for path in sorted(_folder("uploads").iterdir()):
        if path.suffix != DRAFT:
            with suppress(FileNotFoundError), path.open("rb") as file:
                yield path.name, int.from_bytes(file.read(HEAD_BYTES))


def rewrap_file(stored_as: str) -> None:
    """Seal a file again under the key that is active now; whoever reads it meanwhile reads the old one to its end."""
    if (_folder("uploads") / stored_as).exists():
        with _draft(stored_as) as file:
            _seal_into(file, stored_as, pieces_of(stored_as))


def forget_file(stored_as: str) -> None:
    """The file is needed no more."""
    (_folder("uploads") / stored_as).unlink(missing_ok=True)


def file_digest(path: Path) -> bytes:
    """The SHA-256 of a file read in place."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


@contextmanager
def _draft(name: str) -> Iterator[BinaryIO]:
    """A file that gets its name once it is whole and on the disk."""
    final = _folder("uploads") / name
    draft = final.with_suffix(DRAFT)
    with _lock(_folder("reading"), fcntl.LOCK_SH):
        file = open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")  # noqa: PTH123, SIM115 - a descriptor
        fcntl.flock(file, fcntl.LOCK_SH)
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
            draft.rename(final)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def held_folder() -> Iterator[Path]:
    """A private folder for what has to lie in clear while it is written or read; no sweep takes it, and it goes with the block."""
    with ExitStack() as stack:
        with _lock(_folder("reading"), fcntl.LOCK_SH):
            private = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=_folder("reading"))))
            stack.enter_context(_lock(private, fcntl.LOCK_SH))
        yield private


@contextmanager
def _lock(path: Path, how: int) -> Iterator[bool]:
    """Hold a lock on a file or folder; False where another process holds it, or it is gone."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        yield False
        return
    try:
        fcntl.flock(handle, how)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(handle)


def pieces_of(stored_as: str) -> Iterator[bytes]:
    """The file in clear, piece by piece and never on the disk; `Tampered` where it is not as it was sealed."""
    with (_folder("uploads") / stored_as).open("rb") as file:
        try:
            cipher = cipher_of(int.from_bytes(file.read(HEAD_BYTES)))
            sealed, number = file.read(SEALED_BYTES), 0
            while sealed:
                following = file.read(SEALED_BYTES)
                aad = _aad(stored_as, number, is_last=not following)
                yield cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], aad)
                sealed, number = following, number + 1
        except (KeyError, ValueError, InvalidTag) as error:
            raise Tampered(stored_as) from error
    if not number:
        raise Tampered(stored_as)


def _seal_into(file: BinaryIO, name: str, pieces: Iterable[bytes]) -> None:
    """All pieces under one key, also where another is drawn meanwhile."""
    keys = keyring()
    file.write(keys.active.to_bytes(HEAD_BYTES))
    for number, (piece, is_last) in enumerate(_even(pieces)):
        nonce = os.urandom(NONCE_BYTES)
        file.write(nonce + keys.sealing.encrypt(nonce, piece, _aad(name, number, is_last=is_last)))


def _even(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The same bytes in pieces of one size, so that they can be opened one by one; the last one says that it is."""
    waiting = b""
    for piece in pieces:
        waiting += piece
        while len(waiting) > PIECE_BYTES:
            yield waiting[:PIECE_BYTES], False
            waiting = waiting[PIECE_BYTES:]
    yield waiting, True


def _aad(name: str, number: int, *, is_last: bool) -> bytes:
    return f"upload.{name}.{number}{'.last' if is_last else ''}".encode()


def _folder(name: str) -> Path:
    folder = Path(settings.NIANGJIA_DATA) / name
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
