"""Files are taken in clean, rest sealed, are shown to whom their slice says, and are let go of."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.tests.signing_in import a_place, an_account, open_session
from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.files.rules import MAX_BYTES
from niangjia.kernel.files.services import Refused, content_of, let_go, take_in
from niangjia.kernel.files.tests.hostile_pictures import PICTURES, SECRET, pdf, picture, with_place
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.places.models import Place
from niangjia.kernel.sealed import Tampered

pytestmark = pytest.mark.django_db
OPERATOR = Actor.operator()


def who_stored_it(actor: Actor, stored: StoredFile) -> bool:
    """The rule of the slice of these tests: whoever handed it in."""
    return actor.account_id is not None and actor.account_id == stored.account_id


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    settings.NIANGJIA_DATA = tmp_path
    settings.NIANGJIA_FILE_OWNERS = {"test.photo": f"{__name__}.who_stored_it"}
    return tmp_path


def actor_for(account: Account) -> Actor:
    return Actor(account.pk, account.name)


def kept(content: bytes, *, by: Actor = OPERATOR, owner: str = "test.photo", place: Place | None = None) -> StoredFile:
    return take_in([content[:100], content[100:]], owner=owner, owner_thing=7, place=place or a_place(), by=by)


def on_disk(home: Path) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file()]


def test_a_picture_rests_sealed_and_without_a_trace_of_where_it_was_taken(home: Path) -> None:
    stored = kept(with_place())
    content = content_of(stored)
    assert content.startswith(b"\xff\xd8\xff")
    assert SECRET not in content
    assert stored.size_bytes == len(content)
    (path,) = on_disk(home)
    assert path.name == stored.stored_as
    assert content[:64] not in path.read_bytes()
    entry = Entry.objects.get(verb="take_in_file")
    assert (entry.thing, entry.thing_id) == ("file", stored.pk)
    assert set(entry.detail) == {"owner", "owner_thing", "kind", "size_bytes"}


def test_the_same_picture_is_known_again_but_its_hash_is_nowhere() -> None:
    one, other = kept(picture()), kept(picture(), place=a_place())
    assert bytes(one.content_blind) == bytes(other.content_blind)
    assert bytes(one.content_blind) != bytes(kept(picture(size=(61, 40)), place=a_place()).content_blind)


@pytest.mark.parametrize("kind", ["svg", "pdf_script", "page_as_jpeg", "nothing"])
def test_what_is_refused_leaves_nothing_behind(kind: str, home: Path) -> None:
    make, code = PICTURES[kind]
    with pytest.raises(Refused) as refused:
        kept(make())
    assert refused.value.reason.code == code
    assert "请" in str(refused.value.reason)
    assert on_disk(home) == []
    assert not StoredFile.objects.exists()


def test_a_file_too_large_is_not_read_to_its_end() -> None:
    def endless() -> Any:
        while True:
            yield b"\xff\xd8\xff" + b"x" * 1_000_000

    with pytest.raises(Refused) as refused:
        take_in(endless(), owner="test.photo", owner_thing=1, place=a_place(), by=OPERATOR)
    assert refused.value.reason.code == "too_big"
    assert refused.value.reason.values["limit"] == MAX_BYTES // 1024 // 1024


def test_where_the_row_cannot_be_written_the_sealed_file_goes_too(home: Path) -> None:
    with pytest.raises(Exception, match="too long"):
        kept(picture(), owner="x" * 40)
    assert on_disk(home) == []


def test_a_sealed_file_put_in_the_place_of_another_does_not_open(home: Path) -> None:
    one, other = kept(picture()), kept(picture(size=(80, 80)), place=a_place())
    folder = home / "uploads"
    (folder / one.stored_as).write_bytes((folder / other.stored_as).read_bytes())
    with pytest.raises(Tampered):
        content_of(one)


def test_a_file_let_go_is_gone_from_table_and_disk(home: Path, django_capture_on_commit_callbacks: Any) -> None:
    stored = kept(picture())
    with django_capture_on_commit_callbacks(execute=True):
        let_go(stored, by=OPERATOR)
    assert on_disk(home) == []
    assert not StoredFile.objects.exists()
    assert Entry.objects.filter(verb="let_go_file").count() == 1


@pytest.mark.guard("files-run-nothing", "A kept file is handed out so that no browser runs or loads anything in it.")
@pytest.mark.parametrize(
    ("content", "kind", "how"),
    [(picture(), "image/jpeg", "inline"), (pdf(), "application/pdf", "attachment")],
    ids=["picture", "document"],
)
def test_a_file_is_handed_out_so_that_nothing_in_it_runs(content: bytes, kind: str, how: str) -> None:
    account = an_account(role=Role.CADRE)
    stored = kept(content, by=actor_for(account))
    answer = open_session(Client(), account).get(f"/files/{stored.pk}/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"].startswith(f"{how}; ")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store, private"
    assert answer.content == content_of(stored)


@pytest.mark.control("files-run-nothing")
def test_the_policy_of_the_pages_would_let_a_file_load_what_is_ours() -> None:
    account = an_account(role=Role.CADRE)
    assert "default-src 'self'" in open_session(Client(), account).get("/")["Content-Security-Policy"]


def test_absent_forbidden_and_unclaimed_files_look_alike(home: Path) -> None:
    account, other = an_account("one"), an_account("other")
    theirs = kept(picture(), by=actor_for(other))
    unclaimed = kept(picture(), by=actor_for(account), owner="test.nobody", place=a_place())
    gone = kept(picture(), by=actor_for(account), place=a_place())
    (home / "uploads" / gone.stored_as).unlink()
    client = open_session(Client(), account)
    numbers = (theirs.pk, unclaimed.pk, gone.pk, 10**9)
    answers = [client.get(f"/files/{number}/") for number in numbers]
    assert [answer.status_code for answer in answers] == [404] * 4
    # The page names the address that was asked for, and a token of its own; nothing else differs.
    pages = zip(answers, numbers, strict=True)
    assert len({len(answer.content.replace(b"/files/%d/" % number, b"")) for answer, number in pages}) == 1


def test_who_is_not_signed_in_is_asked_to() -> None:
    stored = kept(picture())
    assert Client().get(f"/files/{stored.pk}/").status_code == 302
    assert open_session(Client(), an_account()).post(f"/files/{stored.pk}/").status_code == 405
