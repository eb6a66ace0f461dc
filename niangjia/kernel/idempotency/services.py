"""One key, one effect: the first request does it, the same one again gets the same answer."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from niangjia.kernel.idempotency.models import Answer
from niangjia.kernel.idempotency.rules import KEPT_DAYS
from niangjia.kernel.sealed import blind, seal, unseal
from niangjia.kernel.worded import prepared

SEALED_ANSWER = "idempotency_answer.answer_sealed"
RESERVE = """
INSERT INTO idempotency_answer (key_blind, request_blind, expires_on) VALUES (%s, %s, %s)
ON CONFLICT (key_blind) DO NOTHING RETURNING id
"""
KEEP = "UPDATE idempotency_answer SET answer_sealed = %s WHERE id = %s"


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
    with prepared() as cursor:
        cursor.execute(RESERVE, [key_blind, request_blind, on + timedelta(days=KEPT_DAYS)])
        reserved = cursor.fetchone()
    if reserved is None:
        return _again(Answer.objects.get(key_blind=key_blind), request_blind)
    kept = do()
    if kept is None:
        Answer.objects.filter(pk=reserved[0]).delete()
        return None
    body = json.dumps(asdict(kept), ensure_ascii=False)
    with prepared() as cursor:
        cursor.execute(KEEP, [seal(body, aad=f"{SEALED_ANSWER}.{reserved[0]}"), reserved[0]])
    return None


def forget_expired(*, on: date) -> int:
    """Answers nobody asks for again are forgotten; tells how many."""
    forgotten, _kinds = Answer.objects.filter(expires_on__lt=on).delete()
    return forgotten


def _again(answer: Answer, request_blind: bytes) -> Kept:
    if bytes(answer.request_blind) != request_blind or answer.answer_sealed is None:
        raise KeyReused
    return Kept(**json.loads(unseal(answer.answer_sealed, aad=f"{SEALED_ANSWER}.{answer.pk}")))
