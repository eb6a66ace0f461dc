"""Five wrong tries lock an account, not an address; nobody learns from the lock whether there is such an account."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access import accounts, adapter, tries
from niangjia.kernel.access.models import Account, WrongTries
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.access.tests.signing_in import PASSWORD, a_place, an_account, code_now, open_session, with_codes
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.web import middleware

pytestmark = pytest.mark.django_db
LOCKED = "试错次数太多"
AT_ONCE = 64


def sign_in(client, login, password=PASSWORD, code=""):
    return client.post("/sign-in/", {"login": login, "password": password, "code": code})


def lock(login="zhou"):
    answers = [sign_in(Client(), login, password="wrong") for _ in range(5)]
    return answers[-1].content.decode()


def comparable(page, login):
    lines = (line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)
    return "\n".join(lines).replace(f'value="{login}"', "")


@pytest.mark.guard(
    "lock-on-account", "Five wrong tries lock an account for a quarter of an hour, for the right password, too."
)
def test_the_right_password_does_not_open_a_locked_account_nor_tell(client):
    with_codes(an_account("zhou"))
    lock()
    code = code_now()
    right = sign_in(client, "zhou", code=code)
    wrong = sign_in(Client(), "zhou", password="wrong", code=code)
    assert right.status_code == 200
    assert LOCKED in right.content.decode()
    assert comparable(right.content.decode(), "zhou") == comparable(wrong.content.decode(), "zhou")


@pytest.mark.control("lock-on-account")
def test_without_the_lock_the_sixth_try_opens(client, settings):
    settings.NIANGJIA_WRONG_TRIES = 1_000
    with_codes(an_account("zhou"))
    lock()
    assert sign_in(client, "zhou", code=code_now())["Location"] == "/"


@pytest.mark.guard("lock-tells-nothing", "A lock reads the same whether there is such an account or not.")
def test_a_name_nobody_has_is_locked_alike():
    with_codes(an_account("zhou"))
    instant = clock.now()
    with clock.at(instant):
        pages = [(lock(login), sign_in(Client(), login).content.decode()) for login in ("zhou", "nobody")]
    known, unknown = (
        [comparable(page, login) for page in both] for both, login in zip(pages, ("zhou", "nobody"), strict=True)
    )
    assert known == unknown
    assert LOCKED in known[0]
    assert Entry.objects.filter(verb="lock_account").count() == 2


@pytest.mark.control("lock-tells-nothing")
def test_a_lock_on_known_accounts_only_would_tell_who_is_there(monkeypatch):
    counted = tries.count_wrong
    monkeypatch.setattr(
        adapter,
        "count_wrong",
        lambda held, login: Account.objects.filter(login=login).exists() and counted(held, login),
    )
    with_codes(an_account("zhou"))
    assert LOCKED in lock()
    assert LOCKED not in lock("nobody")


def test_the_lock_opens_by_itself_and_the_page_says_when(client):
    with_codes(an_account("zhou"))
    instant = clock.now()
    with clock.at(instant):
        page = lock()
    opens = (instant + timedelta(minutes=15)).astimezone(clock.PEOPLE_ZONE)
    assert f"{opens:%H:%M}" in page
    held = WrongTries.objects.get()
    held.locked_until = clock.now()
    held.save()
    assert sign_in(client, "zhou", code=code_now())["Location"] == "/"


def test_wrong_codes_count_with_wrong_passwords(client):
    with_codes(an_account("zhou"))
    for _ in range(3):
        sign_in(Client(), "zhou", password="wrong")
    for _ in range(2):
        sign_in(Client(), "zhou", code="000000")
    assert LOCKED in sign_in(client, "zhou", code=code_now()).content.decode()


def test_a_password_alone_does_not_begin_the_count_anew(client):
    with_codes(an_account("zhou"))
    for _ in range(4):
        sign_in(Client(), "zhou", code="000000")
    sign_in(client, "zhou")
    assert LOCKED in client.post("/sign-in/code/", {"code": "000000"}).content.decode()


def test_whoever_gets_in_begins_anew(client):
    with_codes(an_account("zhou"))
    for _ in range(4):
        sign_in(Client(), "zhou", password="wrong")
    sign_in(client, "zhou", code=code_now())
    assert WrongTries.objects.get().number == 0


def test_tries_long_ago_do_not_add_up():
    with_codes(an_account("zhou"))
    for _ in range(4):
        sign_in(Client(), "zhou", password="wrong")
    WrongTries.objects.update(last_at=clock.now() - timedelta(minutes=15))
    assert LOCKED not in sign_in(Client(), "zhou", password="wrong").content.decode()
    assert WrongTries.objects.get().number == 1


def test_capitals_and_blanks_are_the_same_account():
    with_codes(an_account("zhou"))
    names = ("zhou", "Zhou", " ZHOU", "zhoU ", "zhou")
    answers = [sign_in(Client(), login, password="wrong") for login in names]
    assert LOCKED in answers[-1].content.decode()


def test_a_name_is_kept_as_a_keyed_index_only():
    sign_in(Client(), "my-secret-password", password="wrong")
    assert b"secret" not in bytes(WrongTries.objects.get().login_index)


def test_names_nobody_tried_for_a_day_are_forgotten():
    for number in range(3):
        sign_in(Client(), f"stranger{number}", password="wrong")
    WrongTries.objects.update(last_at=clock.now() - timedelta(days=2))
    sign_in(Client(), "another", password="wrong")
    assert WrongTries.objects.count() == 1


def test_an_open_session_cannot_guess_the_password_either(client):
    open_session(client, with_codes(an_account("zhou")))
    words = {"oldpassword": "wrong", "password1": "纺织 雨水 97 Anhe 河", "password2": "纺织 雨水 97 Anhe 河"}
    pages = [client.post("/settings/password/", words).content.decode() for _ in range(5)]
    assert LOCKED in pages[-1]
    assert LOCKED in client.post("/settings/password/", words | {"oldpassword": PASSWORD}).content.decode()


def test_the_security_administrator_unlocks_and_the_journal_has_it(client):
    place = a_place()
    account = with_codes(an_account("zhou", at=place))
    security = actor_of(an_account("sec", role=Role.SECURITY_ADMIN, at=place), on=clock.today())
    lock()
    accounts.unlock(account, by=security)
    assert sign_in(client, "zhou", code=code_now())["Location"] == "/"
    assert Entry.objects.filter(verb="unlock_account", thing_id=account.pk).exists()


@pytest.mark.parametrize("role", [Role.CADRE, Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN])
def test_nobody_else_unlocks(role):
    place = a_place()
    account = an_account("zhou", at=place)
    other = actor_of(an_account("other", role=role, at=place), on=clock.today())
    with pytest.raises(Forbidden):
        accounts.unlock(account, by=other)


def looked_at(monkeypatch):
    """Every look at a password, from whatever thread."""
    looks = []
    check = Account.check_password

    def noted(self, raw):
        looks.append(raw)
        return check(self, raw)

    monkeypatch.setattr(Account, "check_password", noted)
    return looks


def try_at_once(monkeypatch):
    """All at the door together, past the queue for passwords: the count must hold by itself."""
    monkeypatch.setattr(middleware, "BRING_A_PASSWORD", frozenset())

    def one(_number):
        try:
            return sign_in(Client(), "zhou", password="wrong").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert set(pool.map(one, range(AT_ONCE))) <= {200, 429}


@pytest.mark.guard(
    "parallel-tries", "Sixty-four wrong tries at once are counted one by one: five passwords are looked at."
)
@pytest.mark.django_db(transaction=True)
def test_tries_at_once_are_counted_one_by_one(monkeypatch):
    an_account("zhou")
    looks = looked_at(monkeypatch)
    try_at_once(monkeypatch)
    assert len(looks) == 5
    assert tries.locked_until("zhou") is not None


@pytest.mark.control("parallel-tries")
@pytest.mark.django_db(transaction=True)
def test_without_holding_the_row_more_passwords_would_be_looked_at(monkeypatch):
    def read_only(login):
        index = tries.index_of(login)
        WrongTries.objects.get_or_create(login_index=index)
        held = WrongTries.objects.get(login_index=index)
        if held.locked_until is not None and held.locked_until > clock.now():
            raise tries.Locked(held.locked_until)
        return held

    monkeypatch.setattr(adapter, "hold", read_only)
    an_account("zhou")
    WrongTries.objects.create(login_index=tries.index_of("zhou"))
    looks = looked_at(monkeypatch)
    try_at_once(monkeypatch)
    assert len(looks) > 5
