"""One key, one effect: rules and services."""

from datetime import date, timedelta

import pytest
from django.db import connection

from niangjia.kernel.idempotency.models import Answer
from niangjia.kernel.idempotency.rules import KEPT_DAYS, is_kept, is_key
from niangjia.kernel.idempotency.services import Asked, Kept, KeyReused, forget_expired, once

TODAY = date(2026, 3, 2)
ASKED = Asked(owner="7", key="5f0c2c8e-1111-4222-8333-944455556666", content="POST /x 姓名=陈桂兰")
DONE = Kept(status=302, location="/members/8/")


@pytest.mark.parametrize("text", ["12345678", "a" * 64, "5f0c2c8e-1111-4222-8333-944455556666", "A_b-C_d-9"])
def test_letters_digits_and_dashes_make_a_key(text: str) -> None:
    assert is_key(text)


@pytest.mark.parametrize(
    "text", ["", "1234567", "a" * 65, "with space", "汉字汉字汉字汉字", "a\nb\nc\nd\ne\nf", "12345678\n"]
)
def test_anything_else_is_no_key(text: str) -> None:
    assert not is_key(text)


@pytest.mark.parametrize(
    ("status", "is_api", "kept"),
    [
        (201, True, True),
        (200, True, True),
        (302, False, True),
        (200, False, False),
        (422, True, False),
        (500, True, False),
    ],
)
def test_only_what_was_done_is_kept(status: int, is_api: bool, kept: bool) -> None:
    assert is_kept(status=status, is_api=is_api) is kept


@pytest.mark.django_db
def test_the_same_again_gets_the_same_answer_and_is_not_done() -> None:
    done: list[Kept] = []

    def do() -> Kept:
        done.append(DONE)
        return DONE

    assert once(ASKED, do, on=TODAY) is None
    assert once(ASKED, do, on=TODAY) == DONE
    assert once(ASKED, do, on=TODAY) == DONE
    assert len(done) == 1


@pytest.mark.django_db
def test_another_content_under_the_same_key_is_refused() -> None:
    once(ASKED, lambda: DONE, on=TODAY)
    with pytest.raises(KeyReused):
        once(Asked(ASKED.owner, ASKED.key, "POST /x 姓名=王芳"), lambda: DONE, on=TODAY)


@pytest.mark.django_db
def test_the_same_key_of_another_account_is_another_key() -> None:
    once(ASKED, lambda: DONE, on=TODAY)
    assert once(Asked("8", ASKED.key, ASKED.content), lambda: DONE, on=TODAY) is None
    assert Answer.objects.count() == 2


@pytest.mark.django_db
def test_a_refusal_leaves_nothing_behind() -> None:
    assert once(ASKED, lambda: None, on=TODAY) is None
    assert not Answer.objects.exists()
    assert once(Asked(ASKED.owner, ASKED.key, "mended"), lambda: DONE, on=TODAY) is None


@pytest.mark.django_db
def test_a_row_names_nobody() -> None:
    once(ASKED, lambda: Kept(200, body="陈桂兰 138****2206"), on=TODAY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT a::text, a.expires_on - %s FROM idempotency_answer a", [TODAY])
        ((row, days),) = cursor.fetchall()
    for told in (ASKED.key, "陈桂兰", "陈桂兰".encode().hex(), "2206", ASKED.key.encode().hex()):
        assert told not in row
    assert days == KEPT_DAYS


@pytest.mark.django_db
def test_answers_are_forgotten_after_their_day() -> None:
    once(ASKED, lambda: DONE, on=TODAY)
    assert forget_expired(on=TODAY + timedelta(days=KEPT_DAYS)) == 0
    assert forget_expired(on=TODAY + timedelta(days=KEPT_DAYS + 1)) == 1
