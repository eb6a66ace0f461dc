"""A declared form as somebody fills it in: fields that come and go, drafts that stay, two people at once."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.kernel.cases.drafts import services
from niangjia.kernel.cases.drafts.models import Draft
from niangjia.kernel.cases.drafts.queries import Occasion, draft_at, visible_to
from niangjia.kernel.cases.drafts.tests import pages
from niangjia.kernel.cases.drafts.tests.sheets import SHEET
from niangjia.kernel.cases.notices.tests import world as noticed
from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.files.tests.hostile_pictures import picture
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.privacy.registered import personal_tables
from niangjia.kernel.privacy.retaining import retain
from niangjia.kernel.privacy.rules import Leaving
from niangjia.kernel.privacy.tests.people import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("niangjia.kernel.cases.drafts.tests.pages")]
WORDS = "老板三个月没发工资了。"


@pytest.fixture(autouse=True)
def record(tmp_path: Path, settings: Any) -> Iterator[dict[str, Any]]:
    """An empty record, and a folder of the test's own."""
    settings.NIANGJIA_DATA = tmp_path
    pages.STORED.clear()
    pages.SENT.clear()
    yield pages.STORED
    pages.STORED.clear()


@pytest.fixture
def world() -> World:
    return World()


def sent(
    browser: Client,
    answers: dict[str, Any],
    *,
    shown: tuple[str, ...] = (),
    seen: dict[str, Any] | None = None,
    **more: Any,
) -> Any:
    """Send the form with the fields that stood on the page, as they were shown."""
    on_page = {f"seen-{name}": json.dumps((seen or {}).get(name)) for name in (*shown, *answers)}
    return browser.post("/trial/", {**on_page, **answers, **more})


ALWAYS = ("topic", "phone", "words", "papers")
WAGES = {"topic": "wages", "owed": "3500", "months": "2", "phone": "", "words": "", "papers": ""}


def test_without_scripts_what_hangs_on_an_answer_is_asked_in_a_second_step(world: World) -> None:
    browser = world.browser()
    first = browser.get("/trial/").content.decode()
    assert 'data-when="[&quot;is&quot;, &quot;topic&quot;, &quot;wages&quot;]" hidden disabled' in first
    second = sent(browser, {"topic": "wages"}, shown=ALWAYS).content.decode()
    assert "还要再答 2 项" in second
    assert "还没有写" not in second
    assert second.count("hidden disabled") == first.count("hidden disabled") - 2
    done = sent(browser, WAGES, shown=ALWAYS)
    assert done.status_code == 302
    assert pages.SENT[0]["owed"] == 350_000
    assert pages.SENT[0]["months"] == 2
    assert "dismissed_on" not in pages.SENT[0]


def test_what_is_missing_or_unreadable_is_said_beside_its_field(world: World) -> None:
    wrong = WAGES | {"owed": "三千", "months": "200"}
    page = sent(world.browser(), wrong, shown=ALWAYS).content.decode()
    assert "看不出是多少钱" in page
    assert "「欠了几个月」不能大于 120" in page
    assert "三千" in page
    days = {"topic": "dismissed", "dismissed_on": "13月1日", "said_why": "yes", "why": "", "words": ""}
    page = sent(world.browser(), days, shown=ALWAYS).content.decode()
    assert "看不出是哪一天" in page
    assert "还没有写「怎么说的」" in page
    assert not pages.SENT


@pytest.mark.parametrize("written", ["2026-03-01", "2026.3.1", "2026年3月1日", "2026/03/01"])
def test_a_day_is_understood_as_people_write_it(world: World, written: str) -> None:
    sent(
        world.browser(), {"topic": "dismissed", "dismissed_on": written, "said_why": "no", "words": WORDS}, shown=ALWAYS
    )
    assert pages.SENT[0]["dismissed_on"] == "2026-03-01"
    assert pages.SENT[0]["said_why"] is False


def test_what_the_register_knows_stands_there_already(world: World) -> None:
    page = world.browser().get("/trial/").content.decode()
    assert 'value="138****2206"' in page
    assert "从资料里带出来的" in page


