"""Walls: what PostgreSQL itself shows of the register, whatever the program forgets to ask."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Barrier, Thread
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, acting, acting_as_account, beyond
from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import NEVER_GIVEN, Actor, Role
from niangjia.kernel.access.services import revoke
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.listing import page
from niangjia.kernel.people.models import Subject
from niangjia.registers.members import queries
from niangjia.registers.members.models import Membership, Person, PhoneProposal, TransferProposal
from niangjia.registers.members.roster.jobs import take_up_rosters_again, tidy_rosters
from niangjia.registers.members.rules.moves import SEE_MEMBERS
from niangjia.registers.members.services import edit_member, register_member
from niangjia.registers.members.tests.people import CHEN, LIU, TODAY, enrol
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.tests.office import OPERATOR, Office, client_at

pytestmark = pytest.mark.django_db
EVERYBODY = "SELECT name FROM members_person ORDER BY name"
RULE = "row-security"
KEEPS = "a statement that forgot to ask who may see is answered with the actor's own members only"


class Mill:
    """陈桂兰 of the mill and 刘秀英 of the plant; the mill has a chair, the county an officer."""

    def __init__(self) -> None:
        self.office = Office()
        self.chen = enrol(CHEN, self.office.mill)
        self.liu = enrol(LIU, self.office.plant)
        self.chair = an_account("chair", role=Role.CHAIR, at=self.office.mill.place)


@pytest.fixture
def mill() -> Mill:
    return Mill()


@pytest.fixture
def asked(mill: Mill) -> None:
    """The plant's member is asked for by the mill, and has a new phone proposed."""
    TransferProposal.objects.create(city="349900", person=mill.liu, to_union=mill.office.mill)
    PhoneProposal.objects.create(city="349900", person=mill.liu, phone_sealed=b"1", phone_blind=b"1" * 16)


def names() -> list[str]:
    """Everybody, asked without any filter."""
    with connection.cursor() as cursor:
        cursor.execute(EVERYBODY)
        return [row[0] for row in cursor.fetchall()]


@contextmanager
def as_owner() -> Iterator[psycopg.Connection]:
    """The owner of the tables, who alone can take a wall away."""
    with psycopg.connect(os.environ["NIANGJIA_OWNER_URL"], autocommit=True) as owner:
        yield owner


@pytest.mark.guard(RULE, KEEPS)
def test_raw_sql_answers_a_chair_with_her_own_members_only(mill: Mill) -> None:
    with acting_as_account(mill.chair.pk):
        assert names() == ["陈桂兰"]
        assert [person.name for person in Person.objects.all()] == ["陈桂兰"]
        assert Membership.objects.get().union_id == mill.office.mill.pk
        assert Subject.objects.get().pk == mill.chen.pk
    assert names() == ["刘秀英", "陈桂兰"]


@pytest.mark.guard(RULE, KEEPS)
def test_a_page_that_forgot_the_scope_shows_ones_own_members_only(mill: Mill, monkeypatch: pytest.MonkeyPatch) -> None:
    forget_scope(monkeypatch)
    page = client_at(mill.office.mill, Role.CHAIR).get("/members/").content.decode()
    assert "陈桂兰" in page
    assert "刘秀英" not in page


@pytest.mark.control(RULE)
@pytest.mark.django_db(transaction=True)
def test_without_the_wall_a_page_that_forgot_the_scope_shows_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    mill = Mill()
    with as_owner() as owner:
        for table in ("members_person", "members_membership"):
            owner.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    with transaction.atomic(), acting_as_account(mill.chair.pk):
        assert names() == ["刘秀英", "陈桂兰"]
    forget_scope(monkeypatch)
    assert "刘秀英" in client_at(mill.office.mill, Role.CHAIR).get("/members/").content.decode()


def forget_scope(monkeypatch: pytest.MonkeyPatch) -> None:
    """`visible_to` lets everybody through, as if nobody had written it."""

    def everybody(_actor: Actor, **_how: Any) -> queries.PersonRows:
        rows = queries.PersonRows(Person)
        rows.paths = ("",)
        return rows

    monkeypatch.setattr(queries, "visible_to", everybody)
    # What was worded before, with the scope in it, is asked no more.
    monkeypatch.setattr(page, "first_rows", lambda _page: None)


@pytest.mark.guard("no-actor-no-rows", "a query that nobody is named for is refused by the database, not answered")
@pytest.mark.parametrize("model", [Person, Membership, Subject, TransferProposal, PhoneProposal, Grant, Entry])
def test_a_query_without_an_actor_raises(mill: Mill, asked: None, no_actor: None, model: Any) -> None:
    with pytest.raises(ProgrammingError, match="nobody is named who asks"), transaction.atomic():
        list(model._base_manager.all())


