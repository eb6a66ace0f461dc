"""Restore a backup into a data folder of its own, to its own point or to a chosen second, and prove it."""

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from niangjia.config.backup import log_files, manifest
from niangjia.config.backup.fingerprint import fingerprint
from niangjia.config.backup.manifest import BASE, Damaged, Manifest
from niangjia.config.backup.taking import Server
from niangjia.config.environment import Environment, NotReady
from niangjia.config.postgres import cluster, stop_server
from niangjia.config.postgres.addresses import ADMIN_ROLE
from niangjia.config.postgres.binaries import find_binaries
from niangjia.config.postgres.configuration import OFFICE
from niangjia.config.postgres.lodging import Lodging, lodge
from niangjia.config.postgres.provision import provision
from niangjia.config.postgres.secrets import password

RECOVERS_WITHIN_S = 24 * 3600
LOOK_S = 0.2
INCOMING = "wal-in"
PROVED_AT = """SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"')"""
# Only while the log is read forward, over a socket in a private folder.
OWN_SOCKET = "local all postgres trust\n"


class CannotRestore(Exception):
    """Nothing was restored; a code, and the words or the file it is about."""

    def __init__(self, code: str, about: str = "") -> None:
        """Why."""
        super().__init__(code)
        self.code, self.about = code, about


@dataclass(frozen=True)
class Wish:
    """What is to be restored: from which folder of backups, with which keys, up to when, into which data folder."""

    folder: Path
    keys: Path
    into: Path
    upto: datetime | None = None


def restore(here: Environment, wish: Wish) -> dict[str, Any]:
    """A second data folder with the database as it was; the proof of it."""
    if wish.into.exists() and any(wish.into.iterdir()):
        raise CannotRestore("not_empty", str(wish.into))
    chosen = _chosen(wish)
    try:
        found, pieces = manifest.read(chosen), log_files.check_pieces(wish.folder)
    except Damaged as damaged:
        raise CannotRestore("damaged", str(damaged)) from damaged
    there = replace(
        here, data=wish.into, keys=wish.into / "keys", anchors=wish.into / "anchors", database_url="", owner_url=""
    )
    place = lodge(there, find_binaries(here.postgres))
    _check_copy(place, chosen / BASE)
    try:
        server = _lay_out(place, chosen / BASE, pieces)
        point = (
            ("recovery_target_time", wish.upto.isoformat())
            if wish.upto
            else ("recovery_target_name", found.restore_point)
        )
        _read_forward(server, point)
        _bring_files(chosen, wish, there)
        _keep_anchors_up_to(server, there.anchors)
        return _proof(server, there, found, wish)
    finally:
        stop_server(there)


def _bring_files(chosen: Path, wish: Wish, there: Environment) -> None:
    shutil.copytree(wish.keys, there.keys)
    for name, target in (("uploads", there.data / "uploads"), ("anchors", there.anchors)):
        if (chosen / name).is_dir():
            shutil.copytree(chosen / name, target)


def _chosen(wish: Wish) -> Path:
    """The newest backup that was finished before the second asked for."""
    folders = sorted(path.parent for path in wish.folder.glob(f"*/{manifest.SEAL}"))
    if wish.upto is not None:
        limit = wish.upto.astimezone().timestamp()
        folders = [path for path in folders if _taken(path) <= limit]
    if not folders:
        raise CannotRestore("no_backup", str(wish.folder))
    return folders[-1]


def _taken(folder: Path) -> float:
    return datetime.strptime(f"{folder.name[:-1]}+0000", "%Y%m%dT%H%M%S%z").timestamp()


def _check_copy(place: Lodging, base: Path) -> None:
    """PostgreSQL's own check of every file; the first that is not as it was is named."""
    words = (place.binaries.program("pg_verifybackup"), "--no-parse-wal", "--exit-on-error", str(base))
    done = subprocess.run(words, text=True, capture_output=True, env=os.environ | {"LC_ALL": "C"}, check=False)
    if done.returncode:
        raise CannotRestore("damaged", (done.stderr.strip().splitlines() or ["base"])[-1])


