"""The platform on this machine, for tests: gives tokens and codes, takes messages, and calls as the real one does."""

import base64
import json
import threading
from collections import Counter
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from niangjia.kernel.messages.wechat.hearing import BLOCK, signature_of
from niangjia.kernel.messages.wechat.official import OfficialAccount

KEY = bytes(range(32))
SENT = "/cgi-bin/message/template/send"


class FakePlatform:
    """One official account of a platform; `codes` are answered to messages in turn, then all is well."""

    def __init__(self) -> None:
        """Well at first, its first token still to be given."""
        self.codes: list[int] = []
        self.status, self.given, self.lasts = 200, 0, 7200
        self.asked: Counter[str] = Counter()
        self.got: list[dict[str, Any]] = []
        self.scenes: list[str] = []
        self.refreshed: list[bool] = []

    def __enter__(self) -> Self:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                at = urlsplit(self.path)
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                answer = json.dumps(owner.answer(at.path, parse_qs(at.query), body)).encode()
                self.send_response(owner.status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.account = OfficialAccount(
            app_id="wx0123456789abcdef", secret="of-the-test", token="tokenofthetest", key=KEY, template="T1",
            fields=(("thing1", "title"), ("time2", "time")), api=f"http://127.0.0.1:{self._server.server_port}",
        )  # fmt: skip
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str, query: dict[str, list[str]], body: dict[str, Any]) -> dict[str, Any]:
        """What the real one says."""
        self.asked[path] += 1
        if path == "/cgi-bin/stable_token":
            if body["secret"] != self.account.secret:
                return {"errcode": 40125, "errmsg": "invalid appsecret"}
            self.given += not self.given or body["force_refresh"]
            self.refreshed.append(body["force_refresh"])
            return {"access_token": f"token-{self.given}", "expires_in": self.lasts}
        code = self.codes.pop(0) if self.codes else 0
        if query.get("access_token") != [f"token-{self.given}"]:
            code = 40001
        if code:
            return {"errcode": code, "errmsg": "no"}
        if path == SENT:
            self.got.append(body)
            return {"errcode": 0, "errmsg": "ok", "msgid": 1}
        self.scenes.append(body["action_info"]["scene"]["scene_str"])
        return {"ticket": "t", "expire_seconds": 600, "url": f"http://weixin.qq.com/q/{len(self.scenes)}"}

    def call(self, event: str, *, openid: str, at: datetime, scene: str = "", extra: str = "") -> tuple[str, str]:
        """Address and body of a call in the safe mode."""
        told = (
            f"{extra}<xml><ToUserName>gh_1</ToUserName><FromUserName>{openid}</FromUserName>"
            f"<CreateTime>{int(at.timestamp())}</CreateTime><MsgType>event</MsgType><Event>{event}</Event>"
            f"<EventKey>{scene}</EventKey></xml>"
        )
        return self.sealed(told, at=at)

    def sealed(self, told: str, *, at: datetime, app_id: str = "") -> tuple[str, str]:
        """Any text, sealed and signed for this account, or for another one."""
        text = told.encode()
        plain = b"d" * 16 + len(text).to_bytes(4, "big") + text + (app_id or self.account.app_id).encode()
        padding = BLOCK - len(plain) % BLOCK
        sealing = Cipher(algorithms.AES(KEY), modes.CBC(KEY[:16])).encryptor()
        carried = base64.b64encode(sealing.update(plain + bytes([padding]) * padding) + sealing.finalize()).decode()
        timestamp, nonce = str(int(at.timestamp())), "n1"
        signature = signature_of(self.account.token, timestamp, nonce, carried)
        query = urlencode({"msg_signature": signature, "timestamp": timestamp, "nonce": nonce})
        return f"/wechat/?{query}", f"<xml><ToUserName>gh_1</ToUserName><Encrypt>{carried}</Encrypt></xml>"
