"""The files of this tree that belong to the product."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NEVER = {".git", ".venv", ".data", "node_modules", "__pycache__", "vendor"}


@dataclass(frozen=True)
class Source:
    """One text file, named from the top of the tree."""

    path: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        """Its lines, without their ends."""
        return self.text.splitlines()

    @property
    def is_test(self) -> bool:
        """Whether it is a test or made for tests."""
        parts = self.path.split("/")
        return "tests" in parts or parts[-1] == "conftest.py"

    @property
    def is_migration(self) -> bool:
        """Whether Django wrote it as a migration."""
        return "migrations" in self.path.split("/")

    def line_of(self, offset: int) -> int:
        """The number of the line on which a character stands."""
        return self.text.count("\n", 0, offset) + 1


def names(root: Path = ROOT) -> list[str]:
    """Files git knows or would add; in an unpacked archive, all files outside the ignored folders."""
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        found = sorted(set(filter(None, listed.stdout.split("\0"))))
        return [name for name in found if (root / name).is_file()]
    every = (path for path in root.rglob("*") if path.is_file() and NEVER.isdisjoint(path.relative_to(root).parts))
    return sorted(path.relative_to(root).as_posix() for path in every)


def sources(*suffixes: str, under: str = "", root: Path = ROOT) -> Iterator[Source]:
    """Text files with one of these endings (all, when none is named) below a folder; others are passed over."""
    for name in names(root):
        if not name.startswith(under) or (suffixes and not name.endswith(suffixes)):
            continue
        content = (root / name).read_bytes()
        if b"\0" in content:
            continue
        yield Source(name, content.decode("utf-8", errors="replace"))
