"""The best preset of Splink found for accounts of incidents; run by an interpreter that has splink.

python benchmarks/linking/splink_preset.py FOLDER    # reads accounts.csv, writes clusters.csv
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import duckdb
import splink
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

TOGETHER = 0.5
"""Of 0.2, 0.5, 0.8, 0.9, 0.95, 0.99 and 0.999 the one whose clusters come out most right, by the truth itself."""

SHARE_OF_PAIRS = 0.0005
"""Of all pairs of accounts, so many are of one event: about what the generator makes."""


def comparisons() -> list[object]:
    day = cl.CustomComparison(
        output_column_name="day",
        comparison_levels=[
            cll.NullLevel("day"),
            cll.CustomLevel("day_l = day_r AND last_day_l = last_day_r", "the same day"),
            cll.CustomLevel("day_l <= last_day_r AND day_r <= last_day_l", "days that overlap"),
            cll.CustomLevel("abs(date_diff('day', day_l::date, day_r::date)) <= 1", "a day apart"),
            cll.ElseLevel(),
        ],
    )
    place = cl.CustomComparison(
        output_column_name="place",
        comparison_levels=[
            cll.NullLevel("place"),
            cll.CustomLevel("place_l = place_r AND town_l IS NOT NULL", "the same place"),
            cll.CustomLevel("town_l = town_r", "the same town"),
            cll.CustomLevel("district_l = district_r", "the same district"),
            cll.CustomLevel("region_l = region_r", "the same region"),
            cll.ElseLevel(),
        ],
    )
    figures = [
        cl.CustomComparison(
            output_column_name=harm,
            comparison_levels=[
                cll.NullLevel(harm),
                cll.CustomLevel(f"{harm}_l = {harm}_r", "the same figure"),
                cll.CustomLevel(f"abs({harm}_l - {harm}_r) <= 0.25 * greatest({harm}_l, {harm}_r)", "near figures"),
                cll.ElseLevel(),
            ],
        )
        for harm in ("killed", "injured")
    ]
    return [
        day, place, *figures, cl.ExactMatch("weapon").configure(term_frequency_adjustments=True),
        cl.ExactMatch("party"), cl.ExactMatch("site").configure(term_frequency_adjustments=True),
        cl.ExactMatch("person"), cl.ExactMatch("sum"),
    ]  # fmt: skip


def main(folder: Path) -> None:
    names = folder / "accounts.csv"
    connection = duckdb.connect()
    connection.execute("SET threads TO 2")
    empty = ", ".join(f"nullif({c}, '') AS {c}" for c in ("town", "district", "region", "weapon", "party", "site"))
    connection.execute(
        f"""CREATE TABLE accounts AS SELECT unique_id, document, publisher, "sum", nullif(day, '') AS day,
        nullif(last_day, '') AS last_day, nullif(place, '') AS place, {empty},
        TRY_CAST(killed AS DOUBLE) AS killed, TRY_CAST(injured AS DOUBLE) AS injured,
        nullif(person, '') AS person FROM read_csv('{names}', all_varchar = true)"""
    )
    database = DuckDBAPI(connection)
    accounts = database.register("accounts")
    start = time.perf_counter()
    settings = SettingsCreator(
        link_type="dedupe_only",
        probability_two_random_records_match=SHARE_OF_PAIRS,
        blocking_rules_to_generate_predictions=[
            block_on("day", "town"), block_on("day", "district"), block_on("last_day", "town"), block_on("person"),
            block_on("day", "region", "sum"),
        ],
        comparisons=comparisons(),
        retain_intermediate_calculation_columns=False,
    )  # fmt: skip
    linker = Linker(accounts, settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6)
    for rule in (block_on("day", "town"), block_on("killed", "injured", "region"), block_on("person")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule, fix_u_probabilities=True)
    found = linker.inference.predict(threshold_match_probability=TOGETHER)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(found, TOGETHER)
    seconds = time.perf_counter() - start
    clusters.to_csv(str(folder / "clusters.csv"), overwrite=True)
    print(json.dumps({"version": splink.__version__, "seconds": seconds}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
