"""Looks at a member's number and phone: on her page, by the API, and as she sees them herself."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.reveal import services
from niangjia.kernel.reveal.models import Look
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.tests.people import CHEN, ID_CHEN, LIU, PHONE_CHEN, enrol
from niangjia.registers.orgs.tests.office import Office, client_at

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
VERIFY = {"purpose": "verify_identity"}


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def chen(office: Office) -> Person:
    return enrol(CHEN, office.mill)


def address(person: Person, field: str = "id_number") -> str:
    return f"/members/{person.pk}/sealed/{field}/"


def own_client(person: Person) -> Client:
    """The member's own browser."""
    return open_session(Client(), an_account("chen", role=None, name="陈桂兰", subject=person.subject))


def ask(client: Client, person: Person, body: dict[str, str], key: str = "") -> Any:
    headers = {"Idempotency-Key": key or str(uuid4())}
    return client.post(f"/api/v1/members/{person.pk}/reveal", body, content_type="application/json", headers=headers)


def test_the_page_offers_a_look_and_holds_no_whole_number(office: Office, chen: Person) -> None:
    page = client_at(office.town).get(f"/members/{chen.pk}/").content.decode()
    assert page.count("看全号") == 2
    assert "核对身份" in page
    assert ID_CHEN not in page
    assert PHONE_CHEN not in page


def test_getting_never_shows_the_value(office: Office, chen: Person) -> None:
    client = client_at(office.town)
    for headers in ({}, HTMX):
        for asked in ("", "?purpose=verify_identity"):
            answer = client.get(address(chen) + asked, headers=headers)
            assert answer.status_code == 200
            assert ID_CHEN not in answer.content.decode()
            assert ID_CHEN[-4:] in answer.content.decode()
    assert not Look.objects.exists()


def test_a_press_shows_the_value_for_30_seconds_and_masks_it_again(office: Office, chen: Person) -> None:
    client = client_at(office.town)
    answer = client.post(address(chen), VERIFY, headers=HTMX)
    part = answer.content.decode()
    assert ID_CHEN in part
    assert "<html" not in part
    assert 'hx-trigger="load delay:30s"' in part
    assert f'hx-get="{address(chen)}"' in part
    assert "no-store" in answer["Cache-Control"]
    assert ID_CHEN not in str(answer.headers)
    assert "看全号" in client.get(address(chen), headers=HTMX).content.decode()


def test_without_scripts_the_value_stands_on_a_small_page_that_leaves_by_itself(office: Office, chen: Person) -> None:
    answer = client_at(office.town).post(address(chen), VERIFY)
    page = answer.content.decode()
    assert ID_CHEN in page
    assert f'<meta http-equiv="refresh" content="30;url=/members/{chen.pk}/">' in page
    assert "no-store" in answer["Cache-Control"]
    title = re.search(r"<title>(.*?)</title>", page)
    assert title is not None
    assert ID_CHEN not in title[1]


def test_without_a_purpose_the_page_says_so_and_shows_nothing(office: Office, chen: Person) -> None:
    client = client_at(office.town)
    answer = client.post(address(chen), {})
    assert answer.status_code == 422
    assert "还没有选用途" in answer.content.decode()
    assert "还没有选用途" in client.post(address(chen), {}, headers=HTMX).content.decode()
    assert not Look.objects.exists()


def test_over_the_quota_the_page_says_what_to_do(office: Office, chen: Person, settings: Any) -> None:
    settings.NIANGJIA_LOOKS_PER_HOUR = 1
    liu = enrol(LIU, office.mill)
    client = client_at(office.town)
    assert client.post(address(chen), VERIFY).status_code == 200
    answer = client.post(address(liu), VERIFY)
    assert answer.status_code == 429
    page = answer.content.decode()
    assert "请同事来看" in page
    assert LIU["id_number"] not in page
    assert ask(client, liu, {"field": "id_number"} | VERIFY).status_code == 429
    assert client.post(address(liu), VERIFY, headers=HTMX).status_code == 200  # htmx swaps in what is wrong
    assert Look.objects.count() == 1


def test_where_the_journal_fails_the_page_holds_no_value(
    office: Office, chen: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object, **_facts: object) -> None:
        raise RuntimeError

    client = client_at(office.town)
    client.raise_request_exception = False
    monkeypatch.setattr(services, "record", fails)
    answer = client.post(address(chen), VERIFY)
    assert answer.status_code == 500
    assert ID_CHEN not in answer.content.decode()
    assert not Look.objects.exists()


