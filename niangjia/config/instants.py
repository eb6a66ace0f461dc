"""Instants as PostgreSQL writes them, read by Python's own reader: a page reads hundreds of them."""

from datetime import UTC, datetime
from typing import Any

from psycopg.types.datetime import TimestamptzLoader


class Instants(TimestamptzLoader):
    """Reads `2026-03-02 10:00:00+00`; what Python's reader does not know, the driver's reads or refuses."""

    # Django looks here whether a connection tells instants as it wants them.
    timezone = UTC

    def load(self, data: Any) -> datetime:
        """An instant in UTC, which is how Django asks for all of them."""
        try:
            return datetime.fromisoformat(str(data, "ascii")).astimezone(UTC)
        except ValueError:
            return super().load(data).astimezone(UTC)


def read_instants(connection: Any, **_rest: Any) -> None:
    """A new connection reads its instants so."""
    if connection.vendor == "postgresql" and connection.timezone is UTC:
        connection.connection.adapters.register_loader("timestamptz", Instants)
