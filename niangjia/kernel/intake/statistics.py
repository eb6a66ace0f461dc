"""What PostgreSQL knows of its tables, told anew after much came in at once.

Until it looks by itself, minutes later, it plans as if the tables were as empty as before, and walls make such plans dear.
"""

from django.db import connection
from django.db.models import Model


def count_anew(*models: type[Model]) -> None:
    """Have the owner look at these tables anew; also inside the transaction that filled them."""
    with connection.cursor() as cursor:
        tables = [model._meta.db_table for model in models]  # noqa: SLF001 - Django's public name for it
        cursor.execute("SELECT counted_anew(%s)", [tables])