def test_the_chair_reads_the_last_four_and_may_ring_up(office: Office, chen: Person) -> None:
    client = client_at(office.mill, Role.CHAIR)
    page = client.get(f"/members/{chen.pk}/").content.decode()
    assert page.count("看全号") == 1
    assert ID_CHEN[-4:] in page
    assert client.get(address(chen)).status_code == client.post(address(chen), VERIFY).status_code == 404
    assert ask(client, chen, {"field": "id_number"} | VERIFY).status_code == 404
    shown = client.post(address(chen, "phone"), {"purpose": "contact_member"})
    assert PHONE_CHEN in shown.content.decode()
    refused = ask(client, chen, {"field": "phone", "purpose": "lawful_inquiry"})
    assert (refused.status_code, refused.json()["reasons"][0]["code"]) == (422, "purpose_unfit")


@pytest.mark.parametrize("role", [Role.WORKER, Role.AUDITOR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_for_everybody_else_there_is_no_such_page(office: Office, chen: Person, role: Role) -> None:
    client = client_at(office.county, role)
    absent = client.post("/members/999999/sealed/id_number/", VERIFY)
    for answer in (client.post(address(chen), VERIFY), client.get(address(chen))):
        assert answer.status_code == absent.status_code == 404
    assert ask(client, chen, {"field": "id_number"} | VERIFY).status_code == 404
    assert Client().post(address(chen), VERIFY).status_code == 302
    assert not Look.objects.exists()


def test_colleagues_of_another_union_and_senseless_fields_find_nothing(office: Office, chen: Person) -> None:
    assert client_at(office.park).post(address(chen), VERIFY).status_code == 404
    for field in ("illness", "name", "x"):
        assert client_at(office.town, login=field).post(address(chen, field), VERIFY).status_code == 404


def test_of_who_left_nothing_is_shown(office: Office, chen: Person) -> None:
    Membership.objects.filter(person=chen).update(period="[2014-05-01,2026-06-01)", state="left")
    client = client_at(office.town)
    assert "看全号" not in client.get(f"/members/{chen.pk}/").content.decode()
    assert client.post(address(chen), VERIFY).status_code == 404
    enrol(CHEN | {"joined_on": ""}, office.plant)
    assert client.post(address(chen), VERIFY).status_code == 404


def test_the_api_shows_a_value_for_a_purpose_and_nothing_is_stored(office: Office, chen: Person) -> None:
    client = client_at(office.town)
    answer = ask(client, chen, {"field": "phone", "purpose": "contact_member"})
    assert (answer.status_code, answer.json()["value"]) == (200, PHONE_CHEN)
    assert "no-store" in answer["Cache-Control"]
    assert ask(client, chen, {"field": "phone", "purpose": ""}).status_code == 422
    assert ask(client, chen, {"field": "illness", "purpose": "handle_help"}).status_code == 422
    assert Look.objects.get().way == "program"


def test_a_request_sent_again_by_a_program_is_a_look_of_its_own(office: Office, chen: Person) -> None:
    client, key = client_at(office.town), str(uuid4())
    for _ in range(2):
        assert ask(client, chen, {"field": "id_number"} | VERIFY, key).json()["value"] == ID_CHEN
    assert Look.objects.count() == Entry.objects.filter(verb="reveal").count() == 2


@pytest.mark.guard(
    "member-sees-looks",
    "Every look at a member's sealed values stands on her own page at once, with unit, role, purpose and time.",
)
def test_the_member_sees_every_look_at_once(office: Office, chen: Person) -> None:
    own = own_client(chen)
    assert "还没有人看过" in own.get("/").content.decode()
    client_at(office.town).post(address(chen), VERIFY)
    client_at(office.mill, Role.CHAIR).post(address(chen, "phone"), {"purpose": "contact_member"})
    for at in ("/mine/", "/my/looks/"):
        page = own.get(at).content.decode()
        assert "柳林镇总工会的工会干部看了您的证件号码" in page
        assert "为了核对身份" in page
        assert "鸿远纺织有限公司工会的工会主席看了您的手机号" in page
        assert "周敏" not in page


@pytest.mark.control("member-sees-looks")
def test_without_the_look_a_value_is_seen_and_the_member_never_knows(
    office: Office, chen: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "_write_down", lambda *_given: None)
    assert ID_CHEN in client_at(office.town).post(address(chen), VERIFY).content.decode()
    assert "还没有人看过" in own_client(chen).get("/").content.decode()


def test_nobody_reads_the_looks_at_somebody_else(office: Office, chen: Person) -> None:
    client_at(office.town).post(address(chen), VERIFY)
    liu = enrol(LIU, office.mill)
    other = open_session(Client(), an_account("liu", role=None, name="刘秀英", subject=liu.subject))
    assert "还没有人看过" in other.get("/my/looks/").content.decode()
    # the chair learns nothing of who looked: not on her page, not on the list of own acts
    chair = client_at(office.mill, Role.CHAIR)
    for at in (f"/members/{chen.pk}/", "/looks/"):
        assert "柳林镇总工会" not in chair.get(at).content.decode()
    assert chair.get("/my/looks/").status_code == 404  # nobody registered belongs to this account


def test_own_acts_are_listed_with_names_and_without_values(office: Office, chen: Person) -> None:
    client = client_at(office.town)
    assert "您还没有看过谁的全号" in client.get("/looks/").content.decode()
    client.post(address(chen), VERIFY)
    page = client.get("/looks/").content.decode()
    assert "陈桂兰" in page
    assert "核对身份" in page
    assert ID_CHEN not in page
    assert "陈桂兰" not in client_at(office.town, login="other").get("/looks/").content.decode()
    assert "陈桂兰" in client.get("/looks/?field=id_number&span=day").content.decode()
    assert "没有符合条件的" in client.get("/looks/?field=phone").content.decode()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.AUDIT_ADMIN])
