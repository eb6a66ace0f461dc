"""The pages of public notices: for everybody, and for the desk."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.tests.signing_in import open_session, with_codes
from niangjia.kernel.cases.notices.models import Objection, Publication
from niangjia.kernel.cases.notices.rules import CODE_LENGTH
from niangjia.kernel.cases.notices.tests.hanging import RECEIPT_OF_TESTS, a_notice, an_objection
from niangjia.kernel.cases.notices.tests.world import World, acts, wired
from niangjia.kernel.web.today import day_of

pytestmark = pytest.mark.django_db
WORDS = "她家在县城有两套房。"


@pytest.fixture
def world(settings: Any) -> World:
    wired(settings)
    return World()


@pytest.fixture
def notice(world: World) -> Publication:
    return world.put_up()


def desk(account: Account) -> Client:
    return open_session(Client(), with_codes(account))


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def public(notice: Publication, rest: str = "") -> str:
    return f"/notices/{notice.code}/{rest}"


def test_everybody_reads_what_hangs_and_nothing_more(notice: Publication) -> None:
    assert len(notice.code) == CODE_LENGTH
    board = page(Client(), "/notices/")
    shown = page(Client(), public(notice))
    for each in (board, shown):
        assert "陈*兰" in each
        assert "陈桂兰" not in each
        assert "349921" not in each
    assert "助学" in shown
    assert "柳林镇总工会" in shown
    assert public(notice) in board


@pytest.mark.guard("notice-leaves-no-copy", "No cache and no search engine keeps a copy of what comes down by itself.")
def test_no_cache_and_no_search_engine_keeps_it(notice: Publication) -> None:
    for address in ("/notices/", public(notice), public(notice, "object/"), "/notices/receipt/"):
        answer = Client().get(address)
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        assert 'name="robots" content="noindex' in answer.content.decode()


@pytest.mark.control("notice-leaves-no-copy")
def test_another_page_for_everybody_may_be_kept() -> None:
    answer = Client().get("/complaints/")
    assert "X-Robots-Tag" not in answer.headers


@pytest.mark.guard(
    "notice-comes-down",
    "The day after its last day a notice answers as if it had never hung; the desk keeps the record.",
)
def test_the_day_after_it_answers_as_absent_and_the_desk_keeps_it(world: World, notice: Publication) -> None:
    with clock.at(clock.now() + (notice.ends_on - notice.begins_on)):
        assert Client().get(public(notice)).status_code == 200
    with clock.at(clock.now() + (notice.ends_on - notice.begins_on) + timedelta(days=1)):
        absent, over = Client().get("/notices/zzzzzzzz/"), Client().get(public(notice))
        assert (over.status_code, absent.status_code) == (404, 404)
        assert Client().get(public(notice, "object/")).status_code == 404
        assert "陈*兰" not in page(Client(), "/notices/")
        assert desk(world.wang).get(f"/cases/notices/{notice.pk}/").status_code == 200


@pytest.mark.control("notice-comes-down")
def test_the_row_is_still_there_for_whoever_would_not_ask_for_the_day(notice: Publication) -> None:
    with clock.at(clock.now() + timedelta(days=400)):
        assert Publication.objects.filter(code=notice.code).exists()


def test_a_notice_says_when_it_was_printed_and_when_to_take_it_down(notice: Publication) -> None:
    shown = page(Client(), public(notice))
    assert re.search(r"nj-print-only[^>]*>\s*\d+月\d+日 \d\d:\d\d 打印，", shown)
    assert "内部资料" not in shown
    assert f"http://testserver{public(notice)}" in shown


def test_of_many_unions_one_is_chosen_and_found_by_its_name(world: World) -> None:
    office = world.people.office
    for number, union in enumerate((office.plant, office.park), start=3):
        a_notice(union.place, number=number, union_name=union.name)
    board = page(Client(), "/notices/")
    assert "陈*兰" not in board
    assert f"?at={office.plant.pk}" in board
    found = page(Client(), "/notices/?q=宏达")
    assert "宏达五金制品有限公司工会的公示" in found
    assert "没有找到" in page(Client(), "/notices/?q=没有这个")
    assert "公示" in page(Client(), "/notices/?at=999999")
    assert "公示" in page(Client(), "/notices/?at=x")


def test_a_visitor_objects_gets_a_receipt_and_reads_the_answer(world: World, notice: Publication) -> None:
    visitor = Client()
    page(visitor, public(notice, "object/"))
    sent = visitor.post(public(notice, "object/"), {"words": WORDS, "idempotency_key": "a-key-of-the-form"})
    receipt = re.search(r"data-receipt>([\d ]{19})<", sent.content.decode())
    assert receipt is not None
    again = visitor.post(public(notice, "object/"), {"words": WORDS, "idempotency_key": "a-key-of-the-form"})
    assert receipt[1] in again.content.decode()
    assert Objection.objects.count() == 1
    waits = Client().post("/notices/receipt/", {"receipt": receipt[1]}).content.decode()
    assert "还没有答复" in waits
    assert WORDS in waits
    client, objection = desk(world.wang), Objection.objects.get()
    answered = client.post(
        f"/cases/notices/{notice.pk}/",
        {"objection": objection.pk, "verdict": "dismissed", "says": "上门看过，只有一套。"},
    )
    assert answered.status_code == 302
    read = Client().post("/notices/receipt/", {"receipt": receipt[1].replace(" ", "")}).content.decode()
    assert "上门看过，只有一套。" in read
    assert "王芳" not in read


def test_what_is_wrong_is_said_beside_its_field(notice: Publication) -> None:
    assert "还没有写哪里不对" in Client().post(public(notice, "object/"), {"words": ""}).content.decode()
    short = Client().post("/notices/receipt/", {"receipt": "1234"}).content.decode()
    assert "现在是 4 位" in short
    wrong = Client().post("/notices/receipt/", {"receipt": RECEIPT_OF_TESTS}).content.decode()
    assert "没有这个回执码" in wrong


@pytest.mark.guard("receipts-tried-rarely", "From one address receipts are tried twenty times an hour and no more.")
def test_receipts_are_not_tried_without_end(notice: Publication, settings: Any) -> None:
    an_objection(notice, WORDS)
    asked = {"REMOTE_ADDR": "203.0.113.9"}
    for _each in range(20):
        Client().post("/notices/receipt/", {"receipt": "0" * 16}, **asked)
    held = Client().post("/notices/receipt/", {"receipt": RECEIPT_OF_TESTS}, **asked).content.decode()
    assert "过一小时再看" in held
    assert WORDS not in held
    assert (
        WORDS
        in Client()
        .post("/notices/receipt/", {"receipt": RECEIPT_OF_TESTS}, REMOTE_ADDR="203.0.113.10")
        .content.decode()
    )


@pytest.mark.control("receipts-tried-rarely")
def test_without_the_limit_the_next_try_would_count(notice: Publication, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"objection_receipt": None}
    an_objection(notice, WORDS)
    read = ""
    for receipt in (*["0" * 16] * 21, RECEIPT_OF_TESTS):
        read = Client().post("/notices/receipt/", {"receipt": receipt}, REMOTE_ADDR="203.0.113.9").content.decode()
    assert WORDS in read


def test_a_worker_objects_signed_in_and_reads_the_answer_in_her_own_list(world: World, notice: Publication) -> None:
    own = world.people.browser()
    assert own.post(public(notice, "object/"), {"words": WORDS}).status_code == 200
    assert WORDS in page(own, "/notices/mine/")
    assert "没有提过" in page(desk(world.wang), "/notices/mine/")
    assert Client().get("/notices/mine/").status_code == 302


def test_the_maker_reads_and_another_answers(world: World, notice: Publication) -> None:
    objection = an_objection(notice, published_by=world.zhou)
    address, given = f"/cases/notices/{notice.pk}/", {"objection": objection.pk, "verdict": "upheld", "says": "属实"}
    mine = page(desk(world.zhou), address)
    assert "要由另一位来答复" in mine
    assert 'name="verdict"' not in mine
    refused = desk_again(world.zhou).post(address, given)
    assert refused.status_code == 200
    other = desk(world.wang)
    assert 'name="verdict"' in page(other, address)
    assert "还没有写理由" in other.post(address, given | {"says": ""}).content.decode()
    assert other.post(address, given | {"objection": "x"}).status_code == 404
    assert other.post(address, given).status_code == 302
    assert "异议成立" in page(other, address)
    assert "属实" in page(other, address)


def desk_again(account: Account) -> Client:
    return open_session(Client(), account)


def test_only_who_works_there_meets_it_at_the_desk(world: World, notice: Publication) -> None:
    for account, status in ((world.county, 200), (world.auditor, 200), (world.park, 404)):
        assert desk(account).get(f"/cases/notices/{notice.pk}/").status_code == status
    assert world.people.browser().get(f"/cases/notices/{notice.pk}/").status_code == 404
    an_objection(notice, WORDS)
    assert WORDS not in page(desk_again(world.auditor), f"/cases/notices/{notice.pk}/")


def test_the_list_of_the_desk_has_states(world: World, notice: Publication) -> None:
    client = desk(world.wang)
    an_objection(notice)
    listed = page(client, "/cases/notices/")
    assert "正在公示" in listed
    assert "1 条异议" in listed
    assert page(client, "/cases/notices/?state=clear").count("陈*兰") == 0
    assert "陈*兰" in page(client, "/cases/notices/?state=running")
    assert "陈*兰" in page(client, f"/cases/notices/?q={notice.case.number[:9]}")


def test_an_objection_waits_on_the_first_page_of_who_may_answer_it(world: World, notice: Publication) -> None:
    an_objection(notice, published_by=world.zhou)
    on = clock.today()
    told = {
        account.login: "有 1 条异议等答复" in str(day_of(acts(account), on=on, opened=None))
        for account in (world.wang, world.zhou, world.park)
    }
    assert told == {"wang": True, "zhou": False, "park": False}
    assert "有 1 条异议等答复" in page(desk(world.wang), "/")
