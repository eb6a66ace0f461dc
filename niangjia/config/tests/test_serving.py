import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from niangjia.config.environment import CHECKOUT

PROGRAM = "import sys; from niangjia.config.command import main; sys.exit(main(['serve', '--empty']))"
PATIENCE_SECONDS = 150


class Running:
    """A supervisor of its own, with its own data and port."""

    def __init__(self, data: Path, port: int) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        self.port = port
        self.surroundings = kept | {"NIANGJIA_DATA": str(data), "NIANGJIA_PORT": str(port)}
        self.data = data
        self.process = self.start()

    def start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", PROGRAM], env=self.surroundings, cwd=CHECKOUT, stderr=subprocess.PIPE, text=True
        )

    def answers(self, path: str) -> bool:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def wait(self, path: str = "/readyz", *, wanted: bool = True) -> bool:
        last = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < last:
            if self.answers(path) is wanted:
                return True
            time.sleep(0.2)
        return False

    def children(self) -> list[int]:
        pids = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False)
        return [int(word) for word in pids.stdout.split()]

    def server_pid(self) -> int:
        lines = (self.data / "postgres" / "cluster" / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        return int(lines[0])

    def end(self) -> tuple[int, str]:
        self.process.send_signal(signal.SIGTERM)
        _, said = self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode, said


@contextmanager
def program() -> Iterator[Running]:
    folder = Path(tempfile.mkdtemp(prefix="nj-"))
    folder.chmod(0o755)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = Running(folder / "data", port)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.end()
        shutil.rmtree(folder)


@pytest.mark.skipif(shutil.which("pgrep") is None, reason="needs pgrep")
def test_what_is_killed_comes_back_and_a_clean_stop_leaves_nothing_running():
    with program() as running:
        assert running.wait()
        assert running.data.stat().st_mode & 0o777 == 0o711
        assert (running.data / "logs").stat().st_mode & 0o777 == 0o700
        assert (running.data / "logs" / "web.log").stat().st_mode & 0o777 == 0o600
        for child in running.children():
            os.kill(child, signal.SIGKILL)
        os.kill(running.server_pid(), signal.SIGKILL)
        time.sleep(1)
        assert running.wait(), "web server, worker and database are up again"
        children = running.children()
        code, said = running.end()
        assert code == 0
        assert f"http://127.0.0.1:{running.port}/" in said
        assert not running.answers("/healthz")
        assert not (running.data / "postgres" / "cluster" / "postmaster.pid").exists()
        assert not any(Path(f"/proc/{child}").exists() for child in children)


@pytest.mark.deep
def test_after_the_supervisor_itself_was_killed_the_next_start_finds_a_free_port():
    with program() as running:
        assert running.wait()
        running.process.kill()
        running.process.communicate()
        running.process = running.start()
        time.sleep(2)
        assert running.wait()
        assert running.end()[0] == 0


def test_a_taken_port_is_told_in_one_sentence_with_another_to_choose():
    with socket.socket() as other, tempfile.TemporaryDirectory() as folder:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        running = Running(Path(folder) / "data", port)
        _, said = running.process.communicate(timeout=PATIENCE_SECONDS)
        assert running.process.returncode == 1
        assert f"NIANGJIA_PORT={port + 1}" in said
        assert "Traceback" not in said
        assert not (running.data / "postgres").exists(), "nothing was started"
