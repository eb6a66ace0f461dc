"""Signatures of what is told, as Standard Webhooks writes them, and the same by the national hash beside it."""

import hmac
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import datetime

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC

MARK, SECRET_BYTES = "whsec_", 32


def drawn_secret() -> str:
    """A new secret (签名密钥)."""
    return MARK + b64encode(secrets.token_bytes(SECRET_BYTES)).decode("ascii")


def headers_of(event_id: str, body: str, *, at: datetime, by: Iterable[str]) -> dict[str, str]:
    """The headers of one try: the number of the event, the second of the try, and a signature for every secret."""
    stamp = str(int(at.timestamp()))
    signed = f"{event_id}.{stamp}.{body}".encode()
    signatures = [each for secret in by for each in (f"v1,{_sha256(secret, signed)}", f"v1s3,{_sm3(secret, signed)}")]
    return {"webhook-id": event_id, "webhook-timestamp": stamp, "webhook-signature": " ".join(signatures)}


def _sha256(secret: str, signed: bytes) -> str:
    return b64encode(hmac.digest(_key(secret), signed, "sha256")).decode("ascii")


def _sm3(secret: str, signed: bytes) -> str:
    by_sm3 = HMAC(_key(secret), hashes.SM3())
    by_sm3.update(signed)
    return b64encode(by_sm3.finalize()).decode("ascii")


def _key(secret: str) -> bytes:
    return b64decode(secret.removeprefix(MARK))
