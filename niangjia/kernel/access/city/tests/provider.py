"""A city's identity system on loopback: honest unless a test tells it to lie, and it remembers what it was asked.

    with Provider() as provider:
        settings.NIANGJIA_CITY_DOOR = provider.door()
        provider.person = "u-1001"          # who signs in there
        provider.claims["nonce"] = "other"  # what it lies about

Discovery, authorize (which signs in whoever `person` is), token with one-time codes, client secret and PKCE S256, and keys.
"""

import json
import threading
import time
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from niangjia.kernel.access.city.rules import CityDoor

CLIENT, SECRET = "niangjia", "a-client-secret-of-thirty-two-characters"
KEYS = tuple(generate_private_key(public_exponent=65537, key_size=2048) for _each in range(2))
LEFT_OUT = object()


class Provider:
    """The provider, in a thread of its own."""

    def __init__(self) -> None:
        self.person = "u-1001"
        self.claims: dict[str, Any] = {}
        self.discovery: dict[str, Any] = {}
        self.head: dict[str, Any] = {}
        self.key: RSAPrivateKey = KEYS[0]
        self.sign: Callable[[dict[str, Any]], str] = self.signed
        self.says: tuple[int, dict[str, str], bytes] | None = None
        self.delay = self.drips = 0.0
        self.asked: Counter[str] = Counter()
        self.codes: dict[str, dict[str, str]] = {}
        self.more_keys: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                owner.answer(self, "")

            def do_POST(self) -> None:
                owner.answer(self, self.rfile.read(int(self.headers["Content-Length"])).decode())

            def handle(self) -> None:
                with suppress(OSError):  # whoever asked had enough
                    super().handle()

            def log_message(self, *_args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def door(self, **more: Any) -> CityDoor:
        """The provider as our settings know it."""
        facts = {"issuer": self.issuer, "client": CLIENT, "name": "临泽市统一身份", "secret": SECRET}
        return CityDoor(**(facts | more))

    def answer(self, handler: BaseHTTPRequestHandler, body: str) -> None:
        """Answer one request."""
        parts = urlsplit(handler.path)
        self.asked[parts.path] += 1
        time.sleep(self.delay)
        status, heads, text = self.says or self._answered(parts.path, dict(parse_qsl(body or parts.query)))
        handler.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(text)), **heads}.items():
            handler.send_header(name, value)
        handler.end_headers()
        for number in range(len(text) if self.drips else 0):
            handler.wfile.write(text[number : number + 1])
            time.sleep(self.drips)
        handler.wfile.write(b"" if self.drips else text)

    def signed(self, claims: dict[str, Any]) -> str:
        """The token as an honest provider signs it."""
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "one"} | self.head)

    def public_pem(self) -> bytes:
        """The public key as everybody may read it."""
        return KEYS[0].public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def come_back(self, asked: str) -> str:
        """What the browser brings back from the address it was sent to: the callback's path and query."""
        query = dict(parse_qsl(urlsplit(asked).query))
        code = token_urlsafe(16)
        self.codes[code] = query
        back = urlsplit(query["redirect_uri"]).path
        return f"{back}?{urlencode({'code': code, 'state': query['state'], 'iss': self.issuer})}"

    def _answered(self, path: str, given: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        if path == "/authorize":
            back = urlsplit(given["redirect_uri"])
            there = f"{back.scheme}://{back.netloc}{self.come_back(f'/authorize?{urlencode(given)}')}"
            return 302, {"Location": there}, b""
        answers = {
            "/.well-known/openid-configuration": self._described,
            "/keys": self._keys,
            "/token": lambda: self._token(given),
            "/userinfo": lambda: {"sub": "somebody-else", "email": "zhou@example.cn", "name": "周敏"},
        }
        if path not in answers:
            return 404, {}, b"{}"
        said = answers[path]()
        return (400 if "error" in said else 200), {}, json.dumps(said).encode()

    def _described(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        } | self.discovery

    def _keys(self) -> dict[str, Any]:
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEYS[0].public_key()))
        return {"keys": [key | {"kid": "one", "use": "sig", "alg": "RS256"}, *self.more_keys]}

    def _token(self, given: dict[str, str]) -> dict[str, Any]:
        asked = self.codes.pop(given.get("code", ""), None)
        if asked is None or not _fits(given.get("code_verifier", ""), asked):
            return {"error": "invalid_grant"}
        if (given.get("client_id"), given.get("client_secret")) != (CLIENT, SECRET):
            return {"error": "invalid_client"}
        now = int(time.time())
        honest = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": self.person,
            "nonce": asked["nonce"],
            "iat": now,
            "exp": now + 300,
        }
        claims = {name: value for name, value in (honest | self.claims).items() if value is not LEFT_OUT}
        return {"access_token": "at-1", "token_type": "Bearer", "id_token": self.sign(claims)}


def leave(client: Any, **given: str) -> str:
    """Press the button; the address at the provider."""
    answer = client.post("/sign-in/city/", given)
    assert answer.status_code == 302
    return str(answer.url)


def _fits(verifier: str, asked: dict[str, str]) -> bool:
    digest = urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    return asked.get("code_challenge_method") == "S256" and asked.get("code_challenge") == digest
