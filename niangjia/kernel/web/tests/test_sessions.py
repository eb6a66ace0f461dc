"""A session is open while its row is there: ended anywhere, it is over at the very next request."""

from datetime import timedelta

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access import accounts, door
from niangjia.kernel.access.models import Grant, OpenSession, Session
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.services import revoke
from niangjia.kernel.access.sessions import device_words
from niangjia.kernel.access.tests.signing_in import PASSWORD, a_place, an_account, open_session, with_codes
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.places.rules import Level
from niangjia.kernel.web import middleware as gate
from niangjia.registers.orgs.tests.office import register

pytestmark = pytest.mark.django_db
OPERATOR = Actor.operator()
UNION = "AH-1"
NEW = "纺织 雨水 97 Anhe 河"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://testserver/unions/?q=a"}


def browser(account, **marks):
    return open_session(Client(**marks), account)


def is_inside(client):
    return client.get("/").status_code == 200


def rest(account, **span):
    OpenSession.objects.filter(account=account).update(last_active_at=clock.now() - timedelta(**span))


@pytest.mark.guard("ended-session", "A session that was ended elsewhere opens nothing at its very next request.")
def test_a_session_ended_elsewhere_is_over_at_the_next_request():
    account = with_codes(an_account())
    here, there = browser(account), browser(account)
    assert is_inside(there)
    here.post("/settings/sessions/others/")
    assert is_inside(here)
    assert there.get("/unions/")["Location"] == "/sign-in/?next=/unions/&why=ended"
    assert there.get("/api/v1/unions").status_code == 401
    assert Entry.objects.filter(verb="end_sessions", thing_id=account.pk).count() == 1


@pytest.mark.control("ended-session")
def test_without_asking_for_the_row_the_ended_session_would_go_on(monkeypatch):
    account = with_codes(an_account())
    here, there = browser(account), browser(account)
    here.post("/settings/sessions/others/")
    monkeypatch.setattr(gate, "why_ended", lambda _request, _actor: None)
    assert is_inside(there)


def test_one_session_is_ended_and_the_others_stay():
    account = with_codes(an_account())
    here, there, third = browser(account), browser(account), browser(account)
    ended = OpenSession.objects.order_by("opened_at")[1]
    here.post(f"/settings/sessions/{ended.pk}/")
    assert [is_inside(each) for each in (here, there, third)] == [True, False, True]


def test_nobody_ends_somebody_elses_session():
    hers = browser(with_codes(an_account()))
    his = browser(with_codes(an_account("he", name="何静")))
    his.post(f"/settings/sessions/{OpenSession.objects.get(account__login='zhou').pk}/")
    assert is_inside(hers)


def test_the_page_says_device_since_when_and_which_is_this_one():
    account = with_codes(an_account())
    here = browser(account, HTTP_USER_AGENT=WINDOWS)
    OpenSession.objects.update(device=device_words(WINDOWS))
    browser(account)
    page = here.get("/settings/sessions/").content.decode()
    assert "Chrome · Windows" in page
    assert "认不出的设备" in page
    assert page.count("就是这台") == 1
    assert "127.0.0.1" not in page


