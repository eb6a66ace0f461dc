"""One key, one effect: the first request does it, the same one again gets the same answer."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db import connection

from niangjia.kernel.idempotency.models import Answer
from niangjia.kernel.idempotency.rules import KEPT_DAYS
from niangjia.kernel.sealed import blind, seal, unseal

SEALED_ANSWER = "idempotency_answer.answer_sealed"
RESERVE = """
INSERT INTO idempotency_answer (key_blind, request_blind, expires_on) VALUES (%s, %s, %s)
ON CONFLICT (key_blind) DO NOTHING RETURNING id
"""


class KeyReused(Exception):
    """The key came before with another request; nothing was done now."""


@dataclass(frozen=True)
class Kept:
    """What is kept of an answer."""

    status: int
    content_type: str = ""
    location: str = ""
    body: str = ""


@dataclass(frozen=True)
class Asked:
    """A write: who sends it, under which key, and a fingerprint of everything it says."""

    owner: str
    key: str
    content: str


def once(asked: Asked, do: Callable[[], Kept | None], *, on: date) -> Kept | None:
    """Do it under this key, or answer what was kept; `do` returns None where nothing is to be kept.

    Needs the transaction of the effect itself: whoever comes at the same moment waits for its end. `KeyReused` where the
    key came with another request.
    """
    key_blind = blind("idempotency-key", f"{asked.owner}:{asked.key}")
    request_blind = blind("idempotency-request", asked.content)
    with connection.cursor() as cursor:
        cursor.execute(RESERVE, [key_blind, request_blind, on + timedelta(days=KEPT_DAYS)])
        reserved = cursor.fetchone()
    if reserved is None:
        return _again(Answer.objects.get(key_blind=key_blind), request_blind)
    kept = do()
    held = Answer.objects.filter(pk=reserved[0])
    if kept is None:
        held.delete()
    else:
        body = json.dumps(asdict(kept), ensure_ascii=False)
        held.update(answer_sealed=seal(body, aad=f"{SEALED_ANSWER}.{reserved[0]}"))
    return None


def forget_expired(*, on: date) -> int:
    """Answers nobody asks for again are forgotten; tells how many."""
    forgotten, _kinds = Answer.objects.filter(expires_on__lt=on).delete()
    return forgotten


def _again(answer: Answer, request_blind: bytes) -> Kept:
    if bytes(answer.request_blind) != request_blind or answer.answer_sealed is None:
        raise KeyReused
    return Kept(**json.loads(unseal(answer.answer_sealed, aad=f"{SEALED_ANSWER}.{answer.pk}")))
