"""The weights of a comparison: additive log-odds, fixed and few. docs/reference/linking.md prints this table.

Source: `benchmarks/linking/fit.py`, logistic regression on labelled pairs of a generated world and of coded reports
(MAVERICK, Kenya), rounded, and held near what the cases in tests/unit/linker ask for where few pairs bear on a mark.
"""

from __future__ import annotations

WEIGHTS: dict[str, float] = {
    "same_day": 2.4,
    "overlapping_days": 1.5,
    "adjacent_days": 0.3,
    "same_period": 2.0,
    "day_in_period": 0.2,
    "different_hour": -3.0,
    "same_spot": 2.5,
    "same_place": 2.7,
    "same_district": 2.5,
    "place_within_place": 1.5,
    "places_shared_in_part": 1.2,
    "same_place_name_unresolved": 1.8,
    "places_near": -0.5,
    "same_wide_place": 0.8,
    "same_wide_area": 0.0,
    "same_weapon_model": 2.5,
    "same_weapon_class": 1.0,
    "weapons_compatible": 0.2,
    "different_weapon_class": -2.0,
    "different_weapon_model": -3.5,
    "same_way": 0.3,
    "different_way": -0.5,
    "same_group": 0.3,
    "different_group": -0.4,
    "several_told_there": -1.6,
    "many_told_there": -2.2,
    "same_party": 0.7,
    "different_party": -1.2,
    "same_harm": 0.9,
    "different_harm": -0.7,
    "death_in_one": -0.4,
    "same_person": 4.0,
    "same_age": 1.5,
    "same_site": 2.0,
    "different_site": -1.0,
    "same_words": 4.0,
    "cites_the_other": 1.5,
    "same_publisher": 0.7,
    "told_twice": -0.7,
    "counts_conflict": -1.2,
    "counts_far_apart": -2.0,
    "rare_kind": 2.0,
    "said_to_be_another": -2.0,
    "several_events": -0.7,
}
"""Natural-log weight of each thing two accounts agree or differ in. Equal figures weigh nothing."""

TOGETHER = 4.0
"""At or above: one incident, where nothing bars it."""

CANDIDATE = 2.2
"""At or above, and below TOGETHER: put to a person."""

A_DAY_APART = 3.0
"""At or above, two accounts that differ by one day and agree in the rest are put to a person; they are never joined."""

WORDS: dict[str, str] = {
    "same_day": "same day",
    "overlapping_days": "dates overlap",
    "adjacent_days": "dates a day apart",
    "same_period": "the same span of days",
    "day_in_period": "spans of days that overlap",
    "different_hour": "different hours",
    "same_spot": "same spot",
    "same_place": "same place",
    "same_district": "same district",
    "place_within_place": "one place lies in the other",
    "places_shared_in_part": "one of several places is shared",
    "same_place_name_unresolved": "same place name, not resolved",
    "places_near": "places close by",
    "same_wide_place": "same region or country",
    "same_wide_area": "one lies in the other's region or country",
    "same_weapon_model": "same weapon model",
    "same_weapon_class": "same kind of weapon",
    "weapons_compatible": "kinds of weapon that can be one",
    "different_weapon_class": "different kind of weapon",
    "different_weapon_model": "different weapon models",
    "same_way": "harmed in the same way",
    "different_way": "harmed in different ways",
    "same_group": "the same group harmed",
    "different_group": "different groups harmed",
    "several_told_there": "one account tells several events of that day and place",
    "many_told_there": "one account tells many events of that day and place",
    "same_party": "same party held responsible",
    "different_party": "different parties held responsible",
    "same_harm": "same harm",
    "different_harm": "different harm",
    "death_in_one": "deaths told by one only",
    "same_person": "same person named",
    "same_age": "victims of the same age",
    "same_site": "same kind of site",
    "different_site": "different sites",
    "same_words": "the same sentence",
    "cites_the_other": "one cites the other's publisher",
    "same_publisher": "the same publisher comes back to it",
    "told_twice": "the same publisher tells of both",
    "counts_conflict": "figures that cannot both hold",
    "counts_far_apart": "figures that differ by half or more",
    "rare_kind": "a rare kind of event, at one time as far as stated",
    "said_to_be_another": "said to be another",
    "several_events": "one speaks of several events",
}
"""Each weight's name in words for a person."""

SPECIFIC = frozenset({"same_weapon_model", "same_person", "same_site", "same_words", "same_age"})
"""What can stand in for a day stated on both sides."""
