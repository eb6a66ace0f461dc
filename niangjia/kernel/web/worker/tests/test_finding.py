"""A service is found by whatever somebody writes: a word, another word for it, a sentence, its sound."""

import pytest
from django.utils.translation import override

from niangjia.kernel.web.worker.finding import found
from niangjia.kernel.web.worker.offered import SERVICES

EVERY = sorted(SERVICES, key=lambda service: service.order)


def keys(written: str) -> list[str]:
    return [service.key for service in found(EVERY, written)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("换手机号", "phone"),
        ("手机号", "phone"),
        ("新号码", "phone"),
        ("我想换手机号怎么办", "phone"),
        ("huanshoujihao", "phone"),
        ("huan shouji", "phone"),
        ("hsjh", "phone"),
        ("HSJH", "phone"),
        ("ｈｓｊｈ", "phone"),
        ("撤回", "consents"),
        ("谁看过我", "looks"),
        ("tousu", "complaint"),
        ("12351", "complaint"),
        ("字太小", "look"),
        ("English", "look"),
        ("上级工会", "union"),
    ],
)
def test_the_service_that_is_meant_comes_first(written: str, meant: str) -> None:
    assert keys(written)[0] == meant


@pytest.mark.parametrize("written", ["飞机票", "x", "zzzz"])
def test_what_is_not_there_is_not_made_up(written: str) -> None:
    assert keys(written) == []


def test_nothing_written_leaves_every_service() -> None:
    assert keys("  ") == keys("。") == [service.key for service in EVERY]


def test_english_readers_find_by_english_and_by_chinese_words() -> None:
    with override("en"):
        assert keys("phone number")[0] == "phone"
        assert keys("换手机号")[0] == "phone"


def test_every_service_has_a_key_an_order_and_words_of_its_own() -> None:
    assert len({service.key for service in SERVICES}) == len({service.order for service in SERVICES}) == len(SERVICES)
    for service in SERVICES:
        assert service.within, service.key
        assert service.words, service.key
