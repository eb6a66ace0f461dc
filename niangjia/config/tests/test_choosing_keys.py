"""Ciphers are chosen before the first key is drawn, and not after."""

import json
from pathlib import Path
from typing import Any

import pytest

from niangjia.config.command import main
from niangjia.kernel.sealed import keyring

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_the_national_ciphers_are_chosen_once(
    tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.NIANGJIA_KEYS = tmp_path / "keys"
    keyring.cache_clear()
    try:
        assert main(["init", "--empty", "--cipher", "SM4-GCM", "--blind-hash", "SM3", "--json"]) == 0
        body = json.loads((tmp_path / "keys" / "keyring.json").read_text())
        assert (body["data"]["1"]["cipher"], body["blind_hash"]) == ("SM4-GCM", "SM3")
        capsys.readouterr()
        assert main(["init", "--empty", "--blind-hash", "SHA-256", "--json"]) == 1
        assert json.loads(capsys.readouterr().out)["refused"][0]["code"] == "keys_are_there"
        assert main(["init", "--empty", "--json"]) == 0
    finally:
        keyring.cache_clear()
