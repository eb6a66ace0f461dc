"""The parent's half of reading a workbook: starts the limited child and takes rows from its pipe."""

from __future__ import annotations

import marshal
import os
import selectors
import signal
import struct
import subprocess
import sys
from collections.abc import Generator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from time import monotonic
from typing import IO, Any, cast

from niangjia.kernel.intake.sheets import refusal
from niangjia.kernel.intake.sheets.cells import Cell, FormulaCell, NumberedRow
from niangjia.kernel.intake.sheets.refusal import Refusal

_LENGTH = struct.Struct(">I")
_MARSHAL_VERSION = 2
_MAX_FRAME_BYTES = 256 * 1024 * 1024
# The child has 20 s of processor time; a machine that is busy may need longer by the wall clock.
SILENCE_SECONDS = 60
CHILD = ("-m", "niangjia.kernel.intake.sheets.child")
_ROOT = str(Path(__file__).resolve().parents[4])


class WorkbookChild:
    """One question to one child process; the process ends with the answer or with the reader."""

    def __init__(self, request: dict[str, Any]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-X", "utf8", *CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": _ROOT, "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"},
            cwd="/",
        )
        self._answers = cast("IO[bytes]", self._process.stdout)
        # A child that died already is noticed when its answer is read.
        with suppress(BrokenPipeError), cast("IO[bytes]", self._process.stdin) as question:
            question.write(marshal.dumps(request, _MARSHAL_VERSION))

    def frames(self) -> Generator[tuple[Any, ...]]:
        """Frames up to the end of the answer; a child that dies before it is a refusal."""
        try:
            while True:
                frame = self._frame()
                if frame[0] == "end":
                    return
                if frame[0] == "refused":
                    raise Refusal(frame[1], frame[2], **frame[3])
                yield frame
        finally:
            self.close()

    def _frame(self) -> tuple[Any, ...]:
        (length,) = _LENGTH.unpack(self._exactly(_LENGTH.size))
        if length > _MAX_FRAME_BYTES:
            raise Refusal("too_large", refusal.TOO_LARGE)
        frame: tuple[Any, ...] = marshal.loads(self._exactly(length))  # noqa: S302 - plain values only
        return frame

    def _exactly(self, size: int) -> bytes:
        pipe = self._answers.fileno()
        parts = []
        deadline = monotonic() + SILENCE_SECONDS
        with selectors.DefaultSelector() as waiting:
            waiting.register(pipe, selectors.EVENT_READ)
            while size:
                if not waiting.select(max(deadline - monotonic(), 0)):
                    raise Refusal("too_long", refusal.TOO_LONG, seconds=SILENCE_SECONDS)
                part = os.read(pipe, min(size, 1024 * 1024))
                if not part:
                    raise self._death()
                parts.append(part)
                size -= len(part)
        return b"".join(parts)

    def _death(self) -> Refusal:
        """Why the child died: out of time, out of memory, or the parser broke."""
        code = self._process.wait()
        if code in (-signal.SIGXCPU, -signal.SIGKILL):
            return Refusal("too_long", refusal.TOO_LONG, seconds=20)
        if code == -signal.SIGABRT:
            return Refusal("too_large", refusal.TOO_LARGE)
        return Refusal("damaged", refusal.DAMAGED_FILE)

    def close(self) -> None:
        """End the child, whatever it was doing."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._answers.close()


def numbered_rows(frame: tuple[Any, ...]) -> list[NumberedRow]:
    """Put days and formulas back into a frame of rows, and number the rows."""
    _, first, rows, specials = frame
    for index, column, kind, *parts in specials:
        rows[index][column] = _special(kind, parts, rows[index][column])
    return list(enumerate(rows, first))


def _special(kind: str, parts: list[int], cell: Any) -> Cell:
    if kind == "d":
        return date(*parts)
    if kind == "t":
        year, month, day, hour, minute, second = parts
        return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - a sheet has no time zone
    return FormulaCell(cell)
