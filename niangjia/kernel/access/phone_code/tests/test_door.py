from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.phone_code import queries, services
from niangjia.kernel.access.phone_code.addresses import address_of
from niangjia.kernel.access.phone_code.models import PhoneCode
from niangjia.kernel.access.phone_code.tests.door import (
    ASKED,
    FAR,
    NOBODYS_PHONE,
    PHONE,
    asked_for,
    deliver,
    gateway,
    is_inside,
    knock,
    member,
    write,
    wrong,
)
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.messages import KeptTexts, TextRefused, TextsAway
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.orgs.tests.office import Office

__all__ = ["gateway"]
pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def union():
    return Office().mill


@pytest.fixture
def chen(union, gateway):
    return member(union)


def test_a_worker_is_inside_with_her_phone_and_the_code_and_sees_her_own_record(client, chen):
    answer = write(client, knock(client, PHONE))
    assert (answer.status_code, answer["Location"]) == (302, "/")
    page = client.get("/", **FAR).content.decode()
    assert "陈桂兰，您好" in page
    assert "鸿远纺织有限公司工会" in page


def test_the_first_time_opens_her_account_and_confirms_her_phone_and_the_journal_says_so(client, chen):
    write(client, knock(client, PHONE))
    account = Account.objects.get(subject_id=chen.pk)
    assert (account.name, account.is_demo, account.has_usable_password()) == ("陈桂兰", False, False)
    assert not account.grants.exists()
    assert Person.objects.get(pk=chen.pk).phone_confirmed_at is not None
    told = Entry.objects.filter(verb__in=("activate", "confirm_phone")).order_by("id")
    assert [(entry.verb, entry.thing, entry.account_id) for entry in told] == [
        ("activate", "account", account.pk),
        ("confirm_phone", "person", account.pk),
    ]


def test_the_second_time_is_the_same_account_and_confirms_nothing_anew(client, chen):
    write(client, knock(client, PHONE))
    confirmed_at = Person.objects.get(pk=chen.pk).phone_confirmed_at
    with clock.at(clock.now() + 2 * MINUTE):
        other = Client()
        write(other, knock(other, PHONE))
    assert is_inside(other)
    assert Account.objects.filter(subject_id=chen.pk).count() == 1
    assert Person.objects.get(pk=chen.pk).phone_confirmed_at == confirmed_at
    assert Entry.objects.filter(verb="confirm_phone").count() == 1


def test_afterwards_one_is_where_one_wanted_to_go_and_never_on_another_site(client, chen):
    for wished, reached in (("/settings/", "/settings/"), ("https://elsewhere.example/", "/")):
        browser = Client()
        with clock.at(clock.now() + (2 * MINUTE if reached == "/" else 0 * MINUTE)):
            browser.post("/sign-in/phone/", {"phone": PHONE, "next": wished}, **FAR)
            deliver()
            assert write(browser, KeptTexts.kept[-1].values["code"])["Location"] == reached


def test_a_phone_of_one_s_own_stays_signed_in_for_a_month_another_until_the_browser_closes(client, chen, settings):
    write(client, knock(client, PHONE))
    assert client.session.get_expire_at_browser_close()
    own = Client()
    with clock.at(clock.now() + 2 * MINUTE):
        own.post("/sign-in/phone/", {"phone": PHONE, "stays": "on"}, **FAR)
        deliver()
        write(own, KeptTexts.kept[-1].values["code"])
    assert not own.session.get_expire_at_browser_close()
    assert own.session.get_expiry_age() == settings.WORKER_SESSION_AGE == 30 * 24 * 3600


def test_phone_and_code_are_understood_however_they_are_written(client, chen):
    answer = client.post("/sign-in/phone/", {"phone": "+86 138-0013 2206"}, **FAR)
    assert answer["Location"] == ASKED
    deliver()
    code = KeptTexts.kept[-1].values["code"]
    full_width = "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in code)
    assert write(client, f" {full_width[:3]} {full_width[3:]} ")["Location"] == "/"


@pytest.mark.parametrize(
    ("phone", "said"),
    [("", "请填手机号"), ("1380013220", "手机号是 11 位数字"), ("05625550001", "13 到 19"), ("abc", "11 位数字")],
)
def test_what_is_no_mobile_number_is_explained_and_no_code_is_sent(client, gateway, phone, said):
    assert said in asked_for(client, phone).content.decode()
    assert not PhoneCode.objects.exists()


@pytest.mark.parametrize("written", ["", "12345", "1234567", "12a456"])
def test_what_is_no_code_is_no_try(client, chen, written):
    knock(client, PHONE)
    assert "6 位" in write(client, written).content.decode()
    assert PhoneCode.objects.get().tries == 0


def test_the_page_of_the_code_shows_the_phone_with_its_middle_hidden(client, chen):
    knock(client, PHONE)
    page = client.get(ASKED, **FAR).content.decode()
    assert "138****2206" in page
    assert PHONE not in page
    assert 'autocomplete="one-time-code"' in page


def test_after_a_minute_another_code_can_be_had_and_only_that_one_counts_here(client, chen):
    first = knock(client, PHONE)
    soon = client.post("/sign-in/phone/again/", **FAR).content.decode()
    assert "刚刚发过一条" in soon
    with clock.at(clock.now() + MINUTE):
        assert client.post("/sign-in/phone/again/", **FAR)["Location"] == ASKED
        deliver()
        second = KeptTexts.kept[-1].values["code"]
        if first != second:
            assert "不对" in write(client, first).content.decode()
        assert write(client, second)["Location"] == "/"


