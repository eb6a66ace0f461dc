"""The walls of a limited child: at most 512 MiB of memory and 20 s of processor time, no files written.

Whatever strangers made is parsed in such a child. It reads one request from stdin and answers in frames on
stdout: four bytes of length, then marshal of plain values only.
"""

from __future__ import annotations

import marshal
import resource
import struct
import sys
from contextlib import suppress
from typing import Any, BinaryIO

ADDRESS_SPACE_BYTES = 512 * 1024 * 1024
PROCESSOR_SECONDS = 20
MARSHAL_VERSION = 2
LENGTH = struct.Struct(">I")


def limit_resources() -> None:
    """Put this process under its limits; where a system refuses one (macOS), the others still hold."""
    for kind, limit in (
        (resource.RLIMIT_AS, ADDRESS_SPACE_BYTES),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))


def read_request() -> dict[str, Any]:
    """What the parent asks."""
    request: dict[str, Any] = marshal.loads(sys.stdin.buffer.read())  # noqa: S302 - from our own parent
    return request


def send(out: BinaryIO, frame: tuple[Any, ...]) -> None:
    """Write one frame."""
    body = marshal.dumps(frame, MARSHAL_VERSION)
    out.write(LENGTH.pack(len(body)))
    out.write(body)