@pytest.mark.guard(
    "case-draft-ones-own", "What somebody has written so far is met by nobody but herself, and lies sealed."
)
def test_a_draft_is_kept_sealed_and_met_by_its_writer_alone(world: World) -> None:
    browser = world.browser()
    saved = sent(browser, WAGES | {"words": WORDS}, shown=ALWAYS, _draft="1")
    assert saved.status_code == 302
    draft = Draft.objects.get()
    assert WORDS.encode() not in bytes(draft.words_sealed or b"")
    assert WORDS not in str(list(Entry.objects.values_list("detail", flat=True)))
    assert not pages.SENT
    again = open_session(Client(), world.account).get("/trial/").content.decode()
    assert WORDS in again
    assert 'value="3500.00"' in again
    stranger = actor_of(an_account("liu", role=None, subject_id=world.liu.pk), on=clock.today())
    with acting(stranger):
        assert not Draft.objects.exists()
        assert draft_at(pages.OCCASION, of=world.herself) is None
    assert not visible_to(stranger).exists()


@pytest.mark.control("case-draft-ones-own")
def test_the_row_without_its_wall_would_be_met_by_all(world: World) -> None:
    sent(world.browser(), WAGES, shown=ALWAYS, _draft="1")
    assert Draft.objects.count() == 1  # the tests stand where no wall is


def test_it_is_kept_on_the_way_as_it_is_typed_even_where_it_is_wrong(world: World) -> None:
    browser = world.browser()
    on_page = {f"seen-{name}": "null" for name in (*ALWAYS, "owed", "months")}
    answer = browser.post(
        "/trial/", {**on_page, "topic": "wages", "owed": "三千", "_draft": "1"}, headers={"HX-Request": "true"}
    )
    assert "写的都存着" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert 'value="三千"' in browser.get("/trial/").content.decode()
    browser.post(
        "/trial/", {**on_page, "topic": "wages", "owed": "3000", "_draft": "1"}, headers={"HX-Request": "true"}
    )
    assert Draft.objects.count() == 1
    assert [entry.verb for entry in Entry.objects.filter(thing="draft")] == ["begin_draft"]


def test_a_draft_goes_when_the_move_is_made_and_when_it_is_not_wanted(world: World) -> None:
    browser = world.browser()
    sent(browser, WAGES, shown=ALWAYS, _draft="1")
    sent(browser, WAGES, shown=ALWAYS)
    assert Draft.objects.get().words_sealed is None
    sent(browser, WAGES, shown=ALWAYS, _draft="1")
    assert draft_at(pages.OCCASION, of=world.herself) is not None
    assert browser.post("/trial/", {"_drop": "1"}).status_code == 302
    assert Draft.objects.get().words_sealed is None
    assert [entry.verb for entry in Entry.objects.filter(thing="draft").order_by("id")] == [
        "begin_draft",
        "drop_draft",
    ] * 2


def test_what_a_page_brings_after_its_move_was_made_is_no_draft(world: World) -> None:
    browser = world.browser()
    opened = clock.now().isoformat()
    sent(browser, WAGES, shown=ALWAYS)
    sent(browser, WAGES, shown=ALWAYS, _draft="1", opened=opened)
    assert draft_at(pages.OCCASION, of=world.herself) is None
    sent(browser, WAGES, shown=ALWAYS, _draft="1", opened=clock.now().isoformat())
    assert draft_at(pages.OCCASION, of=world.herself) is not None


def test_a_draft_goes_after_thirty_days_and_with_its_person(world: World) -> None:
    browser = world.browser()
    sent(browser, WAGES, shown=ALWAYS, _draft="1")
    retain()
    assert Draft.objects.exists()
    table = next(each for each in personal_tables() if each.model == "case_drafts.Draft")
    assert table.erase(Leaving(world.liu.pk, "349900", "P", frozenset())) == 0  # type: ignore[operator]
    assert table.erase(Leaving(world.chen.pk, "349900", "P", frozenset())) == 1  # type: ignore[operator]
    sent(browser, WAGES, shown=ALWAYS, _draft="1")
    Draft.objects.update(saved_at=clock.now() - timedelta(days=31))
    retain()
    assert not Draft.objects.exists()


def test_nobody_keeps_a_draft_for_a_case_she_does_not_meet_or_without_end(world: World) -> None:
    with acting(world.herself), pytest.raises(Forbidden):
        services.keep(Occasion("trial", "ask", 999_999), {}, seen={}, by=world.herself)
    with pytest.raises(services.NotKept):
        services.keep(pages.OCCASION, {"words": "字" * 100_001}, seen={}, by=world.herself)


