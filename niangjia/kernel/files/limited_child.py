"""The parent's half of a limited child: starts it, takes frames from its pipe, outlives whatever happens to it."""

from __future__ import annotations

import marshal
import os
import resource
import selectors
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import IO, Any, cast

from niangjia.kernel.files.limits import LENGTH, MARSHAL_VERSION, PROCESSOR_SECONDS

MAX_FRAME_BYTES = 256 * 1024 * 1024
# The child has 20 s of processor time; a machine that is busy may need longer by the wall clock.
SILENCE_SECONDS = 60.0
_ROOT = str(Path(__file__).resolve().parents[3])


class ChildDied(Exception):
    """The child gave no whole answer: `why` is too_long, too_large or damaged, `seconds` how long it had."""

    def __init__(self, why: str, seconds: float = PROCESSOR_SECONDS) -> None:
        self.why = why
        self.seconds = seconds
        super().__init__(why)


class LimitedChild:
    """One question to one child process; the process ends with the answer or with whoever listens."""

    def __init__(self, program: tuple[str, ...], request: dict[str, Any], *, patience: float = SILENCE_SECONDS) -> None:
        self._patience = patience
        # What the child has used, once it is over: memory in KiB, seconds of processor time.
        self.usage: resource.struct_rusage | None = None
        self._process = subprocess.Popen(
            [sys.executable, "-X", "utf8", *program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": _ROOT, "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"},
            cwd="/",
        )
        self._answers = cast("IO[bytes]", self._process.stdout)
        # A child that died already is noticed when its answer is read.
        with suppress(BrokenPipeError), cast("IO[bytes]", self._process.stdin) as question:
            question.write(marshal.dumps(request, MARSHAL_VERSION))

    def frames(self) -> Generator[tuple[Any, ...]]:
        """Frames up to the end of the answer; `ChildDied` where it breaks off before."""
        try:
            while (frame := self._frame())[0] != "end":
                yield frame
        finally:
            self.close()

    def _frame(self) -> tuple[Any, ...]:
        (length,) = LENGTH.unpack(self._exactly(LENGTH.size))
        if length > MAX_FRAME_BYTES:
            raise ChildDied("too_large")
        frame: tuple[Any, ...] = marshal.loads(self._exactly(length))  # noqa: S302 - plain values only
        return frame

    def _exactly(self, size: int) -> bytes:
        pipe = self._answers.fileno()
        parts = []
        deadline = monotonic() + self._patience
        with selectors.DefaultSelector() as waiting:
            waiting.register(pipe, selectors.EVENT_READ)
            while size:
                if not waiting.select(max(deadline - monotonic(), 0)):
                    raise ChildDied("too_long", self._patience)
                part = os.read(pipe, min(size, 1024 * 1024))
                if not part:
                    raise self._death()
                parts.append(part)
                size -= len(part)
        return b"".join(parts)

    def _death(self) -> ChildDied:
        """Why the child died: out of time, out of memory, or the parser broke."""
        code = self._wait()
        if code in (-signal.SIGXCPU, -signal.SIGKILL):
            return ChildDied("too_long")
        return ChildDied("too_large" if code == -signal.SIGABRT else "damaged")

    def close(self) -> None:
        """End the child, whatever it was doing."""
        if self.usage is None:
            os.kill(self._process.pid, signal.SIGKILL)
            self._wait()
        self._answers.close()

    def _wait(self) -> int:
        _pid, status, self.usage = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        return self._process.returncode
