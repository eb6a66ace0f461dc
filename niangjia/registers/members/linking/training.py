"""The weights learnt from invented people of whom it is known who is who (权重训练): by a command, never at run time."""

import json
from typing import Any

import duckdb
import pyarrow as pa

from niangjia.registers.members.linking.engine import linker_of
from niangjia.registers.members.linking.generating import invented
from niangjia.registers.members.linking.rules.deciding import known_shares
from niangjia.registers.members.linking.rules.levels import UNKNOWN
from niangjia.registers.members.linking.rules.records import COLUMNS
from niangjia.registers.members.linking.tables import Connection, make_people

SEED, RECORDS, SAMPLED_PAIRS = 20_261_121, 60_000, 200_000
LEAST = 1e-4
# Kin share a phone, but not a name with it.
PHONES = {("phone", "same_own"): 5e-7, ("phone", "same_family"): 1e-6}
# What no sample of pairs can show: how often two people's facts agree by chance.
CHANCE = {
    ("id_number", "same"): 1e-9,
    ("id_number", "same_unproven"): 1e-8,
    ("id_number", "slip"): 1e-8,
    ("id_number", "cut"): 3e-7,
    ("name", "variant"): 1e-4,
    ("name", "sound"): 2e-4,
    ("name", "one_mark"): 1e-3,
    ("birth_on", "same"): 1 / 15_000,
} | PHONES


def train(*, records: int = RECORDS, seed: int = SEED) -> dict[str, Any]:
    """The content of the weights' file."""
    with duckdb.connect() as db:
        _write_people(db, records, seed)
        linker = linker_of(db, None, records=records)
        linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLED_PAIRS, seed=seed)
        linker.training.estimate_m_from_label_column("person")
        learnt = linker.misc.save_model_to_json()["comparisons"]
    levels = {comparison["output_column_name"]: _rounded(comparison) for comparison in learnt}
    return {"trained_on": {"records": records, "seed": seed}, "levels": levels}


def _write_people(db: Connection, records: int, seed: int) -> None:
    """The invented records as `people`, each with the person it is of."""
    people = list(invented(records, seed=seed))
    columns = {name: [getattr(each, name) or None for each in people] for name in COLUMNS}
    db.register("arrived", pa.table({**columns, "person": [each.person for each in people]}))
    db.execute("CREATE TABLE written AS SELECT * FROM arrived")
    make_people(db)
    db.execute("ALTER TABLE people RENAME TO facts_of_people")
    db.execute("CREATE TABLE people AS SELECT p.*, w.person FROM facts_of_people p JOIN written w ON w.rowid = p.n")


def _rounded(comparison: dict[str, Any]) -> dict[str, dict[str, float]]:
    """M and u of each level; levels of one agreement that differ only in how common it is share what is learnt."""
    field, known = comparison["output_column_name"], known_shares() | CHANCE
    graded = {code for of, code in (*known_shares(), *PHONES) if of == field}
    found = {
        level["label_for_charts"]: (level.get("m_probability") or 0.0, level.get("u_probability") or 0.0)
        for level in comparison["comparison_levels"]
        if level["label_for_charts"] != UNKNOWN
    }
    shared = sum(m for code, (m, _) in found.items() if code in graded)
    return {
        code: {
            "m": round(max(shared if code in graded else m, LEAST), 6),
            "u": round(known.get((field, code), max(u, LEAST)), 12),
        }
        for code, (m, u) in found.items()
    }


def as_text(weights: dict[str, Any]) -> str:
    """The file as it is shipped."""
    return json.dumps(weights, ensure_ascii=False, indent=1) + "\n"
