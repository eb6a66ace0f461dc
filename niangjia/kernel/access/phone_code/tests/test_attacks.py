"""Who comes to the workers' door to get in as somebody else, to learn who is registered, or to make phones ring."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection, connections
from django.db.models import Count, QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.phone_code import queries, rules, services
from niangjia.kernel.access.phone_code.models import PhoneCode
from niangjia.kernel.access.phone_code.tests.door import (
    ASKED,
    FAR,
    NOBODYS_PHONE,
    OTHER_PHONE,
    PHONE,
    asked_for,
    gateway,
    is_inside,
    knock,
    member,
    write,
    wrong,
)
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.messages import KeptTexts
from niangjia.kernel.sealed import blind
from niangjia.registers.members.masked import number_of
from niangjia.registers.members.models import Person
from niangjia.registers.orgs.tests.office import Office

__all__ = ["gateway"]
pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
AT_ONCE = 16


@pytest.fixture
def union():
    return Office().mill


@pytest.fixture
def chen(union, gateway):
    return member(union)


# ── trying codes ────────────────────────────────────────────────────────────────────────────────


def five_wrong_then_right(client):
    code = knock(client, PHONE)
    for _ in range(5):
        write(client, wrong(code))
    return write(client, code)


@pytest.mark.guard("codes-few-tries", "After five wrong tries a code opens nothing, not even when it is right.")
def test_after_five_wrong_tries_the_right_code_opens_nothing(client, chen):
    answer = five_wrong_then_right(client)
    assert "不能用了" in answer.content.decode()
    assert not is_inside(client)


@pytest.mark.control("codes-few-tries")
def test_without_the_count_the_sixth_try_would_open(client, chen, monkeypatch):
    monkeypatch.setattr(rules, "is_alive", lambda code, at: code.proved_at is None and bool(at))
    five_wrong_then_right(client)
    assert is_inside(client)


@pytest.mark.parametrize("many", [60, pytest.param(1_000, marks=pytest.mark.deep)])
def test_all_guesses_come_to_five_counted_tries(client, chen, many):
    code = knock(client, PHONE)
    guesses = (f"{number:06d}" for number in range(many) if f"{number:06d}" != code)
    said = {_told(write(client, guess)) for guess in guesses}
    assert said == {"wrong", "dead"}
    assert PhoneCode.objects.get().tries == 5
    assert not is_inside(client)


def _told(answer):
    page = answer.content.decode()
    return "dead" if "不能用了" in page else "wrong" if "验证码不对" in page else page


def asked_through_a_day():
    """How many codes somebody gets who asks every two minutes, for an hour."""
    start = clock.now().astimezone(clock.PEOPLE_ZONE).replace(hour=9, minute=0)
    sent = 0
    for number in range(30):
        with clock.at(start + number * 2 * MINUTE):
            sent += asked_for(Client(), PHONE).status_code == 302
    return sent


@pytest.mark.guard(
    "codes-few-a-day", "A phone gets five codes a day, whoever asks, and they give 25 tries in a million."
)
def test_a_phone_gets_five_codes_a_day(chen):
    assert asked_through_a_day() == 5


@pytest.mark.control("codes-few-a-day")
def test_without_the_limit_a_phone_would_ring_all_day(chen, monkeypatch):
    monkeypatch.setattr(rules, "MOST_A_DAY", 10**6)
    assert asked_through_a_day() == 30


# ── making phones ring ──────────────────────────────────────────────────────────────────────────


def ring_many(phones, **extra):
    return sum(asked_for(Client(), phone, **extra).status_code == 302 for phone in phones)


@pytest.mark.guard("codes-capped-an-hour", "All phones together get so many codes an hour and no more.")
def test_no_more_codes_an_hour_than_the_cap(gateway, settings):
    settings.CODES_PER_HOUR = 7
    assert ring_many(f"1370000{number:04d}" for number in range(20)) == 7
    with clock.at(clock.now() + timedelta(hours=1, seconds=1)):
        assert ring_many(["13700009999"]) == 1


@pytest.mark.control("codes-capped-an-hour")
def test_without_the_cap_every_phone_would_ring(gateway, settings):
    settings.CODES_PER_HOUR = 10**6
    assert ring_many(f"1370000{number:04d}" for number in range(20)) == 20


@pytest.mark.guard(
    "codes-capped-for-an-address", "One address cannot use up what all share; its neighbours still get codes."
)
def test_one_address_leaves_codes_for_the_others_and_is_told_another_way_at_once(gateway, settings):
    settings.CODES_PER_HOUR_AND_ADDRESS = 6
    assert ring_many(f"1370000{number:04d}" for number in range(20)) == 6
    assert "手机流量" in asked_for(Client(), "13700009999").content.decode()
    assert ring_many([PHONE], REMOTE_ADDR="203.0.113.8") == 1


@pytest.mark.control("codes-capped-for-an-address")
def test_without_it_one_address_would_take_all(gateway, settings):
    settings.CODES_PER_HOUR, settings.CODES_PER_HOUR_AND_ADDRESS = 20, 10**6
    assert ring_many(f"1370000{number:04d}" for number in range(20)) == 20
    assert ring_many([PHONE], REMOTE_ADDR="203.0.113.8") == 0


def test_a_shift_of_a_factory_behind_one_address_gets_its_codes(gateway):
    for number in range(240):
        services.ask_for_code(f"137000{number:05d}", address=FAR["REMOTE_ADDR"], is_shown=False)
    assert ring_many(f"137001{number:05d}" for number in range(10)) == 10
    assert PhoneCode.objects.aggregate(Count("pk"), Count("address_blind", distinct=True)) == {
        "pk__count": 250, "address_blind__count": 1,
    }  # fmt: skip


# ── learning who is registered ──────────────────────────────────────────────────────────────────


def whole_answers(phone):
    """All that a stranger sees who has not got the phone: each answer's status, headers and body, and the work done."""
    browser = Client()
    seen = []
    for way in (
        lambda: asked_for(browser, phone),
        lambda: browser.get(ASKED, **FAR),
        lambda: write(browser, "000000"),
        lambda: write(browser, "000001"),
        lambda: browser.post("/sign-in/phone/again/", **FAR),
        lambda: browser.get("/sign-in/phone/who/", **FAR),
        lambda: asked_for(browser, phone),
    ):
        with CaptureQueriesContext(connection) as work:
            answer = way()
        statements = [_without_values(query["sql"]) for query in work.captured_queries]
        headers = {name: value for name, value in answer.items() if name not in ("Date", "Expires")}
        cookies = {
            name: re.sub(r"=[^;]*|expires=[^;]*", "", cookie.OutputString(), count=2)
            for name, cookie in answer.cookies.items()
        }
        seen.append((answer.status_code, headers, _without_noise(answer.content.decode(), phone), cookies, statements))
    return seen