def test_a_session_that_rested_too_long_is_not_listed():
    account = with_codes(an_account())
    browser(account)
    rest(account, minutes=31)
    assert browser(account).get("/settings/sessions/").content.decode().count("登录，最近") == 1


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (WINDOWS, "Chrome · Windows"),
        (WINDOWS + " Edg/130.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Safari/604.1 MicroMessenger/8.0", "微信 · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Firefox/130.0", "Firefox · Linux"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_device_is_told_in_words_and_nothing_else_is_kept(user_agent, words):
    assert device_words(user_agent) == words


@pytest.mark.guard(
    "idle-session", "A cadre's session that rested for half an hour is over, judged by the database's clock."
)
def test_an_idle_session_ends_and_the_door_says_why():
    account = with_codes(an_account())
    client = browser(account)
    rest(account, minutes=30)
    answer = client.get("/unions/?q=a")
    assert answer["Location"] == "/sign-in/?next=/unions/%3Fq%3Da&why=idle"
    assert "半个小时没有动过" in client.get(answer["Location"]).content.decode()
    assert not OpenSession.objects.exists()


@pytest.mark.control("idle-session")
def test_without_the_limit_an_idle_session_would_stay_open(settings):
    settings.NIANGJIA_IDLE_MIN = 0
    account = with_codes(an_account())
    client = browser(account)
    rest(account, minutes=30)
    assert is_inside(client)


def test_activity_keeps_a_session_open_and_is_noted_once_a_minute():
    account = with_codes(an_account())
    client = browser(account)
    rest(account, minutes=29)
    assert is_inside(client)
    noted = OpenSession.objects.get().last_active_at
    assert clock.now() - noted < timedelta(minutes=1)
    assert is_inside(client)
    assert OpenSession.objects.get().last_active_at == noted


def test_a_fragment_of_an_idle_session_sends_the_whole_page_to_the_door():
    account = with_codes(an_account())
    client = browser(account)
    rest(account, hours=1)
    answer = client.get("/unions/", **HTMX)
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == "/sign-in/?next=/unions/%3Fq%3Da&why=idle"


def test_what_was_typed_into_an_idle_session_is_told_to_be_lost():
    account = with_codes(an_account())
    client = browser(account)
    rest(account, hours=1)
    answer = client.post("/unions/new/", {"name": "x"}, HTTP_REFERER="http://testserver/unions/new/")
    assert answer["Location"] == "/sign-in/?next=/unions/new/&why=idle-typed"
    assert "再填一次" in client.get(answer["Location"]).content.decode()


def test_a_workers_session_may_rest():
    account = an_account("chen", role=Role.WORKER, name="陈桂兰")
    client = browser(account)
    rest(account, hours=5)
    assert is_inside(client)


def test_signing_out_closes_the_row():
    client = browser(with_codes(an_account()))
    client.post("/sign-out/")
    assert not OpenSession.objects.exists()
    assert not Session.objects.exists()


def test_a_new_password_ends_every_other_session():
    account = with_codes(an_account())
    here, there = browser(account), browser(account)
    here.post("/settings/password/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert is_inside(here)
    assert not is_inside(there)
    assert OpenSession.objects.count() == 1


def test_stopping_the_codes_ends_every_other_session():
    account = with_codes(an_account())
    here, there = browser(account), browser(account)
    here.post("/second-factor/password/?next=/second-factor/stop/", {"password": PASSWORD})
    here.post("/second-factor/stop/")
    assert there.get("/settings/")["Location"].startswith("/sign-in/")


def test_an_account_switched_off_is_out_at_the_next_request():
    account = with_codes(an_account())
    client = browser(account)
    accounts.switch_off(account, by=OPERATOR)
    assert not is_inside(client)
    assert not OpenSession.objects.exists()
    assert client.get("/api/v1/unions").status_code == 401


def test_whose_last_right_is_revoked_is_signed_out_everywhere():
    account = with_codes(an_account())
    second = Grant.objects.create(
        city="349900", account=account, role="officer", place=a_place(), valid_from=clock.today()
    )
    client = browser(account)
    revoke(Grant.objects.get(role="cadre"), by=OPERATOR)
    assert is_inside(client)
    revoke(second, by=OPERATOR)
    assert not is_inside(client)
    assert not OpenSession.objects.exists()


def asked(client):
    """What an open session gets for a page, a fragment, and a program's request."""
    return [
        client.get("/unions/").status_code,
        client.get("/unions/", HTTP_HX_REQUEST="true").status_code,
        client.get(f"/api/v1/unions/{UNION}").status_code,
    ]


@pytest.fixture
def two_rights():
    """A cadre who is a worker, too: when the cadre's right goes, the session stays hers."""
    place = register("安禾县总工会", Level.COUNTY, code=UNION).place
    account = with_codes(an_account(at=place))
    Grant.objects.create(city="349900", account=account, role="worker", place=place, valid_from=clock.today())
    return account


@pytest.mark.guard(
    "revoked-right", "A right that was revoked is refused at the very next request: page, fragment and API."
)
def test_a_revoked_right_is_refused_at_the_very_next_request(two_rights):
    client = browser(two_rights)
    assert asked(client) == [200, 200, 200]
    revoke(Grant.objects.get(role="cadre"), by=OPERATOR)
    assert asked(client) == [404, 404, 404]


@pytest.mark.control("revoked-right")
def test_rights_remembered_from_an_earlier_request_would_still_open(two_rights, monkeypatch):
    client = browser(two_rights)
    earlier = actor_of(two_rights, on=clock.today())
    revoke(Grant.objects.get(role="cadre"), by=OPERATOR)
    monkeypatch.setattr(door, "_actor", lambda _request, _coming: earlier)
    assert asked(client) == [200, 200, 200]
