"""The first page of the day, and what a worker sees of herself."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.kernel.intake.models import Import, State
from niangjia.kernel.privacy.models import RightsRequest
from niangjia.registers.members.models import Person, TransferProposal
from niangjia.registers.members.tests.people import CHEN, LIU, enrol
from niangjia.registers.orgs.tests.office import Office, client_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def chen(office: Office) -> Person:
    return enrol(CHEN, office.mill)


def an_import(office: Office, account: Account, **more: Any) -> Import:
    facts: dict[str, Any] = {
        "city": "349900", "kind": "members", "place": office.town.place, "account": account, "author": account.name,
        "file_name": "柳林花名册.xlsx", "file_bytes": 1, "file_sha256": b"x" * 32, "resume_key": b"y" * 32,
    }  # fmt: skip
    return Import.objects.create(**facts | more)


def figures(client: Client) -> dict[str, str]:
    page = client.get("/").content.decode()
    tally = {words.strip(): number for number, words in re.findall(r"<b>([\d,]+)</b>([^<]+)</a>", page)}
    beside = re.findall(r'<dt><a class="nj-quiet" href="[^"]+">([^<]+)</a></dt><dd>([\d,]+)</dd>', page)
    return tally | dict(beside)


def test_the_figures_are_of_the_own_places_only(office: Office, chen: Person) -> None:
    enrol(LIU, office.plant)
    county, town = figures(client_at(office.county)), figures(client_at(office.town))
    assert (county["在册会员"], county["工会（含下级）"]) == ("2", "5")
    assert (town["在册会员"], town["工会（含下级）"]) == ("1", "2")


def test_a_transfer_waits_at_the_end_that_lets_her_go_as_a_second_pair_of_eyes(office: Office, chen: Person) -> None:
    TransferProposal.objects.create(city=chen.city, person=chen, to_union=office.plant, name_written="陈桂兰")
    assert figures(client_at(office.park))["等我把关"] == "0"
    assert figures(client_at(office.town))["等我把关"] == "1"
    assert "鸿远" not in client_at(office.park, Role.CHAIR).get("/").content.decode()
    opened = client_at(office.town, login="li").get("/?show=second").content.decode()
    assert "陈桂兰要转到" in opened


def test_a_roster_half_done_waits_on_the_first_page_of_who_began_it(office: Office) -> None:
    client = client_at(office.town, login="zhou")
    waiting = an_import(office, Account.objects.get(login="zhou"), state=State.TRIED, stored_as="x")
    page = client.get("/").content.decode()
    assert "柳林花名册.xlsx" in page
    assert f"/members/imports/{waiting.pk}/" in page
    assert "柳林花名册.xlsx" not in client_at(office.town, Role.CHAIR).get("/").content.decode()


def test_an_administrator_s_first_page_speaks_of_accounts_and_of_no_member(office: Office, chen: Person) -> None:
    found = figures(client_at(office.county, Role.SYSTEM_ADMIN))
    assert found["在用的账号"] == "1"
    assert "在册会员" not in found
    page = client_at(office.county, Role.SYSTEM_ADMIN, login="wu").get("/").content.decode()
    assert "还没有设第二重验证" in page
    assert "陈桂兰" not in page
    guard = client_at(office.county, Role.SECURITY_ADMIN).get("/").content.decode()
    assert "今天没有要办的" in guard
    assert "近 7 天的查看" in client_at(office.county, Role.AUDIT_ADMIN).get("/").content.decode()


@pytest.mark.parametrize("role", [Role.CADRE, Role.CHAIR, Role.OFFICER, Role.AUDITOR])
def test_every_role_has_a_first_page_that_says_what_comes_next(office: Office, role: Role) -> None:
    page = client_at(office.mill, role).get("/").content.decode()
    assert "今天没有要办的" in page
    assert "工会（含下级）" in page


def test_what_somebody_asks_of_her_data_stands_with_its_last_day(office: Office, chen: Person) -> None:
    asked_at = clock.now() - timedelta(days=20)
    RightsRequest.objects.create(
        city=chen.city, subject=chen.subject, place=office.mill.place, kind="correct", asked_by="self", fact="phone",
        asked_at=asked_at,
    )  # fmt: skip
    page = client_at(office.town).get("/").content.decode()
    assert "陈桂兰说手机不对，请更正" in page
    assert "逾期 5 天" in page
    assert "陈桂兰" not in client_at(office.park).get("/").content.decode()
    assert "陈桂兰" not in client_at(office.mill, Role.CHAIR).get("/").content.decode()


def test_a_worker_who_is_not_in_the_register_is_told_what_to_do(office: Office, chen: Person) -> None:
    account = an_account("liu", role=Role.WORKER, at=office.mill.place, name="刘秀英")
    page = open_session(Client(), account).get("/").content.decode()
    assert "还没有您的会员登记" in page
    assert "陈桂兰" not in page


def test_the_first_page_asks_the_database_little(
    office: Office, chen: Person, django_assert_max_num_queries: Any
) -> None:
    client = client_at(office.county)
    client.get("/")
    # The frame's own, and little more than one for each part that says something here; a line of cases asks what was handed on, too.
    sources = len(settings.NIANGJIA_THINGS_TO_DO) + len(settings.NIANGJIA_TODAY)
    with django_assert_max_num_queries(12 + sources + len(settings.NIANGJIA_CASE_KINDS)):
        client.get("/")