def _without_values(statement):
    """The words of a statement; one that PostgreSQL has prepared comes without them, as the door's does."""
    return "prepared" if statement is None or "come_in(" in statement else re.sub(r"'[^']*'|\d+", "?", statement)


def _without_noise(page, phone):
    masked = f"{phone[:3]}****{phone[-4:]}"
    page = re.sub(r'name="(csrfmiddlewaretoken|idempotency_key)" value="[^"]*"', "", page)
    return page.replace(masked, "PHONE").replace(phone, "PHONE")


@pytest.mark.guard(
    "codes-tell-nobody",
    "Before the code the door answers alike for phones in the register and others, at the same cost.",
)
def test_known_and_unknown_phones_get_the_same_answers_for_the_same_work(chen, union):
    member(union, "刘秀英", OTHER_PHONE, sequence=415)
    with clock.at(clock.now()):
        registered, account = whole_answers(PHONE), _with_an_account(OTHER_PHONE)
        assert registered == whole_answers(NOBODYS_PHONE)
        assert account == registered


def _with_an_account(phone):
    browser = Client()
    write(browser, knock(browser, phone))
    assert is_inside(browser)
    PhoneCode.objects.filter(phone_blind=blind(queries.PHONE_OF_CODE, phone)).delete()
    return whole_answers(phone)


