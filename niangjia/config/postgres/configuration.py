"""How the server is set up: for an office machine that must lose nothing, and for tests that may."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from niangjia.config.postgres.addresses import LOOPBACK

ARCHIVE = (
    "test ! -d ../archive || test -f ../archive/%f.gz || "
    "(gzip -1 < %p > ../archive/%f.part && mv ../archive/%f.part ../archive/%f.gz)"
)
OFFICE: Mapping[str, str] = MappingProxyType(
    {
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "shared_buffers": "256MB",
        "max_wal_size": "2GB",
        "random_page_cost": "1.1",
        "work_mem": "32MB",
        "maintenance_work_mem": "256MB",
        "jit": "off",
        "wal_compression": "on",
        "max_connections": "100",
        "password_encryption": "scram-sha-256",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_min_duration_statement": "5s",
        # a statement's values may be names and numbers of people: the log keeps none of them
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        # once a backup was taken there is a folder for the log; before that every finished piece of it is forgotten
        "archive_mode": "on",
        "archive_timeout": "60s",
        "archive_command": ARCHIVE,
    }
)
# A test's database is thrown away: waiting for the disk would only slow it down.
TESTS: Mapping[str, str] = MappingProxyType(
    {
        **OFFICE,
        # two sessions of one test that wait for each other would wait for ever
        "lock_timeout": "20s",
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "wal_level": "minimal",
        "archive_mode": "off",
        "max_wal_senders": "0",
        "shared_buffers": "128MB",
    }
)
FILE_NAME = "niangjia.conf"
ACCESS_RULES = """\
local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
host replication postgres 127.0.0.1/32 scram-sha-256
"""


def configuration(settings: Mapping[str, str], *, port: int, sockets: Path) -> str:
    """The text of the server's configuration file."""
    lines = {
        "listen_addresses": LOOPBACK,
        "port": str(port),
        "unix_socket_directories": str(sockets),
        "unix_socket_permissions": "0700",
    } | dict(settings)
    return "".join(f"{name} = '{_quoted(value)}'\n" for name, value in lines.items())


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")
