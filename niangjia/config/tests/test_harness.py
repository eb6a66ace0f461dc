import socket
import warnings

import pytest
from django.db import DatabaseError, connection, connections
from django.template import Context, Template

from niangjia.kernel.people.models import Subject

NOT_THIS_MACHINE = ("192.0.2.1", 80)
# What the first round of a test has found.
AS_FIRST: dict[str, tuple[object, ...]] = {}


@pytest.mark.django_db
def test_tests_act_as_the_application_role_which_is_no_superuser():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("niangjia_app", False, False, False)


@pytest.mark.django_db
def test_the_application_role_may_not_make_tables_beside_the_owners():
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied for schema public"):
        cursor.execute("CREATE TABLE public.smuggled (id int)")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", ["first", "second"])
def test_a_test_with_real_commits_leaves_nothing_behind(_round):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE staging.left_behind (id int)")  # fails in the second round if it is still there


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", ["first", "second"])
def test_the_rows_of_a_test_with_real_commits_are_gone_and_numbers_begin_again(_round):
    assert Subject.objects.count() == 0
    assert [Subject.objects.create(city="349900", key_blind=bytes([n])).pk for n in (1, 2)] == [1, 2]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize("_round", ["first", "second"])
@pytest.mark.parametrize(("there", "change"), [
    ("SELECT count(*) FROM pg_constraint WHERE conname = 'person_has_a_name'",
     "ALTER TABLE members_person DROP CONSTRAINT person_has_a_name"),
    ("SELECT count(*) FROM pg_trigger WHERE tgenabled = 'O'", "ALTER TABLE journal_entry DISABLE TRIGGER USER"),
    ("SELECT relforcerowsecurity FROM pg_class WHERE relname = 'members_person'",
     "ALTER TABLE members_person NO FORCE ROW LEVEL SECURITY"),
    ("SELECT has_table_privilege('niangjia_app', 'members_person', 'SELECT')",
     "REVOKE SELECT ON members_person FROM niangjia_app"),
    ("SELECT count(*) FROM django_content_type WHERE model = 'person'",
     "UPDATE django_content_type SET model = 'nobody' WHERE model = 'person'"),
])  # fmt: skip
def test_what_a_test_did_to_tables_rights_or_first_rows_is_undone(there, change, _round):
    with connections["owner"].cursor() as cursor:
        cursor.execute(there)
        before = cursor.fetchone()
        cursor.execute(change)
        cursor.execute(there)
        assert AS_FIRST.setdefault(there, before) == before != cursor.fetchone()


def test_no_test_reaches_another_machine():
    with socket.socket() as probe, pytest.raises(pytest.fail.Exception, match=r"tried to reach 192\.0\.2\.1"):
        probe.connect(NOT_THIS_MACHINE)


def test_this_machine_may_be_reached():
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen(1)
        client.connect(server.getsockname())
        server.accept()[0].close()


def test_a_warning_is_an_error():
    with pytest.raises(UserWarning, match="look here"):
        warnings.warn("look here", stacklevel=1)


def test_an_unknown_template_variable_fails():
    with pytest.raises(pytest.fail.Exception, match="Undefined template variable"):
        Template("{{ nobody_set_this }}").render(Context({}))


@pytest.mark.ignore_template_errors
def test_negative_control_without_the_guard_an_unknown_variable_passes_in_silence():
    assert Template("[{{ nobody_set_this }}]").render(Context({})) == "[]"
