"""The database's log (WAL): archived beside the cluster from the first backup on, carried to the folder of backups."""

import gzip
import shutil
import time
import zlib
from pathlib import Path

from niangjia.config.backup.manifest import Damaged
from niangjia.config.postgres.lodging import Lodging, make_private

SUFFIX = ".gz"
FOLDER = "wal"
PATIENCE_S = 60.0
LOOK_S = 0.1


def archive_of(place: Lodging) -> Path:
    """Where the server puts each finished piece of its log; it does so once the folder is there."""
    return place.cluster.parent / "archive"


def begin_archive(place: Lodging) -> None:
    """From now on every finished piece of the log is kept."""
    make_private(archive_of(place), place)


def wait_for(place: Lodging, name: str) -> None:
    """Wait until the server has put a piece of the log away; `TimeoutError` where it cannot."""
    until = time.monotonic() + PATIENCE_S
    while not (archive_of(place) / f"{name}{SUFFIX}").exists():
        if time.monotonic() > until:
            raise TimeoutError(name)
        time.sleep(LOOK_S)


def carry_over(place: Lodging, folder: Path) -> int:
    """Move what was put away to the folder of backups, whole or not at all; answers how many pieces came."""
    target, came = folder / FOLDER, 0
    target.mkdir(exist_ok=True, mode=0o700)
    for path in sorted(archive_of(place).glob(f"*{SUFFIX}")):
        draft = target / f".{path.name}.part"
        shutil.copyfile(path, draft)
        draft.replace(target / path.name)
        path.unlink()
        came += 1
    return came


def check_pieces(folder: Path) -> list[Path]:
    """Every piece of the log in a folder of backups; `Damaged` with the name of one that cannot be read."""
    pieces = sorted((folder / FOLDER).glob(f"*{SUFFIX}"))
    for path in pieces:
        try:
            with gzip.open(path) as file:
                while file.read(1 << 20):
                    pass
        except (OSError, EOFError, zlib.error) as error:
            raise Damaged(f"{FOLDER}/{path.name}") from error
    return pieces
