"""Public notices on PostgreSQL: what goes up, comes down by itself, is objected, and holds a case."""

import os
from datetime import date, datetime, timedelta
from typing import Any

import pgtrigger
import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.notices import queries
from niangjia.kernel.cases.notices.models import Objection, Publication
from niangjia.kernel.cases.notices.services import NotPublished, NotTaken, Said, answer, object_to
from niangjia.kernel.cases.notices.tests.hanging import a_notice
from niangjia.kernel.cases.notices.tests.world import NOBODY, World, acts, wired
from niangjia.kernel.cases.refusals import NotMade
from niangjia.kernel.cases.services import make
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.messages.models import Message
from niangjia.kernel.privacy.registered import personal_tables
from niangjia.kernel.privacy.retaining import retain
from niangjia.kernel.privacy.rules import Leaving

pytestmark = pytest.mark.django_db
WORDS = "她家在县城有两套房，邻居都知道。"


@pytest.fixture
def world(settings: Any) -> World:
    wired(settings)
    return World()


def days_later(notice: Publication, days: int) -> datetime:
    return datetime.combine(notice.ends_on + timedelta(days=days), datetime.min.time(), clock.PEOPLE_ZONE) + timedelta(
        hours=9
    )


def objected(notice: Publication, words: str = WORDS, **more: Any) -> Objection:
    object_to(notice.pk, Said(words, **more), by=NOBODY)
    return Objection.objects.latest("id")


def test_what_hangs_is_the_masked_name_union_category_and_town(world: World) -> None:
    notice = world.put_up()
    assert (notice.name, notice.category, notice.union_name, notice.town_name) == (
        "陈*兰",
        "study",
        "鸿远纺织有限公司工会",
        "柳林镇总工会",
    )
    assert notice.amount_fen is None
    entry = Entry.objects.get(verb="publish_notice", thing="publication")
    assert entry.detail == {"kind": "aid", "to": notice.ends_on.isoformat(), "places": [world.place.pk]}
    told = Message.objects.get(template="notice_hangs")
    assert told.subject_id == world.people.chen.pk


def test_it_hangs_five_working_days_the_first_day_not_counted(world: World) -> None:
    with clock.at(datetime(2026, 11, 20, 9, tzinfo=clock.PEOPLE_ZONE)):  # a Friday
        notice = world.put_up()
    assert (notice.begins_on, notice.ends_on) == (date(2026, 11, 20), date(2026, 11, 27))


def test_what_the_kind_does_not_allow_is_refused_with_a_sentence(world: World) -> None:
    with pytest.raises(NotPublished) as refused:
        world.put_up(amount_fen=500_000)
    assert refused.value.reason.code == "amount_not_told"
    assert world.put_up(kind="prize", category="model", amount_fen=500_000).amount_fen == 500_000


def test_who_has_no_right_there_puts_nothing_up(world: World) -> None:
    world.zhou = world.park
    with pytest.raises(Forbidden):
        world.put_up()


@pytest.mark.guard(
    "notice-carries-no-number",
    "No public notice carries a number of a paper, a telephone, a card or an account: refused twice.",
)
@pytest.mark.parametrize("name", ["349921198003153021", "13812342206", "陈13812342206兰"])
def test_a_full_number_never_hangs_whoever_writes_it(world: World, name: str) -> None:
    """Whatever stands in a register under somebody's name: its middle is hidden, and the database looks again at every column."""
    hung = world.put_up(name=name)
    assert name not in hung.name
    union = world.people.office.mill
    union.name = f"鸿远{name}工会"
    union.save(update_fields=["name"])
    with pytest.raises(NotPublished) as refused:
        world.put_up(world.a_case())
    assert refused.value.reason.code == "number_told"
    for column in ("category", "union_name", "town_name"):
        with pytest.raises(IntegrityError, match=f"publication_no_number_in_{column}"), transaction.atomic():
            a_notice(world.place, number=3, **{column: "349921198003153021"[:32]})
    with pytest.raises(IntegrityError, match="publication_name_masked"), transaction.atomic():
        a_notice(world.place, number=4, name="陈桂兰")


@pytest.mark.control("notice-carries-no-number")
def test_without_the_constraint_the_number_would_hang() -> None:
    with psycopg.connect(os.environ["NIANGJIA_OWNER_URL"]) as owner:
        owner.execute("ALTER TABLE notices_publication DROP CONSTRAINT publication_no_number_in_union_name")
        owner.execute(
            "INSERT INTO notices_publication (city, code, case_id, kind, place_id, name, category, union_name, town_name,"
            " begins_on, ends_on, is_provisional, published_at) VALUES ('349900', 'x', 1, 'aid', 1, '陈*兰', 'study',"
            " '13812342206', '', '2026-11-20', '2026-11-27', false, now())"
        )
        assert owner.execute("SELECT union_name FROM notices_publication").fetchone() == ("13812342206",)
        owner.rollback()


