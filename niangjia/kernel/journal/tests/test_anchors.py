"""Anchors outside the database: lost lines are told until an operator owns up to it; printed heads prove the chain."""

import json
from pathlib import Path
from typing import Any

import pytest

from niangjia.config.command import main
from niangjia.kernel.journal import queries
from niangjia.kernel.journal.anchors import anchor_all, anchor_file
from niangjia.kernel.journal.entries import Leaves, Proof
from niangjia.kernel.journal.models import Anchored, Block, Entry
from niangjia.kernel.journal.queries import Minute, heads, verify
from niangjia.kernel.journal.services import accept_anchor_loss, record, seal_waiting
from niangjia.kernel.journal.tests.tampering import CITIES, OPERATOR, unstopped, write

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture(autouse=True)
def anchored_here(tmp_path: Path, settings: Any) -> Path:
    settings.NIANGJIA_ANCHORS = tmp_path / "anchors"
    return tmp_path / "anchors"


def codes(proof: Proof) -> set[object]:
    return {violation["code"] for violation in proof.violations}


def go_on() -> None:
    """The worker starts anew, and goes on sealing."""
    anchor_all()
    record("edit", by=OPERATOR, thing="member", place=(CITIES[0], 7))
    seal_waiting()


@pytest.mark.guard(
    "anchor-loss-told",
    "A lost anchor file is not made good in silence: the proof tells of it until somebody accepts it.",
)
def test_a_lost_anchor_file_is_told_until_the_loss_is_accepted() -> None:
    write(8)
    whole = anchor_file(CITIES[0]).read_text().splitlines()
    anchor_file(CITIES[0]).unlink()
    assert codes(verify()) == {"anchor_missing"}
    go_on()
    assert codes(verify()) == {"anchor_missing"}
    assert accept_anchor_loss(by=OPERATOR) == {CITIES[0]: 4}
    seal_waiting()
    assert verify().violations == []
    assert anchor_file(CITIES[0]).read_text().splitlines()[:4] == whole
    entry = Entry.objects.get(verb="accept_anchor_loss")
    assert (entry.thing, entry.detail) == ("journal", {CITIES[0]: 4})


@pytest.mark.control("anchor-loss-told")
def test_where_nothing_is_noted_a_lost_anchor_file_hides_a_rewritten_chain() -> None:
    write(8)
    anchor_file(CITIES[0]).unlink()
    Anchored.objects.all().delete()
    go_on()
    assert verify().violations == []


def test_lines_lost_from_the_middle_or_the_end_are_told() -> None:
    write(8)
    path = anchor_file(CITIES[0])
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[:1] + lines[2:]))
    assert verify().violations == [{"code": "anchor_missing", "city": CITIES[0], "block": 2, "lines": 1}]
    path.write_text("".join(lines[:2]))
    go_on()
    assert verify().violations == [{"code": "anchor_missing", "city": CITIES[0], "block": 3, "lines": 2}]
    assert accept_anchor_loss(by=OPERATOR) == {CITIES[0]: 2}
    assert verify().violations == []


def test_accepting_does_not_forgive_what_the_lines_still_tell() -> None:
    write(8)
    with unstopped() as cursor:
        cursor.execute("UPDATE journal_block SET hash = sha256(hash) WHERE city = %s AND number = 4", [CITIES[0]])
    lines = anchor_file(CITIES[0]).read_text().splitlines(keepends=True)
    anchor_file(CITIES[0]).write_text("".join(lines[2:]))
    assert accept_anchor_loss(by=OPERATOR) == {CITIES[0]: 2}
    assert {"rewritten", "block_altered"} <= codes(verify())


def test_nothing_is_accepted_where_nothing_is_lost(capsys: pytest.CaptureFixture[str]) -> None:
    write(8)
    assert accept_anchor_loss(by=OPERATOR) == {}
    assert main(["anchor-journal", "--accept-loss", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["refused"][0]["code"] == "nothing_lost"
    anchor_file(CITIES[1]).unlink()
    assert main(["anchor-journal", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"accepted": {}}
    assert codes(verify()) == {"anchor_missing"}
    assert main(["anchor-journal", "--accept-loss", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"accepted": {CITIES[1]: 4}}


def test_heads_printed_in_minutes_prove_the_chain(capsys: pytest.CaptureFixture[str]) -> None:
    write(8)
    assert main(["anchors", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)["anchors"]
    assert [(head["city"], head["number"]) for head in printed] == [(city, 4) for city in sorted(CITIES)]
    words = [f"--anchor={head['city']}:{head['number']}:{head['hash']}" for head in printed]
    go_on()
    assert main(["verify-journal", *words]) == 0
    assert main(["verify-journal", f"--anchor={CITIES[0]}:2:{'0' * 64}"]) == 1
    with pytest.raises(SystemExit):
        main(["verify-journal", "--anchor=somewhere"])


@pytest.mark.guard(
    "journal-minutes", "A head printed in minutes proves the chain also where the anchor files were forged with it."
)
def test_a_chain_forged_together_with_its_anchor_file_is_found_by_the_minutes(anchored_here: Path) -> None:
    printed = _forged(anchored_here)
    assert {(each["code"], each["block"]) for each in verify([printed]).violations} == {("tail_cut", 4)}


@pytest.mark.control("journal-minutes")
def test_without_minutes_a_chain_forged_together_with_its_anchor_file_is_not_seen(anchored_here: Path) -> None:
    _forged(anchored_here)
    assert verify().violations == []


def _forged(folder: Path) -> Minute:
    """Somebody holds database and anchors at once, and cuts the last block off both; the head as printed before."""
    write(8)
    head = next(head for head in heads() if head["city"] == CITIES[0])
    with unstopped() as cursor:
        cursor.execute("SELECT id FROM journal_block WHERE city = %s AND number = 4", CITIES[:1])
        block = cursor.fetchone()
        cursor.execute("CREATE TEMP TABLE cut AS SELECT entry_id FROM journal_sealing WHERE block_id = %s", block)
        cursor.execute("DELETE FROM journal_sealing WHERE block_id = %s", block)
        cursor.execute("DELETE FROM journal_block WHERE id = %s", block)
        cursor.execute("DELETE FROM journal_entry WHERE id IN (SELECT entry_id FROM cut)")
    path = folder / f"journal-{CITIES[0]}.txt"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:3]))
    Anchored.objects.filter(city=CITIES[0]).update(number=3)
    return Minute(CITIES[0], int(str(head["number"])), str(head["hash"]))


@pytest.mark.control("journal-tampering-found")
def test_where_seals_are_not_compared_an_edited_entry_is_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    write(8)
    with unstopped() as cursor:
        cursor.execute("UPDATE journal_entry SET author = 'nobody'")
    assert codes(verify()) == {"entry_altered"}

    def only_folded(leaves: Leaves, _proof: Proof, *, key: bytes) -> None:
        assert key
        for pk, mac, block, position in Entry.objects.values_list("pk", "mac", "sealing__block", "sealing__position"):
            assert pk
            leaves.add(block, position, bytes(mac))

    monkeypatch.setattr(queries, "check_entries", only_folded)
    assert verify().violations == []
    assert Block.objects.exists()
