"""Take a backup: the database while it works, its log, files and anchors in one folder, the keys in another."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings

from niangjia.config.backup import log_files
from niangjia.config.backup.fingerprint import fingerprint_at
from niangjia.config.backup.manifest import BASE, Manifest
from niangjia.config.environment import Environment
from niangjia.config.postgres import cluster, ensure_server, server_status
from niangjia.config.postgres.addresses import ADMIN_ROLE, DATABASE, LOOPBACK
from niangjia.config.postgres.binaries import find_binaries
from niangjia.config.postgres.lodging import Lodging, lodge
from niangjia.config.postgres.secrets import password

STAMP = "%Y%m%dT%H%M%SZ"
HEADS = """
SELECT DISTINCT ON (city) city, number, encode(hash, 'hex'), sealed_at::text FROM journal_block ORDER BY city, number DESC
"""


class CannotBackUp(Exception):
    """The backup was not taken; a code and, where PostgreSQL said something, its words."""

    def __init__(self, code: str, said: str = "") -> None:
        """Why."""
        super().__init__(code)
        self.code, self.said = code, said


@dataclass(frozen=True)
class Server:
    """The embedded server of one data folder, as its administrator meets it."""

    place: Lodging
    port: int

    def connect(self, database: str = DATABASE) -> Any:
        """A session of the administrator."""
        return cluster.connect(self.place.keep, port=self.port, database=database)


def take(here: Environment, folder: Path, *, keys_to: Path | None) -> dict[str, Any]:
    """One backup into a folder of its own below `folder`; what it holds."""
    refuse_keys_beside_data(folder, keys_to)
    addresses = ensure_server(here)
    now = instant_of(addresses.app_url)
    stamp = now.strftime(STAMP)
    target = folder / stamp
    target.mkdir(parents=True, mode=0o700)
    found = Manifest(taken_at=now.isoformat())
    if addresses.kind != "given":
        server = Server(lodge(here, find_binaries(here.postgres)), server_status(here).port or 0)
        found = _take_database(server, folder, target, found)
    for name, source in (("uploads", here.data / "uploads"), ("anchors", here.anchors)):
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("*.part", ".*"))
    if keys_to is not None:
        shutil.copytree(settings.NIANGJIA_KEYS, keys_to / stamp)
        (keys_to / stamp).chmod(0o700)
    found.write(target)
    return {
        "backup": str(target), "database": addresses.kind, "keys": str(keys_to / stamp) if keys_to else None,
        "tables": len(found.tables), "rows": sum(count for count, _ in found.tables.values()), "anchors": found.heads,
    }  # fmt: skip


def instant_of(address: str) -> datetime:
    """Now, by the database's clock."""
    with psycopg.connect(address) as session:
        rows = session.execute("SELECT extract(epoch FROM now())::float").fetchall()
    return datetime.fromtimestamp(rows[0][0], UTC)


def refuse_keys_beside_data(folder: Path, keys_to: Path | None) -> None:
    """Whoever finds the backup of the data must not find the keys in it."""
    if keys_to is not None:
        data, keys = folder.resolve(), keys_to.resolve()
        if data == keys or data in keys.parents or keys in data.parents:
            raise CannotBackUp("keys_beside_data")


def carry_log(here: Environment, folder: Path) -> int:
    """Only what the log has grown by since: cheap, and as often as you like."""
    if ensure_server(here).kind == "given":
        raise CannotBackUp("not_ours")
    server = Server(lodge(here, find_binaries(here.postgres)), server_status(here).port or 0)
    with server.connect() as session:
        (name,) = session.execute("SELECT pg_walfile_name(pg_create_restore_point('niangjia'))").fetchone()
        session.execute("SELECT pg_switch_wal()")
    _wait(server, name)
    return log_files.carry_over(server.place, folder)


def _take_database(server: Server, folder: Path, target: Path, found: Manifest) -> Manifest:
    log_files.begin_archive(server.place)
    with server.connect() as session:
        if session.execute("SHOW archive_mode").fetchone()[0] != "on":
            raise CannotBackUp("restart_first")
    cluster.allow_access(server.place)
    with server.connect() as session:
        session.execute("SELECT pg_reload_conf()")
    _copy_cluster(server, target / BASE)
    point = f"niangjia-{target.name}"
    with server.connect() as holder, server.connect() as reader:
        tables, log_file = fingerprint_at(holder, reader, point=point)
        heads = [dict(zip(("city", "number", "hash", "sealed_at"), row, strict=True)) for row in reader.execute(HEADS)]
        holder.execute("SELECT pg_switch_wal()")
    _wait(server, log_file)
    log_files.carry_over(server.place, folder)
    return Manifest(found.taken_at, point, tables, heads)


def _copy_cluster(server: Server, target: Path) -> None:
    """PostgreSQL's own copy of a working cluster, with its own list of hashes."""
    surroundings = os.environ | {"PGPASSWORD": password(server.place.keep, ADMIN_ROLE), "LC_ALL": "C"}
    done = subprocess.run(
        (
            server.place.binaries.program("pg_basebackup"), f"--pgdata={target}", "--format=plain", "--wal-method=none",
            "--checkpoint=fast", "--manifest-checksums=SHA256", "--no-sync", f"--host={LOOPBACK}",
            f"--port={server.port}", f"--username={ADMIN_ROLE}",
        ),
        text=True, capture_output=True, stdin=subprocess.DEVNULL, check=False, env=surroundings,
    )  # fmt: skip
    if done.returncode:
        raise CannotBackUp("copy_failed", (done.stderr.strip().splitlines() or [""])[-1])


def _wait(server: Server, name: str) -> None:
    try:
        log_files.wait_for(server.place, name)
    except TimeoutError as error:
        raise CannotBackUp("log_not_archived", name) from error