@pytest.mark.control("no-actor-no-rows")
def test_with_a_name_the_same_query_is_answered(mill: Mill, no_actor: None) -> None:
    with beyond(Purpose.PROVING):
        assert Person.objects.count() == 2
    with pytest.raises(ProgrammingError), transaction.atomic():
        Person.objects.count()


def test_a_worker_meets_herself_and_nobody_else(mill: Mill) -> None:
    worker = an_account("worker", role=Role.WORKER, at=mill.office.mill.place, subject=mill.chen.subject)
    with acting_as_account(worker.pk):
        assert names() == ["陈桂兰"]
        assert Membership.objects.get().union.name == mill.office.mill.name
    Account.objects.filter(pk=worker.pk).update(is_active=False)
    with acting_as_account(worker.pk):
        assert names() == []


@pytest.mark.parametrize(
    ("role", "seen"),
    [(role, 2 if role in SEE_MEMBERS.roles else 0) for role in Role if role not in NEVER_GIVEN],
)
def test_each_role_at_the_county_meets_whom_it_may(mill: Mill, role: Role, seen: int) -> None:
    assert Role.AUDITOR not in SEE_MEMBERS.roles
    account = an_account(f"county-{role.value}", role=role, at=mill.office.county.place)
    with acting_as_account(account.pk):
        assert len(names()) == seen
        assert queries.visible_to(actor_of(account, on=clock.today())).count() == seen
    with acting_as_account(account.pk, is_own_side=True):
        assert names() == []


def test_a_visitor_meets_nobody(mill: Mill) -> None:
    with acting_as_account(None):
        assert names() == []


@pytest.mark.guard("revoked-in-sql", "a right taken away opens no row from the next statement on")
def test_a_revoked_right_is_gone_in_sql_too(mill: Mill) -> None:
    with acting_as_account(mill.chair.pk):
        assert names() == ["陈桂兰"]
    revoke(Grant.objects.get(account=mill.chair), by=OPERATOR)
    with acting_as_account(mill.chair.pk):
        assert names() == []


@pytest.mark.control("revoked-in-sql")
def test_an_actor_built_before_the_revoking_still_believes_in_her_right(mill: Mill) -> None:
    before = actor_of(mill.chair, on=clock.today())
    revoke(Grant.objects.get(account=mill.chair), by=OPERATOR)
    assert queries.visible_to(before).count() == 1
    with acting(before):
        assert queries.visible_to(before).count() == 0


def test_a_right_counts_in_sql_on_its_days_only(mill: Mill) -> None:
    grants = Grant.objects.filter(account=mill.chair)
    for days in ({"valid_to": "2020-01-02"}, {"valid_from": "2999-01-01", "valid_to": None}):
        grants.update(**days)
        with acting_as_account(mill.chair.pk):
            assert names() == []


@pytest.mark.guard("written-in-scope", "nobody writes members where she keeps none, whatever statement is sent")
def test_nothing_is_written_outside_ones_own_unions(mill: Mill) -> None:
    with acting_as_account(mill.chair.pk):
        assert Person.objects.filter(pk=mill.liu.pk).update(title="厂长") == 0
        assert Membership.objects.filter(person=mill.liu).update(state="left") == 0
        assert Membership.objects.filter(person=mill.liu).delete()[0] == 0
        for written in (lambda: join(mill.liu, mill.office.plant), lambda: Subject.objects.create(city="349900")):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                written()
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Membership.objects.filter(person=mill.chen).update(union=mill.office.plant)
    assert Person.objects.get(pk=mill.liu.pk).title == ""


@pytest.mark.control("written-in-scope")
def test_the_program_itself_writes_anywhere(mill: Mill) -> None:
    Membership.objects.filter(person=mill.liu).update(period=DateRange("2020-01-01", "2021-01-01"))
    with beyond(Purpose.SEED):
        join(mill.liu, mill.office.plant)


def join(person: Person, union: Union) -> Membership:
    return Membership.objects.create(
        city="349900", person=person, union=union, kind="joined", state="active", period=DateRange("2026-01-01", None)
    )


def test_an_officer_reads_and_writes_nothing(mill: Mill) -> None:
    officer = an_account("officer", role=Role.OFFICER, at=mill.office.county.place)
    with acting_as_account(officer.pk):
        assert Person.objects.filter(pk=mill.chen.pk).update(title="厂长") == 0


def test_the_history_of_a_person_is_behind_the_same_wall(mill: Mill) -> None:
    for person in (mill.chen, mill.liu):
        Person.objects.filter(pk=person.pk).update(title="挡车工")
        Membership.objects.filter(person=person).update(member_no="7")
    models: list[Any] = [model._meta.get_field("events").related_model for model in (Person, Membership)]
    history, memberships = models
    assert (history.objects.count(), memberships.objects.count()) == (2, 2)
    with acting_as_account(mill.chair.pk):
        assert [event.pgh_obj_id for event in history.objects.all()] == [mill.chen.pk]
        assert memberships.objects.count() == 1
        forged = history.objects.get()
        forged.pk = None
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            forged.save(force_insert=True)


