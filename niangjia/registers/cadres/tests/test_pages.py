"""Pages of cadres through the client: the list, a page, writing down, changing, ending, and her own."""

from collections.abc import Iterator

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.registers.cadres.models import Cadre, Contact, ElectedKind, Posting
from niangjia.registers.cadres.tests.people import AT, Staff
from niangjia.registers.employers.models import Employer

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Iterator[Staff]:
    with clock.at(AT):
        yield Staff()


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_the_list_is_narrowed_by_how_what_and_where(staff: Staff) -> None:
    staff.worker()
    client = open_session(Client(), staff.zhou)
    everybody = page(client, "/cadres/")
    assert "陈晓玲" in everybody
    assert staff.people[0].name in everybody
    hired = page(client, "/cadres/?kind=hired")
    assert "陈晓玲" in hired
    assert staff.people[0].name not in hired
    assert "陈晓玲" not in page(client, "/cadres/?kind=part_time")
    chairs = page(client, "/cadres/?post=chair")
    assert staff.people[0].name in chairs
    assert "陈晓玲" not in chairs
    assert "陈晓玲" not in page(client, f"/cadres/?under={staff.mill.code}")
    assert "陈晓玲" in page(client, "/cadres/?q=晓玲")
    assert "陈晓玲" not in page(client, "/cadres/?state=before")


def test_a_post_is_written_down_changed_and_ended_with_a_reason(staff: Staff) -> None:
    client = open_session(Client(), staff.zhou)
    written = {"union": staff.town.code, "post": "social_worker", "kind": "hired", "since": "2025-07-01"}
    said = client.post("/cadres/new/", written).content.decode()
    assert "还没有写是哪一位" in said
    both = client.post("/cadres/new/", written | {"name": "陈晓玲", "member": staff.people[3].name})
    assert "一次记一个人" in both.content.decode()
    assert client.post("/cadres/new/", written | {"name": "陈晓玲"}).status_code == 302
    posting = Posting.objects.get()
    own = page(client, f"/cadres/{posting.cadre_id}/")
    assert "社会化工会工作者" in own
    assert "对上会员登记" in own
    change = {"kind": "seconded", "since": "2025-07-01"}
    assert client.post(f"/cadres/posts/{posting.pk}/", change).status_code == 302
    trail = page(client, f"/cadres/{posting.cadre_id}/")
    assert "任职方式：聘用 → 挂职" in trail
    assert "从哪天起：（空） → 2025年7月1日" in trail
    end = f"/cadres/posts/{posting.pk}/end/"
    assert "还没有写为什么结束" in client.post(end, {"until": "2026-11-01"}).content.decode()
    assert client.post(end, {"until": "2026-11-01", "because": "合同期满"}).status_code == 302
    assert "合同期满" in page(client, f"/cadres/{posting.cadre_id}/")
    assert client.get(end).status_code == 404


def test_elected_posts_are_shown_and_how_they_are_held_is_said(staff: Staff) -> None:
    client = open_session(Client(), staff.chair)
    cadre = Cadre.objects.get(person=staff.people[0])
    assert "选举产生，这一届到" in page(client, f"/cadres/{cadre.pk}/")
    address = f"/cadres/{cadre.pk}/elected/{staff.mill.code}/"
    assert client.post(address, {"kind": "full_time"}).status_code == 302
    assert ElectedKind.objects.get().kind == "full_time"
    assert "专职" in page(client, f"/cadres/{cadre.pk}/")
    said = client.post("/cadres/new/", {
        "name": "陈晓玲", "union": staff.mill.code, "post": "chair", "kind": "full_time", "since": "2026-01-01",
    }).content.decode()  # fmt: skip
    assert "从换届和委员会里来" in said


def test_contacts_are_begun_and_ended(staff: Staff) -> None:
    hired, client = staff.worker(), open_session(Client(), staff.zhou)
    Employer.objects.create(city=staff.mill.city, name="鸿远织造车间", place=staff.mill.place)
    address = f"/cadres/{hired.pk}/contact/"
    written = {"union": staff.mill.code, "since": "2026-01-01"}
    assert "没有找到这家单位" in client.post(address, written | {"employer": "没有这家"}).content.decode()
    assert client.post(address, written | {"employer": "鸿远织造车间"}).status_code == 302
    assert client.post(address, written).status_code == 302
    assert "驻点" in page(client, f"/cadres/{hired.pk}/")
    stays = Contact.objects.get(employer__isnull=False)
    assert "到今天为止" in page(client, f"/cadres/contacts/{stays.pk}/end/")
    assert client.post(f"/cadres/contacts/{stays.pk}/end/").status_code == 302
    assert Contact.objects.filter(until=None).count() == 1
    assert client.post(f"/cadres/contacts/{stays.pk}/end/").status_code == 404


def test_strangers_find_no_page_and_who_only_looks_on_writes_nothing(staff: Staff) -> None:
    hired = staff.worker()
    stranger = open_session(Client(), staff.account("plant", Role.CHAIR, staff.plant))
    assert stranger.get(f"/cadres/{hired.pk}/").status_code == 404
    officer = open_session(Client(), staff.account("officer", Role.OFFICER, staff.county))
    page(officer, f"/cadres/{hired.pk}/")
    posting = Posting.objects.get()
    for address in ("/cadres/new/", f"/cadres/posts/{posting.pk}/", f"/cadres/{hired.pk}/contact/"):
        assert officer.get(address).status_code == 404


def test_she_reads_her_own_posts_and_what_protects_her(staff: Staff) -> None:
    account = staff.account("own", Role.WORKER, staff.mill, subject=staff.people[0].subject, name="本人")
    client = open_session(Client(), account)
    own = page(client, "/mine/cadre/")
    assert "主席" in own
    assert "《工会法》第四十一条" in own
    assert "我在工会的职务" in page(client, "/mine/")
    nobody = open_session(Client(), staff.account("none", Role.WORKER, staff.mill, subject=staff.people[25].subject))
    assert nobody.get("/mine/cadre/").status_code == 404