@pytest.mark.control("codes-tell-nobody")
def test_a_door_that_looked_into_the_register_would_be_found_out(chen, monkeypatch):
    usual = services.ask_for_code

    def looks(phone, **facts):
        with beyond(Purpose.DOOR):
            queries.people().holders(phone)
        return usual(phone, **facts)

    monkeypatch.setattr(services, "ask_for_code", looks)
    with clock.at(clock.now()):
        assert whole_answers(PHONE) != whole_answers(NOBODYS_PHONE)


# ── one code, one phone, one use ────────────────────────────────────────────────────────────────


def write_for_another(monkeypatch, union):
    """The code of one's own phone, written where the code of another's is asked for."""
    member(union, "刘秀英", OTHER_PHONE, sequence=415)
    own = knock(Client(), PHONE)
    theirs = Client()
    if knock(theirs, OTHER_PHONE) == own:
        pytest.skip("one draw in a million: both codes are the same")
    write(theirs, own)
    return is_inside(theirs)


@pytest.mark.guard("codes-of-one-phone", "A code sent to one phone opens nothing that belongs to another.")
def test_a_code_for_one_phone_never_opens_another(chen, union, monkeypatch):
    assert not write_for_another(monkeypatch, union)


@pytest.mark.control("codes-of-one-phone")
def test_if_any_code_that_was_sent_were_good_it_would(chen, union, monkeypatch):
    monkeypatch.setattr(
        "niangjia.kernel.access.phone_code.services.hmac.compare_digest",
        lambda _code, spoken: spoken.decode() in _sent(),
    )
    assert write_for_another(monkeypatch, union)


def _sent():
    return {kept.values["code"] for kept in KeptTexts.kept}


@pytest.mark.guard("codes-opened-where-asked", "A code opens only in the browser that asked for it, and once.")
def test_a_code_opens_once_and_only_where_it_was_asked_for(client, chen):
    code = knock(client, PHONE)
    stranger = Client()
    assert write(stranger, code)["Location"] == "/sign-in/"
    kept = dict(client.session.items())
    assert write(client, code)["Location"] == "/"
    again = Client()
    session = again.session
    session.update(kept)
    session.save()
    assert "不能用了" in write(again, code).content.decode()
    assert not is_inside(again)


@pytest.mark.control("codes-opened-where-asked")
def test_a_code_that_is_not_used_up_would_open_again(client, chen, monkeypatch):
    code = knock(client, PHONE)
    kept = dict(client.session.items())
    write(client, code)
    again = Client()
    session = again.session
    session.update(kept)
    session.save()
    PhoneCode.objects.update(used_at=None, proved_at=None)
    assert write(again, code)["Location"] == "/"


# ── whose account ───────────────────────────────────────────────────────────────────────────────


def knows_name_and_number(client, chen):
    """Everything an employer knows of a worker, sent to every door there is."""
    known = {"name": chen.name, "login": chen.name, "id_number": number_of(chen), "tail": number_of(chen)[-4:]}
    known |= {"password": number_of(chen)[-6:], "phone": PHONE, "code": number_of(chen)[-6:]}
    asked_for(client, PHONE)
    for address in ("/sign-in/phone/who/", ASKED, "/sign-in/", "/sign-in/phone/", "/sign-in/code/", "/sign-in/demo/"):
        client.post(address, known, **FAR)
    client.post("/sign-in/phone/who/", known, **FAR)
    return is_inside(client)


