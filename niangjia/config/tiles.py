"""Pictures of the land under maps (底图): none unless a source is named, for maps need no network."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

PLACES = ("{z}", "{x}", "{y}")


class TilesUnclear(ValueError):
    """The named source of tiles makes no sense."""


@dataclass(frozen=True)
class Tiles:
    """Where tiles come from: the address with {z}, {x} and {y}, its origin for the policy, and whom to thank."""

    address: str
    origin: str
    thanks: str


def read_tiles(variables: Mapping[str, str]) -> Tiles | None:
    """The source that is named, or None; `TilesUnclear` where it is no web address of tiles."""
    address = variables.get("NIANGJIA_TILES", "").strip()
    if not address:
        return None
    parts = urlsplit(address)
    is_web = parts.scheme in ("http", "https") and parts.hostname and not parts.username
    if (
        not is_web
        or any(place not in address for place in PLACES)
        or "{" in parts.netloc
        or set(" ;,'\"") & set(parts.netloc)
    ):
        raise TilesUnclear(address)
    return Tiles(address, f"{parts.scheme}://{parts.netloc}", variables.get("NIANGJIA_TILES_THANKS", "").strip())