def test_a_draft_of_a_case_is_kept_apart_for_each_who_works_on_it(settings: Any) -> None:
    noticed.wired(settings)
    at_work = noticed.World()
    occasion = Occasion("noticed", "grant", at_work.case.pk)
    for account in (at_work.wang, at_work.county):
        by = noticed.acts(account)
        services.keep(occasion, {"words": account.name}, seen={}, by=by)
        services.keep(occasion, {"words": f"{account.name}写的"}, seen={}, by=by)
    begun = draft_at(occasion, of=noticed.acts(at_work.wang))
    assert begun is not None
    assert begun.mine == {"words": "王芳写的"}
    assert Draft.objects.filter(case=at_work.case).count() == 2
    with acting(noticed.acts(at_work.park)), pytest.raises(Forbidden):
        services.keep(occasion, {}, seen={}, by=noticed.acts(at_work.park))


def test_photos_come_with_the_form_outlive_an_error_and_a_draft(world: World) -> None:
    browser = world.browser()
    photo = SimpleUploadedFile("陈桂兰.jpg", picture(), "image/jpeg")
    page = sent(browser, WAGES | {"months": "", "owed": "20000", "papers": photo}, shown=ALWAYS).content.decode()
    (held,) = StoredFile.objects.all()
    assert f'name="papers-kept" value="{held.pk}"' in page
    given = {name: value for name, value in WAGES.items() if name != "papers"}
    sent(browser, given, shown=ALWAYS, **{"papers-kept": held.pk, "_draft": "1"})
    assert f'name="papers-kept" value="{held.pk}"' in browser.get("/trial/").content.decode()
    sent(browser, given, shown=ALWAYS, **{"papers-kept": held.pk})
    assert pages.SENT[0]["files"] == [held.pk]


def test_what_another_changed_alone_is_taken_and_said(world: World, record: dict[str, Any]) -> None:
    record.update({"topic": "wages", "owed": 100_000, "months": 1, "words": "新写的"})
    seen = {"topic": "wages", "owed": 100_000, "months": 1, "words": "原来的"}
    given = {"topic": "wages", "owed": "1000", "months": "3", "words": "原来的", "phone": ""}
    assert sent(world.browser(), given, shown=ALWAYS, seen=seen).status_code == 302
    assert (record["words"], record["months"]) == ("新写的", 3)


def test_what_both_changed_is_shown_side_by_side_until_it_is_chosen(world: World, record: dict[str, Any]) -> None:
    record.update({"topic": "wages", "owed": 100_000, "months": 5, "words": "别人写的"})
    seen = {"topic": "wages", "owed": 100_000, "months": 1, "words": "原来的"}
    given = {"topic": "wages", "owed": "1000", "months": "3", "words": "原来的", "phone": ""}
    page = sent(world.browser(), given, shown=ALWAYS, seen=seen).content.decode()
    assert "别人也改了这一项" in page
    assert 'name="keep-months" value="theirs"' in page
    assert 'name="over-months" value="5"' in page
    assert "别人改了这几项：说说发生了什么" in page
    assert "别人写的</textarea>" in page
    assert record["months"] == 5
    unchosen = sent(world.browser(), given, shown=ALWAYS, seen=seen)
    assert unchosen.status_code == 200
    chosen = {"keep-months": "mine", "over-months": "5"}
    assert sent(world.browser(), given, shown=ALWAYS, seen=seen, **chosen).status_code == 302
    assert (record["months"], record["words"]) == (3, "别人写的")


def test_a_choice_over_an_answer_that_changed_again_is_asked_again(world: World, record: dict[str, Any]) -> None:
    record.update({"topic": "wages", "owed": 100_000, "months": 6})
    seen = {"topic": "wages", "owed": 100_000, "months": 1}
    given = {"topic": "wages", "owed": "1000", "months": "3", "words": "", "phone": ""}
    page = sent(world.browser(), given, shown=ALWAYS, seen=seen, **{"keep-months": "mine", "over-months": "5"})
    assert page.status_code == 200
    assert record["months"] == 6


def test_a_draft_that_meets_a_changed_record_asks_when_it_is_opened(world: World, record: dict[str, Any]) -> None:
    record.update({"topic": "wages", "owed": 100_000, "months": 1})
    given = {"topic": "wages", "owed": "1000", "months": "3", "words": "", "phone": ""}
    sent(world.browser(), given, shown=ALWAYS, seen=dict(record), _draft="1")
    record["months"] = 5
    page = world.browser().get("/trial/").content.decode()
    assert 'name="keep-months" value="mine"' in page
    assert SHEET.field("months").label in page
