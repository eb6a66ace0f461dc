"""Two records side by side at the desk, the work list, and her own page."""

import pytest
from django.test import Client

from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.registers.members.merging.asking import search_through
from niangjia.registers.members.merging.finding import look_through
from niangjia.registers.members.merging.models import Merge, Pair, Search
from niangjia.registers.members.merging.rules.workflow import AGREE
from niangjia.registers.members.merging.tests.two import BY_PASSPORT, Two
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.tests.people import CHEN, ID_CHEN, PHONE_CHEN, a_number, enrol
from niangjia.registers.orgs.tests.office import OPERATOR, client_at

pytestmark = pytest.mark.django_db
LIST = "/desk/same-person/"


@pytest.fixture
def two() -> Two:
    return Two()


def sent(two: Two, **changed: str) -> dict[str, str]:
    """What the page would send."""
    return {
        "propose": "1", "id_number": "left", "title": "right", "joined": "", "reason": "paper_seen", "proof": "",
        "goes_on": str(Membership.objects.get(person=two.right).pk), "left_seen": "1", "right_seen": "1",
    } | changed  # fmt: skip


def test_the_list_says_who_and_why_and_nothing_whole(two: Two) -> None:
    page = open_session(Client(), two.zhou).get(LIST).content.decode()
    assert "陈桂兰" in page
    assert "手机号相同" in page or "姓名相同" in page
    assert ID_CHEN not in page


def test_side_by_side_nothing_is_shown_whole(two: Two) -> None:
    pair = two.pair()
    page = open_session(Client(), two.zhou).get(f"{LIST}{pair.pk}/").content.decode()
    for words in (
        "甲",
        "乙",
        "挡车工",
        "护照",
        "138****2206",
        "鸿远纺织有限公司工会",
        "宏达五金制品有限公司工会",
        "出生日期相同",
    ):
        assert words in page, words
    for number in (ID_CHEN, PHONE_CHEN, BY_PASSPORT["id_number"]):
        assert number not in page


def test_why_two_were_not_taken_for_one_is_said(two: Two) -> None:
    twin = enrol(CHEN | {"id_number": a_number("34992119800302", 304)}, two.mill)
    pair = Pair.objects.get(left=two.left.pk, right=twin.pk)
    client = open_session(Client(), two.zhou)
    assert "一定是两个人" in client.get(f"{LIST}{pair.pk}/").content.decode()
    assert "一定是两个人" in client.get(LIST, {"state": "unlike"}).content.decode()


def test_whoever_keeps_one_of_them_finds_no_such_page(two: Two) -> None:
    pair = two.pair()
    for client in (client_at(two.mill, Role.CHAIR), client_at(two.county, Role.AUDITOR)):
        assert client.get(f"{LIST}{pair.pk}/").status_code == 404
        assert client.post(f"{LIST}{pair.pk}/", {"keep_apart": "1", "apart": "kin"}).status_code == 404


def test_one_proposes_and_another_agrees_and_it_is_undone(two: Two) -> None:
    pair, zhou, wang = two.pair(), open_session(Client(), two.zhou), open_session(Client(), two.wang)
    answer = zhou.post(f"{LIST}{pair.pk}/", sent(two))
    merge = Merge.objects.get()
    assert answer["Location"] == f"/desk/merging/{merge.pk}/"
    page = wang.get(f"/desk/merging/{merge.pk}/").content.decode()
    assert "等第二个人核对" in page
    assert ID_CHEN not in page
    revision = str(merge.case.revision)
    assert zhou.post(f"/desk/merging/{merge.pk}/{AGREE}/", {"revision": revision}).status_code == 302
    assert Person.objects.filter(pk=two.right.pk).exists()
    wang.post(f"/desk/merging/{merge.pk}/{AGREE}/", {"revision": revision})
    assert not Person.objects.filter(pk=two.right.pk).exists()
    assert "撤销合并" in zhou.get(f"{LIST}{pair.pk}/").content.decode()
    zhou.post(f"{LIST}{pair.pk}/", {"undo": "1"})
    assert Person.objects.filter(pk=two.right.pk).exists()


def test_the_page_of_a_record_that_went_leads_to_the_one_that_stays(two: Two) -> None:
    merge = two.merged()
    client = open_session(Client(), two.zhou)
    answer = client.get(f"/members/{merge.gone_id}/")
    assert answer["Location"] == f"/members/{merge.kept_id}/"
    assert "已经并到这一份里了" in client.get(answer["Location"]).content.decode()
    # who does not see the one that stays finds nothing, as everywhere
    stranger = open_session(Client(), an_account("stranger", role=None))
    assert stranger.get(f"/members/{merge.gone_id}/").status_code == 404
    assert client.get("/members/999999/").status_code == 404


def test_what_is_missing_is_said_beside_its_field(two: Two) -> None:
    pair = two.pair()
    page = open_session(Client(), two.zhou).post(f"{LIST}{pair.pk}/", sent(two, reason="")).content.decode()
    assert "请选为什么认定是同一个人" in page
    page = open_session(Client(), two.zhou).post(f"{LIST}{pair.pk}/", sent(two, left_seen="9")).content.decode()
    assert "其中一份登记改过" in page


def test_kept_apart_leaves_the_list_of_what_waits(two: Two) -> None:
    pair = two.pair()
    client = open_session(Client(), two.zhou)
    client.post(f"{LIST}{pair.pk}/", {"keep_apart": "1", "apart": "asked_them"})
    assert Pair.objects.get(pk=pair.pk).state == "apart"
    assert "陈桂兰" not in client.get(LIST, {"state": "open"}).content.decode()


def test_everybody_is_looked_through_with_progress(two: Two) -> None:
    Pair.objects.all().delete()
    client = open_session(Client(), two.zhou)
    client.post(f"{LIST}search/", {})
    search = Search.objects.get()
    assert search_through(two.county.place, by=OPERATOR).pk == search.pk
    assert "一共" in client.get(f"{LIST}search/").content.decode()
    look_through(search.pk)
    search.refresh_from_db()
    assert (search.done, search.found, search.total) == (3, 1, 3)
    assert "查到 1 对新的" in client.get(f"{LIST}search/").content.decode()


def test_she_sees_who_joined_them_and_objects(two: Two) -> None:
    an_account("herself", role=Role.WORKER, at=two.mill.place, subject=two.left.subject)
    merge = two.merged(signs_in="left")
    herself = open_session(Client(), two.left.subject.account)
    page = herself.get(f"/mine/merges/{merge.pk}/").content.decode()
    assert "安禾县总工会" in page
    assert "对着证件看过" in page
    herself.post(f"/mine/merges/{merge.pk}/", {"says": "那不是我"})
    assert "那不是我" in open_session(Client(), two.zhou).get(f"{LIST}{merge.pair_id}/").content.decode()
    assert herself.get(f"/mine/merges/{merge.pk + 9}/").status_code == 404
