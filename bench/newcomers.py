"""One newcomer held against the register, and a roster's many: prepared look-ups by blind indexes, against one unique look-up."""

import os
import sys
from collections.abc import Iterator
from functools import partial
from random import Random

import psycopg
from django.core.management import call_command
from django.db import transaction

import bench.ready  # noqa: F401 - before the slice below
from bench.figures import Figure, median, seconds, show
from niangjia.kernel.sealed import BulkBlind
from niangjia.registers.members.linking.newcomers import likely_same, likely_same_each
from niangjia.registers.members.linking.rules.records import read_record
from niangjia.registers.members.linking.tests.others import Kept, records
from niangjia.registers.members.rules.sealed_columns import PHONE, REAL_NAME, real_name

SINGLE, MANY, WARM, TRIES = 400, 5_000, 12, 5
MISTYPED, WITHOUT = 0.2, 0.3
GOAL_ONE, GOAL_MANY = "p99 below 10 ms with typos", "at least 5,000 a second"
UNIQUE = "SELECT id FROM people_subject WHERE key_blind = %s"
COLUMNS = "(subject_id, city, name, name_sort, name_keys, id_kind, id_sealed, phone_blind, sex, birth_on, ethnicity, political, education, household_registration, employment, workplace, title, skill, occupation, revision, registered_at)"


def measure(*, rows: int, repeat: int) -> list[Figure]:
    """Milliseconds of one newcomer, typos and all, at the middle and at the ninety-ninth; newcomers a second in bulk."""
    call_command("migrate", database="owner", verbosity=0)
    kept = [each for each in records(rows, seed=rows) if read_record(each.fields).proven]
    with psycopg.connect(os.environ["NIANGJIA_OWNER_URL"], autocommit=True) as owner:
        _fill(owner, kept)
        owner.execute("VACUUM ANALYZE people_subject, members_person")
        index = BulkBlind(REAL_NAME).index
        keys = [index(real_name("id_card", read_record(each.fields).id_number or "")) for each in kept[:SINGLE]]
        unique = median(seconds(partial(_asked, owner, key)) for key in keys)
    written = list(_written(kept))
    return list(_figures(written, unique, len(kept), repeat))


def _asked(owner: psycopg.Connection, key: bytes) -> object:
    return owner.execute(UNIQUE, [key]).fetchone()


def _figures(written: list[dict[str, str]], unique: float, many: int, repeat: int) -> Iterator[Figure]:
    with transaction.atomic():
        for each in written[:WARM]:
            likely_same(each)
        tries = [[seconds(partial(likely_same, each)) for each in written[:SINGLE]] for _ in range(TRIES)]
        ones, least = sorted(tries[0]), sorted(map(min, zip(*tries, strict=True)))
        bulk = written[:MANY]
        wall = median(seconds(lambda: likely_same_each(bulk)) for _ in range(repeat))
        found = sum(any(one.verdict.linked for one in each) for each in likely_same_each(bulk[:1_000]))
    name = f"newcomers.{many} registered"
    middle, last = ones[len(ones) // 2] * 1000, ones[int(len(ones) * 0.99)] * 1000
    yield Figure(f"{name} one, median ms", middle, unique * 1000, middle / unique / 1000)
    yield Figure(f"{name} one, p99 ms", last, goal=GOAL_ONE)
    # Of each the least of some tries: where others load the machine, this is what she costs and not who waits for whom.
    yield Figure(f"{name} one, p99 ms of the least", least[int(len(least) * 0.99)] * 1000, goal=GOAL_ONE)
    yield Figure(f"{name} in bulk, a second", len(bulk) / wall, goal=GOAL_MANY)
    yield Figure(f"{name} found again of 1,000", float(found))


def _written(kept: list[Kept]) -> Iterator[dict[str, str]]:
    """People of the register as a roster writes them again: one in five with a digit wrong, one in ten with no number."""
    random = Random(7)  # noqa: S311 - made-up people
    for each in random.sample(kept, min(MANY, len(kept))):
        fields, chance = dict(each.fields), random.random()
        number = fields["id_number"]
        if chance < MISTYPED and number:
            at = random.randrange(17)
            fields["id_number"] = number[:at] + str(random.randrange(10)) + number[at + 1 :]
        elif chance < WITHOUT:
            fields["id_number"] = ""
        yield fields


def _fill(owner: psycopg.Connection, kept: list[Kept]) -> None:
    """A register of these people, with their indexes and without their sealed values, which nothing here opens."""
    index, phone = BulkBlind(REAL_NAME).index, BulkBlind(PHONE).index
    with owner.transaction(), owner.cursor() as cursor:
        read = [read_record(each.fields) for each in kept]
        keys = [index(real_name("id_card", each.id_number or "")) for each in read]
        for table in ("people_subject", "members_person"):
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        firsts = sorted({key: at for at, key in reversed(list(enumerate(keys)))}.values())
        with cursor.copy("COPY people_subject (id, city, key_blind) FROM STDIN") as copy:
            for at in firsts:
                copy.write_row((at + 1, "349900", keys[at]))
        with cursor.copy(f"COPY members_person {COLUMNS} FROM STDIN") as copy:
            for at in firsts:
                one = read[at]
                blind = phone(one.phone) if one.phone else None
                copy.write_row((at + 1, "349900", one.name or "–", one.sound or "", [], "id_card", b"", blind, one.sex or "",
                                one.birth_on, *[""] * 9, 1, "2026-01-01"))  # fmt: skip
    for table in ("people_subject", "members_person"):
        owner.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


if __name__ == "__main__":
    scale, repetitions, shape = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    show(measure(rows=scale, repeat=repetitions), as_json=shape == "json")
