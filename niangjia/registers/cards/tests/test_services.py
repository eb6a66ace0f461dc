"""Cards on PostgreSQL: issued, stopped, replaced, printed."""

import pytest
from django.db import IntegrityError, transaction

from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.messages.models import Message
from niangjia.kernel.privacy.rules import Leaving
from niangjia.registers.cards import services
from niangjia.registers.cards.models import Card, CardCheck, PrintBatch
from niangjia.registers.cards.personal import TABLES
from niangjia.registers.cards.printing import preview_issue, preview_print, print_cards
from niangjia.registers.cards.queries import bank_of, holders, in_state, printed_in
from niangjia.registers.cards.rules.numbers import read_number
from niangjia.registers.cards.services import CardRefused
from niangjia.registers.cards.tests.world import Counter, herself, somebody
from niangjia.registers.members.models import Membership
from niangjia.registers.orgs.tests.office import OPERATOR

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Counter:
    return Counter()


def why(call: object) -> str:
    with pytest.raises(CardRefused) as refused:
        call()  # type: ignore[operator]  # a step to be refused
    return refused.value.reason.code


def test_a_member_takes_her_card_once(world: Counter) -> None:
    again = services.take_card(by=herself(world.chen))
    assert again == world.card
    assert read_number(world.card.number) == world.card.number
    assert Entry.objects.filter(verb="issue_card", thing_id=world.card.pk, place_id=world.mill.pk).count() == 1


def test_whoever_is_no_full_member_gets_none(world: Counter) -> None:
    Membership.objects.filter(person=world.liu).update(state="retained")
    assert why(lambda: services.take_card(by=herself(world.liu))) == "not_a_member"
    assert services.issue_cards([world.liu.pk], by=OPERATOR) == 0


def test_a_union_issues_cards_to_its_own_members_alone(world: Counter) -> None:
    assert services.issue_cards([world.chen.pk, world.liu.pk], by=world.chair) == 0
    _account, park = somebody("park", world.park)
    assert services.issue_cards([world.chen.pk, world.liu.pk], by=park) == 1
    assert Card.objects.get(person=world.liu).state == "in_use"


def test_the_database_allows_one_good_card_for_one_person(world: Counter) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Card.objects.create(city="349900", person=world.chen, number="123456789012")


def test_she_stops_her_card_and_sets_it_free(world: Counter) -> None:
    me = herself(world.chen)
    assert services.freeze(world.card.pk, by=me).held_by == "self"
    assert services.unfreeze(world.card.pk, by=me).state == "in_use"
    assert not Message.objects.exists()


def test_what_the_union_froze_she_neither_frees_nor_replaces(world: Counter) -> None:
    assert why(lambda: services.freeze(world.card.pk, by=world.chair)) == "reason_missing"
    held = services.freeze(world.card.pk, by=world.chair, because="有人拿着他的卡来领东西")
    assert (held.state, held.held_by, held.reason) == ("frozen", "union", "有人拿着他的卡来领东西")
    assert [each.template for each in Message.objects.filter(subject=world.chen.pk)] == ["card_frozen"]
    me = herself(world.chen)
    assert why(lambda: services.unfreeze(world.card.pk, by=me)) == "card_held_by_union"
    assert why(lambda: services.replace(world.card.pk, by=me)) == "card_held_by_union"
    assert services.unfreeze(world.card.pk, by=world.chair).reason == ""
    entry = Entry.objects.filter(verb="freeze_card").get()
    assert (entry.place_id, entry.detail) == (world.mill.pk, {"own": False})


@pytest.mark.guard("card-own-union", "Nobody does anything with the card of a member whom she does not keep.")
def test_another_union_does_nothing_with_it(world: Counter) -> None:
    _account, stranger = somebody("stranger", world.park)
    for step in (services.freeze, services.unfreeze, services.replace):
        with pytest.raises(Forbidden):
            step(world.card.pk, by=stranger)
    with pytest.raises(Forbidden):
        services.keep_bank_card(world.card.pk, "", by=stranger)
    with pytest.raises(Forbidden):
        services.freeze(world.card.pk, by=herself(world.liu))
    world.card.refresh_from_db()
    assert world.card.state == "in_use"


