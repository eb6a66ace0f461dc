"""A backup is taken of a working program, restored to a chosen second, proved, and refused where it is not whole."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from niangjia.config.backup.manifest import Damaged, Manifest, read
from niangjia.config.environment import Environment, read_environment
from niangjia.config.postgres import server_status, stop_server
from niangjia.config.postgres.cluster import connect
from niangjia.config.postgres.tests.test_server import reachable_folder

RUN = "import sys; from niangjia.config.command import main; sys.exit(main(sys.argv[1:]))"
FILL = """
import django
django.setup()
from niangjia.kernel.acting import OPERATOR, acting_as
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.files.sealed_files import keep_file
from niangjia.kernel.journal.services import record, seal_waiting
from niangjia.kernel.rotation.tests.keys import people
with acting_as(OPERATOR):
    people(150)
    Account.objects.create_account("li", name="李", password="a-long-enough-word-1")
    record("edit", by=Actor.operator(), thing="member", place=("349900", 7))
    seal_waiting()
    keep_file([b"a roster"], max_bytes=100)
"""


@dataclass
class House:
    """One data folder with a running database, its backups, and its keys' backups."""

    here: Environment
    backups: Path
    keys: Path

    def run(self, *words: str) -> tuple[int, dict[str, Any]]:
        """`niangjia WORDS --json`: exit code and answer."""
        done = self._python(RUN, *words, "--json")
        assert done.stdout.strip(), done.stderr
        return done.returncode, json.loads(done.stdout)

    def fill(self) -> None:
        """People, an account, an entry of the journal, a file."""
        addresses = json.loads(self._python(RUN, "database-url", "--json").stdout)
        done = self._python(FILL, DATABASE_URL=addresses["database_url"])
        assert done.returncode == 0, done.stderr

    def _python(self, text: str, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        left_out = ("DATABASE_URL", "NIANGJIA_OWNER_URL", "NIANGJIA_KEYS", "NIANGJIA_ANCHORS")
        surroundings = {name: value for name, value in os.environ.items() if name not in left_out}
        surroundings |= {
            "NIANGJIA_DATA": str(self.here.data),
            "DJANGO_SETTINGS_MODULE": "niangjia.config.settings",
            **more,
        }
        return subprocess.run(
            [sys.executable, "-c", text, *words], env=surroundings, text=True, capture_output=True, check=False
        )

    def write(self, city: str, data: Path | None = None) -> datetime:
        """One known write; the instant at which it was there."""
        with self.session(data) as session:
            session.execute("INSERT INTO people_subject (city) VALUES (%s)", [city])
        time.sleep(0.6)
        now = datetime.now(UTC)
        time.sleep(0.6)
        return now

    def written(self, data: Path | None = None) -> list[str]:
        """The known writes that are there."""
        with self.session(data) as session:
            rows = session.execute("SELECT city FROM people_subject WHERE city LIKE '9%' ORDER BY 1").fetchall()
        return [row[0] for row in rows]

    def session(self, data: Path | None = None) -> psycopg.Connection:
        """The administrator's session in this or another data folder."""
        here = read_environment({"NIANGJIA_DATA": str(data)}) if data else self.here
        return connect(here.data / "postgres", port=server_status(here).port or 0, database="niangjia")

    def restored(self, into: Path, *words: str) -> tuple[int, dict[str, Any]]:
        """A restore with the keys of the newest backup."""
        keys = max(self.keys.iterdir())
        return self.run("restore", f"--from={self.backups}", f"--keys-from={keys}", f"--into={into}", *words)


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """A filled house with one backup: 900001 before it, 900002 and 900003 after it with a second between."""
    with reachable_folder() as folder:
        made = House(read_environment({"NIANGJIA_DATA": str(folder / "data")}), folder / "backups", folder / "keys")
        try:
            assert made.run("init", "--empty")[0] == 0
            made.fill()
            made.write("900001")
            assert made.run("backup", f"--to={made.backups}", f"--keys-to={made.keys}")[0] == 0
            yield made
        finally:
            stop_server(made.here)


def test_a_working_program_is_backed_up_and_restored_to_a_chosen_second(house: House) -> None:
    folder = house.backups.parent
    code, taken = house.run("backup", f"--to={house.backups}", f"--keys-to={house.keys}")
    assert code == 0, taken
    assert "349900" in [head["city"] for head in taken["anchors"]]
    between = house.write("900002")
    house.write("900003")
    assert house.run("backup", f"--to={house.backups}", "--log-only")[0] == 0

    code, proof = house.restored(folder / "then", f"--to={between.isoformat()}")
    assert (code, proof["holds"], proof["tables_differ"]) == (0, True, None), proof
    assert proof["inside"]["sealed"]["do_not_open"] == 0
    assert proof["inside"]["sealed"]["opened"] >= 100
    assert "349900" in [head["city"] for head in proof["inside"]["journal"]["anchored_to"]]
    there = read_environment({"NIANGJIA_DATA": str(folder / "then")})
    assert house.run("prove-restore")[1]["holds"]
    house_then = House(there, house.backups, house.keys)
    assert house_then.run("prove-restore")[1]["sign_in"] is True
    try:
        assert house_then.written() == ["900001", "900002"]
        assert house.written() == ["900001", "900002", "900003"]
        assert len(list((folder / "then" / "uploads").iterdir())) == 1
    finally:
        stop_server(there)


def test_the_drill_compares_every_table_and_leaves_nothing_behind(house: House) -> None:
    keys = max(house.keys.iterdir())
    code, proof = house.run("restore-drill", f"--from={house.backups}", f"--keys-from={keys}")
    assert (code, proof["holds"], proof["tables_differ"], proof["kept"]) == (0, True, [], False), proof
    assert proof["rows"] > 300
    assert not Path(proof["data"]).exists()
    remembered = sorted((house.here.data / "restores").iterdir())
    assert json.loads(remembered[-1].read_text())["holds"] is True


def test_a_second_that_the_log_does_not_reach_is_told(house: House) -> None:
    code, answer = house.restored(house.backups.parent / "later", "--to=2099-01-01T00:00:00+08:00")
    assert (code, answer["refused"][0]["code"]) == (1, "log_missing")
    assert "recovery target" in answer["refused"][0]["reason"]


def test_a_running_folder_is_never_restored_over(house: House) -> None:
    code, answer = house.restored(house.here.data)
    assert (code, answer["refused"][0]["code"]) == (1, "not_empty")
    assert house.written()[0] == "900001"


@pytest.mark.guard("backup-keys-apart", "Keys are never put into the folder of the data that they open.")
def test_keys_beside_the_data_are_refused(house: House) -> None:
    for keys in (house.backups, house.backups / "keys", house.backups.parent):
        code, answer = house.run("backup", f"--to={house.backups}", f"--keys-to={keys}")
        assert (code, answer["refused"][0]["code"]) == (1, "keys_beside_data")
    assert not list(house.backups.rglob("keyring.json"))


@pytest.mark.control("backup-keys-apart")
def test_somebody_who_finds_data_and_keys_opens_everything(house: House) -> None:
    stolen = house.backups.parent / "stolen"
    shutil.copytree(max(house.keys.iterdir()), stolen)
    assert json.loads((stolen / "keyring.json").read_text())["data"]["1"]["key"]


@pytest.mark.guard("backup-damage-named", "A damaged or missing file of a backup is refused by its name.")
@pytest.mark.parametrize("name", ["base/PG_VERSION", "anchors/journal-349900.txt", "manifest.json", "wal"])
def test_a_damaged_file_is_refused_by_its_name(house: House, name: str) -> None:
    copy = house.backups.parent / f"copy-{name.replace('/', '-')}"
    shutil.copytree(house.backups, copy, copy_function=shutil.copy2)
    newest = max(copy.glob("2*"))
    victim = min((copy / "wal").iterdir()) if name == "wal" else newest / name
    body = bytearray(victim.read_bytes())
    body[len(body) // 2] ^= 1
    victim.write_bytes(bytes(body))
    into = house.backups.parent / f"from-{copy.name}"
    keys = max(house.keys.iterdir())
    code, answer = house.run("restore", f"--from={copy}", f"--keys-from={keys}", f"--into={into}")
    assert (code, answer["refused"][0]["code"]) == (1, "damaged"), answer
    assert victim.name in answer["refused"][0]["reason"]
    shutil.rmtree(copy)


@pytest.mark.control("backup-damage-named")
def test_without_its_hashes_a_changed_file_goes_unseen(tmp_path: Path) -> None:
    (tmp_path / "anchors").mkdir()
    (tmp_path / "anchors" / "a.txt").write_text("1 aa")
    Manifest("now").write(tmp_path)
    (tmp_path / "anchors" / "a.txt").write_text("1 bb")
    with pytest.raises(Damaged, match=r"anchors/a\.txt"):
        read(tmp_path)
    Manifest("now").write(tmp_path)
    assert read(tmp_path).taken_at == "now"
