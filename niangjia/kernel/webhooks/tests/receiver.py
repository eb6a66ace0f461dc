"""A receiver of events on this machine, for tests."""

import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self


class Receiver:
    """Keeps what it is sent and answers as it is told: a status, after a while, byte by byte."""

    def __init__(self) -> None:
        """Takes everything at first."""
        self.status, self.heads, self.drips = 200, {}, 0.0  # type: tuple[int, dict[str, str], float]
        self.got: list[tuple[str, dict[str, str], bytes]] = []

    def __enter__(self) -> Self:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                owner.got.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
                if owner.drips:
                    owner.drip(self)
                self.send_response(owner.status)
                for name, value in owner.heads.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "100000")
                self.end_headers()
                self.wfile.write(b"x" * 100_000)

            def handle(self) -> None:
                with suppress(OSError):  # whoever sent had enough
                    super().handle()

            def log_message(self, *_args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_port
        self.address = f"http://127.0.0.1:{self.port}/hook?from=niangjia"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def drip(self, handler: BaseHTTPRequestHandler) -> None:
        """A head that never comes to its end."""
        for each in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 200:
            handler.wfile.write(bytes([each]))
            time.sleep(self.drips)
