"""Consents: asked for with a text, given and withdrawn alike, never altered."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import Error, connections, transaction

from niangjia.kernel.access.acting import Purpose, acting, beyond
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.privacy import consenting, queries
from niangjia.kernel.privacy.consenting import (
    Act,
    ConsentNeeded,
    NotConsented,
    Paper,
    answer,
    answer_for_child,
    record_paper,
    require_consent,
)
from niangjia.kernel.privacy.models import Consent, Notice
from niangjia.kernel.privacy.notices import NoticeUnfit, load_notices
from niangjia.kernel.privacy.queries import consents_of, consents_seen, may_use, why_not_use
from niangjia.kernel.privacy.tests.people import World
from niangjia.registers.members.models import Person
from niangjia.registers.members.tests.people import TODAY
from niangjia.registers.orgs.tests.office import actor_at

pytestmark = pytest.mark.django_db
YES, NO = Act("health", 1, given=True, origin="10.1.2.3"), Act("health", 1, given=False)


@pytest.fixture
def world() -> World:
    return World()


def code_of(world: World, purpose: str = "health") -> str | None:
    reason = why_not_use(world.chen.pk, purpose, on=TODAY)
    return reason.code if reason else None


def test_consent_is_given_withdrawn_and_given_again(world: World) -> None:
    assert code_of(world) == "consent_missing"
    for act, code in ((YES, None), (NO, "consent_withdrawn"), (YES, None)):
        answer(act, by=world.herself, on=TODAY)
        assert code_of(world) == code
    answer(YES, by=world.herself, on=TODAY)
    assert Consent.objects.count() == 3
    verbs = Entry.objects.filter(thing="person", thing_id=world.chen.pk, verb__endswith="consent").order_by("id")
    assert list(verbs.values_list("verb", flat=True)) == ["give_consent", "withdraw_consent", "give_consent"]
    assert "10.1.2.3" not in str(list(Consent.objects.order_by("id").values()))


def test_a_new_version_asks_again_and_the_old_text_gives_nothing(world: World) -> None:
    answer(YES, by=world.herself, on=TODAY)
    old = Notice.objects.get(key="health")
    Notice.objects.create(
        key="health", version=2, begins_on=date(2026, 11, 1), separate=True, sensitive=True, source=old.source,
        texts=old.texts,
    )  # fmt: skip
    assert code_of(world) == "consent_outdated"
    held = next(each for each in consents_of(world.chen.pk, on=TODAY) if each.notice.key == "health")
    assert held.asks_again
    with pytest.raises(NotConsented):
        answer(YES, by=world.herself, on=TODAY)
    answer(Act("health", 2, given=True), by=world.herself, on=TODAY)
    assert may_use(world.chen.pk, "health", on=TODAY)


def test_a_purpose_without_a_notice_is_refused(world: World) -> None:
    assert code_of(world, "face") == "no_notice"
    with pytest.raises(Forbidden):
        answer(Act("face", 1, given=True), by=world.herself, on=TODAY)
    with pytest.raises(NotConsented):
        answer(NO, by=world.herself, on=TODAY)


@pytest.mark.guard("no-sensitive-without-consent", "No line of work takes sensitive data of who did not consent.")
def test_a_line_of_work_is_stopped_where_consent_is_missing_withdrawn_or_old(world: World) -> None:
    with pytest.raises(ConsentNeeded):
        require_consent(world.chen.pk, "health", on=TODAY)
    answer(YES, by=world.herself, on=TODAY)
    require_consent(world.chen.pk, "health", on=TODAY)
    with pytest.raises(ConsentNeeded):  # consent to one purpose is none to another, nor anybody else's
        require_consent(world.chen.pk, "bank_account", on=TODAY)
    with pytest.raises(ConsentNeeded):
        require_consent(world.liu.pk, "health", on=TODAY)
    answer(NO, by=world.herself, on=TODAY)
    with pytest.raises(ConsentNeeded):
        require_consent(world.chen.pk, "health", on=TODAY)


@pytest.mark.control("no-sensitive-without-consent")
def test_without_the_question_everybody_seems_to_have_consented(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr(consenting, "why_not_use", lambda *_about, **_when: None)
    require_consent(world.chen.pk, "health", on=TODAY)
    assert not queries.may_use(world.chen.pk, "health", on=TODAY)


CHANGES = ("UPDATE privacy_consent SET given = NOT given", "DELETE FROM privacy_consent", "TRUNCATE privacy_consent")


@pytest.mark.guard("consent-written-once", "What somebody agreed to, and to which text, is never altered or removed.")
@pytest.mark.parametrize("alias", ["default", "owner"])
@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_neither_application_nor_owner_alters_a_consent_or_the_text_of_a_notice(alias: str) -> None:
    with beyond(Purpose.OWN_DATA):
        answer(YES, by=World().herself, on=TODAY)
    notices = [
        change.replace("privacy_consent SET given = NOT given", "privacy_notice SET source = ''") for change in CHANGES
    ]
    for statement in {*CHANGES, *(each.replace("privacy_consent", "privacy_notice") for each in notices)}:
        with pytest.raises(Error), transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.control("consent-written-once")
@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_without_its_trigger_the_owner_could_turn_a_no_into_a_yes() -> None:
    with beyond(Purpose.OWN_DATA):
        answer(YES, by=World().herself, on=TODAY)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE privacy_consent DISABLE TRIGGER USER")
        cursor.execute(CHANGES[0])
        assert cursor.rowcount == 1


def test_a_cadre_records_paper_where_she_may_and_says_where_it_lies(world: World) -> None:
    cadre = actor_at(world.office.town)
    record_paper(YES, world.chen.pk, Paper("档案柜 3 第 12 份"), by=cadre, on=TODAY)
    held = next(each for each in consents_seen(cadre, world.chen.pk, on=TODAY) if each.notice.key == "health")
    assert held.last is not None
    assert (held.is_given, held.last.channel, held.last.paper_place) == (True, "paper", "档案柜 3 第 12 份")
    for stranger in (actor_at(world.office.park), actor_at(world.office.county, Role.AUDITOR)):
        with pytest.raises(Forbidden):
            record_paper(YES, world.chen.pk, Paper("3"), by=stranger, on=TODAY)
        with pytest.raises(Forbidden):
            consents_seen(stranger, world.chen.pk, on=TODAY)


def test_a_parent_consents_for_a_child_and_the_child_does_not(world: World) -> None:
    Person.objects.filter(pk=world.liu.pk).update(birth_on=date(2016, 6, 1))
    Person.objects.filter(pk=world.chen.pk).update(birth_on=date(1980, 3, 2))
    consent = answer_for_child(YES, world.liu.pk, by=world.herself, on=TODAY)
    assert (consent.subject_id, consent.guardian_id) == (world.liu.pk, world.chen.pk)
    Person.objects.filter(pk=world.chen.pk).update(birth_on=date(2016, 1, 1))
    with pytest.raises(NotConsented):
        answer(YES, by=world.herself, on=TODAY)


def test_behind_the_wall_she_meets_her_own_consents_alone(world: World) -> None:
    answer(YES, by=world.herself, on=TODAY)
    record_paper(YES, world.liu.pk, Paper("档案柜 3"), by=actor_at(world.office.town), on=TODAY)
    with acting(world.herself):
        assert list(Consent.objects.order_by("id").values_list("subject_id", flat=True)) == [world.chen.pk]
        with pytest.raises(Error), transaction.atomic():
            Consent.objects.create(
                city="349900",
                subject_id=world.liu.pk,
                notice=Notice.objects.get(key="health"),
                given=True,
                channel="own",
            )


def test_a_text_that_people_agreed_to_is_not_changed_under_its_version(
    world: World, tmp_path: Path, settings: Any
) -> None:
    whole = next(path for folder in settings.NIANGJIA_NOTICES for path in Path(folder).glob("health*")).read_text(
        "utf-8"
    )
    settings.NIANGJIA_NOTICES = (tmp_path,)
    for text in (
        whole.replace("病情", "情况"),
        whole.replace("necessity", "x_necessity"),
        whole.replace("separate = true", "separate = false"),
    ):
        (tmp_path / "health-1.toml").write_text(text, "utf-8")
        with pytest.raises(NoticeUnfit):
            load_notices()
    (tmp_path / "health-1.toml").write_text(whole, "utf-8")
    assert load_notices() == 0
