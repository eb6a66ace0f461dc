"""One at a time: what two requests must not do at once."""

from django.db import connection

FAMILY = 0x63617264


def locked(what: str) -> None:
    """Wait until nobody else does this; let go at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [FAMILY, what])
