"""Keys change: what was sealed is sealed again, nobody notices, and a key nothing needs goes for good."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pgtrigger
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.apps import apps
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from niangjia.config.command import main
from niangjia.config.tests.cheap import busy
from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.files.sealed_files import keep_file, kept_files, opened_file
from niangjia.kernel.intake.models import State
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.rotation import rewrapping, services
from niangjia.kernel.rotation.jobs import rewrap, take_up_again
from niangjia.kernel.rotation.queries import holdings, is_left, rows_under
from niangjia.kernel.rotation.rewrapping import rewrap_all
from niangjia.kernel.rotation.rules import SETTLES_AFTER, is_watched
from niangjia.kernel.rotation.services import KeyStays, retire, rotate
from niangjia.kernel.rotation.statements import Statements
from niangjia.kernel.rotation.tests.keys import ID, PHONE, keys_of_rows, own_keys, people
from niangjia.kernel.sealed import BulkSealer, Tampered, key_number, keyring, seal, unseal
from niangjia.kernel.sealed.ciphers import AES_256_GCM, SM4_GCM
from niangjia.kernel.sealed.columns import sealed_columns
from niangjia.kernel.sealed.keys import draw_key, drop_key
from niangjia.registers.members.models import Person, PhoneProposal
from niangjia.registers.members.roster.tests.people import csv_file, landed, person, phone, phone_of, union
from niangjia.registers.members.roster.undoing import CannotUndo, undo

__all__ = ["own_keys"]
pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("own_keys"),
]
OPERATOR = Actor.operator()


def rotated(cipher: str = AES_256_GCM) -> int:
    """Keys changed, and everything sealed again."""
    number = rotate(cipher=cipher, by=OPERATOR)
    assert rewrap_all(within_s=60).is_whole
    return number


def retired(number: int) -> None:
    """A key let go after the time that processes have to learn of its successor."""
    with clock.at(clock.now() + SETTLES_AFTER):
        retire(number, by=OPERATOR)


def everywhere(folder: Path) -> Any:
    """One value in every place that holds sealed values; the import that remembers some of them."""
    unit = union("A1")
    landed(csv_file(folder, [person(1), person(2)]), unit)
    Person.objects.filter(name="王小二").update(phone_confirmed_at=clock.now())
    batch = landed(csv_file(folder, [person(1, phone=phone(88)), person(2, phone=phone(99))]), unit)
    account = Account.objects.create_account("li", name="李")
    for kind, where in (("totp", "secret"), ("recovery_codes", "seed")):
        Authenticator.objects.create(user=account, type=kind, data={where: encrypt("JBSWY3DP" * 10)})
    return batch


def opened() -> dict[str, list[str]]:
    """Everything sealed, opened, by place."""
    found = {}
    for column in sealed_columns():
        statements = Statements(column)
        with connection.cursor() as cursor:
            text = "SELECT {row}, {value} FROM {table} WHERE length({value}) > 0 ORDER BY {pk}"
            cursor.execute(statements.text(text))
            found[column.name] = [unseal(sealed, aad=column.aad_of(row)) for row, sealed in cursor.fetchall()]
    return found


def _history() -> int:
    """How many notes of changed people history has."""
    return int(apps.get_model("members.PersonEvent").objects.count())


@pytest.mark.parametrize("cipher", [AES_256_GCM, SM4_GCM])
def test_every_place_is_sealed_again_and_says_the_same(tmp_path: Path, cipher: str) -> None:
    everywhere(tmp_path)
    kept = keep_file([b"a" * 3_000_000], max_bytes=4_000_000)
    before = opened()
    assert all(values for name, values in before.items() if name.partition(".")[0] in ("members", "mfa", "intake"))
    assert rotated(cipher) == 2
    assert opened() == before
    assert {key for held in holdings() for key in held.by_key} == {2}
    with opened_file(kept.stored_as) as path:
        assert path.read_bytes() == b"a" * 3_000_000
    assert not is_left()
    retired(1)
    assert opened() == before


@pytest.mark.guard(
    "retired-key-opens-nothing", "What was sealed under a retired key opens no more, whoever kept a copy."
)
def test_a_copy_under_a_retired_key_does_not_open() -> None:
    (pk,) = people(1)
    copy = bytes(Person.objects.get().phone_sealed or b"")
    rotated()
    retired(1)
    with pytest.raises(Tampered):
        unseal(copy, aad=f"{PHONE}.{pk}")
    assert unseal(Person.objects.get().phone_sealed or b"", aad=f"{PHONE}.{pk}") == f"{pk}:0"


@pytest.mark.control("retired-key-opens-nothing")
def test_a_copy_opens_as_long_as_its_key_is_kept() -> None:
    (pk,) = people(1)
    copy = bytes(Person.objects.get().phone_sealed or b"")
    rotated()
    assert unseal(copy, aad=f"{PHONE}.{pk}") == f"{pk}:0"


@pytest.mark.guard("needed-key-stays", "A key that any sealed value needs cannot be retired.")
def test_a_key_that_is_needed_stays() -> None:
    people(3)
    rotate(cipher=AES_256_GCM, by=OPERATOR)
    with pytest.raises(KeyStays) as stays:
        retired(1)
    assert stays.value.why == "still_needed"
    assert stays.value.needed == {"members.Person.id_sealed": 3, "members.Person.phone_sealed": 3}
    assert set(keyring.looked_up().ciphers) == {1, 2}


@pytest.mark.control("needed-key-stays")
def test_a_needed_key_that_goes_takes_the_values_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    (pk,) = people(1)
    rotate(cipher=AES_256_GCM, by=OPERATOR)
    monkeypatch.setattr(services, "rows_under", lambda _number: {})
    retired(1)
    with pytest.raises(Tampered):
        unseal(Person.objects.get().phone_sealed or b"", aad=f"{PHONE}.{pk}")


@pytest.mark.guard(
    "rewrapping-unnoticed", "Sealing again is no change: no revision, no history, and imports can be taken back."
)
def test_sealing_again_leaves_no_trace_and_an_import_can_be_taken_back(tmp_path: Path) -> None:
    batch = everywhere(tmp_path)
    changed = Person.objects.get(name="王小一")
    revisions = sorted(Person.objects.values_list("pk", "revision"))
    history = _history()
    rotated()
    assert sorted(Person.objects.values_list("pk", "revision")) == revisions
    assert _history() == history
    retired(1)
    assert undo(batch, by=OPERATOR).state == State.UNDONE
    changed.refresh_from_db()
    assert phone_of(changed) == phone(1)


@pytest.mark.control("rewrapping-unnoticed")
def test_with_its_triggers_awake_an_import_could_not_be_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = everywhere(tmp_path)
    history = _history()
    monkeypatch.setattr(pgtrigger, "registered", list)
    rotated()
    assert _history() > history
    with pytest.raises(CannotUndo) as refused:
        undo(batch, by=OPERATOR)
    assert {blocker.code for blocker in refused.value.blockers} == {"changed_since"}


def test_the_active_an_unknown_and_a_fresh_key_stay() -> None:
    for number, why in ((1, "active_key"), (7, "unknown_key")):
        with pytest.raises(KeyStays) as stays:
            retire(number, by=OPERATOR)
        assert stays.value.why == why
    rotated()
    with pytest.raises(KeyStays) as stays:
        retire(1, by=OPERATOR)
    assert stays.value.why == "too_soon"


def test_a_key_stays_while_somebody_may_write_back_what_he_read(monkeypatch: pytest.MonkeyPatch) -> None:
    people(1)
    rotated()
    monkeypatch.setattr(services, "ENDS_WITHIN_S", 0.3)
    at_work = connection.copy()
    try:
        with at_work.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT count(*) FROM members_person")
            with pytest.raises(KeyStays) as stays:
                retired(1)
    finally:
        at_work.close()
    assert stays.value.why == "still_running"
    retired(1)
    assert set(keyring().ciphers) == {2}


def test_a_number_is_never_given_again(own_keys: Path) -> None:
    rotated()
    retired(1)
    assert rotated() == 3
    retired(2)
    body = json.loads((own_keys / "keyring.json").read_text())
    assert (body["active"], sorted(body["data"]), body["retired"]) == (3, ["3"], [1, 2])
    assert (own_keys / "keyring.json").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in own_keys.iterdir()] == ["keyring.json"]


def test_rows_of_an_import_under_way_keep_their_key() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE staging.rows_77 (id_sealed bytea)")
        cursor.execute("INSERT INTO staging.rows_77 VALUES (%s)", [seal("N", aad=f"{ID}.7")])
    rotated()
    assert rows_under(1) == {"staging.rows_77.id_sealed": 1}
    with pytest.raises(KeyStays):
        retired(1)


def test_a_value_that_was_changed_stays_as_it_is_and_stops_nobody() -> None:
    first, *others = people(1_200)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE members_person SET phone_sealed = set_byte(phone_sealed, 20, 255 - get_byte(phone_sealed, 20))"
            " WHERE subject_id = %s", [first],
        )  # fmt: skip
    rotate(cipher=AES_256_GCM, by=OPERATOR)
    tally = rewrap_all(within_s=60)
    assert tally.unreadable == {("members.Person.phone_sealed", first)}
    # the history keeps both values as they were before the change
    assert tally.rewrapped == len(others) + 1_200 + 2
    assert rows_under(1) == {"members.Person.phone_sealed": 1}


def test_it_goes_on_where_it_was_killed(own_keys: Path) -> None:
    people(1_300)
    rotate(cipher=AES_256_GCM, by=OPERATOR)
    column = next(column for column in sealed_columns() if column.name == "members.Person.id_sealed")
    rewrapping._rewrap_batch(Statements(column), None, rewrapping.Tally())
    assert rows_under(1)["members.Person.id_sealed"] == 800
    assert rewrap_all(within_s=0).is_whole is False
    rewrap()
    assert keys_of_rows() == {2}


def test_a_worker_is_asked_once_and_looks_again_by_itself() -> None:
    people(2)
    rotate(cipher=AES_256_GCM, by=OPERATOR)
    rotate(cipher=AES_256_GCM, by=OPERATOR)
    assert ProcrastinateJob.objects.filter(task_name=services.REWRAP).count() == 1
    rewrap()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
        waiting = cursor.fetchone()[0]
    take_up_again(int(clock.now().timestamp()))
    assert ProcrastinateJob.objects.filter(status="todo").count() == waiting
    assert keys_of_rows() == {3}


def test_old_keys_are_watched_often_at_first_and_nightly_later() -> None:
    now = datetime(2026, 5, 1, tzinfo=UTC)
    assert is_watched([now - timedelta(hours=23)], now=now, is_night=False)
    assert not is_watched([now - timedelta(hours=25)], now=now, is_night=False)
    assert is_watched([now - timedelta(days=300)], now=now, is_night=True)
    assert not is_watched([], now=now, is_night=True)


def test_the_journal_tells_of_keys_by_number_alone() -> None:
    rotated(SM4_GCM)
    retired(1)
    told = [*Entry.objects.order_by("id").values_list("verb", "thing_id", "detail")]
    assert told == [
        ("rotate_keys", 2, {"before": 1, "cipher": SM4_GCM}),
        ("retire_key", 1, {"cipher": AES_256_GCM}),
    ]


def test_a_bulk_sealer_takes_a_new_key_up_with_its_next_block() -> None:
    sealer = BulkSealer(ID, block=2)
    before = [key_number(sealer.seal("N", pk)) for pk in range(2)]
    draw_key(SM4_GCM, at=clock.now())
    assert before == [1, 1]
    assert [key_number(sealer.seal("N", pk)) for pk in range(2)] == [2, 2]


WATCH = """
import sys, time
import django
django.setup()
from niangjia.kernel.sealed import key_number, seal, unseal
print(key_number(seal("x", aad="a")), flush=True)
while key_number(seal("x", aad="a")) == 1:
    time.sleep(0.05)
