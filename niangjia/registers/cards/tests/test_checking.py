"""Checks: what they come to, what they tell, what is kept of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.registers.cards import checking, services
from niangjia.registers.cards.checking import Checked, CheckRefused, Taken, check_card, take_in
from niangjia.registers.cards.models import Card, CardCheck
from niangjia.registers.cards.printing import print_cards
from niangjia.registers.cards.rules import checking as rules
from niangjia.registers.cards.rules.checking import MOST_UNKNOWN, CheckPurpose, Verdict
from niangjia.registers.cards.showing import on_paper
from niangjia.registers.cards.signing import keys_that_count, rotate
from niangjia.registers.cards.tests.world import Counter, herself, somebody
from niangjia.registers.members.models import Membership
from niangjia.registers.orgs.tests.office import OPERATOR

pytestmark = pytest.mark.django_db
TILL, CHECK_IN = CheckPurpose.TILL, CheckPurpose.CHECK_IN


@pytest.fixture
def world() -> Counter:
    return Counter()


def checked(world: Counter, code: str, purpose: CheckPurpose = TILL, by: Actor | None = None) -> Checked:
    return check_card(code, purpose=purpose, by=by or world.checker)


@contextmanager
def later(**gap: float) -> Iterator[datetime]:
    at = clock.now() + timedelta(**gap)
    with clock.at(at):
        yield at


def test_a_good_card_is_good_and_no_more_is_told_than_the_purpose_needs(world: Counter) -> None:
    found = checked(world, world.code())
    assert (found.verdict, found.name, found.look) == (Verdict.VALID, "", False)
    assert checked(world, world.code(), CHECK_IN).name == "陈**"


def test_the_digits_do_what_the_code_does(world: Counter) -> None:
    typed = world.typed()
    assert checked(world, typed).verdict is Verdict.VALID
    assert checked(world, typed).verdict is Verdict.REPLAYED


def test_each_check_is_written_down_for_her(world: Counter) -> None:
    checked(world, world.code(), CHECK_IN)
    row = CardCheck.objects.get()
    assert (row.person_id, row.card_id, row.purpose, row.verdict) == (world.chen.pk, world.card.pk, "check_in", "valid")
    assert (row.account_id, row.place_id) == (world.checker.account_id, world.county.pk)
    assert row.author.startswith("officer@")


@pytest.mark.guard("card-photo-dies", "A photograph of a card's code is refused once its minute is over.")
def test_a_photographed_code_dies_with_its_minute(world: Counter) -> None:
    photographed = world.code()
    with later(seconds=80):
        assert checked(world, photographed).verdict is Verdict.OVER


@pytest.mark.control("card-photo-dies")
def test_without_the_minute_a_photograph_would_work_for_ever(world: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    photographed = world.code()
    monkeypatch.setattr(rules, "is_in_time", lambda *_given, **_more: True)
    with later(days=1):
        assert checked(world, photographed).verdict is Verdict.VALID


@pytest.mark.guard("card-code-once", "A card's code counts once, at whichever counter, also when two check it at once.")
def test_a_code_counts_once_at_whichever_counter(world: Counter) -> None:
    code, (_account, other) = world.code(), somebody("gym", world.town)
    assert checked(world, code).verdict is Verdict.VALID
    assert checked(world, code).verdict is Verdict.REPLAYED
    assert checked(world, code, by=other).verdict is Verdict.REPLAYED
    assert checked(world, world.code()).verdict is Verdict.VALID


@pytest.mark.control("card-code-once")
def test_without_the_mark_a_friend_would_come_in_with_the_same_code(
    world: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "_spent", lambda _code: None)
    code = world.code()
    assert [checked(world, code).verdict for _each in range(2)] == [Verdict.VALID, Verdict.VALID]


def test_frozen_lost_and_ended(world: Counter) -> None:
    code, me = world.code(), herself(world.chen)
    services.freeze(world.card.pk, by=me)
    assert checked(world, code).verdict is Verdict.FROZEN
    services.unfreeze(world.card.pk, by=me)
    Membership.objects.filter(person=world.chen).update(state="retained")
    assert checked(world, code).verdict is Verdict.ENDED
    Membership.objects.filter(person=world.chen).update(state="active")
    services.replace(world.card.pk, by=me)
    assert checked(world, code).verdict is Verdict.LOST


@pytest.mark.guard("card-stolen-key", "After a signing key was stolen nothing counts that it signed, prints neither.")
def test_a_stolen_key_is_worth_nothing(world: Counter) -> None:
    print_cards([world.chen.pk], "yes", by=world.chair)
    world.card.refresh_from_db()
    code, paper = world.code(), on_paper(world.card)
    rotate(by=OPERATOR, is_stolen=True)
    assert checked(world, code).verdict is checked(world, paper).verdict is Verdict.UNKNOWN
    assert checked(world, world.code()).verdict is Verdict.VALID


@pytest.mark.control("card-stolen-key")
def test_a_key_that_only_gave_way_still_counts(world: Counter) -> None:
    code = world.code()
    rotate(by=OPERATOR)
    assert len(keys_that_count()) == 2
    assert checked(world, code).verdict is Verdict.VALID


def test_a_printed_card_asks_for_a_second_look_and_counts_again(world: Counter) -> None:
    print_cards([world.chen.pk], "yes", by=world.chair)
    world.card.refresh_from_db()
    old = on_paper(world.card)
    assert [checked(world, old).look for _each in range(2)] == [True, True]
    print_cards([world.chen.pk], "yes", by=world.chair)
    world.card.refresh_from_db()
    assert checked(world, old).verdict is Verdict.LOST
    assert checked(world, on_paper(world.card)).verdict is Verdict.VALID


@pytest.mark.guard("card-no-walking", "A counter cannot find out by guessing which numbers are cards, or whose.")
def test_numbers_cannot_be_walked(world: Counter) -> None:
    theirs, nobodys = f"{world.card.number}000000", "100000000000000000"
    right = world.typed().replace(" ", "")
    if theirs == right:  # once in a million minutes
        theirs = f"{world.card.number}000001"
    found = [checked(world, each) for each in (theirs, nobodys, "NJCabc", "x")]
    assert {(each.verdict, each.name, each.kind) for each in found} == {(Verdict.UNKNOWN, "", "")}
    assert not CardCheck.objects.filter(person=world.chen).exists()
    for _each in range(MOST_UNKNOWN - 4):
        checked(world, theirs)
    with pytest.raises(CheckRefused) as refused:
        checked(world, right)
    assert refused.value.reason.code == "too_many_unknown"
    with later(minutes=11):
        assert checked(world, world.code()).verdict is Verdict.VALID


@pytest.mark.control("card-no-walking")
def test_without_patience_running_out_guesses_would_go_on(world: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "MOST_UNKNOWN", 10_000)
    with clock.at(clock.now()):
        for _each in range(MOST_UNKNOWN + 5):
            checked(world, "x")
        assert checked(world, world.code()).verdict is Verdict.VALID


def test_whoever_has_no_right_checks_nothing(world: Counter) -> None:
    with pytest.raises(Forbidden):
        check_card(world.code(), purpose=TILL, by=herself(world.liu))


@pytest.mark.guard(
    "card-check-hers", "Where somebody's card was checked is met by her and by who checked, not by her union."
)
def test_her_union_does_not_learn_where_she_goes(world: Counter) -> None:
    checked(world, world.code())
    for actor, number in ((world.chair, 0), (world.checker, 1), (acts(world), 1)):
        with acting(actor):
            assert CardCheck.objects.count() == number


@pytest.mark.control("card-check-hers")
def test_without_the_wall_her_union_would(world: Counter) -> None:
    checked(world, world.code())
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cards_cardcheck")
        assert cursor.fetchone()[0] == 1


def acts(world: Counter) -> Actor:
    return actor_of(world.chen_account, on=clock.today())


def test_cards_stand_behind_a_wall(world: Counter) -> None:
    _account, stranger = somebody("stranger", world.park)
    for actor, number in ((world.chair, 1), (acts(world), 1), (stranger, 0), (world.checker, 0)):
        with acting(actor):
            assert Card.objects.count() == number


def test_checks_without_a_line_are_taken_in_once_and_say_what_changed(world: Counter) -> None:
    code, at, key = world.code(), clock.now(), uuid4()
    taken = [Taken(key, code, TILL, at)]
    with later(hours=2):
        services.freeze(world.card.pk, by=herself(world.chen))
    with later(hours=3):
        first = take_in(taken, by=world.checker)
        assert [(each.verdict, each.now) for each in first] == [(Verdict.VALID, Verdict.FROZEN)]
        assert [(each.verdict, each.now) for each in take_in(taken, by=world.checker)] == [
            (Verdict.VALID, Verdict.FROZEN)
        ]
        again = take_in([Taken(uuid4(), code, TILL, at)], by=world.checker)
        assert again[0].verdict is Verdict.REPLAYED
    assert CardCheck.objects.filter(verdict="valid").count() == 1
    assert CardCheck.objects.get(verdict="valid").at == at


def test_checks_of_next_week_and_of_long_ago_are_not_believed(world: Counter) -> None:
    code = world.code()
    for gap in (timedelta(minutes=5), timedelta(days=-8)):
        found = take_in([Taken(uuid4(), code, TILL, clock.now() + gap)], by=world.checker)
        assert found[0].verdict is Verdict.OVER
    assert not CardCheck.objects.exists()


def test_digits_without_a_line_prove_nothing(world: Counter) -> None:
    found = take_in([Taken(uuid4(), world.typed(), TILL, clock.now())], by=world.checker)
    assert found[0].verdict is Verdict.UNKNOWN
