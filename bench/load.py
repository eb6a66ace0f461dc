"""Load, in a process of its own: the plan comes as JSON on standard input, what was measured goes out as JSON.

Keep-alive connections that each ask again once they are answered; or, with `per_second`, a new connection for each
request at a steady pace, whatever the server does. Every answer is looked at before the next request leaves.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from itertools import count
from typing import Any

NUMBER = b"@@@@@@@@@@"
END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"content-length:"
STATUS = slice(9, 12)
PATIENCE_SECONDS = 120


class WrongAnswer(Exception):
    """The server answered something else than it should have."""


class Talk(asyncio.Protocol):
    """One connection: so many requests one after another."""

    def __init__(self, plan: dict[str, Any], asks: dict[str, Any], shared: "Shared") -> None:
        self.request = asks["request"].encode()
        self.markers = [words.encode() for words in asks["markers"]]
        self.statuses = {str(status).encode() for status in plan["statuses"]}
        self.left = plan["each"]
        self.shared = shared
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.heard = b""
        self.began = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask the first time."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - tells the type
        self.transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        """Note the answer once it is whole, and ask again."""
        self.heard += data
        head, found, body = self.heard.partition(END_OF_HEAD)
        if not found or len(body) < _length(head):
            return
        self.shared.times.append(time.perf_counter() - self.began)
        self._look_at(head, body)
        self.heard = b""
        self.left -= 1
        if self.left and not self.done.done():
            self._ask()
        else:
            self.transport.close()

    def connection_lost(self, _error: Exception | None) -> None:
        """All was asked, or the server hung up on the way."""
        if not self.done.done():
            if self.left:
                self.done.set_exception(WrongAnswer(f"the server hung up: {self.heard[:200]!r}"))
            else:
                self.done.set_result(None)

    def _ask(self) -> None:
        self.began = time.perf_counter()
        self.transport.write(self.request.replace(NUMBER, b"%010d" % next(self.shared.numbers)))

    def _look_at(self, head: bytes, body: bytes) -> None:
        status = head[STATUS]
        self.shared.statuses[status.decode()] += 1
        missing = [marker for marker in self.markers if marker not in body]
        if (status not in self.statuses or missing) and not self.done.done():
            self.done.set_exception(WrongAnswer(f"{head[:300]!r} … without {missing}"))


class Shared:
    """What all connections of a run have in common."""

    def __init__(self, first: int) -> None:
        self.numbers = count(first)
        self.times: list[float] = []
        self.statuses: Counter[str] = Counter()


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(LENGTH):
            return int(line.removeprefix(LENGTH))
    raise WrongAnswer(f"an answer without its length: {head[:300]!r}")


async def run(plan: dict[str, Any]) -> dict[str, Any]:
    """Carry out the plan; answers times of every request, in seconds."""
    shared = Shared(plan.get("first", 0))
    began, cpu = time.perf_counter(), time.process_time()
    talks = []
    for number, asks in enumerate(plan["connections"]):
        if pace := plan.get("per_second"):
            await asyncio.sleep(max(0.0, began + number / pace - time.perf_counter()))
        talks.append(asyncio.create_task(_talk(plan, asks, shared)))
    await asyncio.gather(*talks)
    return {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - cpu,
        "times": shared.times,
        "statuses": shared.statuses,
    }


async def _talk(plan: dict[str, Any], asks: dict[str, Any], shared: Shared) -> None:
    loop = asyncio.get_running_loop()
    _, talk = await loop.create_connection(lambda: Talk(plan, asks, shared), plan["host"], plan["port"])
    await asyncio.wait_for(talk.done, PATIENCE_SECONDS)


if __name__ == "__main__":
    json.dump(asyncio.run(run(json.load(sys.stdin))), sys.stdout)
