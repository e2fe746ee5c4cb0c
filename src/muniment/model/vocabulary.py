"""The closed lists of the record (RECORD contract, version 1). Every value a row may take stands here, once."""

from __future__ import annotations

from typing import Literal, get_args

ClaimKind = Literal[
    "casualty", "incident", "weapon_use", "weapon_id", "attribution", "damage", "detention", "ill_treatment",
    "restriction", "surveillance", "deprivation", "indicator", "denial", "refutation", "verification", "identity",
    "legal_finding", "legal_status", "ceasefire", "call", "response",
]  # fmt: skip
Harm = Literal[
    "killed", "injured", "casualties", "missing", "displaced", "detained", "released", "sentenced", "tortured",
    "mutilated", "desecration", "deprived", "targeted", "infected",
]  # fmt: skip
Qualifier = Literal[
    "exact", "at_least", "more_than", "less_than", "about", "as_many_as", "range", "vague", "unspecified", "share"
]
Unit = Literal["people", "families", "videos", "strikes", "infections", "submunitions", "facilities", "states", "other"]
VictimStatus = Literal["civilian", "combatant", "mixed", "unknown"]
PersonRole = Literal["victim", "witness", "alleged_responsible", "official", "expert", "spokesperson"]
WeaponClass = Literal[
    "cluster", "ballistic_missile", "mlrs", "artillery", "rocket", "air_bomb", "air_strike", "guided_bomb", "drone",
    "landmine", "small_arms", "blade", "incendiary", "spyware", "explosive_wide_area", "barrel_bomb", "other",
]  # fmt: skip
Certainty = Literal[
    "stated", "identified", "strongly_suggested", "likely", "appears", "consistent_with", "believed", "reported",
    "alleged", "claimed", "implied", "denied",
]  # fmt: skip
SourceType = Literal[
    "self", "party_state", "de_facto", "media", "social_media", "witness", "medic", "official_doc", "expert", "ngo",
    "io", "activist", "anonymous",
]  # fmt: skip
Level = Literal[
    "established", "verified", "corroborated", "strongly_suggested", "likely", "reported", "alleged", "unverified",
    "inconclusive", "hypothetical", "denied", "refuted_denial",
]  # fmt: skip
Polarity = Literal["affirm", "negated", "denied", "negated_with_exception"]
WhenBasis = Literal["explicit", "context", "resolved"]
WherePrecision = Literal["exact", "vicinity", "locality", "district", "region", "country", "unknown"]
DocumentKind = Literal["news", "statement", "letter", "report", "post", "message", "dataset", "other"]
FieldBasis = Literal["read", "stated", "decided"]
ExhibitState = Literal["read", "unread", "set_aside", "withdrawn", "erased"]
ReviewState = Literal["unreviewed", "accepted", "corrected", "rejected"]
RelationKind = Literal[
    "candidate", "part_of", "same_fact", "same_origin", "copied_from", "version_of", "updates", "conflicts",
    "compatible", "denies", "refutes", "same_person", "distinct_person",
]  # fmt: skip
RelationStatus = Literal["proposed", "accepted", "rejected"]
FlagKind = Literal[
    "firmer_than_source", "source_changed", "name_variant", "arithmetic_gap", "arithmetic_match", "severity_drift",
    "missing_follow_up", "unsupported_plural", "date_conflict", "party_conflict", "ambiguous_place", "stale",
    "weekday_mismatch", "revised_down", "lost_decision", "unread_language",
]  # fmt: skip
DecisionKind = Literal[
    "accept", "reject", "correct", "add_claim", "split", "same", "not_same", "part_of", "not_part_of", "best_figure",
    "grade", "set_document", "set_place", "place_name", "merge_place", "same_person", "distinct_person", "protect",
    "set_aside", "withdraw", "erase", "assign", "finding", "setting", "sign", "take_back",
]  # fmt: skip
TallyVictims = Literal["all", "civilian", "combatant", "unknown"]
IncidentGrade = Literal["confirmed", "fair", "weak", "contested", "discounted"]
IncidentStatus = Literal["open", "ended", "superseded"]
PartyKind = Literal["state", "de_facto", "armed_group", "other"]
Audience = Literal["case", "public"]

CLAIM_KINDS: frozenset[str] = frozenset(get_args(ClaimKind))
HARMS: frozenset[str] = frozenset(get_args(Harm))
QUALIFIERS: frozenset[str] = frozenset(get_args(Qualifier))
UNITS: frozenset[str] = frozenset(get_args(Unit))
WEAPON_CLASSES: frozenset[str] = frozenset(get_args(WeaponClass))
CERTAINTIES: frozenset[str] = frozenset(get_args(Certainty))
SOURCE_TYPES: frozenset[str] = frozenset(get_args(SourceType))
LEVELS: frozenset[str] = frozenset(get_args(Level))
DOCUMENT_KINDS: frozenset[str] = frozenset(get_args(DocumentKind))
DECISION_KINDS: frozenset[str] = frozenset(get_args(DecisionKind))
RELATION_KINDS: frozenset[str] = frozenset(get_args(RelationKind))
FLAG_KINDS: frozenset[str] = frozenset(get_args(FlagKind))

LONGEST_QUOTE = 600
"""A claim's span never covers more code points than this: longer is not one exact place."""
