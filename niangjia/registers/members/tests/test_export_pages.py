"""Taking a list of members out, as a cadre and the second person see it."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.kernel.exports import jobs
from niangjia.kernel.exports.models import ExportRequest
from niangjia.kernel.exports.rules import State
from niangjia.registers.members.models import Person
from niangjia.registers.members.tests.people import CHEN, ID_CHEN, LIU, enrol
from niangjia.registers.orgs.tests.office import Office, client_at

pytestmark = pytest.mark.django_db
JSON = "application/json"
NEW = "/exports/new/?list=members"
PLAIN = {"file_format": "csv", "purpose": "check_register", "words": "", "template": ""}
CLEAR = PLAIN | {"purpose": "report_up", "in_clear": ["id_number", "phone"], "template": "NATIONAL"}


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def chen(office: Office) -> Person:
    enrol(LIU, office.plant)
    return enrol(CHEN, office.mill)


@pytest.fixture
def zhou(office: Office) -> Account:
    return an_account("zhou", at=office.county.place)


@pytest.fixture
def inside(zhou: Account) -> Client:
    return open_session(Client(), zhou)


@pytest.fixture
def second(office: Office) -> Client:
    return open_session(Client(), an_account("wang", at=office.county.place, name="王芳"))


def sent(client: Client, given: dict[str, Any] = PLAIN, address: str = NEW) -> ExportRequest:
    answer = client.post(address, given)
    assert answer.status_code == 302, answer.content.decode()
    export = ExportRequest.objects.order_by("-id")[0]
    assert answer["Location"] == f"/exports/{export.pk}/"
    return export


def written(client: Client, address: str, body: dict[str, Any]) -> Any:
    """A write of a program, with a key of its own."""
    return client.post(address, body, content_type=JSON, headers={"Idempotency-Key": str(uuid4())})


def page(client: Client, address: str) -> str:
    return str(client.get(address).content.decode())


def test_the_list_leads_to_its_export_as_it_is_filtered(inside: Client, chen: Person) -> None:
    assert "/exports/new/?list=members&amp;under=%E6%9F%B3" in page(inside, "/members/?under=柳林镇总工会")
    asked = page(inside, f"{NEW}&under=柳林镇总工会")
    for words in ("1 人", "柳林镇总工会", "证件尾号", "另一个人批准", "24 小时"):
        assert words in asked


def test_a_short_masked_list_is_asked_for_made_and_fetched(inside: Client, chen: Person) -> None:
    export = sent(inside, address=f"{NEW}&under=柳林镇总工会")
    assert "排在队里" in page(inside, f"/exports/{export.pk}/")
    assert "排在队里" in page(inside, f"/exports/{export.pk}/progress/")
    jobs.make_export(export_id=export.pk)
    assert inside.get(f"/exports/{export.pk}/progress/").status_code == 302
    shown = page(inside, f"/exports/{export.pk}/")
    assert "做好了，1 行" in shown
    answer = inside.post(f"/exports/{export.pk}/file/")
    assert answer["Content-Disposition"] == f'attachment; filename="niangjia-{export.number}.csv"'
    assert "no-store" in answer["Cache-Control"]
    text = b"".join(answer).decode("utf-8-sig")
    assert "陈桂兰" in text
    assert "刘秀英" not in text
    assert ID_CHEN not in text
    assert "还能下载 2 次" in page(inside, f"/exports/{export.pk}/")


def test_the_second_person_finds_it_on_her_first_page_and_agrees(inside: Client, second: Client, chen: Person) -> None:
    export = sent(inside, CLEAR)
    assert "等您批准的导出" not in page(inside, "/")
    assert f"/exports/{export.pk}/" in page(second, "/")
    seen = page(second, f"/exports/{export.pk}/")
    for words in ("周敏", "证件号码", "全国工会会员实名制采集表", "按规定上报", "批准导出 2 行"):
        assert words in seen
    assert "批准导出" not in page(inside, f"/exports/{export.pk}/")
    second.post(f"/exports/{export.pk}/decide/", {"verb": "approve", "words": "同意"})
    export.refresh_from_db()
    assert export.state == State.APPROVED
    assert "等您批准的导出" not in page(second, "/")
    jobs.make_export(export_id=export.pk)
    assert second.post(f"/exports/{export.pk}/file/").status_code == 404
    assert ID_CHEN in b"".join(inside.post(f"/exports/{export.pk}/file/")).decode("utf-8-sig")


def test_saying_no_needs_a_reason_which_the_other_reads(inside: Client, second: Client, chen: Person) -> None:
    export = sent(inside, CLEAR)
    empty = second.post(f"/exports/{export.pk}/decide/", {"verb": "refuse", "words": ""}).content.decode()
    assert "还没有写为什么不批" in empty
    second.post(f"/exports/{export.pk}/decide/", {"verb": "refuse", "words": "先和镇里核对"})
    shown = page(inside, f"/exports/{export.pk}/")
    assert "王芳没有批准" in shown
    assert "先和镇里核对" in shown


def test_her_own_request_she_cannot_press_through(inside: Client, chen: Person) -> None:
    export = sent(inside, CLEAR)
    answer = inside.post(f"/exports/{export.pk}/decide/", {"verb": "approve"}).content.decode()
    assert "自己申请的不能自己批" in answer
    export.refresh_from_db()
    assert export.state == State.ASKED


def test_taking_it_back_ends_it(inside: Client, chen: Person) -> None:
    export = sent(inside)
    jobs.make_export(export_id=export.pk)
    inside.post(f"/exports/{export.pk}/withdraw/")
    assert "撤回了" in page(inside, f"/exports/{export.pk}/")
    assert inside.post(f"/exports/{export.pk}/file/").status_code == 302


def test_what_is_missing_or_does_not_fit_is_said(inside: Client, chen: Person) -> None:
    for given, words in (
        (PLAIN | {"purpose": ""}, "还没有选用途"),
        (CLEAR | {"purpose": "arrange_activity"}, "这个用途用不着写全这一项"),
    ):
        answer = inside.post(NEW, given)
        assert answer.status_code == 200
        form = answer.context["form"]
        assert words in str(form.errors["purpose"])  # beside the field that has to be changed
    assert "证件号码：按规定上报" in page(inside, NEW)
    assert not ExportRequest.objects.exists()


def test_the_chair_of_an_enterprise_is_never_offered_whole_numbers(office: Office, chen: Person) -> None:
    client = client_at(office.mill, Role.CHAIR)
    assert "in_clear" not in page(client, NEW)
    assert client.post(NEW, CLEAR).status_code == 302  # what is not offered is not asked for
    export = ExportRequest.objects.get()
    assert (export.in_clear, export.needs_two) == ([], False)


def test_without_the_second_factor_no_file(inside: Client, zhou: Account, chen: Person) -> None:
    export = sent(inside)
    jobs.make_export(export_id=export.pk)
    weak = open_session(Client(), zhou, proved=False)
    answer = weak.post(f"/exports/{export.pk}/file/")
    assert answer.status_code == 302
    export.refresh_from_db()
    assert export.downloads == 0


def test_others_find_no_such_page(office: Office, inside: Client, chen: Person) -> None:
    export = sent(inside)
    jobs.make_export(export_id=export.pk)
    for other in (
        client_at(office.town),
        client_at(office.county, Role.AUDITOR),
        client_at(office.county, Role.SYSTEM_ADMIN),
    ):
        assert other.get(f"/exports/{export.pk}/").status_code == 404
        for verb in ("file", "withdraw", "decide"):
            assert other.post(f"/exports/{export.pk}/{verb}/").status_code == 404
    assert Client().get(f"/exports/{export.pk}/").status_code == 302
    assert inside.get("/exports/new/?list=nothing").status_code == 404
    assert client_at(office.county, Role.SECURITY_ADMIN).get(NEW).status_code == 404
    assert inside.get(f"/exports/{export.pk}/file/").status_code == 405


def test_the_list_of_exports_holds_ones_own_and_those_to_decide_on(
    inside: Client, second: Client, chen: Person
) -> None:
    plain, clear = sent(inside), sent(inside, CLEAR)
    mine, theirs = page(inside, "/exports/"), page(second, "/exports/?whose=others")
    assert plain.number in mine
    assert clear.number in mine
    assert clear.number in theirs
    assert plain.number not in theirs


def test_programs_ask_and_decide_by_the_same_rules(inside: Client, second: Client, chen: Person) -> None:
    wanted = {"listing": "members", "purpose": "report_up", "in_clear": ["phone"], "filters": {"under": "柳林镇总工会"}}
    made = written(inside, "/api/v1/exports", wanted)
    assert (made.status_code, made.json()["state"], made.json()["rows_asked"]) == (201, "asked", 1)
    address = f"/api/v1/exports/{made.json()['id']}"
    own = written(inside, f"{address}/decision", {"verb": "approve"})
    assert (own.status_code, own.json()["reasons"][0]["code"]) == (422, "own_request")
    agreed = written(second, f"{address}/decision", {"verb": "approve"})
    assert (agreed.status_code, agreed.json()["state"], agreed.json()["is_own"]) == (200, "approved", False)
    assert [each["id"] for each in inside.get("/api/v1/exports").json()["items"]] == [made.json()["id"]]
    nothing = written(inside, "/api/v1/exports", wanted | {"listing": "nothing"})
    senseless = written(inside, "/api/v1/exports", wanted | {"purpose": "curiosity"})
    assert (nothing.status_code, senseless.status_code) == (404, 422)
    assert Client().get(address).status_code == 401
