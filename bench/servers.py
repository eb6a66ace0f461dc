"""Web servers for measures: the program's own gunicorn settings on a free port, and the CPU time they took."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.ready import ADDRESS

HOST = "127.0.0.1"
READY_SECONDS = 60
PPID, UTIME, STIME = 1, 11, 12  # behind the name of the program in /proc/*/stat


class Server:
    """A running server: its port and its first process."""

    def __init__(self, port: int, pid: int) -> None:
        self.port = port
        self.pid = pid

    def cpu_seconds(self) -> float:
        """CPU time of the server's processes so far; nothing where the system does not tell."""
        return cpu_seconds(self.pid)


@contextmanager
def serving(settings: str, *, folder: Path) -> Iterator[Server]:
    """Serve in here what these settings say."""
    port = _free_port()
    counts = folder / f"metrics-{port}"
    counts.mkdir(parents=True)
    here = {
        **os.environ,
        "DATABASE_URL": ADDRESS,
        "NIANGJIA_HOST": HOST,
        "NIANGJIA_PORT": str(port),
        "DJANGO_SETTINGS_MODULE": settings,
        "PROMETHEUS_MULTIPROC_DIR": str(counts),
    }
    words = (sys.executable, "-m", "gunicorn", "--config=python:niangjia.config.serving.web")
    with (folder / f"{settings}.log").open("ab") as log:
        process = subprocess.Popen((*words, "niangjia.config.wsgi:application"), env=here, stdout=log, stderr=log)
    try:
        _wait_for(port, process, log=folder / f"{settings}.log")
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait()


def cpu_seconds(root: int) -> float:
    """CPU time of a process and of all below it that still run."""
    below: dict[int, list[int]] = {}
    spent: dict[int, int] = {}
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            stat = each.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # ended meanwhile
        pid = int(each.parent.name)
        below.setdefault(int(stat[PPID]), []).append(pid)
        spent[pid] = int(stat[UTIME]) + int(stat[STIME])
    total, waiting = 0, [root]
    while waiting:
        pid = waiting.pop()
        total += spent.get(pid, 0)
        waiting += below.get(pid, [])
    return total / os.sysconf("SC_CLK_TCK")


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind((HOST, 0))
        return int(tried.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], *, log: Path) -> None:
    last = time.monotonic() + READY_SECONDS
    while process.poll() is None and time.monotonic() < last:
        with socket.socket() as tried:
            if tried.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    message = f"the server did not come up:\n{log.read_text(encoding='utf-8')[-2000:]}"
    raise RuntimeError(message)
