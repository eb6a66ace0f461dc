"""Checks as files: the head of each is read once; folders are named in `NIANGJIA_REGISTER_CHECKS`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

HEADS = ("en", "source", "next", "next-en")


class CheckUnfit(Exception):
    """A file of checks without a head that says what holds, by which source, and what next."""


@dataclass(frozen=True)
class Check:
    """One thing that holds of all unions (核查项), and the SQL that finds those of which it does not."""

    name: str
    words: dict[str, str]
    next: dict[str, str]
    source: str
    sql: str

    @property
    def sentence(self) -> str:
        """What holds, in the reader's language."""
        return _spoken(self.words)

    @property
    def what_next(self) -> str:
        """What to do with those of which it does not hold."""
        return _spoken(self.next)


def checks() -> tuple[Check, ...]:
    """Every check that is wired, by name."""
    return _checks(tuple(settings.NIANGJIA_REGISTER_CHECKS))


def check_named(name: str) -> Check | None:
    """The check of a name; None where there is none."""
    return next((each for each in checks() if each.name == name), None)


def read_check(path: Path) -> Check:
    """One file; `CheckUnfit` where its head lacks something."""
    lines = path.read_text("utf-8").splitlines()
    head = [line.removeprefix("--").strip() for line in lines if line.startswith("--")]
    said = {name: text.strip() for name, _, text in (line.partition(":") for line in head) if name in HEADS}
    if not head or set(HEADS) - set(said) or not all(said.values()):
        message = f"{path.name}: says not what holds, its English, source, next and next-en"
        raise CheckUnfit(message)
    sql = "\n".join(line for line in lines if not line.startswith("--"))
    return Check(
        path.stem, {"zh": head[0], "en": said["en"]}, {"zh": said["next"], "en": said["next-en"]}, said["source"], sql
    )


@cache
def _checks(folders: tuple[Path, ...]) -> tuple[Check, ...]:
    found = [read_check(path) for folder in folders for path in sorted(Path(folder).glob("*.sql"))]
    return tuple(sorted(found, key=lambda each: each.name))


def _spoken(words: dict[str, str]) -> str:
    return words["en" if (get_language() or "").startswith("en") else "zh"]
