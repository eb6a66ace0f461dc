"""The processes that make up the running program, each put back up when it falls down."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from niangjia.config.environment import CHECKOUT

SHORTEST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
STEADY_SECONDS = 60.0
LARGEST_LOG_BYTES = 20 * 1024 * 1024
ORPHAN_LOOK_SECONDS = 1.0


@dataclass
class Child:
    """One process, its log, and how long to wait before it is started again."""

    name: str
    words: Sequence[str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    again_at: float = 0.0
    pause_seconds: float = field(default=SHORTEST_PAUSE_SECONDS)

    def start(self) -> None:
        """Start it in a process group of its own, so that Ctrl-C reaches the supervisor alone."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG_BYTES:
            self.log.replace(self.log.with_suffix(".old.log"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.words, cwd=CHECKOUT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        self.started = time.monotonic()

    def ended(self) -> int | None:
        """Its exit code once it has ended; None while it runs."""
        return None if self.process is None else self.process.poll()

    def tend(self) -> str:
        """Start it again when it has ended and its pause is over; what happened, in words for the log."""
        code = self.ended()
        now = time.monotonic()
        if self.process is not None and code is None:
            return ""
        if self.process is not None:
            steady = now - self.started > STEADY_SECONDS
            self.pause_seconds = SHORTEST_PAUSE_SECONDS if steady else self.pause_seconds
            self.again_at = now + self.pause_seconds
            self.pause_seconds = min(self.pause_seconds * 2, LONGEST_PAUSE_SECONDS)
            self.process = None
            return f"{self.name} ended with {code}, started again soon (see {self.log})"
        if now >= self.again_at:
            self.start()
        return ""

    def tell(self, what: signal.Signals) -> None:
        """Send a signal to the process and to those it started."""
        if self.process is None or self.process.poll() is not None:
            return
        try:
            os.killpg(self.process.pid, what)
        except ProcessLookupError:
            return


def end_all(children: Sequence[Child], *, patience_seconds: float) -> None:
    """Ask all to finish what they have in hand; end those that take too long."""
    for child in children:
        if child.process is not None and child.process.poll() is None:
            child.process.terminate()
    last = time.monotonic() + patience_seconds
    for child in children:
        if child.process is None:
            continue
        try:
            child.process.wait(max(last - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            child.tell(signal.SIGKILL)
            child.process.wait()


def end_with_parent() -> None:
    """Called in a child: finish when the supervisor is gone, even if it was killed and could say nothing."""
    parent = os.getppid()

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(ORPHAN_LOOK_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=look, name="end-with-parent", daemon=True).start()
