import pytest

from niangjia.kernel.messages import KeptTexts, NoTexts, TextsMissing, Wording, texts

PHONE = "16800005527"
VALUES = {"code": "042317", "minutes": "5"}


def test_without_a_gateway_nothing_is_sent_and_that_is_known_beforehand():
    gateway = texts()
    assert isinstance(gateway, NoTexts)
    assert not gateway.can_send
    with pytest.raises(TextsMissing) as missing:
        gateway.send(PHONE, Wording.SIGN_IN_CODE, VALUES, key="1")
    assert PHONE not in str(missing.value)
    assert VALUES["code"] not in str(missing.value)


def test_the_gateway_is_the_one_that_is_named(settings, monkeypatch):
    monkeypatch.setattr(KeptTexts, "kept", [])
    settings.NIANGJIA_TEXTS = "niangjia.kernel.messages.KeptTexts"
    texts().send(PHONE, Wording.SIGN_IN_CODE, VALUES, key="1")
    assert [kept.phone for kept in KeptTexts.kept] == [PHONE]


def test_a_message_says_whose_it_is_and_that_nobody_may_ask_for_the_code():
    words = Wording.SIGN_IN_CODE.filled(VALUES)
    assert words.startswith("【娘家】")
    assert "042317" in words
    assert "不要告诉任何人" in words
