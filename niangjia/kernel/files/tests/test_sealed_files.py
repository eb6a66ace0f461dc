"""Files rest sealed; in clear they lie only where and while somebody reads them."""

import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from niangjia.kernel.files import sealed_files
from niangjia.kernel.files.sealed_files import (
    KeptFile,
    TooBig,
    file_digest,
    forget_file,
    keep_file,
    opened_file,
    sweep_leftovers,
)
from niangjia.kernel.sealed import Tampered

SECRET = b"349900198503120012"
BODY = SECRET * 5_000


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.NIANGJIA_DATA = tmp_path
    monkeypatch.setattr(sealed_files, "PIECE_BYTES", 16_384)
    monkeypatch.setattr(sealed_files, "SEALED_BYTES", 16_384 + sealed_files.NONCE_BYTES + sealed_files.TAG_BYTES)
    return tmp_path


def kept() -> tuple[KeptFile, Path]:
    upload = keep_file([BODY], max_bytes=10**9)
    return upload, sealed_files._folder("uploads") / upload.stored_as


def read(upload: KeptFile) -> bytes:
    with opened_file(upload.stored_as) as path:
        return path.read_bytes()


def on_disk(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_an_upload_rests_sealed_and_opens_as_it_came(home: Path) -> None:
    upload, path = kept()
    assert (upload.size_bytes, upload.sha256) == (len(BODY), sha256(BODY).digest())
    assert SECRET not in on_disk(home)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert read(upload) == BODY


@given(pieces=st.lists(st.binary(max_size=40), max_size=8), piece_bytes=st.integers(1, 50))
@tries(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_it_comes_in_it_is_the_same_file(pieces: list[bytes], piece_bytes: int) -> None:
    sealed_files.PIECE_BYTES, sealed_files.SEALED_BYTES = piece_bytes, piece_bytes + 28
    upload = keep_file(pieces, max_bytes=10**9)
    assert read(upload) == b"".join(pieces)
    assert upload.sha256 == sha256(b"".join(pieces)).digest()


def test_an_opened_file_leaves_nothing_behind_even_after_a_failure(home: Path) -> None:
    upload, _ = kept()

    def fail() -> None:
        with opened_file(upload.stored_as) as path:
            assert path.parent.stat().st_mode & 0o777 == 0o700
            assert SECRET in on_disk(home)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert list((home / "reading").iterdir()) == []
    assert SECRET not in on_disk(home)


def test_a_file_that_grows_too_large_or_breaks_off_leaves_nothing(home: Path) -> None:
    with pytest.raises(TooBig):
        keep_file([BODY], max_bytes=len(BODY) - 1)

    def broken() -> Iterator[bytes]:
        yield BODY[:20_000]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        keep_file(broken(), max_bytes=10**9)
    assert list((home / "uploads").iterdir()) == []
    assert keep_file([BODY], max_bytes=len(BODY)).size_bytes == len(BODY)


SEALED = 16_384 + 28


@pytest.mark.parametrize(
    "change",
    [
        lambda whole: whole[:500] + bytes([whole[500] ^ 1]) + whole[501:],
        lambda whole: whole[: 2 + SEALED],
        lambda whole: whole[: 2 + 3 * SEALED],
        lambda whole: whole[:-1],
        lambda whole: whole[:2],
        lambda whole: whole[:0],
        lambda whole: b"\x00\x09" + whole[2:],
        lambda whole: whole[:2] + whole[2 + SEALED : 2 + 2 * SEALED] + whole[2 : 2 + SEALED] + whole[2 + 2 * SEALED :],
        lambda whole: whole + whole[-28:],
    ],
    ids="bit cut_at_first cut_at_third cut_last_byte only_head empty other_key swapped doubled_end".split(),
)
def test_an_upload_that_was_changed_does_not_open(change: Any, home: Path) -> None:
    upload, path = kept()
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(Tampered):
        read(upload)
    assert list((home / "reading").iterdir()) == []


def test_an_upload_under_another_name_does_not_open() -> None:
    (one, path), (_, other) = kept(), kept()
    path.write_bytes(other.read_bytes())
    with pytest.raises(Tampered):
        read(one)


def test_a_forgotten_upload_is_gone() -> None:
    upload, path = kept()
    forget_file(upload.stored_as)
    forget_file(upload.stored_as)
    assert not path.exists()


def test_the_digest_of_a_file_in_place_is_that_of_the_upload(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_bytes(BODY)
    assert file_digest(tmp_path / "roster.csv") == kept()[0].sha256


DYING = """
import os, sys
from django.conf import settings
settings.configure(NIANGJIA_DATA=sys.argv[1], NIANGJIA_KEYS=sys.argv[1] + "/keys")
from niangjia.kernel.files.sealed_files import keep_file, opened_file
upload = keep_file([b"349900198503120012" * 5000], max_bytes=10**9)
def pieces():
    yield b"x" * 3_000_000
    with opened_file(upload.stored_as):
        os._exit(9)
keep_file(pieces(), max_bytes=10**9)
"""


def test_what_a_killed_process_left_is_swept_and_what_lives_is_not(home: Path) -> None:
    upload, _ = kept()
    dead = subprocess.run([sys.executable, "-c", DYING, str(home)], check=False, capture_output=True)
    assert dead.returncode == 9, dead.stderr
    assert SECRET in on_disk(home)
    with opened_file(upload.stored_as) as path:
        assert sweep_leftovers() == 2
        assert path.read_bytes() == BODY
    assert SECRET not in on_disk(home)
    assert not list((home / "uploads").glob("*.part"))
    assert sweep_leftovers() == 0
    assert read(upload) == BODY


def test_an_upload_on_its_way_is_not_swept() -> None:
    def pieces() -> Iterator[bytes]:
        yield BODY[:40_000]
        assert sweep_leftovers() == 0
        yield BODY[40_000:]

    assert read(keep_file(pieces(), max_bytes=10**9)) == BODY
