"""The load generator of `script/bench pages`: every answer is looked at, and a wrong one ends the measure."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bench.load import WrongAnswer, run
from bench.servers import HOST, cpu_seconds
from niangjia.config.environment import CHECKOUT


class Echo(BaseHTTPRequestHandler):
    """Answers the path it was asked for, and keeps the connection."""

    protocol_version = "HTTP/1.1"
    paths: list[str]

    def do_GET(self) -> None:
        """Answer."""
        self.paths.append(self.path)
        self.send_response(503 if self.path.startswith("/full") else 200)
        self.send_header("Content-Length", str(len(self.path)))
        self.end_headers()
        self.wfile.write(self.path.encode())

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    Echo.paths = []
    with ThreadingHTTPServer((HOST, 0), Echo) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def asked(path: str, marker: str) -> dict[str, Any]:
    return {"request": f"GET {path} HTTP/1.1\r\nHost: here\r\n\r\n", "markers": [marker]}


def a_plan(server: ThreadingHTTPServer, *asks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"host": HOST, "port": server.server_address[1], "connections": asks, "statuses": [200], **more}


def measured(plan: dict[str, Any]) -> dict[str, Any]:
    """What the load generator found, run on a thread of its own: beside browser tests, this one has a loop running."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(lambda: asyncio.run(run(plan))).result()


def test_every_connection_asks_its_own_page_so_often(server: ThreadingHTTPServer) -> None:
    done = measured(a_plan(server, asked("/mine", "/mine"), asked("/hers", "/hers"), each=3))
    assert sorted(Echo.paths) == ["/hers"] * 3 + ["/mine"] * 3
    assert len(done["times"]) == done["statuses"]["200"] == 6
    assert 0 < max(done["times"]) <= done["seconds"]


@pytest.mark.parametrize("asks", [asked("/hers", "/mine"), asked("/full", "/full")], ids=["content", "status"])
def test_a_wrong_answer_ends_the_measure(server: ThreadingHTTPServer, asks: dict[str, Any]) -> None:
    with pytest.raises(WrongAnswer):
        measured(a_plan(server, asks, each=1))


def test_numbers_never_come_twice_and_a_pace_is_kept(server: ThreadingHTTPServer) -> None:
    done = measured(a_plan(server, *[asked("/@@@@@@@@@@", "/00000000")] * 4, each=1, first=7, per_second=40))
    assert sorted(Echo.paths) == [f"/{number:010d}" for number in range(7, 11)]
    assert done["seconds"] >= 3 / 40


def test_it_runs_as_a_process_of_its_own(server: ThreadingHTTPServer) -> None:
    words = json.dumps(a_plan(server, asked("/mine", "/mine"), each=2))
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"], input=words, capture_output=True, text=True, check=True, cwd=CHECKOUT
    )
    assert json.loads(done.stdout)["statuses"] == {"200": 2}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells by /proc")
def test_processes_below_count_with_their_parent() -> None:
    words = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'while True: pass'])"
    parent = subprocess.Popen([sys.executable, "-c", words], start_new_session=True)
    try:
        for _ in range(100):
            if cpu_seconds(parent.pid) > 0.3:
                return
            threading.Event().wait(0.1)
        pytest.fail("the child's time was not counted")
    finally:
        os.killpg(parent.pid, signal.SIGKILL)
        parent.wait()
