"""What she began to say stays until she sends it: on another device too, found where she looks, read by nobody else, told by no entry."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.cases.drafts.models import Draft
from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.files.tests.hostile_pictures import picture
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.privacy.queries import told_of
from niangjia.kernel.privacy.registered import personal_tables
from niangjia.kernel.privacy.retaining import retain
from niangjia.kernel.privacy.rules import Leaving
from niangjia.services.requests.half_written import half_written
from niangjia.services.requests.models import Request
from niangjia.services.requests.queries import papers_of, said_in
from niangjia.services.requests.tests.street import TEXT, Street

pytestmark = pytest.mark.django_db
BEGUN = {"topic": "wages", "text": TEXT, "wish": "", "against": "employer", "secrecy": "confidential"}
HERE = ("/", "/services/", "/say/")


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Any, settings: Any) -> None:
    settings.NIANGJIA_DATA = tmp_path


@pytest.fixture
def street() -> Street:
    return Street()


def phone(account: Account) -> Client:
    return open_session(Client(), account, proved=False)


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK, address
    return answer.content.decode()


def kept(client: Client, **more: Any) -> Any:
    """The button that works without scripts."""
    return client.post("/say/complain/", BEGUN | {"_draft": "1"} | more)


def test_it_is_kept_by_a_button_and_found_again_on_another_device(street: Street) -> None:
    assert kept(phone(street.worker), text="厂里").status_code == HTTPStatus.FOUND
    other = phone(street.worker)
    for address in HERE:
        page = body(other, address)
        assert "写到一半：碰到不公平的事" in page, address
        assert 'href="/say/complain/"' in page, address
    page = body(other, "/say/complain/")
    assert "厂里</textarea>" in page
    assert '<option value="wages" selected>' in page
    assert not Request.objects.exists()
    # Another kind is another matter.
    assert "厂里" not in body(other, "/say/ask/")


def test_it_is_kept_while_she_types(street: Street) -> None:
    client = phone(street.worker)
    page = body(client, "/say/complain/")
    assert 'hx-post="/say/complain/"' in page
    assert "input from:closest form" in page
    answer = client.post("/say/complain/", {"text": "厂", "_draft": "1"}, headers={"HX-Request": "true"})
    assert "写的都存着" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert "厂</textarea>" in body(client, "/say/complain/")


def test_sent_it_is_gone_and_a_late_page_does_not_bring_it_back(street: Street) -> None:
    client = phone(street.worker)
    kept(client)
    opened_at = clock.now().isoformat()
    client.post("/say/complain/", BEGUN)
    assert said_in(Request.objects.get()).text == TEXT
    assert Draft.objects.get().words_sealed is None
    kept(client, opened=opened_at)
    assert list(half_written(street.actor(street.worker))) == []
    assert "写到一半" not in "".join(body(client, address) for address in HERE)


def test_she_does_not_want_it_any_more(street: Street) -> None:
    client = phone(street.worker)
    kept(client)
    assert client.post("/say/complain/", {"_drop": "1"}).status_code == HTTPStatus.FOUND
    assert TEXT not in body(client, "/say/complain/")
    assert Draft.objects.get().words_sealed is None


def test_a_photo_stays_with_it_and_goes_along(street: Street) -> None:
    client = phone(street.worker)
    kept(client, papers=SimpleUploadedFile("厂牌.jpg", picture(), "image/jpeg"))
    (held,) = StoredFile.objects.all()
    assert f'name="papers-kept" value="{held.pk}"' in body(phone(street.worker), "/say/complain/")
    client.post("/say/complain/", BEGUN | {"papers-kept": held.pk})
    assert len(papers_of(Request.objects.get())) == 1


def test_what_is_wrong_with_it_does_not_keep_it_from_being_sent_later(street: Street) -> None:
    client = phone(street.worker)
    kept(client, text="短", topic="")
    answer = client.post("/say/complain/", BEGUN | {"text": "短"})
    assert "再多写几个字" in answer.content.decode()
    assert Draft.objects.get().words_sealed is not None
    assert not Request.objects.exists()


@pytest.mark.guard(
    "half-written-hers-alone",
    "What a worker began to say is met by nobody else, and no entry of the journal names her.",
)
def test_nobody_else_reads_it_and_no_entry_names_her(street: Street) -> None:
    auditor = street.account("auditor", Role.AUDITOR, street.county)
    before = Entry.objects.filter(account_id=street.worker.pk).count()
    kept(phone(street.worker), papers=SimpleUploadedFile("厂牌.jpg", picture(), "image/jpeg"))
    assert TEXT.encode() not in bytes(Draft.objects.get().words_sealed or b"")
    for account in (street.colleague, street.chair, street.zhou, auditor):
        with acting(street.actor(account)):
            assert not Draft.objects.exists()
        assert "写到一半" not in body(open_session(Client(), account), "/say/")
    assert Entry.objects.filter(account_id=street.worker.pk).count() == before
    told = Entry.objects.filter(verb__in=("begin_draft", "take_in_file"))
    assert {(each.account_id, each.thing_id) for each in told} == {(None, None)}
    assert [each.detail for each in told.filter(thing="draft")] == [{"kind": "request"}]


@pytest.mark.control("half-written-hers-alone")
def test_written_like_any_other_entry_an_auditor_would_read_who_began(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = street.actor(street.worker)
    monkeypatch.setattr("niangjia.kernel.cases.drafts.services.NOBODY", by)
    kept(phone(street.worker))
    with acting(street.actor(street.account("auditor", Role.AUDITOR, street.county))):
        assert Entry.objects.get(verb="begin_draft").account_id == street.worker.pk


def test_it_goes_after_its_days_is_in_her_file_and_erased_with_her(street: Street) -> None:
    kept(phone(street.worker))
    told = str([rows for table, rows in told_of(street.chen.pk) if table.model == "case_drafts.Draft"])
    assert TEXT in told
    retain()
    assert Draft.objects.exists()
    with clock.at(clock.now() + timedelta(days=31)):
        retain()
    assert not Draft.objects.exists()
    kept(phone(street.worker))
    for table in personal_tables():
        if table.model == "case_drafts.Draft" and callable(table.erase):
            table.erase(Leaving(street.chen.pk, "349900", "P", frozenset()))
    assert not Draft.objects.exists()
