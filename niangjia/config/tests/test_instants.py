"""Instants are read as the driver reads them, only faster."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from psycopg import DataError
from psycopg.types.datetime import TimestamptzLoader

from niangjia.config.instants import Instants

OID = 1184
ANY = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 30), timezones=st.just(UTC))


def written(instant: datetime) -> bytes:
    """As PostgreSQL writes it: no zeros at the end of a fraction, the hours of the zone alone."""
    whole, _dot, rest = f"{instant:%Y-%m-%d %H:%M:%S.%f}".rjust(26, "0").partition(".")
    fraction = rest.rstrip("0")
    return f"{whole}{'.' if fraction else ''}{fraction}+00".encode()


@given(ANY)
def test_every_instant_reads_as_the_driver_reads_it(instant: datetime) -> None:
    found = Instants(OID, None).load(written(instant))
    assert found == TimestamptzLoader(OID, None).load(written(instant)) == instant
    assert found.tzinfo is UTC


def test_another_zone_is_the_same_instant_in_utc() -> None:
    assert Instants(OID, None).load(b"2026-03-02 18:00:00+08") == datetime(2026, 3, 2, 10, tzinfo=UTC)
    assert str(Instants(OID, None).load(b"1900-01-01 08:05:43+08:05:43")) == "1900-01-01 00:00:00+00:00"


@pytest.mark.parametrize("nothing", [b"infinity", b"0044-03-15 00:00:00+00 BC"])
def test_what_is_no_instant_of_pythons_is_refused_as_the_driver_refuses_it(nothing: bytes) -> None:
    with pytest.raises(DataError):
        Instants(OID, None).load(nothing)


@pytest.mark.django_db
def test_every_connection_of_the_program_reads_so() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT '2026-03-02 10:00:00.5+08'::timestamptz")
        assert cursor.fetchone() == (datetime(2026, 3, 2, 2, 0, 0, 500_000, tzinfo=UTC),)
        assert connection.connection.adapters.get_loader(OID, 0) is Instants
