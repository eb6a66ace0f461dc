"""One cluster's life: made once, started, found running, stopped."""

import os
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import psycopg

from niangjia.config.environment import NotReady, keep_secret
from niangjia.config.postgres.addresses import ADMIN_ROLE, LOOPBACK
from niangjia.config.postgres.configuration import ACCESS_RULES, FILE_NAME, configuration
from niangjia.config.postgres.lodging import Lodging, make_private
from niangjia.config.postgres.secrets import password

PROCESSES = Path("/proc")
START_SECONDS = 60
ATTEMPTS = 20
PAUSE_SECONDS = 0.5
CONNECT_SECONDS = 10
LEFT_BEHIND = ("shared memory block", "still in use", "already running", "Address already in use")


def make_cluster(place: Lodging) -> None:
    """Make the cluster where there is none: UTF-8, the C.UTF-8 order, passwords from the first moment."""
    version = place.cluster / "PG_VERSION"
    if (place.cluster / FILE_NAME).exists():
        _same_major(place, version)
        return
    if version.exists():
        _empty(place.cluster)  # a first start was killed half-way: nothing was in there yet
    secret = place.cluster.parent / f".first-{os.getpid()}"
    keep_secret(secret, password(place.keep, ADMIN_ROLE))
    place.give(secret)
    try:
        made = place.run(
            place.binaries.program("initdb"),
            f"--pgdata={place.cluster}",
            f"--username={ADMIN_ROLE}",
            f"--pwfile={secret}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            *_locale(place),
        )
    finally:
        secret.unlink()
    if made.returncode:
        raise NotReady(_failed("be set up", "初始化", made.stderr, place))
    allow_access(place)
    with (place.cluster / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(f"include '{FILE_NAME}'\n")
    _write(place, FILE_NAME, "")


def allow_access(place: Lodging) -> None:
    """Who may come in, and how: the three roles over loopback, by password; for a copy the administrator alone."""
    _write(place, "pg_hba.conf", ACCESS_RULES)


def start(place: Lodging, settings: Mapping[str, str], *, port: int) -> None:
    """Start the server and wait until it answers; what a killed one left behind is waited out."""
    make_private(place.sockets, place)
    _write(place, FILE_NAME, configuration(settings, port=port, sockets=place.sockets))
    _forget_dead_server(place)
    said = ""
    for _ in range(ATTEMPTS):
        place.log.touch(mode=0o600)
        place.give(place.log)
        before = place.log.stat().st_size
        started = place.run(
            place.binaries.program("pg_ctl"), "start", "--wait", "--silent", f"--timeout={START_SECONDS}",
            f"--pgdata={place.cluster}", f"--log={place.log}",
        )  # fmt: skip
        if started.returncode == 0:
            return
        with place.log.open(encoding="utf-8", errors="replace") as log:
            log.seek(before)
            said = log.read() or started.stderr
        if not any(words in said for words in LEFT_BEHIND):
            break
        time.sleep(PAUSE_SECONDS)
    raise NotReady(_failed("start", "启动", said, place))


def stop(place: Lodging) -> None:
    """Stop the server now: open sessions are ended, everything committed is kept."""
    answer = place.run(
        place.binaries.program("pg_ctl"), "stop", "--wait", "--silent", "--mode=fast", f"--pgdata={place.cluster}"
    )
    if answer.returncode and server_pid(place) is not None:
        raise NotReady(_failed("stop", "停止", answer.stderr, place))
    with suppress(OSError):  # it is made anew at the next start
        place.sockets.rmdir()


def server_pid(place: Lodging) -> int | None:
    """The running server's process number; None when it is down, even if a dead one's file is still there."""
    pid = _noted_pid(place)
    return pid if pid is not None and _is_postgres(pid) else None


def answers(place: Lodging, port: int) -> bool:
    """Whether this very cluster (not another program on its port) answers."""
    try:
        with connect(place.keep, port=port, database="postgres") as connection:
            row = connection.execute("SELECT current_setting('data_directory')").fetchone()
    except psycopg.OperationalError:
        return False
    return row is not None and Path(row[0]).resolve() == place.cluster.resolve()


def comes_up(place: Lodging, port: int) -> bool:
    """Wait while a server repairs itself from its log; False when it ends meanwhile, as one just killed does."""
    for _ in range(int(START_SECONDS / PAUSE_SECONDS)):
        if answers(place, port):
            return True
        if server_pid(place) is None:
            return False
        time.sleep(PAUSE_SECONDS)
    raise NotReady(_failed("answer", "响应", f"no answer within {START_SECONDS} s", place))


def connect(keep: Path, *, port: int, database: str) -> psycopg.Connection:
    """A session of the server's administrator, who only sets up roles and databases."""
    return psycopg.connect(
        host=LOOPBACK,
        port=port,
        user=ADMIN_ROLE,
        password=password(keep, ADMIN_ROLE),
        dbname=database,
        autocommit=True,
        connect_timeout=CONNECT_SECONDS,
    )


def free_port(preferred: int) -> int:
    """The port used last time if it is free, else one the system gives."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    message = (
        "No free port on 127.0.0.1: stop a program that uses many.\n127.0.0.1 上没有空闲端口：请先关闭占用端口的程序。"
    )
    raise NotReady(message)


def _locale(place: Lodging) -> tuple[str, ...]:
    """C.UTF-8: from the server itself since version 17, before that from the operating system."""
    if place.binaries.major >= 17:
        return ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    return ("--locale=C.UTF-8",)


def _same_major(place: Lodging, version: Path) -> None:
    made_by = int(version.read_text(encoding="ascii"))
    if made_by == place.binaries.major:
        return
    message = (
        f"The data in {place.cluster} was made by PostgreSQL {made_by}, but version {place.binaries.major} was found: "
        f"set NIANGJIA_POSTGRES (wheel or system) as before, or install version {made_by}.\n"
        f"{place.cluster} 中的数据由 PostgreSQL {made_by} 建立，而现在找到的是 {place.binaries.major} 版："
        f"请把 NIANGJIA_POSTGRES 改回原来的值，或安装 {made_by} 版。"
    )
    raise NotReady(message)


def _empty(folder: Path) -> None:
    for root, folders, files in os.walk(folder, topdown=False):
        for name in files:
            Path(root, name).unlink()
        for name in folders:
            path = Path(root, name)
            path.unlink() if path.is_symlink() else path.rmdir()


def _write(place: Lodging, name: str, text: str) -> None:
    path = place.cluster / name
    draft = path.with_name(f".{name}.new")
    draft.write_text(text, encoding="utf-8")
    draft.chmod(0o600)
    place.give(draft)
    draft.replace(path)


def _noted_pid(place: Lodging) -> int | None:
    try:
        first_line, *_ = (place.cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        return int(first_line)
    except (FileNotFoundError, ValueError):
        return None


def _is_postgres(pid: int) -> bool:
    """Whether a process is a running PostgreSQL: its number may belong to anything else by now, or to a corpse."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    if not (PROCESSES / "self").exists():
        return True
    try:
        # "123 (postgres) S 1 …": number, program, state; Z is a dead process that nobody has collected
        _, _, rest = (PROCESSES / str(pid) / "stat").read_text(encoding="utf-8").partition("(")
        program, _, state = rest.rpartition(")")
    except OSError:
        return False
    return program == "postgres" and not state.strip().startswith("Z")


def _forget_dead_server(place: Lodging) -> None:
    """Remove process file and socket of a killed server, once the last of its sessions has left the data alone."""
    pid = _noted_pid(place)
    if pid is None or _is_postgres(pid) or not (PROCESSES / "self").exists():
        return  # elsewhere PostgreSQL judges by itself
    for _ in range(ATTEMPTS):
        if not _still_inside(place):
            (place.cluster / "postmaster.pid").unlink(missing_ok=True)
            for left in place.sockets.iterdir():
                left.unlink()
            return
        time.sleep(PAUSE_SECONDS)
    raise NotReady(_failed("start", "启动", "sessions of a killed server are still running", place))


def _still_inside(place: Lodging) -> bool:
    """Whether any living process works inside the cluster's folder, as every session of a server does."""
    for link in PROCESSES.glob("[0-9]*/cwd"):
        try:
            if link.readlink() == place.cluster and _is_postgres(int(link.parent.name)):
                return True
        except OSError:
            continue  # it has ended meanwhile, or belongs to a user whose processes are none of ours
    return False


def _failed(verb: str, verb_zh: str, said: str, place: Lodging) -> str:
    lines = [line for line in said.splitlines() if line.strip()]
    telling = next((line for line in lines if "FATAL" in line or "error" in line.lower()), lines[-1] if lines else "")
    return (
        f"The database could not {verb}: {telling.strip()} (more in {place.log}).\n"
        f"数据库无法{verb_zh}：{telling.strip()}（详见 {place.log}）。"
    )
