"""A storm at the door: passwords wait in a short queue of their own, and who finds it full has lost nothing."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from niangjia.config import settings as shipped
from niangjia.kernel.access import hashing
from niangjia.kernel.access.hashing import LINE, NICE, PLACES, Line, LineFull, PatientArgon2
from niangjia.kernel.access.models import WrongTries
from niangjia.kernel.access.tests.signing_in import PASSWORD, an_account
from niangjia.kernel.web import middleware

SALT = "a salt of enough characters"
THREADS = 4  # of one process of the web server


@pytest.fixture
def full():
    """The queue, with somebody in every place."""
    places = [LINE.place() for _ in range(PLACES)]
    for place in places:
        place.__enter__()
    yield
    for place in places:
        place.__exit__(None, None, None)


def try_password(password=PASSWORD):
    return Client().post("/sign-in/", {"login": "li", "password": password})


@pytest.mark.guard(
    "passwords-in-a-queue", "many sign-ins at once take neither all threads nor the processors of those at work"
)
@pytest.mark.django_db
def test_who_finds_the_queue_full_is_told_so_and_nothing_is_counted(full):
    an_account("li")
    with CaptureQueriesContext(connection) as asked:
        answer = try_password("wrong")
    assert answer.status_code == 429
    assert answer["Retry-After"] == "10"
    assert "登录的人太多" in answer.content.decode()
    assert not asked.captured_queries
    assert not WrongTries.objects.exists()


@pytest.mark.django_db
def test_the_words_are_in_the_language_of_the_browser(full):
    answer = Client().post("/sign-in/", {}, headers={"accept-language": "en"})
    assert "Too many people are signing in" in answer.content.decode()


@pytest.mark.django_db
def test_pages_and_codes_need_no_place(full):
    assert Client().get("/sign-in/").status_code == 200
    assert Client().post("/sign-in/phone/", {}).status_code != 429


@pytest.mark.django_db
def test_a_place_is_free_again_after_the_answer():
    an_account("li")
    for _ in range(PLACES + 1):
        assert try_password().status_code != 429


def test_two_of_four_threads_are_left_to_pages():
    line, hashing_begun, may_end = Line(PLACES), threading.Barrier(PLACES + 1), threading.Event()

    def sign_in():
        with line.place():
            hashing_begun.wait(5)
            may_end.wait(5)

    with ThreadPoolExecutor(THREADS) as threads:
        held = [threads.submit(sign_in) for _ in range(PLACES)]
        hashing_begun.wait(5)
        with pytest.raises(LineFull):
            line.place().__enter__()
        assert threads.submit(lambda: "a page").result(5) == "a page"
        may_end.set()
        [each.result(5) for each in held]


@pytest.mark.control("passwords-in-a-queue")
def test_without_a_queue_all_threads_check_passwords(monkeypatch):
    monkeypatch.setattr(middleware, "BRING_A_PASSWORD", frozenset())
    may_end = threading.Event()

    def hash_a_password(_request):
        may_end.wait(5)
        return HttpResponse()

    queue = middleware.DoorQueueMiddleware(hash_a_password)
    request = type("Request", (), {"method": "POST", "path": "/sign-in/"})()
    with ThreadPoolExecutor(THREADS) as threads:
        for _ in range(THREADS):
            threads.submit(queue, request)
        page = threads.submit(lambda: "a page")
        with pytest.raises(TooLate):
            page.result(0.2)
        may_end.set()


def test_checks_run_one_at_a_time_and_give_way():
    running, most = [], []

    def task():
        running.append(1)
        most.append(len(running))
        priority = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
        running.pop()
        return priority

    line = Line(PLACES)
    with ThreadPoolExecutor(THREADS) as threads:
        priorities = set(threads.map(lambda _: line.work(task), range(20)))
    assert priorities == {NICE}
    assert max(most) == 1


def test_the_figures_of_the_hash_are_djangos():
    patient, plain = PatientArgon2(), Argon2PasswordHasher()
    hashed = patient.encode(PASSWORD, SALT)
    assert hashed == plain.encode(PASSWORD, SALT)
    assert patient.verify(PASSWORD, hashed)
    assert not patient.verify("another", hashed)
    assert shipped.PASSWORD_HASHERS[0] == f"{hashing.__name__}.PatientArgon2"


def test_a_forked_process_checks_passwords_in_a_thread_of_its_own():
    LINE.work(lambda: None)
    child = os.fork()
    if child == 0:
        os._exit(LINE.work(lambda: 7))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
