"""All records of a file compared at once: candidates, likenesses and weights by Splink on DuckDB, the verdict by the rules."""

from collections.abc import Sequence
from typing import Any

import duckdb
from splink import Linker, SettingsCreator
from splink.internals.duckdb.database_api import DuckDBAPI

from niangjia.registers.members.linking.rules.deciding import Weights, prior, weight
from niangjia.registers.members.linking.rules.levels import COMPARISONS, UNKNOWN, Comparison, Likeness

# Two records meet if they agree in one of these; what agrees in none could not be linked.
KEYS = ("by_number", "by_phone", "by_birth", "by_head", "by_tail")
LEAST_KEPT_BITS = 0.0
# Weights of one field that differ by less are one: Splink writes them into its SQL with all their digits.
ALMOST = 1e-7


def settings(weights: Weights | None, *, records: int) -> SettingsCreator:
    """The comparisons as Splink takes them, with the weights where they are known."""
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="n",
        probability_two_random_records_match=prior(records),
        comparisons=[_comparison(comparison, weights) for comparison in COMPARISONS],
        blocking_rules_to_generate_predictions=[{"blocking_rule": f"l.{key} = r.{key}"} for key in KEYS],
        retain_matching_columns=False,
        # What each field weighed, which tells the level it stands at: far less to write than what was compared.
        retain_intermediate_calculation_columns=True,
        additional_columns_to_retain=["paper"],
    )


def _comparison(comparison: Comparison, weights: Weights | None) -> dict[str, Any]:
    levels: list[dict[str, Any]] = []
    for level in comparison.levels:
        one: dict[str, Any] = {"sql_condition": level.sql, "label_for_charts": level.code}
        if level.code == UNKNOWN:
            one["is_null_level"] = True
        elif weights is not None:
            one["m_probability"], one["u_probability"] = weights[comparison.field][level.code]
        levels.append(one)
    return {"output_column_name": comparison.field, "comparison_levels": levels}


def linker_of(db: duckdb.DuckDBPyConnection, weights: Weights | None, *, records: int) -> Linker:
    """Splink over the table `people`."""
    table = DuckDBAPI(connection=db).register("people")
    return Linker(table, settings(weights, records=records), log_level=None, validate_settings=False)


def predict(db: duckdb.DuckDBPyConnection, weights: Weights, *, records: int) -> str:
    """The table of all pairs worth a look: `n_l`, `n_r`, `mw_…`, `match_weight`."""
    linker = linker_of(db, weights, records=records)
    pairs = linker.inference.predict(threshold_match_weight=LEAST_KEPT_BITS, warning_mode="never")
    return str(pairs.physical_name)


def likeness_of(weighed: Sequence[float], weights: Weights) -> Likeness:
    """The likeness that each field's weight tells."""
    return tuple(_level_of(bits, comparison, weights) for bits, comparison in zip(weighed, COMPARISONS, strict=True))


def _level_of(bits: float, comparison: Comparison, weights: Weights) -> str:
    """The level of this weight; no two of a field weigh the same."""
    codes = (level.code for level in comparison.levels)
    found = [code for code in codes if abs(weight(weights, comparison.field, code) - bits) < ALMOST]
    if len(found) != 1:
        message = f"{comparison.field}: {len(found)} levels weigh {bits}"
        raise ValueError(message)
    return found[0]