@pytest.mark.guard("no-account-by-name-and-number", "Name and ID number alone open no account and make none.")
def test_name_and_number_alone_open_nothing(client, chen):
    assert not knows_name_and_number(client, chen)
    assert not Account.objects.exists()


@pytest.mark.control("no-account-by-name-and-number")
def test_without_the_proof_of_the_phone_they_would(client, chen, union, monkeypatch):
    member(union, "刘秀英", PHONE, sequence=415)
    monkeypatch.setattr(services, "_proved", lambda ref: PhoneCode.objects.filter(pk=ref).first())
    monkeypatch.setattr(services, "waits_for_tail", lambda _ref: True)
    monkeypatch.setattr(services, "_open", lambda _code, holder: services._account_of(holder, is_demo=False))
    assert knows_name_and_number(client, chen)


def comes_second(client, union):
    """The phone of who confirmed it is written into another's record, and opened by whoever holds it now."""
    first = member(union)
    Person.objects.filter(pk=first.pk).update(phone_confirmed_at=clock.now())
    second = member(union, "刘秀英", sequence=415)
    answer = write(client, knock(client, PHONE))
    return first, second, answer


@pytest.mark.guard(
    "confirmed-phone-stays", "A phone that its owner confirmed opens her account alone, whatever a roster says."
)
def test_a_confirmed_phone_is_never_taken_over_by_a_roster(client, union, gateway):
    first, _second, answer = comes_second(client, union)
    assert answer["Location"] == "/"
    assert Account.objects.get().subject_id == first.pk


@pytest.mark.control("confirmed-phone-stays")
def test_if_all_with_the_phone_were_meant_another_could_say_it_is_hers(client, union, gateway, monkeypatch):
    monkeypatch.setattr(rules, "those_meant", tuple)
    _first, second, answer = comes_second(client, union)
    assert answer["Location"] == "/sign-in/phone/who/"
    client.post("/sign-in/phone/who/", {"tail": number_of(second)[-4:]}, **FAR)
    assert Account.objects.get().subject_id == second.pk


def test_the_phone_of_an_office_opens_none_of_those_it_was_written_for(client, union, gateway):
    for sequence in range(302, 306):
        member(union, sequence=sequence)
    assert write(client, knock(client, PHONE))["Location"] == "/sign-in/phone/unknown/"


# ── what lies at rest ───────────────────────────────────────────────────────────────────────────


def everything_at_rest():
    """Every row of every table, as a dump has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        rows = []
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} t")  # names from the catalogue
            rows += [f"{table} {row[0]}" for row in cursor.fetchall()]
    return rows


def found_at_rest(*words):
    return [row for row in everything_at_rest() if any(word in row for word in words)]


@pytest.mark.guard(
    "codes-nowhere-at-rest", "Neither the phone nor its code lies anywhere in clear: not in tables, not in the queue."
)
def test_neither_phone_nor_code_lies_anywhere_in_clear(client, chen):
    asked_for(client, PHONE)
    code = queries.digits_of(PhoneCode.objects.get())
    assert ProcrastinateJob.objects.filter(queue_name="messages", status="todo").exists()
    assert found_at_rest(PHONE) == []
    job = str(ProcrastinateJob.objects.get(queue_name="messages").args)
    assert set(ProcrastinateJob.objects.get(queue_name="messages").args) == {"ref"}
    assert code not in re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", job)
    assert not [row for row in found_at_rest(code) if re.search(rf"(?<![0-9a-f]){code}(?![0-9a-f])", row)]


@pytest.mark.control("codes-nowhere-at-rest")
def test_a_job_that_carried_them_would_be_found(client, chen):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('messages', 'phone_code.send', %s)",
            [f'{{"phone": "{PHONE}"}}'],
        )
    assert len(found_at_rest(PHONE)) >= 1


# ── clocks ──────────────────────────────────────────────────────────────────────────────────────


def late_by_its_own_clock(client, days):
    """A machine whose clock is wrong by days asks and answers within the five minutes."""
    with time_machine.travel(clock.now() + timedelta(days=days), tick=True):
        code = knock(client, PHONE)
    return write(client, code)


@pytest.fixture
def long_session(settings):
    """Django judges the age of a session by the machine's clock; that is not what is asked here."""
    settings.SESSION_COOKIE_AGE = 3 * 24 * 3600