def test_services_work_as_the_person_who_asks(mill: Mill) -> None:
    chair = actor_of(mill.chair, on=TODAY)
    with acting(chair):
        written = {**CHEN, "title": "挡车工"}
        edit_member(mill.chen.pk, written, by=chair, on=TODAY)
        asked = register_member(dict(LIU), union_id=mill.office.mill.pk, by=chair, on=TODAY)
        assert type(asked).__name__ == "TransferAsked"
        assert TransferProposal.objects.count() == 1
        assert names() == ["陈桂兰"]


def test_the_trail_of_a_member_is_read_by_who_sees_her(mill: Mill) -> None:
    entries = Entry.objects.filter(thing="person", verb="register_member")
    assert entries.count() == 2
    with acting_as_account(mill.chair.pk):
        assert [entry.thing_id for entry in entries] == [mill.chen.pk]
    worker = an_account("worker", role=Role.WORKER, at=mill.office.mill.place, subject=mill.chen.subject)
    auditor = an_account("auditor", role=Role.AUDITOR, at=mill.office.county.place)
    for account, number in ((worker, 1), (auditor, 2)):
        with acting_as_account(account.pk):
            assert entries.all().count() == number
    with acting_as_account(None):
        assert entries.all().count() == 0


@pytest.mark.parametrize("job", [tidy_rosters, take_up_rosters_again])
def test_jobs_name_what_they_do(job: Any, no_actor: None) -> None:
    job(timestamp=0)


@pytest.mark.guard("application-role", "the role that serves people cannot take a wall away or step behind it")
@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE members_person DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE members_person NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY reads ON members_person",
        "CREATE POLICY mine ON members_person USING (true)",
        "CREATE OR REPLACE FUNCTION acts_beyond() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
        "SET ROLE niangjia_owner",
        "ALTER ROLE niangjia_app BYPASSRLS",
        "TRUNCATE members_person CASCADE",
    ],
)
def test_the_application_role_cannot_take_the_wall_away(statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_row_security_cannot_be_switched_off_by_a_setting(mill: Mill) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL row_security = off")
    with pytest.raises(ProgrammingError, match="row-level security"):
        names()


@pytest.mark.control("application-role")
@pytest.mark.django_db(transaction=True)
def test_the_owner_could_take_it_away() -> None:
    mill = Mill()
    with as_owner() as owner:
        owner.execute("DROP POLICY reads ON members_membership")
        owner.execute("CREATE POLICY reads ON members_membership FOR SELECT USING (true)")
    with transaction.atomic(), acting_as_account(mill.chair.pk):
        assert names() == ["刘秀英", "陈桂兰"]


@pytest.mark.guard("actor-of-one-request", "a pooled connection brings no actor along to the next request")
@pytest.mark.django_db(transaction=True)
def test_the_actor_of_one_transaction_never_comes_along_to_the_next(pooled: None) -> None:
    with transaction.atomic(), beyond(Purpose.SEED):
        mill = Mill()
        other = an_account("plant", role=Role.CHAIR, at=mill.office.plant.place)
    connection.close()
    together, wrong = Barrier(2), []

    def serve(account: Account, own: list[str]) -> None:
        together.wait()
        for _ in range(60):
            with transaction.atomic(), acting_as_account(account.pk, is_whole=True):
                wrong.extend([names()] if names() != own else [])
            with connection.cursor() as cursor:
                cursor.execute("SELECT coalesce(current_setting('niangjia.actor', true), '')")
                wrong.extend(row for row in cursor.fetchall() if row[0])
            connection.close()

    threads = [Thread(target=serve, args=(mill.chair, ["陈桂兰"])), Thread(target=serve, args=(other, ["刘秀英"]))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.mark.control("actor-of-one-request")
@pytest.mark.django_db(transaction=True)
def test_told_for_the_session_the_next_request_would_be_somebody(pooled: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('niangjia.actor', 'operator', false)")
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('niangjia.actor', true)")
        assert cursor.fetchone()[0] == "operator"


@pytest.fixture
def pooled(transactional_db: None) -> Iterator[None]:
    """One connection for everybody, handed from request to request as in the office, with nobody named on it."""
    options = connection.settings_dict["OPTIONS"]
    connection.close()
    before = dict(options)
    del options["options"]
    options["pool"] = {"min_size": 1, "max_size": 1, "timeout": 20}
    yield
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # of the PostgreSQL backend alone
    options.clear()
    options.update(before)
