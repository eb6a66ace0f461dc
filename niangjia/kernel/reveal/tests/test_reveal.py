"""A sealed value is seen on purpose only, within the quota, and never without a trace."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import DatabaseError, ProgrammingError, connection, connections, transaction

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting, acting_as_account
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.people.models import Subject
from niangjia.kernel.reveal import rules, services
from niangjia.kernel.reveal.models import Look
from niangjia.kernel.reveal.queries import looks_at, looks_by, looks_seen, purposes_of, verify_looks
from niangjia.kernel.reveal.rules import Field, Purpose, Way
from niangjia.kernel.reveal.services import LookRefused, Occasion, SealedValue, record_looks, reveal
from niangjia.kernel.reveal.tests.offices import CITY, NUMBER, PHONE, County, worker
from niangjia.kernel.sealed import unseal

DOUBLED = """
INSERT INTO reveal_look (city, subject_id, field, purpose, way, role, unit, at, counts, entry_id)
SELECT city, subject_id + 1, field, purpose, way, role, unit, at, counts, entry_id FROM reveal_look
"""
VERIFY = Purpose.VERIFY_IDENTITY.value
CONTACT = Purpose.CONTACT_MEMBER.value


@pytest.fixture
def county(db: None) -> County:
    return County()


@pytest.fixture
def member(county: County) -> Subject:
    return county.member()


@pytest.fixture
def number(county: County, member: Subject) -> SealedValue:
    return county.sealed(member)


def refused(number: SealedValue, purpose: str, by: Actor) -> str:
    with pytest.raises(LookRefused) as refusal:
        reveal(number, purpose=purpose, by=by)
    assert not Look.objects.exists()
    return str(refusal.value)


@pytest.mark.guard(
    "reveal-needs-purpose", "A sealed value is shown only for a purpose of the closed list that fits the field."
)
def test_without_a_fitting_purpose_nothing_is_shown(county: County, number: SealedValue) -> None:
    cadre = county.actor()
    assert refused(number, "", cadre) == "purpose_missing"
    assert refused(number, "curiosity", cadre) == "purpose_unfit"
    assert refused(number, CONTACT, cadre) == "purpose_unfit"  # nobody is rung up by an ID number
    assert refused(number, Purpose.REPORT_UP.value, cadre) == "purpose_unfit"  # for files alone
    assert reveal(number, purpose=VERIFY, by=cadre).value == NUMBER


@pytest.mark.control("reveal-needs-purpose")
def test_without_the_rule_of_purposes_an_unfitting_one_opens_the_value(
    county: County, number: SealedValue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "why_not", _nothing)
    assert reveal(number, purpose=CONTACT, by=county.actor()).value == NUMBER


@pytest.mark.guard(
    "reveal-logged-before-shown", "The look stands in the journal before the seal is opened; no entry, no value."
)
def test_where_the_journal_fails_the_seal_stays_closed(
    county: County, number: SealedValue, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[int] = []

    def watched(sealed: bytes, *, aad: str) -> str:
        opened.append(Entry.objects.filter(verb="reveal").count())
        assert Look.objects.filter(entry__verb="reveal").count() == opened[-1]
        return unseal(sealed, aad=aad)

    monkeypatch.setattr(services, "unseal", watched)
    cadre = county.actor()
    with monkeypatch.context() as broken:
        broken.setattr(services, "record", _fails)
        with pytest.raises(DatabaseError), transaction.atomic():
            reveal(number, purpose=VERIFY, by=cadre)
    assert opened == []
    reveal(number, purpose=VERIFY, by=cadre)
    assert opened == [1]


@pytest.mark.control("reveal-logged-before-shown")
def test_without_writing_first_a_value_is_seen_and_nobody_knows(
    county: County, number: SealedValue, member: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "_write_down", _nothing)
    assert reveal(number, purpose=VERIFY, by=county.actor()).value == NUMBER
    assert not Entry.objects.filter(verb="reveal").exists()
    assert not looks_at(member.pk, at=clock.now()).exists()


def test_a_look_says_unit_role_purpose_and_field_and_never_the_value(
    county: County, member: Subject, number: SealedValue
) -> None:
    cadre = county.actor()
    shown = reveal(number, purpose=VERIFY, by=cadre)
    assert shown.until - clock.now() <= timedelta(seconds=30)
    look = Look.objects.get()
    assert (look.subject_id, look.field, look.purpose, look.way) == (member.pk, "id_number", VERIFY, "page")
    assert (look.role, look.place_id, look.unit) == ("cadre", county.county.pk, "安禾县总工会")
    entry = look.entry
    assert (entry.thing, entry.thing_id, entry.verb, entry.place_id) == ("person", member.pk, "reveal", county.mill.pk)
    assert entry.detail["field"] == "id_number"
    assert entry.author == f"cadre@{county.county.pk} 安禾县总工会"
    assert NUMBER not in str(entry.detail) + entry.author


def test_the_right_that_opens_the_value_is_the_one_written_down(county: County, number: SealedValue) -> None:
    chair = county.actor(Role.CHAIR, county.mill)
    both = Actor(chair.account_id, "周敏", rights=(*chair.rights, *county.actor().rights))
    reveal(number, purpose=VERIFY, by=both)
    assert Look.objects.get().role == "cadre"


@pytest.mark.guard(
    "chair-never-full-id", "Who stands inside an enterprise never sees a whole ID number, whatever the role or purpose."
)
@pytest.mark.parametrize("role", [Role.CHAIR, Role.CADRE, Role.OFFICER])
def test_from_inside_the_enterprise_the_whole_number_is_never_seen(
    county: County, number: SealedValue, role: Role
) -> None:
    inside = county.actor(role, county.mill)
    for purpose in Purpose:
        with pytest.raises(Forbidden):
            reveal(number, purpose=purpose.value, by=inside)
    assert purposes_of(inside, Field.ID_NUMBER, number.path) == ()
    assert not Look.objects.exists()


@pytest.mark.control("chair-never-full-id")
def test_without_the_rule_of_the_inside_the_chair_reads_the_number(
    county: County, number: SealedValue, monkeypatch: pytest.MonkeyPatch
) -> None:
    chair = county.actor(Role.CHAIR, county.mill)
    monkeypatch.setattr(rules, "is_inside", _never)
    monkeypatch.setattr(services, "is_inside", _never)
    monkeypatch.setattr(rules, "MOVES", {**rules.MOVES, Field.ID_NUMBER: rules.REVEAL_PHONE})
    assert reveal(number, purpose=VERIFY, by=chair).value == NUMBER


def test_the_chair_may_ring_a_member_up_and_nothing_else(county: County, member: Subject) -> None:
    phone, chair = county.sealed(member, Field.PHONE), county.actor(Role.CHAIR, county.mill)
    assert purposes_of(chair, Field.PHONE, phone.path) == (Purpose.CONTACT_MEMBER,)
    assert refused(phone, Purpose.LAWFUL_INQUIRY.value, chair) == "purpose_unfit"
    assert reveal(phone, purpose=CONTACT, by=chair).value == PHONE


@pytest.mark.parametrize("role", [Role.WORKER, Role.AUDITOR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_other_roles_see_no_sealed_value_at_all(county: County, member: Subject, role: Role) -> None:
    actor = county.actor(role)
    for field in (Field.ID_NUMBER, Field.PHONE, Field.ILLNESS):
        for purpose in Purpose:
            with pytest.raises(Forbidden):
                reveal(county.sealed(member, field), purpose=purpose.value, by=actor)


def test_neither_the_operator_nor_a_cadre_of_another_line_sees_it(county: County, number: SealedValue) -> None:
    for actor in (Actor.operator(), county.actor(at=county.park)):
        with pytest.raises(Forbidden):
            reveal(number, purpose=VERIFY, by=actor)


def test_facts_of_a_case_are_for_the_officer_alone(county: County, member: Subject) -> None:
    illness, help_ = county.sealed(member, Field.ILLNESS), Purpose.HANDLE_HELP.value
    with pytest.raises(Forbidden):
        reveal(illness, purpose=help_, by=county.actor())
    assert reveal(illness, purpose=help_, by=county.actor(Role.OFFICER)).value == "肺炎"


def test_a_value_looked_at_again_while_it_stands_counts_once_and_is_written_down_each_time(
    county: County, number: SealedValue, settings: Any
) -> None:
    settings.NIANGJIA_LOOKS_PER_HOUR = 1
    cadre, now = county.actor(), clock.now()
    for second in (0, 10, 29):
        with clock.at(now + timedelta(seconds=second)):
            reveal(number, purpose=VERIFY, by=cadre)
    assert list(Look.objects.order_by("id").values_list("counts", flat=True)) == [True, False, False]
    with clock.at(now + timedelta(seconds=31)), pytest.raises(LookRefused):
        reveal(number, purpose=VERIFY, by=cadre)
    assert Entry.objects.filter(verb="reveal").count() == 3


def test_a_full_hour_says_when_it_goes_on_and_a_full_day_ends_at_midnight(
    county: County, number: SealedValue, settings: Any
) -> None:
    settings.NIANGJIA_LOOKS_PER_HOUR, settings.NIANGJIA_LOOKS_PER_DAY = 2, 3
    cadre = county.actor()
    noon = clock.now().astimezone(clock.PEOPLE_ZONE).replace(hour=12, minute=0, second=0, microsecond=0)

    def look_at(minute: int) -> None:
        with clock.at(noon + timedelta(minutes=minute)):
            reveal(number, purpose=VERIFY, by=cadre)

    look_at(0)
    look_at(10)
    with pytest.raises(LookRefused) as hour:
        look_at(20)
    assert hour.value.is_full
    assert "13:00" in str(hour.value.reason)
    look_at(61)
    with pytest.raises(LookRefused) as day:
        look_at(180)
    assert day.value.reason.code == "quota_day"
    look_at(12 * 60)  # midnight has come


@pytest.mark.django_db(transaction=True)
@pytest.mark.guard("reveal-quota", "However many presses come at once, one account sees no more values than its quota.")
def test_64_presses_at_once_do_not_pass_the_quota(settings: Any) -> None:
    settings.NIANGJIA_LOOKS_PER_HOUR = 20
    assert _pressed_at_once(County()) == 20
    assert Look.objects.count() == Entry.objects.filter(verb="reveal").count() == 20


@pytest.mark.django_db(transaction=True)
@pytest.mark.control("reveal-quota")
def test_without_the_lock_presses_at_once_pass_the_quota(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.NIANGJIA_LOOKS_PER_HOUR = 20
    together = Barrier(16)

    def met(account_id: int) -> None:
        together.wait(timeout=60)

    monkeypatch.setattr(services, "_one_at_a_time", met)
    assert _pressed_at_once(County(), threads=16, each=4) > 20


def _pressed_at_once(county: County, *, threads: int = 16, each: int = 4) -> int:
    """64 presses for 64 people, in as many sessions as the pool has; answers how many values were shown."""
    cadre = county.actor()
    values = [[county.sealed(county.member()) for _ in range(each)] for _ in range(threads)]
    shown: list[str] = []
    start = Barrier(threads)

    def press(mine: list[SealedValue]) -> None:
        try:
            start.wait(timeout=60)
            for value in mine:
                with suppress(LookRefused), acting(cadre):
                    shown.append(reveal(value, purpose=VERIFY, by=cadre).value)
        finally:
            connection.close()

    pressing = [Thread(target=press, args=(mine,)) for mine in values]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join()
    return len(shown)


def test_a_file_writes_one_look_for_each_value_and_one_entry(county: County) -> None:
    people = [county.member().pk for _ in range(50)]
    occasion = Occasion(Purpose.REPORT_UP, county.actor())
    entry = record_looks(people, [Field.ID_NUMBER, Field.PHONE], occasion=occasion, place=(CITY, county.county.pk))
    assert (entry.verb, entry.detail["rows"], entry.detail["people"]) == ("download", 100, 50)
    assert entry.looks.count() == 100
    seen = looks_at(people[7], at=clock.now())
    assert {look.field for look in seen} == {"id_number", "phone"}
    assert {look.way for look in seen} == {Way.FILE.value}
    assert verify_looks().violations == []


def test_looks_of_a_file_do_not_use_up_the_quota(county: County, number: SealedValue, settings: Any) -> None:
    settings.NIANGJIA_LOOKS_PER_HOUR = 1
    cadre = county.actor()
    occasion = Occasion(Purpose.REPORT_UP, cadre)
    record_looks([number.subject_id], [Field.ID_NUMBER], occasion=occasion, place=(CITY, county.county.pk))
    assert reveal(number, purpose=VERIFY, by=cadre).value == NUMBER


@pytest.mark.guard(
    "looks-withheld-until-release",
    "A look that would betray somebody else's report reaches the person on its release day, and the auditor at once.",
)
def test_a_withheld_look_is_told_on_its_day_and_to_the_auditor_at_once(
    county: County, member: Subject, number: SealedValue
) -> None:
    _withheld(county, number)
    now = clock.now()
    assert not looks_at(member.pk, at=now).exists()
    assert looks_seen(county.actor(Role.AUDITOR)).count() == 1
    assert looks_at(member.pk, at=now + timedelta(days=30)).count() == 1


@pytest.mark.control("looks-withheld-until-release")
def test_without_the_release_day_the_person_learns_at_once_that_somebody_reported(
    county: County, member: Subject, number: SealedValue
) -> None:
    _withheld(county, number)
    unguarded = Look.objects.filter(subject=member.pk)
    assert unguarded.get().purpose == Purpose.LAWFUL_INQUIRY.value


@pytest.mark.guard(
    "looks-behind-a-wall",
    "PostgreSQL itself shows looks to the person, to whoever looked and to auditors, and lets nobody write one for another.",
)
def test_the_database_shows_looks_to_those_alone_whom_they_concern(
    county: County, member: Subject, number: SealedValue
) -> None:
    cadre, colleague = county.actor(), county.actor(login="colleague")
    herself, other = worker(member), worker(county.member())
    with acting(cadre):
        reveal(number, purpose=VERIFY, by=cadre)
        assert Look.objects.count() == 1
    _withheld(county, number)
    assert _seen_by(herself.pk) == ["verify_identity"]
    assert _seen_by(other.pk) == _seen_by(colleague.account_id) == _seen_by(None) == []
    chair, elsewhere = county.actor(Role.CHAIR, county.mill), county.actor(Role.AUDITOR, county.park)
    assert _seen_by(chair.account_id) == _seen_by(elsewhere.account_id) == []
    assert len(_seen_by(county.actor(Role.AUDITOR).account_id)) == 2
    with acting_as_account(herself.pk):  # the journal does not betray the withheld one either
        assert [entry.detail["purpose"] for entry in Entry.objects.filter(verb="reveal")] == [VERIFY]
    with acting(colleague), pytest.raises(ProgrammingError), transaction.atomic():
        reveal(number, purpose=VERIFY, by=cadre)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.control("looks-behind-a-wall")
def test_without_the_wall_a_colleague_reads_who_looked() -> None:
    county = County()
    _one_look(county)
    stranger = county.actor(at=county.park).account_id
    assert _seen_by(stranger) == []
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE reveal_look NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY")
    assert _seen_by(stranger) == [VERIFY]


def _seen_by(account_id: int | None) -> list[str]:
    with acting_as_account(account_id):
        return list(Look.objects.order_by("id").values_list("purpose", flat=True))


def _withheld(county: County, number: SealedValue) -> None:
    release = clock.now() + timedelta(days=30)
    officer = county.actor(Role.OFFICER)
    reveal(number, purpose=Purpose.LAWFUL_INQUIRY.value, by=officer, withheld_until=release)


def test_everybody_sees_the_looks_that_are_theirs(county: County, member: Subject, number: SealedValue) -> None:
    cadre, other = county.actor(), county.actor(login="other")
    reveal(number, purpose=VERIFY, by=cadre)
    assert (looks_by(cadre).count(), looks_by(other).count(), looks_by(Actor(None, "")).count()) == (1, 0, 0)
    assert looks_seen(county.actor(Role.AUDIT_ADMIN)).count() == 1
    assert looks_seen(county.actor(Role.AUDITOR, county.park)).count() == 0
    assert looks_seen(cadre).count() == 0


WRITES: tuple[Callable[[Any], Any], ...] = (
    lambda looks: looks.update(purpose="handle_help"),
    lambda looks: looks.delete(),
)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.guard(
    "looks-written-once", "Neither the application nor the owner can change, delete or empty what was looked at."
)
def test_the_database_refuses_to_change_or_delete_looks() -> None:
    _one_look(County())
    for write in WRITES:
        for database in ("default", "owner"):
            with pytest.raises(DatabaseError):
                write(Look.objects.using(database).all())
    for database in ("default", "owner"):
        with pytest.raises((DatabaseError, ProgrammingError)), connections[database].cursor() as cursor:
            cursor.execute("TRUNCATE reveal_look CASCADE")
    assert Look.objects.count() == 1
    assert verify_looks().violations == []


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.control("looks-written-once")
@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE reveal_look SET purpose = 'handle_help'",
        "UPDATE reveal_look SET unit = '别处'",
        "UPDATE reveal_look SET at = at + interval '1 microsecond'",
        "DELETE FROM reveal_look",
        "UPDATE reveal_look SET subject_id = subject_id + 1",
        DOUBLED,
    ],
)
def test_with_the_triggers_off_a_look_can_be_falsified_and_the_digest_tells(harm: str) -> None:
    _one_look(County())
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE reveal_look DISABLE TRIGGER USER")
        cursor.execute(harm)
        cursor.execute("ALTER TABLE reveal_look ENABLE TRIGGER USER")
    assert [violation["code"] for violation in verify_looks().violations] == ["looks_differ"]


def _one_look(county: County) -> None:
    reveal(county.sealed(county.member()), purpose=VERIFY, by=county.actor())


def _fails(*_args: object, **_facts: object) -> None:
    message = "the journal cannot be written"
    raise DatabaseError(message)


def _nothing(*_given: object, **_named: object) -> None:
    """Stands where a guard was."""


def _never(*_given: object) -> bool:
    return False
