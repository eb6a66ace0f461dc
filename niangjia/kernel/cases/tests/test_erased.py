"""What stays of a case when a person's data are erased, and when what is over its time is let go."""

from typing import Any

import pytest
from django.apps import apps
from django.db.models import BinaryField

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.cases import personal
from niangjia.kernel.cases.models import Case, HandOverKind, Opinion, Party, Rating, Step
from niangjia.kernel.cases.opening import open_case
from niangjia.kernel.cases.services import Act, Offer, decide, decline, make, offer, rate
from niangjia.kernel.cases.tests.tables import TRIAL
from niangjia.kernel.cases.tests.world import AT, acting_of, wired
from niangjia.kernel.privacy import erasing
from niangjia.kernel.privacy.asking import ask_erasure
from niangjia.kernel.privacy.erasing import carry_out
from niangjia.kernel.privacy.models import Erasure
from niangjia.kernel.privacy.registered import personal_tables
from niangjia.kernel.privacy.retaining import retain
from niangjia.kernel.privacy.tests.people import World, own_account
from niangjia.registers.orgs.tests.office import actor_at

pytestmark = pytest.mark.django_db
HER_WORDS = "工资一直没有发"


@pytest.fixture
def world(settings: object) -> World:
    wired(settings)
    return World()


def somebody(world: World, login: str, place: str) -> Actor:
    """Who works at a union; the same person when asked again."""
    known = Account.objects.filter(login=login).first()
    return acting_of(known or an_account(login, role=Role.CADRE, at=getattr(world.office, place).place))


def closed(world: World, asker: int, herself: Actor) -> Case:
    """A case with words at every turn: of who asked, of who handled it, of who checked, of who would not have it."""
    seats = {"zhou": "town", "wang": "town", "sun": "park"}
    zhou, wang, park = (somebody(world, login, place) for login, place in seats.items())
    case = open_case(TRIAL, place=world.office.town.place, askers=[asker], by=herself, at=AT)
    with acting(zhou):
        make(case.pk, "take", by=zhou, at=AT, says=HER_WORDS)
        row = offer(case.pk, Offer(HandOverKind.HELP, world.office.park.place.pk), act=Act(zhou, AT, says=HER_WORDS))
    with acting(park):
        decline(row.pk, act=Act(park, AT, says=HER_WORDS))
    with acting(zhou):
        make(case.pk, "propose", by=zhou, at=AT, says=HER_WORDS)
    with acting(wang):
        decide(case.pk, "agree", by=wang, at=AT, says=HER_WORDS)
    with acting(herself):
        make(case.pk, "accept_answer", by=herself, at=AT, says=HER_WORDS)
        rate(case.pk, Opinion.GOOD, by=herself, at=AT, says=HER_WORDS)
    return Case.objects.get(pk=case.pk)


def sealed_words(case: Case) -> dict[str, int]:
    """In which tables of cases words of this case still lie."""
    found = {}
    for model in apps.get_app_config("cases").get_models():
        columns = {field.name for field in model._meta.get_fields()}
        for sealed in (field.name for field in model._meta.get_fields() if isinstance(field, BinaryField)):
            assert "case" in columns, model
            found[model.__name__] = model._default_manager.filter(case=case, **{f"{sealed}__isnull": False}).count()
    return {name: number for name, number in found.items() if number}


def erase(world: World) -> Erasure:
    world.leaves()
    asked = ask_erasure(by=world.herself)
    return carry_out(asked.pk, by=actor_at(world.office.town))


@pytest.mark.guard("case-words-erased", "After an erasure no word of her cases is left, and what happened to them is.")
def test_her_words_go_and_what_happened_stays(world: World) -> None:
    case = closed(world, world.chen.pk, world.herself)
    other = closed(world, world.liu.pk, actor_of(own_account(world.liu, "liu"), on=clock.today()))
    assert set(sealed_words(case)) == {"Step", "Decision", "HandOver", "Rating"}
    before, beside = Step.objects.filter(case=case).count(), sealed_words(other)
    erase(world)
    assert sealed_words(case) == {}
    assert sealed_words(other) == beside
    assert (Step.objects.filter(case=case).count(), Rating.objects.filter(case=case).count()) == (before, 1)
    # The bare number of a row is left of her, as in all books.
    assert Party.objects.get(case=case).subject_id == world.chen.pk
    assert Case.objects.get(pk=case.pk).number == case.number


@pytest.mark.control("case-words-erased")
def test_with_its_tables_left_out_her_words_stay(world: World, monkeypatch: Any) -> None:
    case = closed(world, world.chen.pk, world.herself)
    left = {table.model for table in personal.TABLES}
    kept = tuple(table for table in personal_tables() if table.model not in left)
    monkeypatch.setattr(erasing, "personal_tables", lambda: kept)
    erase(world)
    assert set(sealed_words(case)) == {"Step", "Decision", "HandOver", "Rating"}


def test_time_alone_takes_nothing_of_a_case(world: World) -> None:
    case = closed(world, world.chen.pk, world.herself)
    before = sealed_words(case)
    with clock.at(AT.replace(year=AT.year + 40)):
        retain()
    assert sealed_words(case) == before
    assert Step.objects.filter(case=case).latest("revision").to == "done"
