"""Who may do what, where, on which day; one request is one transaction of one actor."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from niangjia.kernel import clock
from niangjia.kernel.access.middleware import ActorMiddleware
from niangjia.kernel.access.models import Account, Grant, WrongTries
from niangjia.kernel.access.queries import actor_of, within
from niangjia.kernel.access.rules import (
    ADMINISTRATORS,
    NEVER_GIVEN,
    Actor,
    Move,
    Right,
    Role,
    excluded_together,
    is_in_force,
    why_not,
)
from niangjia.kernel.access.services import Forbidden, NotGranted, check, grant_role, revoke
from niangjia.kernel.access.tests.signing_in import BEGAN, a_place, an_account, open_session
from niangjia.kernel.acting import Purpose, acting_as, beyond
from niangjia.kernel.acting.telling import TELL
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
SEE = Move("see", frozenset({Role.CADRE, Role.CHAIR}))
ALWAYS = (BEGAN, None)
OPERATOR = Actor.operator()
ROLES = [role for role in Role if role not in NEVER_GIVEN]


def holder(*rights: tuple[Role, str]) -> Actor:
    return Actor(account_id=1, name="周敏", rights=tuple(Right(role, 0, path) for role, path in rights))


@pytest.mark.parametrize(
    ("actor", "path", "reason"),
    [
        (holder(), "1.", "no_role"),
        (holder((Role.AUDITOR, "1.")), "1.2.", "no_role"),
        (holder((Role.CADRE, "1.2.")), "1.3.", "out_of_scope"),
        (holder((Role.CADRE, "1.2.")), "1.", "out_of_scope"),
        (holder((Role.CADRE, "1.2.")), "1.22.", "out_of_scope"),
        (holder((Role.CADRE, "1.2.")), "1.2.", None),
        (holder((Role.CADRE, "1.2.")), "1.2.9.", None),
        (holder((Role.AUDITOR, "1."), (Role.CHAIR, "1.3.")), "1.3.", None),
        (OPERATOR, "7.8.", None),
    ],
)
def test_a_right_counts_for_its_moves_in_its_subtree(actor: Actor, path: str, reason: str | None) -> None:
    assert why_not(actor, SEE, path) == reason
    if reason is None:
        check(actor, SEE, path)
    else:
        with pytest.raises(Forbidden) as refused:
            check(actor, SEE, path)
        assert refused.value.reason == reason


def test_no_right_no_rows_and_a_right_the_rows_below() -> None:
    county = a_place()
    town = a_place(Level.TOWN, parent=county)
    other = a_place()
    paths = {actor: set(Place.objects.filter(within(actor.paths(SEE), field="path"))) for actor in (
        holder(), holder((Role.AUDITOR, county.path)), holder((Role.CADRE, town.path)), holder((Role.CADRE, county.path)), OPERATOR,
    )}  # fmt: skip
    assert list(paths.values()) == [set(), set(), {town}, {county, town}, {county, town, other}]


def test_a_right_counts_from_its_first_day_to_its_last() -> None:
    account, place = an_account(role=None), a_place()
    Grant.objects.create(
        city="349900", account=account, role="cadre", place=place, valid_from=DAY, valid_to=DAY + timedelta(days=2)
    )
    counts = [bool(actor_of(account, on=DAY + timedelta(days=day)).rights) for day in range(-1, 4)]
    assert counts == [False, True, True, True, False]
    assert counts == [is_in_force(DAY, DAY + timedelta(days=2), DAY + timedelta(days=day)) for day in range(-1, 4)]


def test_an_account_switched_off_has_no_rights() -> None:
    account = an_account()
    assert actor_of(account, on=DAY).rights
    account.is_active = False
    assert not actor_of(account, on=DAY).rights


def test_a_right_is_given_by_the_security_administrator_and_told_in_the_journal() -> None:
    place = a_place()
    security = actor_of(an_account("sec", role=Role.SECURITY_ADMIN, at=place), on=DAY)
    account = an_account("he", role=None)
    grant = grant_role(account, Role.CADRE, at=place, days=(DAY, None), by=security)
    assert (grant.given_by_id, grant.valid_from) == (security.account_id, DAY)
    revoke(grant, by=security)
    revoke(grant, by=security)
    entries = list(Entry.objects.order_by("id").values_list("verb", "thing_id", "place_id"))
    assert entries == [("grant_role", account.pk, place.pk), ("revoke_role", account.pk, place.pk)]


def test_nobody_else_gives_rights_and_nobody_gives_them_to_himself() -> None:
    place, other = a_place(), a_place()
    account = an_account("he", role=None)
    for role in set(ROLES) - {Role.SECURITY_ADMIN}:
        actor = actor_of(an_account(role.value, role=role, at=place), on=DAY)
        with pytest.raises(Forbidden):
            grant_role(account, Role.CADRE, at=place, days=ALWAYS, by=actor)
    security = an_account("sec", role=Role.SECURITY_ADMIN, at=place)
    with pytest.raises(Forbidden):
        grant_role(account, Role.CADRE, at=other, days=ALWAYS, by=actor_of(security, on=DAY))
    with pytest.raises(NotGranted) as refused:
        grant_role(security, Role.WORKER, at=place, days=ALWAYS, by=actor_of(security, on=DAY))
    assert refused.value.reason.code == "own_rights"


@pytest.mark.guard(
    "duties-apart", "One person never holds two of the three administrators' duties, nor one beside business."
)
def test_the_service_and_the_database_refuse_the_same_pairs_of_duties() -> None:
    place = a_place()
    for number, pair in enumerate(combinations(ROLES, 2)):
        apart = excluded_together(frozenset(pair))
        by_service, by_hand = (an_account(f"{kind}{number}", role=None) for kind in ("s", "h"))
        outcomes = []
        for account, give in ((by_service, given), (by_hand, written)):
            give(account, pair[0], place)
            try:
                with transaction.atomic():
                    give(account, pair[1], place)
                outcomes.append(False)
            except (NotGranted, IntegrityError):
                outcomes.append(True)
        assert outcomes == [apart, apart], pair
    assert excluded_together(ADMINISTRATORS)


def given(account: Account, role: Role, place: Place) -> None:
    grant_role(account, role, at=place, days=ALWAYS, by=OPERATOR)


def written(account: Account, role: Role, place: Place) -> None:
    Grant.objects.create(city="349900", account=account, role=role.value, place=place, valid_from=BEGAN)


def test_duties_may_follow_one_another_and_a_revoked_one_is_over() -> None:
    account, place = an_account(role=None), a_place()
    grant_role(account, Role.SYSTEM_ADMIN, at=place, days=(BEGAN, DAY - timedelta(days=1)), by=OPERATOR)
    cadre = grant_role(account, Role.CADRE, at=place, days=(DAY, None), by=OPERATOR)
    grant_role(account, Role.WORKER, at=place, days=ALWAYS, by=OPERATOR)
    with pytest.raises(NotGranted):
        grant_role(account, Role.AUDIT_ADMIN, at=place, days=(DAY, DAY), by=OPERATOR)
    revoke(cadre, by=OPERATOR)
    grant_role(account, Role.AUDIT_ADMIN, at=place, days=(DAY, DAY), by=OPERATOR)


@pytest.mark.control("duties-apart")
def test_without_the_constraint_one_person_holds_all_three_duties() -> None:
    account, place = an_account(role=None), a_place()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE access_grant (LIKE public.access_grant INCLUDING DEFAULTS INCLUDING IDENTITY)"
        )
    for role in ADMINISTRATORS:
        written(account, role, place)
    assert excluded_together(frozenset(right.role for right in actor_of(account, on=DAY).rights))


def test_a_revoked_right_is_gone_at_the_next_request(client: Client) -> None:
    account = an_account()
    open_session(client, account)
    assert seen_by(account) == 1
    revoke(Grant.objects.get(), by=OPERATOR)
    assert seen_by(account) == 0


def seen_by(account: Account) -> int:
    rights: list[int] = []
    answer(account, lambda request: rights.append(len(request.actor.rights)))  # type: ignore[attr-defined]
    return rights[0]


def answer(account: Account, view: Callable[[HttpRequest], Any], *, status: int = 200) -> HttpResponse:
    request = RequestFactory().get("/")
    request.user = account
    request.session = {}  # type: ignore[assignment]  # nothing is asked of it but what it holds

    def respond(request: HttpRequest) -> HttpResponse:
        view(request)
        return HttpResponse(status=status)

    return ActorMiddleware(respond)(request)


def actor_in_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('niangjia.actor', true), '')")
        return str(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_the_database_knows_the_actor_for_the_length_of_the_request_only() -> None:
    account = an_account()
    during: list[str] = []
    answer(account, lambda _request: during.append(actor_in_database()))
    assert during == [str(account.pk)]
    assert actor_in_database() == "operator"


@pytest.mark.django_db(transaction=True)
def test_a_setting_for_the_session_would_leak_to_the_next_request() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('niangjia.actor', '7', false)")
    assert actor_in_database() == "7"
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_within_work_for_the_same_purpose_nothing_is_told_anew() -> None:
    told: list[str] = []

    def hear(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        told.extend([sql] if sql == TELL else [])
        return execute(sql, *rest)

    with connection.execute_wrapper(hear), transaction.atomic(), beyond(Purpose.CASES):
        with beyond(Purpose.CASES):
            assert actor_in_database() == "program:cases"
        assert len(told) == 1
        with beyond(Purpose.MESSAGES), beyond(Purpose.CASES):
            assert actor_in_database() == "program:cases"
        assert (len(told), actor_in_database()) == (5, "program:cases")
        with acting_as("7"), beyond(Purpose.CASES):
            assert actor_in_database() == "program:cases"
        assert (len(told), actor_in_database()) == (9, "program:cases")


@pytest.mark.django_db(transaction=True)
def test_what_a_savepoint_took_back_is_told_again() -> None:
    with transaction.atomic(), beyond(Purpose.CASES):
        with pytest.raises(ZeroDivisionError), transaction.atomic(), beyond(Purpose.MESSAGES):
            raise ZeroDivisionError
        with beyond(Purpose.MESSAGES):
            assert actor_in_database() == "program:messages"
        with pytest.raises(DatabaseError), transaction.atomic(), acting_as("7"):
            connection.cursor().execute("SELECT nothing")
        with beyond(Purpose.CASES):
            assert actor_in_database() == "program:cases"


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_it_is_told_each_time() -> None:
    with beyond(Purpose.CASES):
        connection.close()
        with beyond(Purpose.CASES):
            assert actor_in_database() == "program:cases"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("status", "kept"), [(200, 1), (404, 1), (500, 0), (503, 0)])
def test_an_answer_that_failed_leaves_nothing_behind(status: int, kept: int) -> None:
    account = an_account()
    answer(account, lambda _request: WrongTries.objects.create(login_index=b"wrong"), status=status)
    assert WrongTries.objects.count() == kept


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("error", "looks_like"), [(Forbidden("no_role"), Http404), (ValueError(), None)])
def test_a_failing_page_is_rolled_back_and_a_refusal_looks_like_a_missing_page(
    error: Exception, looks_like: type[Exception] | None
) -> None:
    request = RequestFactory().get("/")
    request.user = an_account()
    request.session = {}  # type: ignore[assignment]  # nothing is asked of it but what it holds

    def respond(request: HttpRequest) -> HttpResponse:
        WrongTries.objects.create(login_index=b"wrong")
        with pytest.raises(looks_like) if looks_like else nullcontext():
            middleware.process_exception(request, error)
        return HttpResponse(status=404)  # the page that says so

    middleware = ActorMiddleware(respond)
    middleware(request)
    assert not WrongTries.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_exception_that_nobody_mapped_rolls_back_too() -> None:
    account = an_account()

    def fail(_request: HttpRequest) -> None:
        WrongTries.objects.create(login_index=b"wrong")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        answer(account, fail)
    assert not WrongTries.objects.exists()
    assert actor_in_database() == "operator"


def test_one_request_has_one_instant() -> None:
    seen: list[Any] = []
    answer(an_account(), lambda _request: seen.extend([clock.now(), clock.now()]))
    assert seen[0] == seen[1]
    assert clock.now() > seen[0]
