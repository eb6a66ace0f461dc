"""Lists of members leave the house: alone or by two people, for a day, and exactly what was agreed to."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.services import Forbidden, grant_role
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.acting import acting_as
from niangjia.kernel.exports import jobs, rules, services
from niangjia.kernel.exports.declaration import source_named
from niangjia.kernel.exports.models import ExportRequest
from niangjia.kernel.exports.queries import rows_actor, source_of
from niangjia.kernel.exports.rules import Format, State
from niangjia.kernel.exports.services import ExportRefused, Wish
from niangjia.kernel.exports.tests.reading import csv_rows, fetched
from niangjia.kernel.files.sealed_files import pieces_of
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.reveal.models import Look
from niangjia.registers.members.models import Person
from niangjia.registers.members.tests.people import CHEN, ID_CHEN, LIU, PHONE_CHEN, enrol
from niangjia.registers.orgs.tests.office import Office

pytestmark = pytest.mark.django_db
MASKED = Wish({}, Format.CSV, "check_register")
CLEAR = Wish({}, Format.CSV, "report_up", in_clear=frozenset({"id_number", "phone"}))


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def chen(office: Office) -> Person:
    return enrol(CHEN, office.mill)


@pytest.fixture
def zhou(office: Office) -> Account:
    return an_account("zhou", at=office.county.place)


@pytest.fixture
def wang(office: Office) -> Account:
    return an_account("wang", at=office.county.place, name="王芳")


def acts(account: Account) -> Any:
    return actor_of(account, on=clock.today())


def asked(account: Account, wish: Wish = MASKED) -> ExportRequest:
    source = source_named("members")
    assert source is not None
    return services.ask(source, wish, by=acts(account))


def made(export: ExportRequest) -> ExportRequest:
    jobs.make_export(export_id=export.pk)
    export.refresh_from_db()
    return export


def agreed(account: Account, by: Account, wish: Wish = CLEAR) -> ExportRequest:
    export = asked(account, wish)
    services.approve(export, by=acts(by), words="同意")
    export.refresh_from_db()
    return export


def why(refused: Any) -> str:
    return str(refused.value.reason.code)


def verbs(export: ExportRequest) -> list[str]:
    return list(
        Entry.objects.filter(thing=services.THING, thing_id=export.pk).order_by("id").values_list("verb", flat=True)
    )


def test_a_short_masked_list_is_made_at_once(chen: Person, zhou: Account) -> None:
    export = asked(zhou)
    assert (export.state, export.needs_two) == (State.APPROVED, False)
    assert made(export).state == State.READY
    text = fetched(export)
    assert "陈桂兰" in text
    assert "138****2206" in text
    assert ID_CHEN not in text
    assert PHONE_CHEN not in text
    assert not Look.objects.exists()
    assert verbs(export) == ["ask_export", "make_export"]


@pytest.mark.guard(
    "export-two-people", "A long list, or one with whole numbers, leaves only when a second person agreed."
)
def test_whole_numbers_wait_for_a_second_person(chen: Person, zhou: Account, wang: Account) -> None:
    export = asked(zhou, CLEAR)
    assert (export.state, export.needs_two) == (State.ASKED, True)
    assert made(export).state == State.ASKED
    with pytest.raises(ExportRefused) as refused:
        services.fetch(export, by=acts(zhou))
    assert why(refused) == "no_file"
    services.approve(export, by=acts(wang))
    assert made(export).state == State.READY
    text = fetched(export)
    assert ID_CHEN in text
    assert PHONE_CHEN in text
    assert verbs(export) == ["ask_export", "approve_export", "make_export"]


@pytest.mark.guard(
    "export-two-people", "A long list, or one with whole numbers, leaves only when a second person agreed."
)
def test_a_long_list_waits_for_a_second_person(chen: Person, zhou: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "AT_ONCE_ROWS", 0)
    export = asked(zhou)
    assert (export.state, export.needs_two) == (State.ASKED, True)
    with pytest.raises(IntegrityError, match="export_agreed_by_somebody"), transaction.atomic():
        ExportRequest.objects.filter(pk=export.pk).update(state=State.APPROVED)
    with pytest.raises(IntegrityError, match="export_two_people_where_due"), transaction.atomic():
        ExportRequest.objects.filter(pk=export.pk).update(needs_two=False, in_clear=["phone"])


@pytest.mark.control("export-two-people")
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_without_the_rule_whole_numbers_leave_with_one(
    chen: Person, zhou: Account, monkeypatch: pytest.MonkeyPatch, without_constraints: Any
) -> None:
    monkeypatch.setattr(rules, "why_two", lambda _rows, _in_clear: ())
    without_constraints("export_two_people_where_due")
    assert ID_CHEN in fetched(made(asked(zhou, CLEAR)))


@pytest.mark.guard("export-own-approval-refused", "Nobody agrees to her own request, not even past the program.")
def test_nobody_agrees_to_her_own_request(chen: Person, zhou: Account) -> None:
    export = asked(zhou, CLEAR)
    with pytest.raises(ExportRefused) as refused:
        services.approve(export, by=acts(zhou))
    assert why(refused) == "own_request"
    with pytest.raises(IntegrityError, match="export_never_own_approval"), transaction.atomic():
        ExportRequest.objects.filter(pk=export.pk).update(state=State.APPROVED, decided_by=zhou)


@pytest.mark.control("export-own-approval-refused")
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_without_rule_and_constraint_she_agrees_with_herself(
    chen: Person, zhou: Account, monkeypatch: pytest.MonkeyPatch, without_constraints: Any
) -> None:
    monkeypatch.setattr(rules, "why_not_decide", lambda *_args, **_more: None)
    without_constraints("export_never_own_approval")
    assert made(agreed(zhou, zhou)).state == State.READY


def test_who_stands_beside_or_below_does_not_decide(office: Office, chen: Person, zhou: Account) -> None:
    export = asked(zhou, CLEAR)
    below, chair = (
        an_account("below", at=office.town.place),
        an_account("chair", role=Role.CHAIR, at=office.county.place),
    )
    for other in (below, chair, an_account("auditor", role=Role.AUDITOR, at=office.county.place)):
        with pytest.raises(Forbidden):
            services.approve(export, by=acts(other))


def test_a_cadre_who_is_alone_asks_the_union_above(office: Office, chen: Person, zhou: Account) -> None:
    alone = an_account("alone", at=office.town.place)
    assert agreed(alone, zhou).state == State.APPROVED


def test_who_covers_only_a_part_of_the_rows_does_not_decide(office: Office, chen: Person, zhou: Account) -> None:
    two = an_account("two", at=office.town.place)
    Grant.objects.create(
        city="349900", account=two, role="cadre", place=office.park.place, valid_from=clock.today() - timedelta(days=9)
    )
    half = an_account("half", at=office.town.place)
    export = asked(two, CLEAR)
    with pytest.raises((ExportRefused, Forbidden)):
        services.approve(export, by=acts(half))
    services.approve(export, by=acts(zhou))


def test_from_inside_the_enterprise_no_number_is_written_out(office: Office, chen: Person) -> None:
    for login, role in (("chair", Role.CHAIR), ("inner", Role.CADRE)):
        inner = an_account(login, role=role, at=office.mill.place)
        with pytest.raises(ExportRefused) as refused:
            asked(inner, CLEAR)
        assert why(refused) == "not_in_clear"
        assert made(asked(inner)).state == State.READY


def test_a_refusal_has_a_reason_and_ends_it(chen: Person, zhou: Account, wang: Account) -> None:
    export = asked(zhou, CLEAR)
    with pytest.raises(ExportRefused) as refused:
        services.refuse(export, by=acts(wang), words=" ")
    assert why(refused) == "words_missing"
    services.refuse(export, by=acts(wang), words="先和镇里核对")
    with pytest.raises(ExportRefused) as late:
        services.approve(export, by=acts(wang))
    assert why(late) == "not_waiting"
    assert verbs(export) == ["ask_export", "refuse_export"]


def test_each_person_sees_that_her_number_was_written_out(
    office: Office, chen: Person, zhou: Account, wang: Account
) -> None:
    enrol(LIU, office.plant)
    made(agreed(zhou, wang))
    looks = Look.objects.order_by("subject_id", "field").values_list(
        "subject_id", "field", "purpose", "way", "account_id"
    )
    assert len(looks) == 4
    assert (chen.pk, "id_number", "report_up", "file", zhou.pk) in looks


def test_filters_and_words_rest_sealed(chen: Person, zhou: Account) -> None:
    wish = Wish({"q": ID_CHEN}, Format.CSV, "check_register", words=f"查 {ID_CHEN}")
    export = asked(zhou, wish)
    held = ExportRequest.objects.filter(pk=export.pk).values_list()[0]
    assert ID_CHEN not in str(held)
    assert ID_CHEN.encode() not in bytes(export.asked_sealed or b"")
    assert ID_CHEN not in str(list(Entry.objects.values_list("detail", flat=True)))
    assert "陈桂兰" in fetched(made(export))


def test_a_list_that_has_grown_is_asked_for_again(office: Office, chen: Person, zhou: Account, wang: Account) -> None:
    export = agreed(zhou, wang)
    enrol(LIU, office.plant)
    assert made(export).state == State.VOID
    assert export.refusal["code"] == "grown"
    assert not Look.objects.exists()


@pytest.mark.guard(
    "export-link-dies", "A file can be fetched for a day and a few times, by who asked and still has the right."
)
def test_the_link_dies_after_a_day_by_the_databases_clock(chen: Person, zhou: Account) -> None:
    export = made(asked(zhou))
    assert export.expires_at is not None
    stored_as = export.stored_as
    with clock.at(export.expires_at - timedelta(seconds=1)):
        services.fetch(export, by=acts(zhou))
    with clock.at(export.expires_at), pytest.raises(ExportRefused) as dead:
        services.fetch(export, by=acts(zhou))
    assert why(dead) == "link_dead"
    with pytest.raises(IntegrityError, match="export_lives_a_day"), transaction.atomic():
        ExportRequest.objects.filter(pk=export.pk).update(expires_at=export.expires_at + timedelta(seconds=1))
    with clock.at(export.expires_at):
        assert jobs.look_after() == 1
    export.refresh_from_db()
    assert (export.state, export.stored_as, bool(stored_as)) == (State.EXPIRED, "", True)


@pytest.mark.control("export-link-dies")
def test_a_link_that_nobody_ends_lives_on(chen: Person, zhou: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    export = made(asked(zhou))
    monkeypatch.setattr(rules.Link, "why_dead", lambda _link, _at: None)
    with clock.at(clock.now() + timedelta(days=30)):
        assert b"".join(services.fetch(export, by=acts(zhou)))


@pytest.mark.guard(
    "export-link-dies", "A file can be fetched for a day and a few times, by who asked and still has the right."
)
def test_three_downloads_and_no_more_each_of_them_told(chen: Person, zhou: Account) -> None:
    export = made(asked(zhou))
    for _time in range(3):
        services.fetch(export, by=acts(zhou))
    with pytest.raises(ExportRefused) as refused:
        services.fetch(export, by=acts(zhou))
    assert why(refused) == "used_up"
    assert verbs(export).count("download_export") == 3


@pytest.mark.guard(
    "export-link-dies", "A file can be fetched for a day and a few times, by who asked and still has the right."
)
def test_without_the_right_there_is_no_file_any_more(chen: Person, zhou: Account) -> None:
    export = made(asked(zhou))
    Grant.objects.filter(account=zhou).update(revoked_at=clock.now())
    with pytest.raises(ExportRefused) as refused:
        services.fetch(export, by=acts(zhou))
    assert why(refused) == "right_gone"
    assert jobs.look_after() == 1
    export.refresh_from_db()
    assert (export.state, export.refusal["code"]) == (State.VOID, "right_gone")


def test_a_right_that_goes_while_the_file_is_made_stops_it(
    chen: Person, zhou: Account, wang: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = agreed(zhou, wang)
    Grant.objects.filter(account=zhou).update(revoked_at=clock.now())
    assert made(export).state == State.VOID


def later_granted(office: Office, zhou: Account, wang: Account) -> ExportRequest:
    """She asked for the town's list; the park became hers before it was made."""
    Grant.objects.filter(account=zhou).update(place=office.town.place)
    enrol(LIU, office.plant)
    export = agreed(zhou, wang)
    days = (clock.today(), None)
    grant_role(zhou, Role.CADRE, at=office.park.place, days=days, by=Actor.operator())
    return export


