"""Fixtures of the tests of members."""

from collections.abc import Callable

import pytest
from django.db import connections


@pytest.fixture
def without_constraints() -> Callable[[str], None]:
    """Take a constraint of requests for lists away, as only the owner of the tables can, for the rest of a test."""

    def drop(name: str) -> None:
        with connections["owner"].cursor() as cursor:
            cursor.execute(f"ALTER TABLE exports_exportrequest DROP CONSTRAINT {name}")

    return drop
