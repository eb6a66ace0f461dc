"""Ciphers against the published examples of their standards, and against somebody who changes what they sealed."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher as Engine
from cryptography.hazmat.primitives.ciphers import algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from niangjia.kernel.sealed import BulkBlind, blind, keyring, seal, unseal
from niangjia.kernel.sealed.ciphers import AES_256_GCM, CIPHERS, SM4_GCM, SM4GCM
from niangjia.kernel.sealed.keys import SHA_256, SM3, create_keyring, read_keyring

KEY = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
# RFC 8998, appendix A.1
NONCE = bytes.fromhex("00001234567800000000ABCD")
AAD = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
PLAIN = b"".join(bytes([part]) * 8 for part in (0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 0xEE, 0xAA))
SEALED = bytes.fromhex(
    "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735D82710CA5C22F0CCFA7CBF93D496AC15"
    "A56834CBCF98C397B4024A2691233B8D83DE3541E4C2B58177E065A9BF7B62EC"
)


@pytest.fixture
def national(tmp_path: Path, settings: Any) -> Path:
    """An instance whose keys are all of the national standards."""
    settings.NIANGJIA_KEYS = tmp_path / "keys"
    create_keyring(tmp_path / "keys", cipher=SM4_GCM, blind_hash=SM3)
    keyring.cache_clear()
    return tmp_path / "keys"


@pytest.fixture(autouse=True)
def keys_as_before() -> Any:
    yield
    keyring.cache_clear()


def test_sm4_gives_the_block_of_its_standard() -> None:
    # GB/T 32907-2016, A.1
    engine = Engine(algorithms.SM4(KEY), modes.ECB()).encryptor()  # noqa: S305 - the example of the standard
    assert engine.update(KEY).hex() == "681edf34d206965e86b3e94f536e4246"


def test_sm4_gcm_gives_the_published_ciphertext_and_tag() -> None:
    assert SM4GCM(KEY).encrypt(NONCE, PLAIN, AAD) == SEALED
    assert SM4GCM(KEY).decrypt(NONCE, SEALED, AAD) == PLAIN


def test_sm3_gives_the_hash_of_its_standard() -> None:
    # GB/T 32905-2016, A.1
    assert _sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


@pytest.mark.parametrize("name", sorted(CIPHERS))
@given(data=st.binary(max_size=80), at=st.integers(0, 1_000), flip=st.integers(1, 255))
def test_a_changed_byte_place_or_nonce_does_not_open(name: str, data: bytes, at: int, flip: int) -> None:
    cipher = CIPHERS[name].with_key(bytes(CIPHERS[name].key_bytes))
    sealed = cipher.encrypt(NONCE, data, AAD)
    assert cipher.decrypt(NONCE, sealed, AAD) == data
    changed = bytearray(sealed)
    changed[at % len(changed)] ^= flip
    for nonce, body, aad in ((NONCE, bytes(changed), AAD), (NONCE, sealed, AAD + b"."), (NONCE[::-1], sealed, AAD)):
        with pytest.raises(InvalidTag):
            cipher.decrypt(nonce, body, aad)


def test_a_key_or_nonce_of_another_length_is_refused() -> None:
    for name, kind in CIPHERS.items():
        with pytest.raises(ValueError, match="bytes"):
            kind.with_key(bytes(kind.key_bytes - 1))
        assert name
    with pytest.raises(ValueError, match="12 bytes"):
        SM4GCM(KEY).encrypt(NONCE[:8], PLAIN, AAD)
    with pytest.raises(InvalidTag):
        SM4GCM(KEY).decrypt(NONCE, b"short", AAD)


def test_an_instance_of_the_national_standards_seals_and_finds(national: Path) -> None:
    body = json.loads((national / "keyring.json").read_text())
    assert (body["data"]["1"]["cipher"], body["blind_hash"]) == (SM4_GCM, SM3)
    sealed = seal("349921198503120017", aad="members_person.id_sealed.7")
    assert unseal(sealed, aad="members_person.id_sealed.7") == "349921198503120017"
    assert len(sealed) == 2 + 12 + 18 + 16
    assert blind("phone", "13900000001") == _hmac_sm3(read_keyring(national / "keyring.json").blind_key)
    assert BulkBlind("phone").index("13900000001") == blind("phone", "13900000001") != blind("real-name", "13900000001")


def test_usual_keys_are_aes_and_sha(tmp_path: Path) -> None:
    ring = read_keyring(create_keyring(tmp_path / "keys"))
    assert (ring.kinds, ring.blind_hash) == ({1: AES_256_GCM}, SHA_256)


def _hmac_sm3(key: bytes) -> bytes:
    """The keyed hash by its definition, apart from the library's."""
    block = key.ljust(64, b"\0")
    inner = _sm3(bytes(byte ^ 0x36 for byte in block) + b"phone\x0013900000001")
    return _sm3(bytes(byte ^ 0x5C for byte in block) + inner)[:16]


def _sm3(data: bytes) -> bytes:
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize()
