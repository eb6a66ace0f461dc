"""The inbox on both faces, one's settings, an address that is proved, and what failed."""

import re
from datetime import datetime, time
from typing import Any

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import a_place, an_account, open_session
from niangjia.kernel.messages.channels import KeptLetters, Letter, NotTaken
from niangjia.kernel.messages.jobs import deliver, prove_email
from niangjia.kernel.messages.models import Message, Preference
from niangjia.kernel.messages.queries import unread_of, wishes_of
from niangjia.kernel.messages.rules import Channel, QuietHours, ToAccount, ToOffice, Wishes
from niangjia.kernel.messages.services import send

pytestmark = pytest.mark.django_db
DEVICE = {"device": "Chrome · Windows"}


@pytest.fixture
def letters(settings, monkeypatch) -> list[Letter]:
    """Mail is set up, and kept."""
    settings.NIANGJIA_MAIL = "niangjia.kernel.messages.channels.KeptLetters"
    monkeypatch.setattr(KeptLetters, "kept", [])
    return KeptLetters.kept


def a_worker() -> Account:
    return an_account("chen", role=None, name="陈桂兰")


def browser(account: Account) -> Client:
    """Her browser; what the session's own opening told her is read already."""
    client = open_session(Client(), account)
    Message.objects.all().delete()
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.parametrize("face", ["desk", "phone"])
def test_a_message_stands_unread_in_the_inbox_is_opened_and_is_read(face):
    account = an_account() if face == "desk" else a_worker()
    client = browser(account)
    send("signed_in_anew", to=ToAccount(account.pk), facts=DEVICE)
    page = text(client.get("/messages/"))
    assert f"nj-{face}" in page
    assert "nj-letter-new" in page
    opened = text(client.get(f"/messages/{Message.objects.get().pk}/"))
    assert "Chrome · Windows" in opened
    assert 'href="/settings/sessions/"' in opened
    assert "nj-letter-new" not in text(client.get("/messages/"))


def test_all_are_read_at_once_and_a_filter_shows_one_kind():
    zhou = an_account()
    client = browser(zhou)
    place = Grant.objects.get(account=zhou).place
    send("signed_in_anew", to=ToAccount(zhou.pk), facts=DEVICE)
    facts = {"role": "chair", "place": place.pk, "last": clock.today()}
    send("delegation_ends", to=ToOffice(place.pk, frozenset({"cadre"})), facts=facts)
    assert text(client.get("/messages/?kind=work")).count('<article class="nj-letter') == 1
    assert text(client.get("/messages/?kind=unread")).count('<article class="nj-letter') == 2
    assert client.post("/messages/all-read/").status_code == 302
    assert unread_of(zhou) == 0
    assert "这一类没有消息" in text(client.get("/messages/?kind=unread"))


def test_an_empty_inbox_says_what_will_come():
    assert "还没有消息" in text(browser(a_worker()).get("/messages/"))


def test_somebody_else_s_message_looks_like_none_at_all():
    zhou, wang = an_account(), an_account("wang", name="王强")
    client = browser(wang)
    send("signed_in_anew", to=ToAccount(zhou.pk), facts=DEVICE)
    foreign, absent = client.get(f"/messages/{Message.objects.get().pk}/"), client.get("/messages/999999/")
    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert unread_of(zhou) == 1


def test_a_message_about_a_place_is_gone_with_the_right_there():
    zhou = an_account()
    client = browser(zhou)
    place = Grant.objects.get(account=zhou).place
    facts = {"role": "chair", "place": place.pk, "last": clock.today()}
    send("delegation_ends", to=ToOffice(place.pk, frozenset({"cadre"})), facts=facts)
    Grant.objects.filter(account=zhou).update(revoked_at=clock.now())
    assert client.get(f"/messages/{Message.objects.get().pk}/").status_code == 404
    assert "委托快到期了" not in text(client.get("/messages/"))


def test_wishes_are_kept_and_what_does_not_fit_is_said_beside_the_field(letters):
    zhou = an_account()
    client = browser(zhou)
    assert "法律要求告诉您" in text(client.get("/messages/settings/"))
    given = {"quiet_begins": "22", "quiet_ends": "default", "digest": ""}
    assert "起止都自己选" in text(client.post("/messages/settings/", given))
    client.post("/messages/settings/", given | {"quiet_ends": "7"})
    wishes = wishes_of(zhou.pk)
    assert wishes == Wishes(frozenset({Channel.EMAIL}), QuietHours(22, 7), None)


def test_an_address_counts_once_the_letters_of_its_mail_were_written(letters):
    zhou = an_account()
    client = browser(zhou)
    assert "邮箱的写法不对" in text(client.post("/messages/settings/email/", {"verb": "ask", "email": "zhou"}))
    client.post("/messages/settings/email/", {"verb": "ask", "email": "zhou@example.cn"})
    prove_email(account_id=zhou.pk)
    assert letters[0].address == "zhou@example.cn"
    assert "zhou" not in letters[0].words
    code = re.findall(r"[A-Z2-7]{5}-[A-Z2-7]{5}", letters[0].words)[0]
    for written, email in (("AAAAA-AAAAA", ""), (code.lower(), "zhou@example.cn")):
        client.post("/messages/settings/email/", {"verb": "prove", "code": written})
        assert Account.objects.get(pk=zhou.pk).email == email
    client.post("/messages/settings/email/", {"verb": "forget"})
    assert Account.objects.get(pk=zhou.pk).email == ""
    assert Preference.objects.get().asked_email == ""


def test_who_keeps_the_system_sees_what_failed_and_nothing_of_what_it_said(letters, monkeypatch):
    def refuses(_self: object, _letter: object) -> None:
        raise NotTaken

    monkeypatch.setattr(KeptLetters, "send", refuses)
    county = a_place()
    zhou = an_account(email="zhou@example.cn", at=county)
    system = browser(an_account("system", role=Role.SYSTEM_ADMIN, at=county, name="李工"))
    send("signed_in_anew", to=ToAccount(zhou.pk), facts=DEVICE)
    message = Message.objects.get()
    with clock.at(datetime.combine(clock.today(), time(12), tzinfo=clock.PEOPLE_ZONE)):  # nobody is told at night
        deliver(first_id=message.pk, last_id=message.pk)
    page = text(system.get("/messages/deliveries/"))
    assert "对方不收这个地址" in page
    assert not any(secret in page for secret in ("Chrome · Windows", "zhou", "周敏"))
    assert browser(zhou).get("/messages/deliveries/").status_code == 404
