"""What a backup says of itself: every file with its hash, every table with its count and fingerprint."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

NAME = "manifest.json"
SEAL = "manifest.sha256"
# PostgreSQL's own list of what is in `base`, which its own program checks.
BASE, BASE_LIST = "base", "base/backup_manifest"


class Damaged(Exception):
    """A file of the backup is not as it was written, or is gone; its name is the message."""


@dataclass(frozen=True)
class Manifest:
    """One backup: when it was taken, up to where, and what it holds."""

    taken_at: str
    restore_point: str = ""
    tables: dict[str, list[Any]] = field(default_factory=dict)
    heads: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Into the folder of the backup, with the hashes of its files; the last thing that is written."""
        body = json.dumps(asdict(self) | {"files": dict(hashes(folder))}, ensure_ascii=False, indent=1).encode()
        (folder / NAME).write_bytes(body)
        (folder / SEAL).write_text(hashlib.sha256(body).hexdigest(), encoding="ascii")


def read(folder: Path) -> Manifest:
    """The manifest of a backup whose files are all as they were written; else `Damaged` with the name of the first."""
    try:
        body = (folder / NAME).read_bytes()
        seal = (folder / SEAL).read_text(encoding="ascii")
    except OSError as error:
        raise Damaged(NAME) from error
    if hashlib.sha256(body).hexdigest() != seal.strip():
        raise Damaged(NAME)
    found = Manifest(**json.loads(body))
    now = dict(hashes(folder))
    for name, digest in found.files.items():
        if now.get(name) != digest:
            raise Damaged(name)
    return found


def hashes(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file of a backup with its hash; of the database's own files only their list, which has the hashes of all."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        is_listed = name.startswith(f"{BASE}/") and name != BASE_LIST
        if path.is_file() and not is_listed and name not in (NAME, SEAL):
            with path.open("rb") as file:
                yield name, hashlib.file_digest(file, "sha256").hexdigest()