@pytest.mark.parametrize("days", [-1, 1])
@pytest.mark.guard("codes-by-the-database-clock", "A wrong clock of the machine neither prolongs nor ends a code.")
def test_a_wrong_clock_of_the_machine_moves_nothing(client, chen, long_session, days):
    assert late_by_its_own_clock(client, days)["Location"] == "/"
    asked_at = PhoneCode.objects.get().asked_at
    assert abs(clock.now() - asked_at) < MINUTE


@pytest.mark.control("codes-by-the-database-clock")
def test_by_the_machine_s_clock_the_code_would_have_died(client, chen, long_session, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime.now(tz=clock.PEOPLE_ZONE))
    assert "不能用了" in late_by_its_own_clock(client, -1).content.decode()


def test_a_code_lives_five_minutes_by_the_database(client, chen):
    start = clock.now()
    with clock.at(start):
        code = knock(client, PHONE)
    with clock.at(start + 5 * MINUTE):
        assert "不能用了" in write(client, code).content.decode()
    with clock.at(start + 5 * MINUTE - timedelta(seconds=1)):
        assert write(client, code)["Location"] == "/"


# ── sixteen at once ─────────────────────────────────────────────────────────────────────────────


def at_once(cookies, codes):
    """These codes written at the same moment, each by a copy of the same browser; the answers."""
    start = Barrier(len(codes))

    def one(code):
        browser = Client()
        browser.cookies.update(cookies)
        start.wait()
        try:
            return browser.post(ASKED, {"code": code}, **FAR)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(codes)) as pool:
        return list(pool.map(one, codes))


@pytest.mark.django_db(transaction=True)
@pytest.mark.guard("codes-counted-exactly", "Tries that come at once are counted one by one: one session, no try free.")
def test_the_right_code_sixteen_times_at_once_opens_one_session(client, chen):
    code = knock(client, PHONE)
    answers = at_once(client.cookies, [code] * AT_ONCE)
    assert sum(answer.get("Location") == "/" for answer in answers) == 1
    assert Account.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_wrong_codes_at_once_are_counted_exactly(client, chen):
    code = knock(client, PHONE)
    answers = at_once(client.cookies, [wrong(code)] * AT_ONCE)
    assert sorted(map(_told, answers)) == ["dead"] * (AT_ONCE - 5) + ["wrong"] * 5
    assert PhoneCode.objects.get().tries == 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.control("codes-counted-exactly")
def test_without_the_lock_several_would_come_in(client, chen, monkeypatch):
    code = knock(client, PHONE)
    together = Barrier(4)
    usual = rules.verdict

    def slow(standing, *, is_right, at):
        together.wait(timeout=20)
        return usual(replace(standing, proved_at=None), is_right=is_right, at=at)

    monkeypatch.setattr(rules, "verdict", slow)
    lock = QuerySet.select_for_update
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows: rows if rows.model is PhoneCode else lock(rows))
    monkeypatch.setattr(services, "_proved", lambda ref: PhoneCode.objects.get(pk=ref))
    answers = at_once(client.cookies, [code] * 4)
    assert sum(answer.get("Location") == "/" for answer in answers) > 1


@pytest.mark.django_db(transaction=True)
def test_asking_sixteen_times_at_once_sends_one_code(gateway):
    start = Barrier(AT_ONCE)

    def one(_number):
        browser = Client()
        start.wait()
        try:
            return asked_for(browser, PHONE).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = list(pool.map(one, range(AT_ONCE)))
    assert statuses.count(302) == 1
    assert PhoneCode.objects.count() == 1
