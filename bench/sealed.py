"""Sealed fields: sealing, opening and indexing one value after the other, against the bare engine."""

import os
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

import bench.ready  # noqa: F401 - before the models below
from bench.figures import Figure, median, seconds, show
from niangjia.kernel.sealed import BulkBlind, BulkSealer, keyring, unseal
from niangjia.kernel.sealed.ciphers import CIPHERS
from niangjia.kernel.sealed.keys import BLIND_HASHES, create_keyring

COLUMN = "members_person.id_sealed"
VALUE = "349921198503120017"
BLOCK = 4_096
GOALS = {"AES-256-GCM": "engine 0.9 M/s", "SM4-GCM": "engine 0.09 M/s"}


def measure(*, rows: int, repeat: int) -> list[Figure]:
    """Values a second, and how much of the engine's own speed is left."""
    figures = []
    for cipher in CIPHERS:
        with TemporaryDirectory() as folder:
            _keys(Path(folder), cipher, BLIND_HASHES[0])
            engine = rows / median(seconds(partial(_engine, cipher, rows)) for _ in range(repeat))
            sealing = rows / median(seconds(partial(_seal, rows)) for _ in range(repeat))
            opening = rows / median(seconds(partial(_open, rows)) for _ in range(repeat))
        figures += [
            Figure(f"sealed.seal.{cipher} values/s", sealing, engine, sealing / engine, GOALS[cipher]),
            Figure(f"sealed.open.{cipher} values/s", opening, engine, opening / engine),
        ]
    for name in BLIND_HASHES:
        with TemporaryDirectory() as folder:
            _keys(Path(folder), next(iter(CIPHERS)), name)
            figures.append(
                Figure(
                    f"sealed.index.{name} values/s",
                    rows / median(seconds(partial(_index, rows)) for _ in range(repeat)),
                )
            )
    return figures


def _keys(folder: Path, cipher: str, blind_hash: str) -> None:
    settings.NIANGJIA_KEYS = folder / "keys"
    create_keyring(folder / "keys", cipher=cipher, blind_hash=blind_hash)
    keyring.cache_clear()


def _engine(cipher: str, rows: int) -> None:
    """The library alone, with nonces drawn beforehand in blocks."""
    encrypt = CIPHERS[cipher].with_key(bytes(CIPHERS[cipher].key_bytes)).encrypt
    value, aad, nonces = VALUE.encode(), b"members_person.id_sealed.7", os.urandom(12 * BLOCK)
    for number in range(rows):
        at = number % BLOCK * 12
        encrypt(nonces[at : at + 12], value, aad)


def _seal(rows: int) -> None:
    seal = BulkSealer(COLUMN).seal
    for pk in range(rows):
        seal(VALUE, pk)


def _open(rows: int) -> None:
    sealed = BulkSealer(COLUMN).seal(VALUE, 7)
    for _ in range(rows):
        unseal(sealed, aad=f"{COLUMN}.7")


def _index(rows: int) -> None:
    index = BulkBlind("phone").index
    for _ in range(rows):
        index(VALUE)


if __name__ == "__main__":
    scale, repetitions, shape = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    show(measure(rows=scale, repeat=repetitions), as_json=shape == "json")
