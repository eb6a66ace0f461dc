"""Topics of a place: added by a cadre of the county, offered by phone and desk at once, ended with a last day."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.journal.models import Entry
from niangjia.services.requests.local import services
from niangjia.services.requests.models import LocalTopic
from niangjia.services.requests.tests.street import Street

pytestmark = pytest.mark.django_db
BOATS = {"title": "渔船上的工钱", "words": "船上、渔船"}


@pytest.fixture
def street() -> Street:
    return Street()


def test_added_by_the_county_it_is_offered_by_phone_and_desk_at_once(street: Street) -> None:
    zhou = open_session(Client(), street.zhou)
    answer = zhou.post("/requests/topics/", BOATS | {"valid_from": clock.today().isoformat()})
    assert answer.status_code == HTTPStatus.FOUND
    hers = open_session(Client(), street.worker, proved=False)
    for client, address in (
        (hers, "/say/complain/"),
        (zhou, "/requests/new/"),
        (zhou, "/requests/"),
        (zhou, "/requests/topics/"),
    ):
        assert "渔船上的工钱" in client.get(address).content.decode(), address
    topic = LocalTopic.objects.get()
    assert street.says(topic=topic.code).topic == topic.code
    assert "渔船上的工钱" in zhou.get("/requests/").content.decode()
    assert Entry.objects.filter(verb="add_topic", thing_id=topic.pk).exists()


def test_after_its_last_day_it_is_offered_no_more(street: Street) -> None:
    zhou = street.actor(street.zhou)
    with acting(zhou):
        topic = services.add_topic("渔船上的工钱", "", valid_from=clock.today(), by=zhou)
        with pytest.raises(services.NotAdded, match="there_already"):
            services.add_topic("渔船上的工钱", "", valid_from=clock.today(), by=zhou)
    client = open_session(Client(), street.zhou)
    client.post(f"/requests/topics/{topic.pk}/", {"valid_to": clock.today().isoformat()})
    hers = open_session(Client(), street.worker, proved=False)
    assert topic.title in hers.get("/say/complain/").content.decode()
    with clock.at(clock.now() + timedelta(days=1)):
        assert topic.title not in hers.get("/say/complain/").content.decode()
        with pytest.raises(services.NotAdded, match="ended_already"):
            services.end_topic(topic.pk, on=clock.today(), by=zhou)
    assert Entry.objects.filter(verb="end_topic").count() == 1


def test_what_is_national_or_offered_from_above_is_not_added_again(street: Street) -> None:
    zhou = street.actor(street.zhou)
    for title in ("工资没发、没发够", " 找工作、学技能 "):
        with acting(zhou), pytest.raises(services.NotAdded, match="there_already"):
            services.add_topic(title, "", valid_from=clock.today(), by=zhou)
    LocalTopic.objects.create(city="349900", place=street.county.place, code="local_x", title="海上的事")
    with acting(zhou), pytest.raises(services.NotAdded, match="there_already"):
        services.add_topic("海上的事", "", valid_from=clock.today(), by=zhou)


def test_no_day_lies_in_the_past(street: Street) -> None:
    client, yesterday = open_session(Client(), street.zhou), (clock.today() - timedelta(days=1)).isoformat()
    assert "不能早于今天" in client.post("/requests/topics/", BOATS | {"valid_from": yesterday}).content.decode()
    assert not LocalTopic.objects.exists()


def test_nobody_below_the_county_and_no_officer_adds_one(street: Street) -> None:
    for account in (street.li, street.yang, street.chair, street.worker):
        assert open_session(Client(), account).get("/requests/topics/").status_code == HTTPStatus.NOT_FOUND
        with pytest.raises(Forbidden):
            services.add_topic("渔船上的工钱", "", valid_from=clock.today(), by=street.actor(account))
