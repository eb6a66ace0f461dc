"""Connections that rest in the pool between two requests, and how they are found alive."""

from selectors import EVENT_READ, DefaultSelector
from typing import Any

import psycopg


class Resting(psycopg.Connection[Any]):
    """Asked by the pool whether it still lives, it looks at its own end of the line.

    The pool asks before every request, by a statement that says nothing. A server that went away closes the line, which is
    seen without a word to it; only where something waits there is the statement sent, and fails.
    """

    def execute(self, query: Any, *args: Any, **kwargs: Any) -> psycopg.Cursor[Any]:
        """As every connection; but for the statement that says nothing."""
        if query == "" and not self._hears():
            return self.cursor()
        return super().execute(query, *args, **kwargs)

    def _hears(self) -> bool:
        if self.closed:
            return True
        with DefaultSelector() as line:
            line.register(self.fileno(), EVENT_READ)
            return bool(line.select(0))
