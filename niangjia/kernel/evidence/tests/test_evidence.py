"""What is handed in beside 「这里不对」 survives every error, reaches who settles it, and nobody else."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.kernel.evidence.forms import EvidencedForm
from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.files.rules import MAX_BYTES, MOST_DRAFTS
from niangjia.kernel.files.tests.hostile_pictures import SECRET, pdf, picture, with_place
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.privacy.asking import settle_correction
from niangjia.kernel.privacy.models import RightsRequest
from niangjia.kernel.privacy.registered import personal_tables
from niangjia.kernel.privacy.retaining import retain
from niangjia.kernel.privacy.rules import Leaving
from niangjia.kernel.privacy.tests.people import World
from niangjia.registers.orgs.tests.office import actor_at, client_at

pytestmark = pytest.mark.django_db
SAYS = {"fact": "phone", "says": "换了号码"}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    settings.NIANGJIA_DATA = tmp_path
    return tmp_path


@pytest.fixture
def world() -> World:
    return World()


def a_photo(content: bytes | None = None, name: str = "陈桂兰 身份证.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or with_place(), "image/jpeg")


def sent(browser: Client, *files: SimpleUploadedFile, **more: Any) -> Any:
    return browser.post("/mine/correction/", {**SAYS, "papers": list(files), **more})


def on_disk(home: Path) -> int:
    return sum(path.is_file() for path in (home / "uploads").rglob("*"))


def test_a_photo_comes_with_the_request_drawn_anew_and_without_its_name(world: World) -> None:
    assert sent(world.browser(), a_photo(), SimpleUploadedFile("a.pdf", pdf())).status_code == 302
    asked = RightsRequest.objects.get(kind="correct")
    kinds = [(each.owner, each.owner_thing, each.kind) for each in StoredFile.objects.order_by("pk")]
    assert kinds == [("correction", asked.pk, "picture"), ("correction", asked.pk, "document")]
    entry = Entry.objects.get(verb="claim_files")
    assert entry.detail == {"owner": "correction", "owner_thing": asked.pk, "files": 2}
    assert "陈桂兰" not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_what_was_handed_in_survives_an_error_of_another_field(world: World) -> None:
    browser = world.browser()
    page = sent(browser, a_photo(), says="").content.decode()
    assert "还没有写对的是什么" in page
    (draft,) = StoredFile.objects.all()
    assert draft.owner == "draft"
    assert f'name="papers-kept" value="{draft.pk}"' in page
    assert f'src="/files/{draft.pk}/"' in page
    assert sent(browser, **{"papers-kept": [draft.pk]}).status_code == 302
    draft.refresh_from_db()
    assert (draft.owner, draft.owner_thing) == ("correction", RightsRequest.objects.get().pk)


def test_each_file_that_is_not_taken_says_why_beside_its_name_and_the_others_stay(world: World) -> None:
    wrong = SimpleUploadedFile("动图.gif", b"GIF89a" + bytes(40))
    page = sent(world.browser(), a_photo(), wrong).content.decode()
    assert "动图.gif" in page
    assert "动图不收" in page
    assert not RightsRequest.objects.exists()
    (held,) = StoredFile.objects.all()
    assert f'value="{held.pk}"' in page
    assert "换了号码" in page


def test_a_file_that_is_ticked_off_is_left_out(world: World) -> None:
    browser = world.browser()
    sent(browser, a_photo(), says="")
    (draft,) = StoredFile.objects.all()
    sent(browser, **{"papers-kept": [draft.pk], "papers-drop": [draft.pk]})
    draft.refresh_from_db()
    assert draft.owner == "draft"
    assert RightsRequest.objects.count() == 1


def test_a_file_goes_ahead_by_itself_and_is_answered_as_the_form_shows_it(world: World) -> None:
    browser = world.browser()
    answer = browser.post("/files/drafts/", {"name": "papers", "file": a_photo()})
    (draft,) = StoredFile.objects.all()
    assert f'name="papers-kept" value="{draft.pk}"' in answer.content.decode()
    refused = browser.post("/files/drafts/", {"name": "papers", "file": a_photo(b"nothing of the sort")})
    assert (refused.status_code, refused["Content-Type"]) == (422, "text/plain; charset=utf-8")
    assert "只收照片" in refused.content.decode()
    large = browser.post("/files/drafts/", {"name": "papers", "file": a_photo(b"\xff\xd8\xff" + bytes(MAX_BYTES + 9))})
    assert "超过了 20 MB" in large.content.decode()
    assert browser.post("/files/drafts/", {"name": 'x" onload="', "file": a_photo()}).status_code == 404
    assert browser.post("/files/drafts/", {"name": "papers"}).status_code == 404
    assert browser.get("/files/drafts/").status_code == 405


def test_a_photo_on_its_way_never_lies_on_the_disk_in_clear(world: World, home: Path, monkeypatch: Any) -> None:
    """Django writes larger files into a folder for drafts of its own; none of ours get there."""
    monkeypatch.setenv("TMPDIR", str(home / "tmp"))
    content = picture(size=(1200, 900)) + bytes(2_000_000)
    sent(world.browser(), a_photo(content))
    assert StoredFile.objects.filter(owner="correction").count() == 1
    clear = [path for path in home.rglob("*") if path.is_file() and b"\xff\xd8\xff" in path.read_bytes()[:4096]]
    assert clear == []


@pytest.mark.guard(
    "drafts-are-ones-own", "A file handed in can be seen, taken away and sent on by nobody but who handed it in."
)
def test_nobody_takes_the_draft_of_another(world: World) -> None:
    sent(world.browser(), a_photo(), says="")
    (draft,) = StoredFile.objects.all()
    stranger = open_session(Client(), an_account("liu", role=None, subject_id=world.liu.pk))
    assert stranger.get(f"/files/{draft.pk}/").status_code == 404
    assert stranger.post(f"/files/drafts/{draft.pk}/remove/").status_code == 204
    sent(stranger, **{"papers-kept": [draft.pk]})
    draft.refresh_from_db()
    assert draft.owner == "draft"
    assert client_at(world.office.county).get(f"/files/{draft.pk}/").status_code == 404
    own = world.browser()
    assert own.get(f"/files/{draft.pk}/").status_code == 200
    own.post(f"/files/drafts/{draft.pk}/remove/")
    assert not StoredFile.objects.exists()


@pytest.mark.control("drafts-are-ones-own")
def test_the_row_alone_would_let_anybody_named_take_it(world: World) -> None:
    sent(world.browser(), a_photo(), says="")
    assert StoredFile.objects.filter(owner="draft").update(owner_thing=0) == 1


@pytest.mark.guard(
    "evidence-for-who-settles", "What was handed in with a request is shown to the person and to who may settle it."
)
def test_who_settles_the_request_sees_what_came_with_it_and_nobody_else(world: World) -> None:
    sent(world.browser(), a_photo())
    asked, stored = RightsRequest.objects.get(), StoredFile.objects.get()
    address = f"/files/{stored.pk}/"
    settling = client_at(world.office.county)
    assert address in settling.get(f"/privacy/requests/{asked.pk}/").content.decode()
    shown = settling.get(address)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert SECRET not in shown.content
    assert world.browser().get(address).status_code == 200
    for role, union in (
        (Role.CHAIR, world.office.mill), (Role.CADRE, world.office.park), (Role.SYSTEM_ADMIN, world.office.county)
    ):  # fmt: skip
        assert client_at(union, role, login=f"x-{role.value}").get(address).status_code == 404


@pytest.mark.control("evidence-for-who-settles")
def test_the_wall_alone_lets_anybody_named_meet_the_row(world: World) -> None:
    sent(world.browser(), a_photo())
    assert StoredFile.objects.filter(owner="correction").count() == 1


def test_too_many_drafts_are_not_held(world: World) -> None:
    place = world.office.mill.place
    StoredFile.objects.bulk_create(
        StoredFile(city=place.city, place=place, owner="draft", owner_thing=world.account.pk, kind="picture", stored_as=f"x{number}",
                   size_bytes=1, content_blind=bytes(16), account_id=world.account.pk)
        for number in range(MOST_DRAFTS)
    )  # fmt: skip
    answer = world.browser().post("/files/drafts/", {"name": "papers", "file": a_photo()})
    assert answer.status_code == 422
    assert str(MOST_DRAFTS) in answer.content.decode()


def test_a_draft_that_nobody_sends_goes_after_a_day_and_evidence_with_its_request(
    world: World, home: Path, django_capture_on_commit_callbacks: Any
) -> None:
    sent(world.browser(), a_photo())
    sent(world.browser(), a_photo(picture()), says="")
    assert on_disk(home) == 2
    with django_capture_on_commit_callbacks(execute=True):
        retain()
    assert on_disk(home) == 2
    StoredFile.objects.filter(owner="draft").update(stored_at=clock.now() - timedelta(hours=25))
    asked = RightsRequest.objects.get()
    settle_correction(asked.pk, by=actor_at(world.office.county))
    RightsRequest.objects.filter(pk=asked.pk).update(settled_at=clock.now() - timedelta(days=3 * 365 + 1))
    with django_capture_on_commit_callbacks(execute=True):
        retain()
        retain()
    assert not StoredFile.objects.exists()
    assert on_disk(home) == 0


def test_what_a_person_handed_in_is_erased_with_her(
    world: World, home: Path, django_capture_on_commit_callbacks: Any
) -> None:
    sent(world.browser(), a_photo())
    sent(world.browser(), a_photo(picture()), says="")
    table = next(each for each in personal_tables() if each.model == "files.StoredFile")
    assert not isinstance(table.erase, str)
    with django_capture_on_commit_callbacks(execute=True):
        assert table.erase(Leaving(world.chen.pk, "349900", "P", {})) == 2
    assert on_disk(home) == 0


def test_the_form_takes_files_without_scripts_and_says_kind_and_size_before(world: World) -> None:
    page = world.browser().get("/mine/correction/").content.decode()
    assert 'enctype="multipart/form-data"' in page
    assert re.search(r"照片（JPG、PNG、WebP）或 PDF，一次最多 5 个，每个不超过 20 MB", page)
    assert 'capture="environment"' in page
    with translation.override("en"):
        assert "at most 5 at once" in str(EvidencedForm())
