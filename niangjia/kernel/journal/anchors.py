"""The heads of the chains, written down outside the database, so that a cut tail or a rewrite shows."""

import fcntl
import os
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from niangjia.kernel.journal.models import Block

TAIL_BYTES = 512  # room for the last line, whole


def anchor_file(city: str) -> Path:
    """Where a city's chain is anchored; put the folder (NIANGJIA_ANCHORS) on another disk."""
    return Path(settings.NIANGJIA_ANCHORS) / f"journal-{city}.txt"


def anchor(city: str) -> None:
    """Append every head that is not anchored yet (number, hash, instant), those a crash left out before the newest."""
    path = anchor_file(city)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        heads = Block.objects.filter(city=city, number__gt=_last_anchored(file)).order_by("number")
        for number, digest, at in heads.values_list("number", "hash", "sealed_at"):
            file.write(f"{number} {bytes(digest).hex()} {at.isoformat()}\n".encode("ascii"))
        file.flush()
        os.fsync(file.fileno())


def anchor_all() -> None:
    """Complete the anchors of every city: the machine may have died after a block and before its anchor."""
    for city in Block.objects.order_by("city").values_list("city", flat=True).distinct():
        anchor(city)


def _last_anchored(file: BinaryIO) -> int:
    """The number on the last whole line; half a line that a crash left is taken away."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(size - TAIL_BYTES, 0))
    whole, _, half = file.read().rpartition(b"\n")
    if half:
        file.truncate(size - len(half))
    last = whole.rpartition(b"\n")[2].split(b" ")[0]
    return int(last) if last.isdigit() else 0
