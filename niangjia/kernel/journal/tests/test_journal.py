"""The journal: written with the change, sealed in blocks, proved, and never altered unseen."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from random import Random
from threading import Barrier, Event, Thread
from time import process_time
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import DatabaseError, OperationalError, connection, connections, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from niangjia.kernel import clock
from niangjia.kernel.journal import services
from niangjia.kernel.journal.anchors import anchor_all, anchor_file
from niangjia.kernel.journal.models import Anchored, Block, Entry, Sealing, Waiting
from niangjia.kernel.journal.queries import Proof, refuse_other_keys, verify
from niangjia.kernel.journal.rules import BlockFacts, EntryFacts, block_hash, entry_mac, merkle_root, settled
from niangjia.kernel.journal.services import keep_sealing, record, seal_waiting
from niangjia.kernel.journal.tests.tampering import CITIES, KINDS, OPERATOR, put_back, remember, unstopped, write
from niangjia.kernel.sealed import KeysMissing, keyring

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture(autouse=True)
def anchored_here(tmp_path: Path, settings: Any) -> Path:
    settings.NIANGJIA_ANCHORS = tmp_path / "anchors"
    return tmp_path / "anchors"


def one(verb: str = "edit", **facts: Any) -> None:
    record(verb, by=OPERATOR, thing="member", place=(CITIES[0], 7), **facts)


def codes(proof: Proof) -> set[object]:
    return {violation["code"] for violation in proof.violations}


def seal_apart() -> None:
    seal_waiting()
    connection.close()


def test_an_untouched_journal_is_proved_whole() -> None:
    write(40)
    proof = verify()
    assert (proof.checked, proof.waiting, proof.violations) == (40, 0, [])
    assert {each["city"]: each["block"] for each in proof.anchored_to} == dict.fromkeys(CITIES, 4)
    assert not Waiting.objects.exists()


def test_what_waits_is_no_violation_and_is_sealed_next() -> None:
    write(8)
    one()
    proof = verify()
    assert (proof.waiting, proof.violations) == (1, [])
    assert seal_waiting() == 1
    assert verify().waiting == 0


def test_an_entry_is_written_with_its_change_or_not_at_all() -> None:
    def fail() -> None:
        with transaction.atomic():
            one()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not Entry.objects.exists()
    assert not Waiting.objects.exists()


def test_entries_of_one_transaction_stand_in_one_block() -> None:
    with transaction.atomic():
        for number in range(30):
            one(thing_id=number)
        other = Thread(target=seal_apart)
        other.start()
        other.join()
    seal_waiting()
    assert Block.objects.get().entries == 30


def test_an_entry_that_a_long_transaction_commits_late_is_sealed_too() -> None:
    early, go_on = Event(), Event()

    def slowly() -> None:
        with transaction.atomic(), clock.at(datetime(2026, 1, 1, tzinfo=UTC)):
            one("slow")
            early.set()
            go_on.wait()
        connection.close()

    slow = Thread(target=slowly)
    slow.start()
    early.wait()
    with clock.at(datetime(2020, 1, 1, tzinfo=UTC)):
        write(8)
    write(8)
    go_on.set()
    slow.join()
    assert seal_waiting() == 1
    assert verify().violations == []
    assert Entry.objects.order_by("id").values_list("verb", flat=True)[0] == "slow"


def test_two_sealing_workers_at_once_seal_each_entry_once() -> None:
    for number in range(200):
        one(thing_id=number)
    start, sealed = Barrier(4), []

    def work() -> None:
        start.wait()
        sealed.append(seal_waiting())
        connection.close()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(sealed) == Sealing.objects.count() == 200
    assert verify().violations == []


def test_a_proof_made_while_others_write_and_seal_sees_no_violation() -> None:
    stop = Event()

    def seal() -> None:
        keep_sealing(stop, every_s=0.001)

    def work() -> None:
        while not stop.is_set():
            one()
        connection.close()

    threads = [Thread(target=seal), Thread(target=work)]
    for thread in threads:
        thread.start()
    found = [violation for _ in range(25) for violation in verify().violations]
    stop.set()
    for thread in threads:
        thread.join()
    assert found == []
    assert Block.objects.count() > 1


def test_twenty_thousand_entries_are_proved_within_a_second_of_work() -> None:
    with transaction.atomic():
        Entry.objects.bulk_create(
            [_an_entry(number) for number in range(20_000)],
            batch_size=5_000,
        )
    while seal_waiting():
        pass
    began = process_time()
    proof = verify()
    took_s = process_time() - began
    assert (proof.checked, proof.violations) == (20_000, [])
    print(f"{proof.checked / took_s:,.0f} entries a second")  # noqa: T201 - shown by pytest -s
    assert took_s < 1


def _an_entry(number: int) -> Entry:
    detail = {"phone": ["138****0001", "138****0002"], "row": number, "name": "王小一"}
    facts = EntryFacts(
        ref=str(uuid4()), city=CITIES[number % 2], at=datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds=number),
        account_id=5, author="安禾县总工会 cadre", verb="edit_member", thing="member", thing_id=number, place_id=7,
        detail=detail,
    )  # fmt: skip
    return Entry(**vars(facts), mac=entry_mac(facts, key=keyring().journal_key))


def tampered(times: int, seed: int) -> Iterator[tuple[str, Proof]]:
    random = Random(seed)
    write(48)
    remember()
    for number in range(times):
        change = KINDS[number % len(KINDS)]
        with unstopped() as cursor:
            what = change(cursor, random)
        yield f"{number} {change.__name__} {what}", verify()
        put_back()
        assert number % 10 or verify().violations == []


@pytest.mark.guard(
    "journal-tampering-found",
    "Whoever edits, deletes, doubles, moves, swaps or forges entries and blocks is found out.",
)
def test_every_kind_of_tampering_is_found() -> None:
    unseen = [what for what, proof in tampered(72, seed=1) if not proof.violations]
    assert unseen == []


@pytest.mark.deep
def test_four_hundred_tamperings_are_found() -> None:
    unseen = [what for what, proof in tampered(400, seed=2) if not proof.violations]
    assert unseen == []


def test_a_tampering_is_found_also_after_the_worker_went_on(anchored_here: Path) -> None:
    random = Random(3)
    write(48)
    remember()
    for change in KINDS:
        with unstopped() as cursor:
            what = change(cursor, random)
        one("later")
        assert seal_waiting() >= 1
        assert verify().violations, f"{change.__name__} {what}"
        put_back()
        anchors_anew(anchored_here)


def anchors_anew(folder: Path) -> None:
    """As if nothing had ever been anchored: the files and the note of them are gone."""
    for path in folder.iterdir():
        path.unlink()
    Anchored.objects.all().delete()
    anchor_all()


def rewritten(key: bytes, *, verb: str) -> None:
    """Falsify the first entry, and compute every seal, block and link after it anew with a key."""
    with unstopped() as cursor:
        first = Entry.objects.using("owner").order_by("id").first()
        assert first is not None
        names = ("city", "at", "account_id", "author", "thing", "thing_id", "place_id", "detail")
        facts = EntryFacts(ref=str(first.ref), verb=verb, **{name: getattr(first, name) for name in names})
        mac = entry_mac(facts, key=key)
        cursor.execute("UPDATE journal_entry SET verb = %s, mac = %s WHERE id = %s", [verb, mac, first.pk])
        previous = bytes(32)
        for block in Block.objects.using("owner").filter(city=first.city).order_by("number"):
            entries = Entry.objects.using("owner").filter(sealing__block=block).order_by("sealing__position")
            leaves = [mac if entry.pk == first.pk else bytes(entry.mac) for entry in entries]
            anew = BlockFacts(block.city, block.number, previous, merkle_root(leaves), block.entries, block.sealed_at)
            digest = block_hash(anew, key=key)
            values: list[Any] = [anew.previous, anew.root, digest, block.pk]
            cursor.execute("UPDATE journal_block SET previous = %s, root = %s, hash = %s WHERE id = %s", values)
            previous = digest


def test_a_chain_rewritten_with_other_keys_is_found_by_its_seals() -> None:
    write(24)
    rewritten(b"k" * 32, verb="forged")
    assert {"entry_altered", "block_altered"} <= codes(verify())


@pytest.mark.guard(
    "journal-anchored-outside",
    "A chain cut or rewritten with the right keys does not fit the anchors outside the database.",
)
def test_a_chain_rewritten_with_the_right_keys_is_found_by_the_anchor_alone() -> None:
    write(24)
    rewritten(keyring().journal_key, verb="forged")
    assert codes(verify()) == {"rewritten"}


@pytest.mark.control("journal-anchored-outside")
def test_without_the_anchor_a_cut_tail_and_a_rewritten_chain_are_not_seen(anchored_here: Path) -> None:
    write(24)
    with unstopped() as cursor:
        cursor.execute("SELECT max(id) FROM journal_block")
        last = cursor.fetchone()
        cursor.execute("CREATE TEMP TABLE cut AS SELECT entry_id FROM journal_sealing WHERE block_id = %s", last)
        cursor.execute("DELETE FROM journal_sealing WHERE block_id = %s", last)
        cursor.execute("DELETE FROM journal_block WHERE id = %s", last)
        cursor.execute("DELETE FROM journal_entry WHERE id IN (SELECT entry_id FROM cut)")
    rewritten(keyring().journal_key, verb="forged")
    assert {"tail_cut", "rewritten"} <= codes(verify())
    anchors_anew(anchored_here)
    assert codes(verify()) == set()


def test_a_city_whose_whole_chain_is_gone_is_missed() -> None:
    write(24)
    with unstopped() as cursor:
        cursor.execute(
            "DELETE FROM journal_sealing WHERE block_id IN (SELECT id FROM journal_block WHERE city = %s)", CITIES[:1]
        )
        cursor.execute("DELETE FROM journal_block WHERE city = %s", CITIES[:1])
        cursor.execute("DELETE FROM journal_entry WHERE city = %s", CITIES[:1])
    assert verify().violations[0] == {"code": "tail_cut", "city": CITIES[0], "block": 1}


def test_an_entry_taken_off_the_list_of_work_is_missed() -> None:
    one()
    Waiting.objects.all().delete()
    assert codes(verify()) == {"never_sealed"}


def test_a_death_between_a_block_and_its_anchor_is_made_good() -> None:
    write(8)
    one()
    with patch.object(services, "anchor", side_effect=SystemExit), pytest.raises(SystemExit):
        seal_waiting()
    assert verify().violations == []
    assert anchor_file(CITIES[0]).read_text().count("\n") == 4
    one()
    seal_waiting()
    numbers = [line.split()[0] for line in anchor_file(CITIES[0]).read_text().splitlines()]
    assert numbers == ["1", "2", "3", "4", "5", "6"]


def test_half_a_line_in_the_anchor_is_completed() -> None:
    write(8)
    path = anchor_file(CITIES[0])
    whole = path.read_text()
    path.write_text(whole[:-40])
    Anchored.objects.filter(city=CITIES[0]).update(number=3)  # it is noted once the line is on the disk
    assert codes(verify()) <= {"anchor_unreadable", "rewritten"}
    anchor_all()
    assert path.read_text() == whole
    assert verify().violations == []


def test_sealing_goes_on_after_the_database_or_the_disk_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "SERVER_AWAY_S", 0.01)
    stop, failures = Event(), [OperationalError("away"), OSError("full")]

    def seal() -> int:
        if failures:
            raise failures.pop()
        stop.set()
        return 0

    monkeypatch.setattr(services, "seal_waiting", seal)
    keep_sealing(stop)
    assert failures == []


@pytest.mark.guard(
    "journal-written-once", "The database refuses everybody, its owner too, to change, delete or empty the journal."
)
@pytest.mark.parametrize("table", ["entry", "block", "sealing"])
@pytest.mark.parametrize(
    "words", ["UPDATE journal_{} SET {} = {}", "DELETE FROM journal_{}", "TRUNCATE journal_{} CASCADE"]
)
def test_neither_the_application_nor_the_owner_alters_the_journal(table: str, words: str) -> None:
    write(8)
    column = "position" if table == "sealing" else "city"
    statement = words.format(table, column, column)
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(statement)
    stopped = pytest.raises(DatabaseError, match=r"Cannot update or delete|written once")
    with stopped, connections["owner"].cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.control("journal-written-once")
def test_without_the_trigger_the_owner_alters_what_he_likes() -> None:
    write(8)
    with unstopped() as cursor:
        cursor.execute("UPDATE journal_entry SET author = 'nobody'")
        assert cursor.rowcount == 8
    assert codes(verify()) == {"entry_altered"}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**40), 10**40) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec=None), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner) | st.dictionaries(st.text(max_size=3) | st.integers(), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
instants = st.datetimes(
    datetime(1950, 1, 1), datetime(2100, 1, 1),
    timezones=st.sampled_from([UTC, clock.PEOPLE_ZONE, timezone(timedelta(hours=-9, minutes=-30))]),
)  # fmt: skip


@given(detail=st.dictionaries(st.text(max_size=4) | st.integers(), json_values, max_size=4), at=instants)
@tries(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_an_entry_tells_its_seal_fits_when_it_is_read_back(detail: dict[Any, Any], at: datetime) -> None:
    with transaction.atomic():
        with clock.at(at):
            record("edit", by=OPERATOR, thing="member", detail=detail)
        assert codes(verify()) <= {"anchor_missing"}
        transaction.set_rollback(True)


def test_unsettled_values_would_break_their_own_seal() -> None:
    for value in (1e20, -0.0, "\ud800"):
        assert settled(value) != value or str(settled(value)) != str(value)
    with pytest.raises(ValueError, match="no number"):
        settled(float("nan"))


def test_a_database_written_with_other_keys_is_refused(tmp_path: Path, settings: Any) -> None:
    refuse_other_keys()
    write(8)
    refuse_other_keys()
    settings.NIANGJIA_KEYS = tmp_path / "empty"
    with pytest.raises(KeysMissing, match="restore them"):
        refuse_other_keys()
    assert not (tmp_path / "empty").exists()
    keyring.cache_clear()
    keyring()
    try:
        with pytest.raises(KeysMissing, match="not the keys"):
            refuse_other_keys()
    finally:
        keyring.cache_clear()
