"""For tests of what happens to a roster's rows: workbooks are parsed in the test's own process.

A child of its own for each look at a file is what keeps strangers' files harmless, and what such tests would spend most of
their time on. The words that go through the pipe are the same; the child itself has its tests beside this file.
"""

import marshal
from collections.abc import Generator
from io import BytesIO
from typing import Any

from niangjia.kernel.files.limits import LENGTH
from niangjia.kernel.intake.sheets.child import answer_whole


class ReadHere:
    """Stands where `LimitedChild` stands, without a child and without its limits."""

    def __init__(self, _program: tuple[str, ...], request: dict[str, Any], *, patience: float) -> None:
        del patience
        answered = BytesIO()
        answer_whole(request, answered)
        self._answer = BytesIO(answered.getvalue())

    def frames(self) -> Generator[tuple[Any, ...]]:
        """The frames that a child would have sent."""
        while (frame := self._frame())[0] != "end":
            yield frame

    def _frame(self) -> tuple[Any, ...]:
        (length,) = LENGTH.unpack(self._answer.read(LENGTH.size))
        frame: tuple[Any, ...] = marshal.loads(self._answer.read(length))  # noqa: S302 - written just now
        return frame
