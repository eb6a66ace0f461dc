import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client, RequestFactory

from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import (
    BEGAN,
    PASSWORD,
    a_place,
    an_account,
    code_now,
    open_session,
    with_codes,
)
from niangjia.kernel.web import errors

pytestmark = pytest.mark.django_db
OPEN = ("/sign-in/", "/complaints/", "/how-to/", "/settings/", "/nowhere/")
OWN = (
    "/",
    "/settings/",
    "/settings/password/",
    "/second-factor/",
    "/sign-out/",
    "/complaints/",
    "/how-to/",
    "/nowhere/",
)


@pytest.fixture
def cadre(client):
    return open_session(client, with_codes(an_account("zhou", post="权益保障部部长")))


@pytest.fixture
def worker(client):
    return open_session(client, an_account("chen", role=Role.WORKER, name="陈桂兰"))


@pytest.mark.parametrize("address", OPEN)
def test_every_open_page_has_the_policy_that_forbids_what_is_inline(client, address):
    policy = client.get(address)["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("address", OWN)
def test_nothing_of_a_signed_in_person_is_stored(cadre, address):
    answer = cadre.get(address)
    assert "no-store" in answer["Cache-Control"]
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_the_answer_to_signing_out_is_not_stored_either(cadre):
    assert "no-store" in cadre.post("/sign-out/")["Cache-Control"]


def test_control_without_the_rule_a_page_may_be_stored(cadre, monkeypatch):
    monkeypatch.setattr("niangjia.kernel.web.middleware.patch_cache_control", lambda *_, **__: None)
    assert "no-store" not in cadre.get("/how-to/").headers.get("Cache-Control", "")


@pytest.mark.parametrize("address", OWN)
def test_a_worker_s_pages_stand_in_the_worker_s_frame(worker, address):
    page = worker.get(address).content.decode()
    assert "nj-phone" in page
    assert "nj-desk" not in page


def test_a_passer_by_is_sent_to_the_door_and_back(client):
    assert client.get("/")["Location"] == "/sign-in/?next=/"


def test_what_is_not_there_says_so_in_one_way_for_everybody(cadre):
    answer = cadre.get("/nowhere/")
    assert answer.status_code == 404
    assert "没有这一页，或者您不能看" in answer.content.decode()


def test_forbidden_looks_like_absent():
    request = RequestFactory().get("/x/")
    assert errors.refused(request).content == errors.not_found(request).content
    assert errors.refused(request).status_code == 404


def test_a_fault_of_ours_asks_the_database_nothing_and_says_that_nothing_was_saved(django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = errors.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "什么都没有保存" in answer.content.decode()


def test_a_form_from_elsewhere_changes_nothing():
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/look/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "没有保存" in answer.content.decode()
    assert 'data-bs-theme="light"' in strict.get("/sign-in/").content.decode()


def test_a_passer_by_keeps_language_theme_and_type_for_the_visit(client):
    for change in ({"theme": "dark"}, {"language": "en"}, {"large_type": "on"}):
        client.post("/look/", change)
    page = client.get("/sign-in/").content.decode()
    assert '<html lang="en" data-bs-theme="dark" data-type="large">' in page


def test_a_person_keeps_them_for_good(cadre):
    cadre.post("/settings/", {"language": "en", "theme": "dark", "large_type": "on"})
    account = Account.objects.get(login="zhou")
    assert (account.language, account.theme, account.large_type) == ("en", "dark", True)
    page = open_session(Client(), account).get("/").content.decode()
    assert '<html lang="en" data-bs-theme="dark" data-type="large">' in page


def test_a_setting_we_do_not_know_changes_nothing(cadre):
    cadre.post("/look/", {"language": "fr", "theme": "pink", "large_type": "huge"})
    account = Account.objects.get(login="zhou")
    assert (account.language, account.theme, account.large_type) == ("zh-hans", "light", False)


def test_changing_the_look_leads_back_to_the_page_and_never_elsewhere(cadre):
    assert cadre.post("/look/", {"theme": "dark", "next": "/how-to/"})["Location"] == "/how-to/"
    assert cadre.post("/look/", {"theme": "dark", "next": "//elsewhere.example/"})["Location"] == "/"


def test_where_to_complain_is_said_and_an_unset_address_is_not_invented(client, settings):
    settings.COMPLAINTS_PHONE, settings.COMPLAINTS_EMAIL = "0554-12351", ""
    page = client.get("/complaints/").content.decode()
    assert "0554-12351" in page
    assert "mailto" not in page
    settings.COMPLAINTS_EMAIL = "help@anhe.example"
    assert "mailto:help@anhe.example" in client.get("/complaints/").content.decode()


def test_administrators_see_no_register(client):
    open_session(client, with_codes(an_account("admin", role=Role.SYSTEM_ADMIN)))
    page = client.get("/").content.decode()
    assert "/members/" not in page
    assert "/unions/" not in page


def test_with_several_rights_one_acts_at_one_place_at_a_time(client):
    county, town = a_place(), a_place()
    account = with_codes(an_account("zhou", at=county))
    Grant.objects.create(city="349900", account=account, role=Role.CHAIR.value, place=town, valid_from=BEGAN)
    open_session(client, account)
    assert _acting(client) == [county.pk]
    client.post("/act-at/", {"place": f"chair-{town.pk}"})
    assert _acting(client) == [town.pk]


def test_nobody_acts_at_a_place_that_is_not_given(client):
    county, foreign = a_place(), a_place()
    open_session(client, with_codes(an_account("zhou", at=county)))
    client.post("/act-at/", {"place": f"cadre-{foreign.pk}"})
    assert _acting(client) == [county.pk]


def test_a_forged_choice_in_the_session_gives_no_right(client):
    county, foreign = a_place(), a_place()
    open_session(client, with_codes(an_account("zhou", at=county)))
    session = client.session
    session["acting_at"] = f"cadre-{foreign.pk}"
    session.save()
    assert _acting(client) == [county.pk]


def _acting(client):
    return [right.place_id for right in client.get("/").context["request"].actor.rights]


def test_every_static_file_named_in_a_page_is_there(client):
    page = client.get("/sign-in/").content.decode()
    named = set(re.findall(r'(?:href|src)="/static/([^"#]+)', page))
    assert len(named) > 5
    assert [name for name in named if finders.find(name) is None] == []


def test_every_icon_used_in_a_template_is_in_the_sprite():
    web = settings.ROOT / "kernel" / "web"
    sprite = set(re.findall(r'id="i-([a-z0-9-]+)"', (web / "static/niangjia/icons.svg").read_text("utf-8")))
    used = set()
    for path in settings.ROOT.glob("**/templates/**/*.html"):
        used |= set(re.findall(r'{% icon "([a-z0-9-]+)"|{% nothing "([a-z0-9-]+)"', path.read_text("utf-8")))
    assert {name for pair in used for name in pair if name} <= sprite


def test_a_page_of_a_cadre_asks_the_database_little(cadre, django_assert_max_num_queries):
    cadre.get("/how-to/")
    with django_assert_max_num_queries(10):
        assert isinstance(cadre.get("/how-to/"), HttpResponse)


def test_a_page_that_a_view_does_not_find_looks_like_one_that_never_was(cadre):
    never, missing = cadre.get("/nowhere/"), cadre.get("/unions/999999/")
    assert missing.status_code == never.status_code == 404
    assert "没有这一页，或者您不能看" in missing.content.decode()


def test_too_many_wrong_codes_close_the_account_for_a_while_even_for_the_right_one(client):
    with_codes(an_account("zhou"))
    words = {"login": "zhou", "password": PASSWORD}
    for _ in range(5):
        client.post("/sign-in/", words | {"code": "000000"})
    assert "试错次数太多" in client.post("/sign-in/", words | {"code": code_now()}).content.decode()
