"""The supervisor behind `script/run`: starts database, web server and worker, keeps them up, stops them together."""

import fcntl
import os
import shutil
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from types import FrameType

from django.db import connections

from niangjia.config.database import point_to
from niangjia.config.environment import Environment, NotReady, environment, make_passable, unwritable
from niangjia.config.postgres import Addresses, ensure_server, stop_server
from niangjia.config.serving.children import Child, end_all

LOOK_SECONDS = 0.5
SERVER_LOOK_SECONDS = 5.0
READY_SECONDS = 60.0
PORT_PATIENCE_SECONDS = 4.0
STOP_PATIENCE_SECONDS = 15.0


class Told(BaseException):
    """Ctrl-C was pressed, or the system asks the program to end."""


def serve(*, prepare: Callable[[], None], accounts: Callable[[], str]) -> int:
    """Run everything until told to stop; whatever was started here is stopped here."""
    here = environment()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _told)
    try:
        with _alone(here):
            _wait_for_port(here)
            addresses = ensure_server(here)
            try:
                point_to(addresses)
                prepare()
                _run(here, addresses, accounts)
            finally:
                _quiet_signals()
                connections.close_all()
                stop_server(here)
    except Told:
        return 0
    return 1


def _run(here: Environment, addresses: Addresses, accounts: Callable[[], str]) -> None:
    children = _children(here)
    try:
        for child in children:
            child.start()
        _wait_until_ready(here, children)
        _announce(here, addresses, accounts)
        connections.close_all()
        _keep_up(here, children)
    finally:
        _quiet_signals()
        _say("Stopping … 正在停止……")
        end_all(children, patience_seconds=STOP_PATIENCE_SECONDS)


def _children(here: Environment) -> list[Child]:
    counts = here.data / "run" / "metrics"
    shutil.rmtree(counts, ignore_errors=True)
    counts.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(counts)
    python = (sys.executable, "-m")
    return [
        Child(
            "web",
            (*python, "gunicorn", "--config=python:niangjia.config.serving.web", "niangjia.config.wsgi:application"),
            here.data / "logs" / "web.log",
        ),
        Child("worker", (*python, "niangjia.config.serving.worker"), here.data / "logs" / "worker.log"),
    ]


def _keep_up(here: Environment, children: list[Child]) -> None:
    next_server_look = 0.0
    while True:
        time.sleep(LOOK_SECONDS)
        for child in children:
            happened = child.tend()
            if happened:
                _say(happened)
        if time.monotonic() >= next_server_look:
            try:
                ensure_server(here)
            except NotReady as reason:
                _say(str(reason))
            next_server_look = time.monotonic() + SERVER_LOOK_SECONDS


def _wait_until_ready(here: Environment, children: list[Child]) -> None:
    url = f"http://{_reachable_host(here)}:{here.port}/healthz"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    last = time.monotonic() + READY_SECONDS
    web = children[0]
    while time.monotonic() < last and web.ended() is None:
        try:
            with opener.open(url, timeout=5) as answer:
                if answer.status == HTTPStatus.OK:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    message = (
        f"The web server did not come up: the reason is at the end of {web.log}.\n"
        f"网页服务没有启动成功：原因在 {web.log} 的末尾。"
    )
    raise NotReady(message)


def _announce(here: Environment, addresses: Addresses, accounts: Callable[[], str]) -> None:
    words = accounts()
    if words:
        _say(words)
    _say(
        f"\nNiangjia 娘家  http://{_reachable_host(here)}:{here.port}/   (PostgreSQL: {addresses.kind}; Ctrl-C 停止 stops)"
    )


def _reachable_host(here: Environment) -> str:
    if here.host in ("0.0.0.0", "::", ""):  # noqa: S104 - compared with, not bound to
        return "127.0.0.1"
    return f"[{here.host}]" if ":" in here.host else here.host


@contextmanager
def _alone(here: Environment) -> Iterator[None]:
    """One supervisor per data folder: a second would stop the first one's database."""
    try:
        make_passable(here.data)
        file = (here.data / "serving.lock").open("a")
    except OSError as error:
        raise NotReady(unwritable(here.data, error)) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = (
                f"The program already runs from {here.data}: use that one, or stop it first with Ctrl-C.\n"
                f"程序已经在 {here.data} 上运行：请直接使用，或先按 Ctrl-C 停止它。"
            )
            raise NotReady(message) from error
        yield


def is_serving(here: Environment) -> bool:
    """Whether a supervisor runs from this data folder."""
    try:
        with (here.data / "serving.lock").open("r") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _wait_for_port(here: Environment) -> None:
    """The port must be free; one still held by a program that was just killed is waited for."""
    last = time.monotonic() + PORT_PATIENCE_SECONDS
    while True:
        problem = _port_problem(here)
        if problem is None:
            return
        if time.monotonic() > last:
            message = (
                f"Cannot listen on {here.host}:{here.port} ({problem.strerror}): stop the program that uses this port, "
                f"or choose another with NIANGJIA_PORT={here.port + 1}.\n"
                f"无法使用 {here.host}:{here.port}：请先停止占用该端口的程序，或用 NIANGJIA_PORT={here.port + 1} 换一个端口。"
            )
            raise NotReady(message) from problem
        time.sleep(LOOK_SECONDS)


def _port_problem(here: Environment) -> OSError | None:
    family = socket.AF_INET6 if ":" in here.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((here.host, here.port))
        except OSError as error:
            return error
    return None


def _told(_number: int, _frame: FrameType | None) -> None:
    raise Told


def _quiet_signals() -> None:
    """While stopping, a second Ctrl-C does not leave things half stopped."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _say(words: str) -> None:
    with suppress(OSError):  # the window may have been closed: that must not keep anything from being stopped
        print(words, file=sys.stderr, flush=True)
