"""Keys and people of their own for the tests of changing keys."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from niangjia.kernel.people.models import Subject
from niangjia.kernel.sealed import keyring, seal
from niangjia.kernel.sealed.keys import create_keyring
from niangjia.registers.members.models import Person

PHONE = "members_person.phone_sealed"
ID = "members_person.id_sealed"


@pytest.fixture
def own_keys(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A keyring of the test's own, and a folder of files."""
    settings.NIANGJIA_KEYS = tmp_path / "keys"
    settings.NIANGJIA_DATA = tmp_path
    create_keyring(tmp_path / "keys")
    keyring.cache_clear()
    yield tmp_path / "keys"
    keyring.cache_clear()


def people(count: int) -> list[int]:
    """So many people whose sealed facts say which row they are of; their keys."""
    subjects = Subject.objects.bulk_create((Subject() for _ in range(count)), batch_size=5_000)
    pks = [subject.pk for subject in subjects]
    Person.objects.bulk_create(
        (
            Person(
                subject_id=pk, city="349900", name="王小一", name_sort="wangxiaoyi", name_keys=["王"], id_kind="other",
                id_sealed=seal(f"N{pk}", aad=f"{ID}.{pk}"), phone_sealed=seal(f"{pk}:0", aad=f"{PHONE}.{pk}"),
            )
            for pk in pks
        ),
        batch_size=5_000,
    )  # fmt: skip
    return pks


def keys_of_rows() -> set[int]:
    """The key numbers that the people's rows need."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT get_byte(sealed, 0) * 256 + get_byte(sealed, 1) FROM members_person,"
            " unnest(ARRAY[id_sealed, phone_sealed]) AS sealed"
        )
        return {row[0] for row in cursor.fetchall()}