def test_the_auditor_sees_who_looked_and_neither_names_of_members_nor_values(
    office: Office, chen: Person, role: Role
) -> None:
    client_at(office.town).post(address(chen), VERIFY)
    auditor = client_at(office.county, role)
    page = auditor.get("/looks/all/").content.decode()
    for words in ("周敏", "柳林镇总工会的工会干部", str(chen.pk), "核对身份", "本人可见"):
        assert words in page
    assert "陈桂兰" not in page
    assert ID_CHEN not in page
    for narrowed in (
        "unit=柳林",
        "account=周敏",
        "purpose=verify_identity",
        "span=week",
        "way=page",
        "field=id_number",
    ):
        assert str(chen.pk) in auditor.get(f"/looks/all/?{narrowed}").content.decode()
    assert "没有符合条件的" in auditor.get("/looks/all/?unit=开发区").content.decode()
    counts = auditor.get("/looks/counts/?sort=-2").content.decode()
    assert "周敏" in counts
    assert "不能拿来考核" in counts
    assert auditor.get("/looks/").status_code == 404


def test_lists_of_all_looks_are_for_auditors_alone(office: Office) -> None:
    for role in (Role.CADRE, Role.CHAIR, Role.OFFICER, Role.WORKER, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN):
        client = client_at(office.county, role)
        assert client.get("/looks/all/").status_code == 404
        assert client.get("/looks/counts/").status_code == 404


@pytest.mark.parametrize("asked", ["page=0", "page=-1", "page=99999", "page=9999999999", "page=x", "page=%00"])
def test_senseless_pages_of_ones_own_looks_are_answered(chen: Person, asked: str) -> None:
    assert own_client(chen).get(f"/my/looks/?{asked}").status_code == 200


def test_english_readers_read_looks_in_english(office: Office, chen: Person) -> None:
    client_at(office.town).post(address(chen), VERIFY)
    own = own_client(chen)
    Account.objects.filter(login="chen").update(language="en")
    assert "looked at your" in own.get("/").content.decode()


def test_a_page_with_a_look_costs_few_questions(
    office: Office, chen: Person, django_assert_max_num_queries: Any
) -> None:
    client = client_at(office.town)
    with django_assert_max_num_queries(30):  # the look, its entry in the journal, and the message to her
        client.post(address(chen), VERIFY, headers=HTMX)


@pytest.mark.parametrize("role", [Role.CADRE, Role.CHAIR])
def test_no_page_shows_a_whole_number_unasked(office: Office, chen: Person, role: Role) -> None:
    client = client_at(office.mill if role is Role.CHAIR else office.town, role)
    pages = [
        "/", "/members/", f"/members/?q={ID_CHEN}", f"/members/?q={PHONE_CHEN}", f"/members/{chen.pk}/", "/looks/",
        f"/members/{chen.pk}/edit/", f"/members/{chen.pk}/sealed/phone/", f"/unions/{office.mill.code}/",
        f"/api/v1/members/{chen.pk}", f"/api/v1/members?q={ID_CHEN}",
    ]  # fmt: skip
    for at in pages:
        answer = client.get(at)
        page = answer.content.decode().replace(f'value="{ID_CHEN}"', "").replace(f'value="{PHONE_CHEN}"', "")
        assert answer.status_code == 200, at
        assert ID_CHEN not in page.replace(f"q={ID_CHEN}", ""), at  # what was typed into the search stands there again
        assert PHONE_CHEN not in page.replace(f"q={PHONE_CHEN}", ""), at
    assert not {ID_CHEN, PHONE_CHEN} & set(re.findall(r"[0-9X]{11,}", str(dict(client.session))))
    typed = {"name": "陈桂兰", "phone": "13900000001", "sex": "female", "birth_on": "1980-03-02", "revision": "0"}
    wrong = client.post(f"/members/{chen.pk}/edit/", typed)
    assert wrong.status_code == 200
    assert PHONE_CHEN not in wrong.content.decode()