@pytest.mark.guard("export-as-agreed", "A right that came after the second person agreed adds no row to the file.")
def test_a_right_that_came_later_adds_no_row(office: Office, chen: Person, zhou: Account, wang: Account) -> None:
    export = later_granted(office, zhou, wang)
    assert services.count_asked(export) == export.rows_asked == 1
    assert made(export).rows_done == 1


@pytest.mark.control("export-as-agreed")
def test_without_the_places_of_the_request_the_park_would_come_along(
    office: Office, chen: Person, zhou: Account, wang: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = later_granted(office, zhou, wang)

    def with_every_right(request: ExportRequest, actor: Actor) -> Actor:
        return rows_actor(actor, source_of(request), request.in_clear)

    monkeypatch.setattr(services, "asking_actor", with_every_right)
    assert services.count_asked(export) == 2


def test_only_who_asked_may_fetch_and_take_back(chen: Person, zhou: Account, wang: Account) -> None:
    export = made(agreed(zhou, wang))
    for act in (services.fetch, services.withdraw):
        with pytest.raises(Forbidden):
            act(export, by=acts(wang))
    services.withdraw(export, by=acts(zhou))
    export.refresh_from_db()
    assert (export.state, export.stored_as) == (State.WITHDRAWN, "")


def test_the_file_rests_sealed(chen: Person, zhou: Account, wang: Account, settings: Any) -> None:
    export = made(agreed(zhou, wang))
    stored = (settings.NIANGJIA_DATA / "uploads" / export.stored_as).read_bytes()
    assert ID_CHEN.encode() not in stored
    assert "陈桂兰".encode() not in stored
    assert ID_CHEN.encode() in b"".join(pieces_of(export.stored_as))


def test_a_request_that_nobody_answers_is_over_after_two_weeks(chen: Person, zhou: Account) -> None:
    export = asked(zhou, CLEAR)
    assert jobs.look_after() == 0
    with clock.at(clock.now() + rules.ANSWER_WITHIN):
        assert jobs.look_after() == 1
    export.refresh_from_db()
    assert export.state == State.EXPIRED


def test_what_a_killed_worker_left_is_made_anew(chen: Person, zhou: Account) -> None:
    export = asked(zhou)
    ExportRequest.objects.filter(pk=export.pk).update(state=State.MAKING, rows_done=7)
    assert made(export).state == State.READY
    assert export.rows_done == 1


def test_a_job_acts_as_who_asked_and_nobody_else(chen: Person, zhou: Account, wang: Account) -> None:
    export = agreed(zhou, wang)
    with acting_as(""):
        jobs.make_export(export_id=export.pk)
        jobs.look_after()
    export.refresh_from_db()
    assert (export.state, export.rows_done) == (State.READY, 1)


def test_a_filter_that_is_gone_stops_it(chen: Person, zhou: Account, wang: Account, monkeypatch: Any) -> None:
    export = asked(zhou, Wish({"sex": "female"}, Format.CSV, "check_register"))
    monkeypatch.setattr("niangjia.kernel.listing.page.LONGEST_SEARCH", 2)
    assert made(export).state == State.VOID
    assert export.refusal["code"] == "filters_gone"


def test_the_mark_says_who_when_and_what_for(office: Office, chen: Person, zhou: Account) -> None:
    export = made(asked(zhou))
    first, header, *rows = csv_rows(export)
    assert first[0].startswith("# 安禾县总工会 周敏（zhou）")
    assert export.number in first[0]
    assert "核对名册" in first[0]
    assert header[:3] == ["姓名", "证件尾号", "手机"]
    assert len(rows) == 1
