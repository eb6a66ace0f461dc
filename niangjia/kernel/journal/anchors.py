"""The heads of the chains, written down outside the database, so that a cut tail or a rewrite shows."""

from pathlib import Path

from django.conf import settings

from niangjia.kernel.journal.models import Block


def anchor_file(city: str) -> Path:
    """Where a city's chain is anchored; put the folder (NIANGJIA_ANCHORS) on another disk."""
    return Path(settings.NIANGJIA_ANCHORS) / f"journal-{city}.txt"


def write_anchor(block: Block) -> None:
    """Append the chain's head to the anchor file: number, hash, instant."""
    path = anchor_file(block.city)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as file:
        file.write(f"{block.number} {bytes(block.hash).hex()} {block.sealed_at.isoformat()}\n")
