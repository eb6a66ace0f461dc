"""The signature of an identity token: by a key that the provider publishes, and by public-key algorithms alone."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable
from secrets import compare_digest
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

Keys = Callable[[bool], list[dict[str, Any]]]

# None of them takes a secret: who knows the public key, or the client's secret, signs nothing.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
KINDS = {"RS": "RSA", "PS": "RSA", "ES": "EC", "Ed": "OKP"}
SHORTEST_RSA = 2048


class Unsigned(Exception):
    """The provider did not sign this."""


def claims_of(token: object, *, keys: Keys, access_token: str) -> dict[str, Any]:
    """What a signed token says; `Unsigned` where signature or hash of the access token do not hold. Times are not judged."""
    try:
        head = jwt.get_unverified_header(token)  # type: ignore[arg-type]  # anything else is refused by it
        algorithm = head.get("alg")
        if algorithm not in ALGORITHMS or "crit" in head:
            raise Unsigned
        key = _key_for(head, keys(False)) or _key_for(head, keys(True))
        if key is None:
            raise Unsigned
        unjudged = dict.fromkeys(("verify_exp", "verify_iat", "verify_nbf", "verify_aud", "verify_iss"), False)
        claims = jwt.decode(token, key=key, algorithms=[algorithm], options=unjudged)  # type: ignore[arg-type]
    except (jwt.PyJWTError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unsigned from error
    if "at_hash" in claims and not _fits(claims["at_hash"], access_token, str(algorithm)):
        raise Unsigned
    return claims


def _key_for(head: dict[str, Any], keys: list[dict[str, Any]]) -> jwt.PyJWK | None:
    """The one key that the head names; without a name, the only one of its kind."""
    kind = KINDS[head["alg"][:2]]
    fitting = [
        key
        for key in keys
        if key.get("kty") == kind
        and key.get("use", "sig") == "sig"
        and key.get("alg", head["alg"]) == head["alg"]
        and head.get("kid", key.get("kid")) == key.get("kid")
    ]
    if len(fitting) != 1:
        return None
    found = jwt.PyJWK(fitting[0], algorithm=head["alg"])
    is_short = isinstance(found.key, RSAPublicKey) and found.key.key_size < SHORTEST_RSA
    return None if is_short else found


def _fits(said: object, access_token: str, algorithm: str) -> bool:
    size = algorithm[2:]
    digest = hashlib.new(f"sha{size if size.isdigit() else 512}", access_token.encode()).digest()
    half = urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=").decode("ascii")
    return isinstance(said, str) and compare_digest(said.encode(), half.encode())