def _lay_out(place: Lodging, base: Path, pieces: list[Path]) -> Server:
    """The copied cluster and its log in place, as a server finds them that has to read forward."""
    shutil.copytree(base, place.cluster, dirs_exist_ok=True, ignore=shutil.ignore_patterns("backup_manifest"))
    incoming = place.cluster.parent / INCOMING
    incoming.mkdir(mode=0o700)
    for piece in pieces:
        shutil.copyfile(piece, incoming / piece.name)
    (place.cluster / "recovery.signal").touch(mode=0o600)
    (place.cluster / "pg_hba.conf").write_text(OWN_SOCKET, encoding="ascii")
    for path in (place.cluster, incoming, *place.cluster.rglob("*"), *incoming.iterdir()):
        place.give(path)
    server = Server(place, cluster.free_port(0))
    (place.keep / "port").write_text(str(server.port), encoding="ascii")
    return server


def _read_forward(server: Server, target: tuple[str, str]) -> None:
    """The log read up to the point or second asked for; afterwards the cluster is open for writing like any other."""
    place, port = server.place, server.port
    reading = {
        **OFFICE, "archive_mode": "off", "restore_command": f"gunzip < ../{INCOMING}/%f.gz > %p", target[0]: target[1],
        "recovery_target_action": "promote",
    }  # fmt: skip
    try:
        cluster.start(place, reading, port=port)
        _wait_until_open(place, port)
    except NotReady as error:
        raise CannotRestore("log_missing", str(error).splitlines()[0]) from error
    cluster.allow_access(place)
    cluster.stop(place)
    shutil.rmtree(place.cluster.parent / INCOMING)
    cluster.start(place, OFFICE, port=port)
    provision(place.keep, port=port)


def _wait_until_open(place: Lodging, port: int) -> None:
    """Wait for the end of the log; then the administrator gets the password of this data folder."""
    until = time.monotonic() + RECOVERS_WITHIN_S
    while time.monotonic() < until:
        with suppress(psycopg.OperationalError), _over_socket(place, port) as session:
            if not session.execute("SELECT pg_is_in_recovery()").fetchone()[0]:
                secret = sql.Literal(password(place.keep, ADMIN_ROLE))
                session.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(ADMIN_ROLE), secret))
                return
        if cluster.server_pid(place) is None:
            break
        time.sleep(LOOK_S)
    said = [line for line in place.log.read_text(encoding="utf-8", errors="replace").splitlines() if "FATAL" in line]
    raise NotReady(said[-1] if said else "the server ended while it read its log")


def _over_socket(place: Lodging, port: int) -> Any:
    return psycopg.connect(host=str(place.sockets), port=port, user=ADMIN_ROLE, dbname="postgres", autocommit=True)


def _keep_anchors_up_to(server: Server, anchors: Path) -> None:
    """Anchors of blocks that were sealed after the second asked for do not belong to this database."""
    with server.connect() as session:
        heads = dict(session.execute("SELECT city, max(number) FROM journal_block GROUP BY city").fetchall())
    for path in anchors.glob("journal-*.txt"):
        last = heads.get(path.stem.removeprefix("journal-"), 0)
        lines = path.read_text(encoding="ascii").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if int(line.split(" ")[0]) <= last), encoding="ascii")


def _proof(server: Server, there: Environment, found: Manifest, wish: Wish) -> dict[str, Any]:
    with server.connect() as session:
        tables = fingerprint(session)
        (proved_at,) = session.execute(PROVED_AT).fetchone()
    differing = sorted(name for name in {*tables, *found.tables} if tables.get(name) != found.tables.get(name))
    surroundings = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "NIANGJIA_OWNER_URL")
    }
    surroundings |= {
        "NIANGJIA_DATA": str(there.data), "NIANGJIA_KEYS": str(there.keys), "NIANGJIA_ANCHORS": str(there.anchors),
    }  # fmt: skip
    words = (sys.executable, "-c", "import sys; from niangjia.config.command import main; sys.exit(main(sys.argv[1:]))")
    done = subprocess.run(
        (*words, "prove-restore", "--json"), env=surroundings, text=True, capture_output=True, check=False
    )
    inside = json.loads(done.stdout) if done.stdout.strip() else {"holds": False, "said": done.stderr.strip()[-500:]}
    is_same = wish.upto is not None or not differing
    return {
        "holds": bool(inside.get("holds")) and is_same, "data": str(wish.into), "proved_at": proved_at, "backup": found.taken_at,
        "upto": wish.upto.isoformat() if wish.upto else found.restore_point,
        "tables": len(tables), "rows": sum(count for count, _ in tables.values()),
        # at another second than the backup's own there is nothing to compare with
        "tables_differ": differing if wish.upto is None else None, "inside": inside,
    }  # fmt: skip
