"""The one server that all commands on a data folder share: found, else started, under one lock."""

import fcntl
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from niangjia.config.environment import CHECKOUT, Environment, NotReady, environment, unwritable
from niangjia.config.postgres import cluster
from niangjia.config.postgres.addresses import APP_ROLE, OWNER_ROLE, Addresses, address
from niangjia.config.postgres.binaries import find_binaries
from niangjia.config.postgres.configuration import OFFICE
from niangjia.config.postgres.lodging import Lodging, lodge
from niangjia.config.postgres.provision import provision
from niangjia.config.postgres.secrets import password


@dataclass(frozen=True)
class ServerStatus:
    """What is known of the server: its kind, process, port and folder; no process means it is down."""

    kind: str
    pid: int | None
    port: int | None
    folder: Path | None


def ensure_server(here: Environment | None = None, *, settings: Mapping[str, str] = OFFICE) -> Addresses:
    """The database's addresses; the server is started first where none runs and none was named by DATABASE_URL."""
    here = here or environment()
    if here.database_url:
        return Addresses(here.database_url, here.owner_url or here.database_url, "given")
    place = lodge(here, find_binaries(here.postgres))
    with locked(place.keep):
        _mark_used(place.keep)
        port = _noted_port(place.keep)
        if not (port and cluster.server_pid(place) and cluster.answers(place, port)):
            port = _start(place, settings)
    return _addresses(place, port)


def stop_server(here: Environment | None = None, *, if_unused_since: str = "") -> bool:
    """Stop the server of this data folder; False where none runs, it is not ours, or it was used since that word."""
    place = _known_place(here or environment())
    if place is None:
        return False
    with locked(place.keep):
        if cluster.server_pid(place) is None or (if_unused_since and last_use(place.keep) != if_unused_since):
            return False
        cluster.stop(place)
        return True


def server_status(here: Environment | None = None) -> ServerStatus:
    """Whether the server runs, and where; nothing is started."""
    here = here or environment()
    if here.database_url:
        return ServerStatus("given", None, None, None)
    place = _known_place(here)
    if place is None:
        return ServerStatus("none", None, None, None)
    return ServerStatus(place.binaries.kind, cluster.server_pid(place), _noted_port(place.keep) or None, place.cluster)


@contextmanager
def locked(keep: Path) -> Iterator[None]:
    """Hold the folder's one lock: whoever starts or stops the server does it alone; a killed holder frees it."""
    try:
        file = (keep / "lock").open("a")
    except OSError as error:
        raise NotReady(unwritable(keep, error)) from error
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def last_use(keep: Path) -> str:
    """A word that changes each time a command asks for the server."""
    try:
        return (keep / "used").read_text(encoding="ascii")
    except FileNotFoundError:
        return ""


def _start(place: Lodging, settings: Mapping[str, str]) -> int:
    cluster.make_cluster(place)
    port = _noted_port(place.keep)
    while not (cluster.server_pid(place) and cluster.comes_up(place, port)):
        port = cluster.free_port(port)
        (place.keep / "port").write_text(str(port), encoding="ascii")
        cluster.start(place, settings, port=port)
    provision(place.keep, port=port)
    _watch_idleness(place)
    return port


def _watch_idleness(place: Lodging) -> None:
    """Leave a small process behind that stops the server when nobody has used it for a while."""
    # the shell ends at once, so that the watcher is nobody's child and holds nobody's terminal or pipe
    subprocess.run(
        ["/bin/sh", "-c", '"$0" -m niangjia.config.postgres.idle "$1" &', sys.executable, str(place.keep.parent)],
        cwd=CHECKOUT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        check=False,
    )


def _known_place(here: Environment) -> Lodging | None:
    if here.database_url or not (here.data / "postgres" / "port").exists():
        return None
    return lodge(here, find_binaries(here.postgres))


def _addresses(place: Lodging, port: int) -> Addresses:
    return Addresses(
        address(APP_ROLE, password(place.keep, APP_ROLE), port=port),
        address(OWNER_ROLE, password(place.keep, OWNER_ROLE), port=port),
        place.binaries.kind,
    )


def _noted_port(keep: Path) -> int:
    """The port used last; 0 before the first start."""
    try:
        return int((keep / "port").read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return 0


def _mark_used(keep: Path) -> None:
    try:
        (keep / "used").write_text(secrets.token_hex(8), encoding="ascii")
    except OSError as error:
        raise NotReady(unwritable(keep, error)) from error
