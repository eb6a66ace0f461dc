"""A number that the operator gave to somebody else: a phone that rested long opens nothing without the end of her number."""

from datetime import timedelta

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.phone_code import queries
from niangjia.kernel.access.phone_code.tests.door import FAR, PHONE, gateway, is_inside, knock, member, write
from niangjia.registers.members.models import Person
from niangjia.registers.members.regaining.models import PhoneUse, Regaining
from niangjia.registers.members.regaining.tests.lost import AT, NEW_PHONE, Lost
from niangjia.registers.orgs.tests.office import Office

__all__ = ["gateway"]
pytestmark = pytest.mark.django_db
WHO = "/sign-in/phone/who/"
DAY = timedelta(days=1)


@pytest.fixture
def chen(gateway) -> Person:
    return member(Office().mill)


def comes(client: Client, phone: str = PHONE) -> str:
    return write(client, knock(client, phone))["Location"]


def tail_of(phone: str = PHONE) -> str:
    return queries.people().holders(phone)[0].tail


def test_every_right_code_notes_the_day_and_no_time(chen: Person) -> None:
    with clock.at(AT):
        assert comes(Client()) == "/"
        assert PhoneUse.objects.get().used_on == AT.date()
    with clock.at(AT + 90 * DAY):
        assert comes(Client()) == "/"
        assert PhoneUse.objects.get().used_on == (AT + 90 * DAY).date()


@pytest.mark.guard(
    "recycled-number", "a confirmed phone that rested for months opens a record only with the end of its number"
)
def test_after_half_a_year_the_end_of_her_number_is_asked_and_then_it_counts_again(chen: Person) -> None:
    with clock.at(AT):
        comes(Client())
    with clock.at(AT + 170 * DAY):
        comes(Client())
    with clock.at(AT + 360 * DAY):
        browser = Client()
        assert comes(browser) == WHO
        assert not is_inside(browser)
        assert browser.post(WHO, {"tail": tail_of()}, **FAR)["Location"] == "/"
        assert is_inside(browser)
    with clock.at(AT + 361 * DAY):
        assert comes(Client()) == "/"


@pytest.mark.guard(
    "recycled-number", "a confirmed phone that rested for months opens a record only with the end of its number"
)
def test_whoever_has_the_number_now_is_out_after_three_tries(chen: Person) -> None:
    with clock.at(AT):
        comes(Client())
    with clock.at(AT + 400 * DAY):
        browser = Client()
        assert comes(browser) == WHO
        page = browser.get(WHO, **FAR).content.decode()
        assert "陈桂兰" not in page
        wrong = next(f"{number:04d}" for number in range(10_000) if f"{number:04d}" != tail_of())
        said = [browser.post(WHO, {"tail": wrong}, **FAR) for _try in range(3)]
        assert said[2]["Location"] == "/sign-in/phone/unknown/"
        assert "12351" in browser.get("/sign-in/phone/unknown/", **FAR).content.decode()
        assert not is_inside(browser)


@pytest.mark.control("recycled-number")
def test_a_phone_used_of_late_opens_alone(chen: Person) -> None:
    with clock.at(AT):
        comes(Client())
    with clock.at(AT + 10 * DAY):
        stranger = Client()
        assert comes(stranger) == "/"
        assert is_inside(stranger)


def test_whoever_has_the_number_now_and_is_a_member_herself_comes_in_as_herself(chen: Person) -> None:
    with clock.at(AT):
        comes(Client())
    other = member(chen.memberships.get().union, "刘秀英", sequence=415)
    with clock.at(AT + 400 * DAY):
        browser = Client()
        assert comes(browser) == WHO
        tail = next(each.tail for each in queries.people().holders(PHONE) if each.subject_id == other.pk)
        assert browser.post(WHO, {"tail": tail}, **FAR)["Location"] == "/"
        assert Account.objects.filter(subject_id=other.pk).exists()
        assert Person.objects.get(pk=other.pk).phone_confirmed_at is not None


def test_a_phone_confirmed_before_uses_were_noted_counts_from_that_day(chen: Person) -> None:
    Person.objects.update(phone_confirmed_at=AT)
    with clock.at(AT + 30 * DAY):
        assert comes(Client()) == "/"
    PhoneUse.objects.all().delete()
    with clock.at(AT + 300 * DAY):
        assert comes(Client()) == WHO


def test_the_phone_that_was_handed_over_asks_once_and_is_hers_from_then_on(gateway) -> None:
    lost = Lost()
    with clock.at(AT + 8 * DAY):
        case = lost.handed(at=AT + 7 * DAY)
        stranger, herself = Client(), Client()
        assert comes(stranger, NEW_PHONE) == WHO
        assert Regaining.objects.get(pk=case.pk).proved_at is None
    with clock.at(AT + 9 * DAY):
        assert comes(herself, NEW_PHONE) == WHO
        assert herself.post(WHO, {"tail": tail_of(NEW_PHONE)}, **FAR)["Location"] == "/"
        assert Regaining.objects.get(pk=case.pk).proved_at is not None
        assert Person.objects.get(pk=lost.chen.pk).phone_confirmed_at is not None
    with clock.at(AT + 10 * DAY):
        assert comes(Client(), NEW_PHONE) == "/"
        assert comes(Client(), "13800132206") == "/sign-in/phone/unknown/"
