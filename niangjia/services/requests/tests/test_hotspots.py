"""Hotspots on PostgreSQL: counted whole, told in part, opened by who may count a whole county."""

from http import HTTPStatus

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.services.requests.hotspots.queries import by_employer, counted, quarters_before
from niangjia.services.requests.models import Request
from niangjia.services.requests.rules.hotspots import ALL
from niangjia.services.requests.rules.topics import PAY, SAFE
from niangjia.services.requests.tests.street import Street

pytestmark = pytest.mark.django_db


def test_ten_are_told_and_three_are_not(street: Street) -> None:
    quarter = quarters_before(clock.today())[0]
    for _each in range(14):
        street.says()
    for _each in range(3):
        street.says(topic="safety")
    Request.objects.update(quarter=quarter)
    table = counted(street.county.place, quarter, "grievances")
    town = str(street.town.pk)
    assert table.figures[town, SAFE] is None
    assert table.figures[town, PAY] is None  # with the sum it would give the three away
    assert table.figures[ALL, ALL] == 17
    assert by_employer(street.county.place, quarter, table) == [(street.employer.pk, 17)]


def test_of_a_town_alone_nothing_is_told(street: Street) -> None:
    answer = open_session(Client(), street.li).get("/requests/hotspots/")
    assert "按整个县算" in answer.content.decode()


def test_the_county_and_the_auditor_open_them_and_nobody_in_an_enterprise(street: Street) -> None:
    auditor = street.account("sun", Role.AUDITOR, street.county)
    for account, status in (
        (street.zhou, 200),
        (auditor, 200),
        (street.li, 200),
        (street.chair, 404),
        (street.worker, 404),
    ):
        answer = open_session(Client(), account).get("/requests/hotspots/")
        assert answer.status_code == HTTPStatus(status), account.login


@pytest.fixture
def street() -> Street:
    return Street()
