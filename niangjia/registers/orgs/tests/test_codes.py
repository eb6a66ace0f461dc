"""A union's code to scan leads to a page for everybody, and to nothing about its people."""

from datetime import date

import pytest
from django.test import Client

from niangjia.kernel.access.rules import Role
from niangjia.kernel.web.pictures.codes import code_to_scan
from niangjia.registers.orgs.services import close_union
from niangjia.registers.orgs.tests.office import OPERATOR, Office, client_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


def test_the_door_of_a_union_is_open_to_everybody_and_says_how_to_go_on(office: Office) -> None:
    page = Client().get(f"/u/{office.mill.code}/").content.decode()
    assert office.mill.name in page
    assert "/sign-in/" in page
    assert "看这个工会的登记" not in page
    assert Client().get("/u/NOSUCHUNION/").status_code == 404
    assert Client().post(f"/u/{office.mill.code}/").status_code == 405


def test_who_may_see_the_union_goes_on_to_it(office: Office) -> None:
    assert "看这个工会的登记" in client_at(office.county).get(f"/u/{office.mill.code}/").content.decode()
    for stranger in (client_at(office.park), client_at(office.county, Role.SYSTEM_ADMIN)):
        assert "看这个工会的登记" not in stranger.get(f"/u/{office.mill.code}/").content.decode()


def test_a_closed_union_says_so_and_its_sheet_is_printed_no_more(office: Office) -> None:
    client = client_at(office.county)
    assert client.get(f"/unions/{office.plant.code}/sheet/").status_code == 200
    close_union(office.plant.pk, by=OPERATOR, on=date(2026, 4, 1))
    assert "2026年4月1日" in Client().get(f"/u/{office.plant.code}/").content.decode()
    assert client.get(f"/unions/{office.plant.code}/sheet/").status_code == 404


def test_the_sheet_says_the_address_in_code_and_words_to_who_may_see_the_union(office: Office) -> None:
    page = client_at(office.town).get(f"/unions/{office.mill.code}/sheet/").content.decode()
    address = f"http://testserver/u/{office.mill.code}/"
    assert address in page
    assert str(code_to_scan(address)) in page
    assert "别的手机扫了打不开" not in page
    assert client_at(office.park).get(f"/unions/{office.mill.code}/sheet/").status_code == 404


def test_a_sheet_with_an_address_of_this_machine_alone_warns(office: Office) -> None:
    page = client_at(office.town).get(f"/unions/{office.mill.code}/sheet/", HTTP_HOST="127.0.0.1:8000").content.decode()
    assert "别的手机扫了打不开" in page


def test_a_code_is_dark_on_white_and_carries_neither_style_nor_script() -> None:
    drawn = str(code_to_scan("https://union.example/u/34992100139S/"))
    assert 'stroke="#000"' in drawn
    assert 'fill="#fff"' in drawn
    assert "style=" not in drawn
    assert "<script" not in drawn
