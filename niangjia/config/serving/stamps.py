"""Stamps: what was done before is not done again until one of the things it depends on changes."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def changed(stamp: Path, *depends_on: str) -> Iterator[bool]:
    """Whether something changed since the work in the `with` was last done to its end; noted when it is."""
    now = hashlib.sha256("\n".join(depends_on).encode()).hexdigest()
    is_changed = not stamp.exists() or stamp.read_text(encoding="ascii") != now
    yield is_changed
    if is_changed:
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(now, encoding="ascii")
