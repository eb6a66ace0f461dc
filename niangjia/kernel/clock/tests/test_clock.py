"""One clock for all: the database's, in the zone where the people live."""

from datetime import UTC, date, datetime
from threading import Thread

import pytest

from niangjia.kernel import clock

pytestmark = pytest.mark.django_db


def test_the_clock_is_the_databases_and_goes_on() -> None:
    first, second = clock.now(), clock.now()
    assert first.tzinfo is not None
    assert first < second


def test_a_day_begins_at_midnight_in_shanghai() -> None:
    with clock.at(datetime(2026, 2, 28, 15, 59, 59, tzinfo=UTC)):
        assert clock.today() == date(2026, 2, 28)
    with clock.at(datetime(2026, 2, 28, 16, 0, tzinfo=UTC)):
        assert clock.today() == date(2026, 3, 1)


def test_a_held_clock_stands_still_until_it_is_let_go_even_after_a_failure() -> None:
    instant = datetime(2026, 1, 1, tzinfo=UTC)

    def fail() -> None:
        with clock.at(instant):
            assert clock.now() == clock.now() == instant
            with clock.at(datetime(2020, 1, 1, tzinfo=UTC)):
                assert clock.today() == date(2020, 1, 1)
            assert clock.now() == instant
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert clock.now() > instant


def test_a_clock_held_for_one_request_is_not_held_for_another() -> None:
    seen: list[object] = []
    with clock.at(datetime(2026, 1, 1, tzinfo=UTC)):
        other = Thread(target=lambda: seen.append(clock.reading._held.get()))
        other.start()
        other.join()
    assert seen == [None]