def test_a_phone_that_stands_in_no_register_is_told_so_only_after_its_code(client, chen):
    code = knock(client, NOBODYS_PHONE)
    assert "没有登记" not in client.get(ASKED, **FAR).content.decode()
    answer = write(client, code)
    assert answer["Location"] == "/sign-in/phone/unknown/"
    page = client.get(answer["Location"], **FAR).content.decode()
    assert "您的手机号还没有登记在工会花名册里" in page
    assert "12351" in page
    assert not is_inside(client)
    assert not Account.objects.exists()


def test_whoever_died_is_let_rest(client, chen, union):
    Membership.objects.filter(person=chen).update(state="deceased")
    assert write(client, knock(client, PHONE))["Location"] == "/sign-in/phone/unknown/"


def test_of_two_with_one_phone_the_end_of_her_number_tells_who_is_here(client, chen, union):
    other = member(union, "刘秀英", sequence=415)
    answer = write(client, knock(client, PHONE))
    assert answer["Location"] == "/sign-in/phone/who/"
    page = client.get("/sign-in/phone/who/", **FAR).content.decode()
    assert "陈桂兰" not in page
    assert "刘秀英" not in page
    tail = queries.people().holders(PHONE)[1].tail
    assert client.post("/sign-in/phone/who/", {"tail": tail.lower()}, **FAR)["Location"] == "/"
    assert "刘秀英，您好" in client.get("/", **FAR).content.decode()
    assert Account.objects.get().subject_id == other.pk


def test_three_wrong_ends_of_the_number_close_the_door_with_the_same_words(client, chen, union):
    member(union, "刘秀英", sequence=415)
    write(client, knock(client, PHONE))
    tails = {holder.tail for holder in queries.people().holders(PHONE)}
    strange = next(f"{number:04d}" for number in range(10_000) if f"{number:04d}" not in tails)
    said = [client.post("/sign-in/phone/who/", {"tail": strange}, **FAR) for _ in range(3)]
    assert said[0].content.decode().count("对不上") == said[1].content.decode().count("对不上") == 1
    assert said[2]["Location"] == "/sign-in/phone/unknown/"
    assert client.post("/sign-in/phone/who/", {"tail": min(tails)}, **FAR)["Location"] == "/sign-in/"
    assert not is_inside(client)


def test_an_account_that_was_switched_off_is_told_so_and_not_let_in(client, chen):
    write(client, knock(client, PHONE))
    Account.objects.update(is_active=False)
    other = Client()
    with clock.at(clock.now() + 2 * MINUTE):
        assert write(other, knock(other, PHONE))["Location"] == "/sign-in/inactive/"
    assert not is_inside(other)


def test_without_a_gateway_the_door_says_that_no_codes_are_sent_and_what_else_there_is(client):
    page = client.get("/sign-in/", **FAR).content.decode()
    assert "没有接短信" in page
    assert "12351" in page
    assert 'name="phone"' not in page
    assert asked_for(client, PHONE)["Location"] == "/sign-in/"
    assert not PhoneCode.objects.exists()


def test_a_gateway_that_is_away_is_tried_again_with_the_same_code_one_that_refuses_is_told(client, chen, monkeypatch):
    asked_for(client, PHONE)
    code = PhoneCode.objects.get()

    def away(*_message, key):
        raise TextsAway

    def refused(*_message, key):
        raise TextRefused

    monkeypatch.setattr(KeptTexts, "send", away)
    with pytest.raises(TextsAway):
        services.send_code(code.pk)
    monkeypatch.setattr(KeptTexts, "send", refused)
    services.send_code(code.pk)
    assert "短信没有发出去" in client.get(ASKED, **FAR).content.decode()


def test_a_code_that_is_sent_is_not_sent_twice_and_an_old_one_not_at_all(client, chen):
    knock(client, PHONE)
    services.send_code(PhoneCode.objects.get().pk)
    services.send_code(uuid4())
    assert len(KeptTexts.kept) == 1
    with clock.at(clock.now() + 2 * MINUTE):
        asked_for(Client(), PHONE)
    with clock.at(clock.now() + 8 * MINUTE):
        deliver()
    assert len(KeptTexts.kept) == 1


def test_codes_are_forgotten_when_no_limit_counts_them_any_more(client, chen):
    code = knock(client, PHONE)
    assert services.forget_old_codes() == 0
    with clock.at(clock.now() + timedelta(days=2, minutes=1)):
        assert services.forget_old_codes() == 1
        assert write(client, code)["Location"] == "/sign-in/"


def test_who_is_inside_is_not_asked_again(client, chen):
    write(client, knock(client, PHONE))
    for address in ("/sign-in/phone/", ASKED, "/sign-in/phone/who/"):
        assert client.get(address, **FAR)["Location"] == "/sign-in/"


@pytest.mark.parametrize(
    ("told", "peer", "behind_tls", "address"),
    [
        ("", "203.0.113.7", False, "203.0.113.7"),
        ("198.51.100.1", "203.0.113.7", False, "203.0.113.7"),
        ("1.1.1.1, 198.51.100.1", "127.0.0.1", True, "198.51.100.1"),
        ("", "127.0.0.1", True, ""),
        ("", "2001:db8:1:2:3::4", False, "2001:db8:1:2::/64"),
        ("nonsense", "203.0.113.7", True, ""),
    ],
)
def test_the_address_is_the_one_that_the_front_server_vouches_for(rf, settings, told, peer, behind_tls, address):
    settings.SECURE_TRANSPORT = behind_tls
    extra = {"HTTP_X_FORWARDED_FOR": told} if told else {}
    assert address_of(rf.get("/", REMOTE_ADDR=peer, **extra)) == address


def test_wrong_codes_are_said_to_be_wrong(client, chen):
    code = knock(client, PHONE)
    assert "验证码不对" in write(client, wrong(code)).content.decode()
    assert PhoneCode.objects.get().tries == 1
    assert write(client, code)["Location"] == "/"