@pytest.mark.control("card-own-union")
def test_without_the_scope_another_union_would_stop_it(world: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    _account, stranger = somebody("stranger", world.park)
    monkeypatch.setattr(services, "holders", lambda _actor: holders(OPERATOR))
    assert services.freeze(world.card.pk, by=stranger, because="随便").state == "frozen"


def test_a_lost_card_is_dead_and_she_has_another(world: Counter) -> None:
    new = services.replace(world.card.pk, by=herself(world.chen))
    world.card.refresh_from_db()
    assert (world.card.state, new.state) == ("lost", "in_use")
    assert new.number != world.card.number
    assert why(lambda: services.unfreeze(world.card.pk, by=herself(world.chen))) == "card_moved_already"


def test_the_union_above_replaces_with_a_reason_and_she_is_told(world: Counter) -> None:
    _account, county = somebody("county", world.county)
    services.replace(world.card.pk, by=county, because="本人来电")
    assert Message.objects.filter(subject=world.chen.pk, template="card_replaced").count() == 1


def test_a_bank_card_is_sealed_and_taken_away_again(world: Counter) -> None:
    number = "6222021234567890128"
    services.keep_bank_card(world.card.pk, "6222 0212 3456 7890 128", by=world.chair)
    world.card.refresh_from_db()
    assert bank_of(world.card) == number
    assert number.encode() not in bytes(world.card.bank_sealed)
    assert why(lambda: services.keep_bank_card(world.card.pk, "12", by=world.chair)) == "bank_card_length"
    services.keep_bank_card(world.card.pk, "", by=herself(world.chen))
    world.card.refresh_from_db()
    assert world.card.bank_sealed is None


def test_cards_are_printed_as_a_batch_and_an_older_print_is_dead(world: Counter) -> None:
    chair, chen = world.chair, world.chen
    assert preview_print(holders(chair), "yes", by=chair).changes == (chen.pk,)
    assert print_cards([chen.pk, world.liu.pk], "yes", by=chair) == 1
    assert print_cards([chen.pk], "yes", by=chair) == 1
    batch = PrintBatch.objects.get()
    [(card, name, union)] = printed_in(batch, chair)
    assert (card.print_no, name, union) == (2, "陈桂兰", world.mill.name)
    assert Entry.objects.filter(verb="print_card").count() == 2
    assert "以前印过" in str(preview_print(holders(chair), "yes", by=chair).words[0])


def test_a_frozen_card_is_not_printed(world: Counter) -> None:
    services.freeze(world.card.pk, by=herself(world.chen))
    assert preview_print(holders(world.chair), "yes", by=world.chair).changes == ()
    assert print_cards([world.chen.pk], "yes", by=world.chair) == 0
    assert preview_issue(holders(world.chair), "yes", by=world.chair).changes == ()


def test_the_list_is_narrowed_by_how_cards_are(world: Counter) -> None:
    def found(state: str) -> list[str]:
        return [person.name for person in in_state(holders(OPERATOR), state).order_by("name")]

    assert (found("none"), found("in_use"), found("frozen"), found("printed")) == (["刘秀英"], ["陈桂兰"], [], [])
    services.freeze(world.card.pk, by=herself(world.chen))
    assert found("frozen") == ["陈桂兰"]


def test_officers_and_strangers_see_no_cards(world: Counter) -> None:
    assert not holders(world.checker).exists()
    assert not holders(somebody("plant", world.plant, Role.CHAIR)[1]).filter(pk=world.chen.pk).exists()


def test_an_erased_person_leaves_no_card(world: Counter) -> None:
    CardCheck.objects.create(
        city="349900", card=world.card, person=world.chen, checker="1", author="", purpose="till", kind="shown",
        verdict="valid", at=world.card.issued_at,
    )  # fmt: skip
    leaving = Leaving(world.chen.pk, "349900", "某", frozenset())
    for table in TABLES:
        if callable(table.erase):
            table.erase(leaving)
    assert not Card.objects.exists()
    assert not CardCheck.objects.exists()
