"""The idle watcher: a small process beside the server that stops it after ten minutes without use."""

import os
import sys
import time
from pathlib import Path

import psycopg

from niangjia.config.environment import NotReady, read_environment
from niangjia.config.postgres import cluster
from niangjia.config.postgres.server import ServerStatus, last_use, server_status, stop_server

POLL_SECONDS = 20
IDLE_POLLS = 30
SESSIONS = """
SELECT (SELECT coalesce(sum(sessions), 0) FROM pg_stat_database WHERE datname <> 'postgres'),
       (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND datname <> 'postgres')
"""


def watch(data: Path, *, poll_seconds: float = POLL_SECONDS, idle_polls: int = IDLE_POLLS) -> bool:
    """Stop the server after so many looks without use (True); end with it when it ends otherwise (False)."""
    here = read_environment({"NIANGJIA_DATA": str(data), "NIANGJIA_POSTGRES": os.environ.get("NIANGJIA_POSTGRES", "")})
    keep = data / "postgres"
    first = server_status(here)
    while True:
        seen: tuple[str, int] | None = None
        quiet = 0
        while seen is None or quiet < idle_polls:
            time.sleep(poll_seconds)
            now = server_status(here)
            if now.pid is None or now.pid != first.pid:
                return False
            trace = _trace(keep, now)
            quiet = quiet + 1 if trace is not None and trace == seen else 0
            seen = trace
        if stop_server(here, if_unused_since=seen[0]):
            return True


def _trace(keep: Path, status: ServerStatus) -> tuple[str, int] | None:
    """What changes with every use; None while somebody is connected."""
    try:
        with cluster.connect(keep, port=status.port or 0, database="postgres") as connection:
            row = connection.execute(SESSIONS).fetchone()
    except psycopg.OperationalError:
        return None
    if row is None or row[1]:
        return None
    return last_use(keep), int(row[0])


if __name__ == "__main__":
    try:
        watch(Path(sys.argv[1]))
    except NotReady as reason:
        sys.exit(str(reason))
