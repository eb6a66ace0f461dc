"""The database server: a given one, the wheel's, or the system's; started when needed, shared by all commands."""

from niangjia.config.postgres.addresses import Addresses
from niangjia.config.postgres.server import ServerStatus, ensure_server, server_status, stop_server

__all__ = ["Addresses", "ServerStatus", "ensure_server", "server_status", "stop_server"]
