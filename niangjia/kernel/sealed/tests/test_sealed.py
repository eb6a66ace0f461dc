"""Sealed fields open in their own place only; they are found again by a keyed index, and by nothing else."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.kernel.sealed import (
    BulkBlind,
    BulkSealer,
    KeysMissing,
    Tampered,
    blind,
    has_keyring,
    keyring,
    seal,
    unseal,
)
from niangjia.kernel.sealed.keys import create_keyring, read_keyring

HERE = "members_person.id_sealed.7"
texts = st.text(st.characters(codec="utf-8"), max_size=60)


@pytest.fixture
def no_keys_yet(tmp_path: Path, settings: Any) -> Iterator[Path]:
    settings.NIANGJIA_KEYS = tmp_path / "keys"
    keyring.cache_clear()
    yield tmp_path / "keys"
    keyring.cache_clear()


@given(value=texts, aad=texts)
def test_a_sealed_value_opens_in_its_own_place_and_in_no_other(value: str, aad: str) -> None:
    sealed = seal(value, aad=aad)
    assert unseal(sealed, aad=aad) == unseal(memoryview(sealed), aad=aad) == value
    with pytest.raises(Tampered):
        unseal(sealed, aad=aad + "8")


@given(value=texts, at=st.integers(0, 10_000), flip=st.integers(1, 255))
def test_a_changed_byte_is_seen(value: str, at: int, flip: int) -> None:
    sealed = bytearray(seal(value, aad=HERE))
    sealed[at % len(sealed)] ^= flip
    with pytest.raises(Tampered):
        unseal(bytes(sealed), aad=HERE)


@given(cut=st.integers(0, 29))
def test_a_field_cut_short_is_seen(cut: int) -> None:
    with pytest.raises(Tampered):
        unseal(seal("", aad=HERE)[:cut], aad=HERE)


def test_the_same_value_is_sealed_differently_each_time() -> None:
    assert len({seal("王小一", aad=HERE) for _ in range(100)}) == 100


def test_the_cipher_does_not_show_the_value() -> None:
    assert "王小一".encode() not in seal("王小一", aad=HERE)


@given(values=st.lists(texts, max_size=12), block=st.integers(1, 5))
def test_many_are_sealed_and_indexed_like_one(values: list[str], block: int) -> None:
    sealer, index = BulkSealer("members_person.id_sealed", block=block), BulkBlind("phone").index
    sealed = [sealer.seal(value, pk) for pk, value in enumerate(values)]
    assert [unseal(each, aad=f"members_person.id_sealed.{pk}") for pk, each in enumerate(sealed)] == values
    assert len({each[2:14] for each in sealed}) == len(sealed)
    assert [index(value) for value in values] == [blind("phone", value) for value in values]


@given(value=texts, other=texts)
def test_the_index_of_a_value_depends_on_value_and_purpose_alone(value: str, other: str) -> None:
    assert blind("phone", value) == blind("phone", value)
    assert len(blind("phone", value)) == 16
    assert blind("phone", value) != blind("real-name", value)
    assert (blind("phone", value) == blind("phone", other)) == (value == other)


def numbers_of_a_county_and_year() -> Iterator[str]:
    """Every number that somebody of one county born in one January can have."""
    weights, checks = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"
    for day in range(1, 32):
        for sequence in range(1_000):
            head = f"349921198501{day:02d}{sequence:03d}"
            yield head + checks[sum(int(digit) * weight for digit, weight in zip(head, weights, strict=True)) % 11]


def test_a_plain_hash_of_a_number_is_found_by_trying_and_a_keyed_one_is_not() -> None:
    *_, wanted = (number for number in numbers_of_a_county_and_year() if number[10:14] == "0127")
    stolen_plain = hashlib.sha256(wanted.encode()).digest()[:16]
    stolen_keyed = blind("real-name", wanted)
    tried = {hashlib.sha256(number.encode()).digest()[:16]: number for number in numbers_of_a_county_and_year()}
    assert tried[stolen_plain] == wanted
    assert stolen_keyed not in tried


def test_keys_are_drawn_once_and_only_their_owner_reads_them(no_keys_yet: Path) -> None:
    assert not has_keyring()
    first = keyring()
    assert has_keyring()
    assert no_keys_yet.stat().st_mode & 0o777 == 0o700
    assert (no_keys_yet / "keyring.json").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in no_keys_yet.iterdir()] == ["keyring.json"]
    create_keyring(no_keys_yet)
    assert read_keyring(no_keys_yet / "keyring.json").blind_key == first.blind_key


def test_keys_drawn_anew_open_nothing(no_keys_yet: Path) -> None:
    sealed, index = seal("王小一", aad=HERE), blind("phone", "1")
    (no_keys_yet / "keyring.json").unlink()
    keyring.cache_clear()
    assert blind("phone", "1") != index
    with pytest.raises(Tampered):
        unseal(sealed, aad=HERE)


DRAW = """
import sys
from pathlib import Path
from niangjia.kernel.sealed.keys import create_keyring, read_keyring
sys.stdin.readline()
print(read_keyring(create_keyring(Path(sys.argv[1]))).blind_key.hex())
"""


def test_two_first_starts_at_once_share_one_keyring(tmp_path: Path) -> None:
    command = [sys.executable, "-c", DRAW, str(tmp_path / "keys")]
    starts = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    for start in starts:
        assert start.stdin is not None
        start.stdin.write("go\n")
        start.stdin.flush()
    answers = [start.communicate()[0].strip() for start in starts]
    assert len(answers[0]) == 64
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "content", ["", "{", "{}", "[]", '{"active": 1, "data": {"1": {"key": "AA=="}}, "blind": "", "journal": ""}']
)
def test_an_unreadable_keyring_says_what_to_do(tmp_path: Path, content: str) -> None:
    path = tmp_path / "keyring.json"
    path.write_text(content)
    with pytest.raises(KeysMissing, match="restore it from the backup of the keys"):
        read_keyring(path)


def test_a_missing_keyring_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(KeysMissing, match=str(tmp_path)):
        read_keyring(tmp_path / "keyring.json")


def test_an_older_key_still_opens_what_it_sealed(no_keys_yet: Path) -> None:
    sealed = seal("王小一", aad=HERE)
    path = no_keys_yet / "keyring.json"
    body = json.loads(path.read_text())
    create_keyring(no_keys_yet / "new")
    body["data"]["2"] = json.loads((no_keys_yet / "new" / "keyring.json").read_text())["data"]["1"]
    body["active"] = 2
    path.write_text(json.dumps(body))
    keyring.cache_clear()
    assert unseal(sealed, aad=HERE) == "王小一"
    assert seal("王小一", aad=HERE)[:2] == b"\x00\x02"
