"""What operators automate: a slice declares its commands as `COMMANDS`, the front runs them and prints the outcome."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.functional import Promise

DONE = 0
REFUSED = 1
USAGE = 2

Database = Literal["app", "none"]


@dataclass(frozen=True)
class Outcome:
    """What a command did: `body` is the one JSON object of `--json`, `words` what a person reads instead.

    Where the object is too large to be held, `pieces` gives it as text instead.
    """

    body: dict[str, Any] = field(default_factory=dict)
    exit_code: int = DONE
    words: str = ""
    pieces: Iterable[str] | None = None


@dataclass(frozen=True)
class Refusal:
    """One reason why an input was refused: where (a field's path), which code, and in words for people."""

    code: str
    reason: str
    path: str = ""

    def as_json(self) -> dict[str, str]:
        """The shape that operators' programs read."""
        return {"path": self.path, "code": self.code, "reason": str(self.reason)}


class Refused(Exception):
    """The whole input is refused, with every reason found; nothing was changed."""

    def __init__(self, code: str, reason: str, path: str = "", *, more: tuple[Refusal, ...] = ()) -> None:
        """One reason, and `more` where several were found."""
        super().__init__(reason)
        self.refusals = (Refusal(code, reason, path), *more)

    def as_json(self) -> dict[str, Any]:
        """The one JSON object that `--json` prints."""
        return {"refused": [refusal.as_json() for refusal in self.refusals]}


def no_arguments(_parser: ArgumentParser) -> None:
    """For commands that take none."""


@dataclass(frozen=True)
class Command:
    """One word after `niangjia`: its help, its arguments, what it runs, and whether it needs the database up."""

    name: str
    help: str | Promise
    run: Callable[[Namespace], Outcome]
    arguments: Callable[[ArgumentParser], None] = no_arguments
    database: Database = "app"
