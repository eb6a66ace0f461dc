import re

import pytest
from django.http import QueryDict
from django.test import Client

from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.access.tests.signing_in import an_account, open_session, with_codes
from niangjia.kernel.clock import today
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.listing.exporting import listings
from niangjia.kernel.listing.models import SavedView
from niangjia.kernel.listing.page import ListPage
from niangjia.kernel.listing.rules import MOST_VIEWS, ViewFacts
from niangjia.kernel.listing.services import ListRefused, change_view, delete_view, save_view
from niangjia.registers.orgs.tests.office import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


def somebody(office: Office, login: str, role: Role = Role.CADRE, at: str = "town") -> tuple[Client, Actor]:
    account = with_codes(an_account(login, role=role, at=getattr(office, at).place))
    return open_session(Client(), account), actor_of(account, on=today())


def page(actor: Actor, asked: str) -> ListPage:
    return ListPage(listings()["unions"], actor=actor, asked=QueryDict(asked))


def test_filters_are_kept_and_words_searched_for_are_not(office: Office) -> None:
    _client, zhou = somebody(office, "zhou")
    view = save_view(page(zhou, "level=base&q=陈桂兰&page=2&only=3"), ViewFacts("  基层 工会 "), by=zhou)
    assert (view.name, view.asked, view.city) == ("基层 工会", "level=base", "349900")
    entry = Entry.objects.get(verb="save_view")
    assert entry.detail == {"list": "unions", "shared": False}


@pytest.mark.parametrize(
    ("asked", "name", "code"),
    [
        ("q=陈桂兰", "甲", "nothing_asked"),
        ("under=349921198003023021", "甲", "asked_number"),
        ("level=base", "", "name_missing"),
        ("level=base", "一二三四五六七八九十一二三四五六七", "name_long"),
        ("level=base", "13800132206", "name_number"),
        ("level=base", "有了", "name_taken"),
    ],
)
def test_what_may_not_be_kept_is_refused_with_what_to_do(office: Office, asked: str, name: str, code: str) -> None:
    _client, zhou = somebody(office, "zhou")
    save_view(page(zhou, "level=town"), ViewFacts("有了"), by=zhou)
    with pytest.raises(ListRefused) as refusal:
        save_view(page(zhou, asked), ViewFacts(name), by=zhou)
    assert refusal.value.reason.code == code
    assert SavedView.objects.count() == 1


def test_more_tabs_than_anybody_reads_are_refused(office: Office) -> None:
    _client, zhou = somebody(office, "zhou")
    for number in range(MOST_VIEWS):
        save_view(page(zhou, "level=town"), ViewFacts(f"第{number}个"), by=zhou)
    with pytest.raises(ListRefused) as refusal:
        save_view(page(zhou, "level=town"), ViewFacts("再一个"), by=zhou)
    assert refusal.value.reason.code == "views_full"


def test_a_shared_view_stands_with_colleagues_of_the_same_union_alone(office: Office) -> None:
    own, zhou = somebody(office, "zhou")
    colleague, _liu = somebody(office, "liu")
    other, _he = somebody(office, "he", at="park")
    view = save_view(page(zhou, "level=base"), ViewFacts("基层的", is_shared=True, counts=True), by=zhou)
    address = f"/lists/unions/views/{view.pk}/"
    for client, sees in ((own, True), (colleague, True), (other, False)):
        shown = client.get("/unions/?level=base").content.decode()
        assert ("基层的" in shown) is sees
        assert client.get(f"{address}count/").status_code == (200 if sees else 404)
        assert client.get(address).status_code == (200 if sees else 404)
    assert colleague.get(f"{address}count/").content == b"1"
    assert "共享给本单位的" in colleague.get(address).content.decode()
    assert colleague.post(f"{address}delete/").status_code == 404
    assert SavedView.objects.filter(pk=view.pk).exists()


def test_whoever_may_not_share_keeps_it_to_herself(office: Office) -> None:
    _client, officer = somebody(office, "officer", role=Role.OFFICER)
    view = save_view(page(officer, "level=base"), ViewFacts("我的", is_shared=True), by=officer)
    assert not view.is_shared


def test_only_its_owner_changes_and_forgets_a_view(office: Office) -> None:
    _client, zhou = somebody(office, "zhou")
    _other, liu = somebody(office, "liu")
    view = save_view(page(zhou, "level=base"), ViewFacts("基层", is_shared=True), by=zhou)
    for act in (lambda: change_view(view, ViewFacts("别的"), by=liu), lambda: delete_view(view, by=liu)):
        with pytest.raises(Forbidden):
            act()
    assert change_view(view, ViewFacts("基层工会"), by=zhou).name == "基层工会"
    delete_view(view, by=zhou)
    assert not SavedView.objects.exists()
    assert set(Entry.objects.values_list("verb", flat=True)) >= {"save_view", "change_view", "delete_view"}


def test_a_view_is_kept_renamed_and_forgotten_on_its_pages(office: Office) -> None:
    client, _zhou = somebody(office, "zhou")
    listed = client.get("/unions/?level=base").content.decode()
    assert 'href="/lists/unions/views/new/?level=base"' in listed
    answer = client.post("/lists/unions/views/new/?level=base", {"name": "基层工会"})
    assert answer["Location"] == "/unions/?level=base"
    view = SavedView.objects.get()
    shown = client.get("/unions/?level=base").content.decode()
    assert re.search(r'<a href="/unions/\?level=base" aria-current="page">基层工会', shown)
    wrong = client.post(f"/lists/unions/views/{view.pk}/", {"name": ""}).content.decode()
    assert 'aria-invalid="true"' in wrong
    client.post(f"/lists/unions/views/{view.pk}/", {"name": "基层", "counts": "yes"})
    assert f"/lists/unions/views/{view.pk}/count/" in client.get("/unions/").content.decode()
    assert client.post(f"/lists/unions/views/{view.pk}/delete/")["Location"] == "/unions/"
    assert not SavedView.objects.exists()
