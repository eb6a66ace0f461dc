"""The door of a request: one statement for all it begins with, and never more than the session proves."""

from typing import Any

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from niangjia.kernel.access import cookies, door
from niangjia.kernel.access.models import Account, Session
from niangjia.kernel.access.own_side import PHONE_CODE
from niangjia.kernel.access.tests.signing_in import an_account, open_session, with_codes

pytestmark = pytest.mark.django_db


@pytest.fixture
def cadre() -> Account:
    """A cadre with codes set up."""
    return with_codes(an_account())


def asked(client: Client, path: str) -> list[str]:
    """The statements that one page asks, without begin and commit, and without the test's own actor named again."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    statements = [each["sql"] for each in captured.captured_queries]
    return [sql for sql in statements if not sql.startswith(("SAVEPOINT", "RELEASE")) and "set_config" not in sql]


def actor_in_database(client: Client) -> Any:
    """Who acts while a request of this session is answered, as PostgreSQL knows it."""
    request = RequestFactory().get("/")
    request.session = cookies.SessionStore(client.session.session_key)
    request.user = Account.objects.get(pk=int(request.session["_auth_user_id"]))
    request.session = cookies.SessionStore(client.session.session_key)
    with door.coming_in(request), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('niangjia.actor')")
        return cursor.fetchone()[0]


def test_session_account_and_rights_are_one_statement(cadre: Account) -> None:
    parts = ["come_in", "orgs_union", "inbox_message"]
    statements = asked(open_session(Client(), cadre), "/complaints/")
    assert [name for sql in statements for name in parts if name in sql] == parts
    assert len(statements) == len(parts)


def test_nobody_is_asked_about_where_nobody_is_signed_in() -> None:
    assert len(asked(Client(), "/complaints/")) == 1


@pytest.mark.guard(
    "session-of-another", "A session whose row names somebody else than its sealed content opens nothing."
)
def test_a_row_that_names_somebody_else_than_the_content_opens_nothing(cadre: Account) -> None:
    client = open_session(Client(), cadre)
    Session.objects.update(account=an_account("wang"))
    assert client.get("/unions/")["Location"].startswith("/sign-in/")


@pytest.mark.control("session-of-another")
def test_the_row_alone_would_let_her_in_as_somebody_else(cadre: Account, monkeypatch: Any) -> None:
    client = open_session(Client(), cadre)
    other = with_codes(an_account("wang"))
    Session.objects.update(account=other)
    monkeypatch.setattr(door, "_is_proved", lambda _request, _account: True)
    assert actor_in_database(client) == str(other.pk)


def test_a_session_of_a_phone_acts_on_its_own_side_whatever_its_row_says(cadre: Account) -> None:
    client = open_session(Client(), cadre, proved=False)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": PHONE_CODE, "at": 0}]
    session.save()
    assert Session.objects.get().is_by_phone
    assert actor_in_database(client) == f"{cadre.pk}:own"
    Session.objects.update(is_by_phone=False)
    assert actor_in_database(client) == f"{cadre.pk}:own"


def test_an_account_switched_off_is_nobody_at_once(cadre: Account) -> None:
    client = open_session(Client(), cadre)
    Account.objects.update(is_active=False)
    assert client.get("/unions/")["Location"].startswith("/sign-in/")
