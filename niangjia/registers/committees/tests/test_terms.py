"""Terms on PostgreSQL: begun by the union above alone, one at a time, with committees that keep the law."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from niangjia.kernel import clock
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.journal.models import Entry
from niangjia.registers.committees.models import Body, Seat, Term
from niangjia.registers.committees.queries import people_of, standing_of
from niangjia.registers.committees.rules.bodies import BodyKind, Chosen, Post
from niangjia.registers.committees.rules.composition import Composed
from niangjia.registers.committees.rules.terms import Standing
from niangjia.registers.committees.services import Elected, TermRefused, begin_term, set_up_body
from niangjia.registers.committees.tests.hall import AT, Hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall() -> Hall:
    return Hall()


def refused(act: object) -> str:
    assert callable(act)
    with pytest.raises(TermRefused) as refusal:
        act()
    return str(next(iter(refusal.value.reasons.values())))


def test_a_term_begins_by_approval_of_the_union_above_with_its_committees(hall: Hall) -> None:
    with clock.at(AT):
        term = hall.term()
    assert (term.number, term.ends_on, term.document_number) == (1, date(2027, 2, 28), "安禾工发〔2024〕7号")
    assert Seat.objects.filter(body__term=term, until=None).count() == 8
    assert set(Body.objects.values_list("kind", flat=True)) == {"committee", "audit"}
    entry = Entry.objects.get(verb="begin_term")
    assert entry.thing_id == term.pk
    assert "刘" not in str(entry.detail)


def test_nobody_approves_the_term_of_her_own_union(hall: Hall) -> None:
    with clock.at(AT), pytest.raises(Forbidden):
        hall.term(by=hall.actor(hall.chair))
    with clock.at(AT), pytest.raises(Forbidden):
        hall.term(union=hall.town, years=5, by=hall.actor(hall.li))
    assert not Term.objects.exists()


def test_the_next_term_ends_the_one_before_on_its_eve(hall: Hall) -> None:
    with clock.at(AT):
        first = hall.term()
        second = hall.term(date(2026, 11, 1), elected=Elected(hall.committee(start=8)))
    first.refresh_from_db()
    assert (second.number, first.ended_on) == (2, date(2026, 10, 31))
    assert set(Seat.objects.filter(body__term=first).values_list("until", flat=True)) == {date(2026, 10, 31)}
    with pytest.raises(IntegrityError), transaction.atomic():
        Term.objects.filter(pk=first.pk).update(ended_on=None)


@pytest.mark.parametrize(
    ("given", "article"),
    [
        ({"years": 4}, "第十六条"),
        ({"document_number": " "}, "第十二条"),
        ({"approved_on": date(2026, 11, 21)}, "还没有到"),
        ({"begins_on": date(2026, 12, 1)}, "还没有到"),
    ],
)
def test_what_is_wrong_with_an_approval_is_said_with_the_article(
    hall: Hall, given: dict[str, object], article: str
) -> None:
    with clock.at(AT):
        assert article in refused(lambda: hall.term(**given))
    assert not Term.objects.exists()


def test_a_general_union_of_a_county_has_five_years(hall: Hall) -> None:
    city = hall.account("city", None)
    del city
    with clock.at(AT):
        said = refused(lambda: hall.term(union=hall.county, years=3))
    assert "任期五年" in said


def test_committees_that_break_a_rule_take_no_office(hall: Hall) -> None:
    good = hall.committee()
    treasurer = next(each for each in good if each.post is Post.FINANCE)
    broken = [each for each in good if each.body is BodyKind.COMMITTEE]
    broken += [Chosen(treasurer.person_id, BodyKind.AUDIT), *[each for each in good if each.body is BodyKind.AUDIT][:2]]
    with clock.at(AT):
        assert "第四十五条" in refused(lambda: hall.term(elected=Elected(tuple(broken))))
        stranger = hall.member(99, is_woman=True, union=hall.plant)
        foreign = (*good[:4], Chosen(stranger.pk, BodyKind.COMMITTEE), *good[5:])
        assert "不是这个工会的会员" in refused(lambda: hall.term(elected=Elected(foreign)))
        small = tuple(each for each in good if each.body is BodyKind.AUDIT or each.post is Post.CHAIR)
        assert "27号" in refused(lambda: hall.term(elected=Elected(small)))
    assert not Term.objects.exists()
    assert not Seat.objects.exists()


def test_a_committee_beside_it_is_set_up_by_the_union_itself_and_set_up_anew(hall: Hall) -> None:
    with clock.at(AT):
        hall.term()
        women = [Chosen(person.pk, BodyKind.WOMEN, Post.MEMBER) for person in hall.people[:3]]
        women[0] = Chosen(women[0].person_id, BodyKind.WOMEN, Post.CHAIR)
        set_up_body(hall.mill.pk, Composed(BodyKind.WOMEN, tuple(women)), by=hall.actor(hall.chair), on=AT.date())
        alone = Composed(BodyKind.WOMEN, (women[0],))
        assert "女职工委员会" in refused(
            lambda: set_up_body(hall.mill.pk, alone, by=hall.actor(hall.chair), on=AT.date())
        )
        anew = Composed(BodyKind.WOMEN, tuple(women[:2]))
        set_up_body(hall.mill.pk, anew, by=hall.actor(hall.chair), on=AT.date())
    assert Seat.objects.filter(body__kind="women", until=None).count() == 2


def test_the_system_counts_members_and_women_itself(hall: Hall) -> None:
    people = people_of(hall.mill)
    assert (people.members, people.women, people.women_from) == (30, 12, 10)


def test_where_a_term_stands(hall: Hall) -> None:
    assert standing_of(hall.mill.pk, on=AT.date()) is Standing.NONE
    with clock.at(AT):
        hall.term()
    said = {day: standing_of(hall.mill.pk, on=day) for day in (date(2026, 3, 1), date(2026, 9, 1), date(2027, 3, 1))}
    assert list(said.values()) == [Standing.RUNNING, Standing.SOON, Standing.RUN_OUT]


def test_a_term_begins_without_names_where_none_are_known_yet(hall: Hall) -> None:
    with clock.at(AT):
        term = begin_term(
            hall.plant.place, years=5, begins_on=date(2026, 5, 1), document_number="安禾工发〔2026〕9号",
            approved_on=date(2026, 5, 6), by=hall.actor(hall.zhou), number=3,
        )  # fmt: skip
    assert (term.number, term.ends_on, Seat.objects.count()) == (3, date(2031, 4, 30), 0)