print(unseal(bytes.fromhex(sys.stdin.readline()), aad="a"), flush=True)
"""


def test_another_process_takes_a_new_key_up_within_seconds(own_keys: Path) -> None:

    surroundings = os.environ | {"NIANGJIA_KEYS": str(own_keys), "DJANGO_SETTINGS_MODULE": "niangjia.config.settings"}
    other = subprocess.Popen(
        [sys.executable, "-c", WATCH], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=surroundings
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "1\n"
    draw_key(AES_256_GCM, at=clock.now())
    answer, _ = other.communicate(seal("新", aad="a").hex() + "\n", timeout=5 * busy())
    assert answer == "新\n"


def test_a_value_under_a_key_drawn_a_moment_ago_opens_at_once(own_keys: Path) -> None:
    keyring()
    stale = keyring._keyring
    draw_key(AES_256_GCM, at=clock.now())
    sealed = seal("x", aad="a")
    keyring._keyring, keyring._seen = stale, ()
    assert keyring().active == 1
    assert unseal(sealed, aad="a") == "x"


def test_the_commands_show_numbers_and_progress_and_never_a_key(
    own_keys: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people(3)
    secrets = [key["key"] for key in json.loads((own_keys / "keyring.json").read_text())["data"].values()]
    assert main(["rotate-keys", "--cipher", SM4_GCM, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"key": 2, "cipher": SM4_GCM}
    assert main(["keys", "--json"]) == 0
    body = json.loads(capsys.readouterr().out)
    assert [(key["number"], key["active"], key["values"]) for key in body["keys"]] == [(1, False, 6), (2, True, 0)]
    assert {held["where"]: held["left"] for held in body["held"]}["members.Person.id_sealed"] == 3
    assert main(["retire-key", "1", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["refused"][0]["code"] == "too_soon"
    assert main(["rewrap-keys", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"rewrapped": 6, "files": 0, "unreadable": 0}
    assert main(["keys"]) == 0
    shown = capsys.readouterr().out
    assert not any(secret in shown for secret in secrets)


def test_files_forgotten_meanwhile_do_not_come_back(tmp_path: Path) -> None:
    kept = keep_file([b"x"], max_bytes=10)
    (tmp_path / "uploads" / kept.stored_as).unlink()
    rotated()
    assert [*kept_files()] == []
    assert PhoneProposal.objects.count() == 0
    with pytest.raises(KeyError):
        drop_key(9)