@pytest.mark.guard(
    "notice-never-cut-short", "A public notice hangs to the end of its last day: nobody takes it down or shortens it."
)
@pytest.mark.parametrize(
    "change", [{"ends_on": date(2026, 1, 1)}, {"begins_on": date(2027, 1, 1)}, {"name": "*"}, {"name": "王*"}, {"union_name": "x"}, {"code": "zzzzzzzz"}]
)  # fmt: skip
def test_what_hangs_is_not_changed(world: World, change: dict[str, Any]) -> None:
    notice = world.put_up()
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.filter(pk=notice.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM notices_publication WHERE id = %s", [notice.pk])


@pytest.mark.control("notice-never-cut-short")
def test_without_the_triggers_it_would_be_gone_in_a_moment(world: World) -> None:
    notice = world.put_up()
    names = ("publication_stays", "publication_keeps_its_name")
    with pgtrigger.ignore(*(f"notices.Publication:{name}" for name in names)):
        gone = Publication.objects.filter(pk=notice.pk)
        assert gone.update(begins_on=date(2026, 1, 1), ends_on=date(2026, 1, 2)) == 1
    notice.refresh_from_db()
    assert not queries.is_hanging(notice, on=clock.today())


@pytest.mark.guard(
    "notice-holds-the-case", "No case goes on while its notice hangs, or while an objection is open or upheld."
)
def test_a_case_goes_on_the_day_after_with_every_objection_dismissed(world: World) -> None:
    notice = world.put_up()
    case = world.case.pk
    assert not queries.is_over(case)
    with clock.at(days_later(notice, 0)):
        assert queries.why_not_go_on(case).code == "notice_running"  # type: ignore[union-attr]
        with pytest.raises(NotMade) as refused:
            make(case, "grant", by=acts(world.wang), at=clock.now())
        assert refused.value.reason.code == "notice_open"
        objection = objected(notice)
    with clock.at(days_later(notice, 1)):
        assert queries.why_not_go_on(case).code == "notice_waiting"  # type: ignore[union-attr]
        answer(objection.pk, "上门看过，没有第二套房。", is_upheld=False, by=acts(world.wang))
        assert queries.is_clear([case, 0]) == {case}
        assert make(case, "grant", by=acts(world.wang), at=clock.now()).stage == "granted"


def test_an_objection_that_is_upheld_stops_the_case_and_says_why(world: World) -> None:
    notice = world.put_up()
    answer(objected(notice).pk, "房产登记查到两套。", is_upheld=True, by=acts(world.wang))
    with clock.at(days_later(notice, 9)):
        reason = queries.why_not_go_on(world.case.pk)
    assert reason is not None
    assert reason.code == "notice_stopped"
    assert "退回" in reason.sentence


def test_another_round_needs_another_notice(world: World) -> None:
    notice = world.put_up()
    answer(objected(notice).pk, "房产登记查到两套。", is_upheld=True, by=acts(world.wang))
    with clock.at(days_later(notice, 2)):
        world.comes_again(world.case)
        assert queries.why_not_go_on(world.case.pk).code == "no_notice"  # type: ignore[union-attr]
        second = world.put_up()
    with clock.at(days_later(second, 1)):
        assert queries.is_over(world.case.pk)


def test_who_may_not_read_an_objection_is_held_by_it_all_the_same(world: World) -> None:
    """Asked by somebody at another place, whom the wall shows no objection."""
    notice = world.put_up()
    with clock.at(days_later(notice, 0)):
        objected(notice)
    with clock.at(days_later(notice, 1)), acting(acts(world.park)):
        assert not Objection.objects.exists()
        assert not queries.is_over(world.case.pk)


@pytest.mark.control("notice-holds-the-case")
def test_counted_behind_the_wall_the_open_objection_would_be_missed(world: World) -> None:
    notice = world.put_up()
    objected(notice)
    with acting(acts(world.park)):
        assert Objection.objects.filter(publication=notice, state="open").count() == 0


@pytest.mark.guard(
    "objection-answered-by-another", "Who brought the case or put up the notice never answers what is objected to it."
)
def test_the_maker_does_not_answer_and_the_database_says_so_too(world: World) -> None:
    objection = objected(world.put_up())
    with pytest.raises(NotTaken) as refused:
        answer(objection.pk, "没有这回事", is_upheld=False, by=acts(world.zhou))
    assert refused.value.reason.code == "same_person"
    assert list(queries.open_for(acts(world.zhou))) == []
    with pytest.raises(IntegrityError, match="objection_answered_by_another"), transaction.atomic():
        Objection.objects.filter(pk=objection.pk).update(
            state="dismissed", answered_at=clock.now(), answered_by=world.zhou
        )


@pytest.mark.control("objection-answered-by-another")
def test_without_the_rule_of_the_other_the_row_alone_would_take_anybody(world: World) -> None:
    objection = objected(world.put_up())
    Case.objects.filter(pk=world.case.pk).update(maker=None)
    assert answer(objection.pk, "查过了", is_upheld=False, by=acts(world.wang)).answered_by_id == world.wang.pk


@pytest.mark.guard("objector-unknown", "Whom a notice is about, and whoever answers, never learns who objected.")
def test_nobody_learns_who_objected(world: World) -> None:
    notice = world.put_up()
    object_to(notice.pk, Said(WORDS), by=acts(world.people.account))
    objection = Objection.objects.get()
    entry = Entry.objects.get(verb="object")
    assert (entry.account_id, entry.author) == (None, "somebody")
    assert WORDS not in str(list(Entry.objects.values_list("detail", flat=True)))
    assert WORDS.encode() not in bytes(objection.says_sealed or b"")
    with acting(acts(world.wang)):
        assert queries.says_of(queries.objections_for(acts(world.wang)).get()) == WORDS


def test_whom_it_is_about_never_meets_an_objection_whatever_office_she_holds(world: World) -> None:
    notice = world.put_up()
    objected(notice)
    world.wang.subject_id = world.people.chen.pk
    world.people.account.subject = None
    world.people.account.save(update_fields=["subject"])
    world.wang.save(update_fields=["subject"])
    herself = acts(world.wang)
    with acting(herself):
        assert not Objection.objects.exists()
    assert not queries.visible_to(herself).exists()
    with pytest.raises(Forbidden):
        answer(Objection.objects.get().pk, "没有这回事", is_upheld=False, by=herself)


@pytest.mark.control("objector-unknown")
def test_the_row_of_a_signed_in_objector_would_name_her_where_it_is_met(world: World) -> None:
    notice = world.put_up()
    object_to(notice.pk, Said(WORDS), by=acts(world.people.account))
    assert Objection.objects.get().account_id == world.people.account.pk


def test_a_visitor_objects_once_and_follows_it_with_her_receipt(world: World) -> None:
    notice = world.put_up()
    with acting(NOBODY):
        said = Said(WORDS, "203.0.113.7", "k" * 20)
        receipt = object_to(notice.pk, said, by=NOBODY)
        assert object_to(notice.pk, said, by=NOBODY) == receipt
        assert object_to(notice.pk, Said("她有车", "203.0.113.7", "x" * 20), by=NOBODY) != receipt
        found = queries.with_receipt(receipt)
        assert found is not None
        assert queries.says_of(found) == WORDS
        assert queries.with_receipt("0" * 16) is None
    assert Objection.objects.count() == 2
    assert receipt not in str(Objection.objects.values())
    assert {each.place_id for each in Message.objects.filter(template="objection_waits")} == {world.place.pk}


def test_from_one_address_no_more_than_a_few_an_hour(world: World) -> None:
    notice = world.put_up()
    for number in range(5):
        objected(notice, address="203.0.113.7", key=f"key-{number:08}")
    with pytest.raises(NotTaken) as refused:
        objected(notice, address="203.0.113.7", key="one-more")
    assert refused.value.reason.code == "enough"
    objected(notice, address="203.0.113.8", key="another")


def test_when_it_is_over_nobody_objects(world: World) -> None:
    notice = world.put_up()
    with clock.at(days_later(notice, 1)), pytest.raises(NotTaken) as refused:
        objected(notice)
    assert refused.value.reason.code == "notice_over"


def test_a_signed_in_objector_is_told_of_the_answer(world: World) -> None:
    notice = world.put_up()
    object_to(notice.pk, Said(WORDS), by=acts(world.people.account))
    answer(Objection.objects.get().pk, "查过了，没有。", is_upheld=False, by=acts(world.county))
    assert Message.objects.get(template="objection_answered").account_id == world.people.account.pk
    with acting(acts(world.people.account)):
        (own,) = queries.own_objections(acts(world.people.account))
        assert queries.answer_of(own) == "查过了，没有。"


def test_after_three_years_name_and_words_are_gone_and_the_record_stays(world: World) -> None:
    notice = a_notice(world.place, number=7, begins_on=clock.today() - timedelta(days=3 * 365 + 30))
    fresh = world.put_up()
    retain()
    notice.refresh_from_db()
    fresh.refresh_from_db()
    assert (notice.name, fresh.name) == ("*", "陈*兰")


def test_erased_with_her_is_what_is_over_and_what_she_objected_is_nobody_s(world: World) -> None:
    past = a_notice(world.place, case=world.case, number=8, begins_on=clock.today() - timedelta(days=30))
    object_to(world.put_up().pk, Said(WORDS), by=acts(world.people.account))
    tables = {each.model: each.erase for each in personal_tables()}
    leaving = Leaving(world.people.chen.pk, "349900", "P", frozenset())
    assert tables["notices.Publication"](leaving) == 1  # type: ignore[operator]
    assert tables["notices.Objection"](leaving) == 1  # type: ignore[operator]
    past.refresh_from_db()
    assert past.name == "*"
    assert Objection.objects.get().account_id is None
