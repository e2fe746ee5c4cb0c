"""The record's contract as a JSON Schema (draft 2020-12), so that other programs can check what they are given.

Fields may be added without a new version; none listed changes its meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args

from muniment.model import vocabulary as v

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string", "minLength": 1}
_ANY_TEXT: Schema = {"type": "string"}
_WHOLE: Schema = {"type": "integer", "minimum": 0}
_NUMBER: Schema = {"type": "number"}
_FLAG: Schema = {"type": "boolean"}
_DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_SHA256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def _null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _one_of(literal: Any) -> Schema:
    return {"enum": list(get_args(literal))}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _row(**fields: Schema) -> Schema:
    properties = {name.removesuffix("_"): schema for name, schema in fields.items()}
    return {"type": "object", "properties": properties, "required": sorted(properties)}


_SIGHTING = _row(name=_TEXT, url=_null(_TEXT), collected=_null(_TEXT), by=_null(_TEXT), received=_null(_TEXT))
_EXHIBIT = _row(
    id=_SHA256,
    bytes=_WHOLE,
    media_type=_null(_TEXT),
    encoding=_null(_TEXT),
    text_sha256=_null(_SHA256),
    state=_one_of(v.ExhibitState),
    why=_null(_TEXT),
    sightings=_list(_SIGHTING),
)
_DOCUMENT = _row(
    id=_TEXT,
    exhibit=_SHA256,
    file=_TEXT,
    item=_WHOLE,
    key=_TEXT,
    start=_WHOLE,
    end=_WHOLE,
    title=_null(_TEXT),
    publisher=_null(_TEXT),
    published=_null(_TEXT),
    url=_null(_TEXT),
    language=_null(_TEXT),
    kind=_one_of(v.DocumentKind),
    basis={"type": "object", "additionalProperties": _one_of(v.FieldBasis)},
    not_extracted=_null(_TEXT),
    ocr=_FLAG,
)
_COUNT = _row(
    raw=_ANY_TEXT,
    min=_null(_NUMBER),
    best=_null(_NUMBER),
    max=_null(_NUMBER),
    qualifier=_one_of(v.Qualifier),
    unit=_one_of(v.Unit),
)
_MEASURE = _row(
    what=_TEXT,
    value=_null(_NUMBER),
    before=_null(_NUMBER),
    unit=_null(_TEXT),
    per=_null(_TEXT),
    period=_null(_TEXT),
)
_MENTION = _row(
    person=_null(_TEXT),
    name=_TEXT,
    role=_one_of(v.PersonRole),
    age=_null(_WHOLE),
    sex=_null(_TEXT),
    pseudonym=_FLAG,
)
_WHEN = _row(raw=_ANY_TEXT, edtf=_TEXT, earliest=_null(_DAY), latest=_null(_DAY), basis=_one_of(v.WhenBasis))
_WHERE = _row(
    raw=_ANY_TEXT,
    place=_null(_TEXT),
    places=_list(_TEXT),
    precision=_one_of(v.WherePrecision),
    candidates=_list(_TEXT),
)
_WEAPON = _row(
    raw=_ANY_TEXT,
    class_=_one_of(v.WeaponClass),
    model=_null(_TEXT),
    origin=_null(_TEXT),
    certainty=_one_of(v.Certainty),
    cue=_null(_TEXT),
)
_PARTY_HELD = _row(raw=_ANY_TEXT, id=_null(_TEXT), certainty=_one_of(v.Certainty), cue=_null(_TEXT))
_CLAIM = _row(
    id=_TEXT,
    document=_TEXT,
    start=_null(_WHOLE),
    end=_null(_WHOLE),
    quote={"type": "string"},
    mentions=_null(_list({"type": "array", "items": _WHOLE, "minItems": 2, "maxItems": 2})),
    cells=_list(_row(row=_WHOLE, column=_ANY_TEXT, start=_null(_WHOLE), end=_null(_WHOLE))),
    kind=_one_of(v.ClaimKind),
    harm=_list(_one_of(v.Harm)),
    count=_null(_COUNT),
    measure=_null(_MEASURE),
    victims=_null(_row(status=_one_of(v.VictimStatus), groups=_list(_TEXT))),
    persons=_list(_MENTION),
    when=_null(_WHEN),
    where=_null(_WHERE),
    weapon=_null(_WEAPON),
    party=_null(_PARTY_HELD),
    source=_list(_row(who=_TEXT, type=_one_of(v.SourceType))),
    level=_one_of(v.Level),
    cue=_null(_TEXT),
    polarity=_one_of(v.Polarity),
    aggregate=_FLAG,
    call=_null(_row(to=_list(_TEXT), action=_TEXT)),
    incident=_null(_TEXT),
    grade=_null(
        _row(
            reliability={"enum": ["A", "B", "C", "D", "E", "F"]},
            credibility={"type": "integer", "minimum": 1, "maximum": 6},
        )
    ),
    review=_row(state=_one_of(v.ReviewState), decision=_null(_WHOLE)),
    made_by={
        "anyOf": [
            _row(tool=_null(_TEXT), version=_null(_TEXT), sha256=_null(_SHA256)),
            _row(person=_TEXT),
            _row(model=_TEXT),
        ]
    },
    redacted=_FLAG,
)
_TALLY = _row(
    harm=_one_of(v.Harm),
    victims=_one_of(v.TallyVictims),
    low=_null(_WHOLE),
    best=_null(_WHOLE),
    high=_null(_WHOLE),
    claims=_list(_TEXT),
    set_aside=_list(_row(claim=_TEXT, why=_TEXT)),
    residual=_null({"type": "integer"}),
    rule=_null(_TEXT),
)
_INCIDENT = _row(
    id=_TEXT,
    merged_into=_null(_TEXT),
    title=_TEXT,
    kind=_TEXT,
    when=_null(_row(edtf=_TEXT, earliest=_null(_DAY), latest=_null(_DAY))),
    where=_null(_row(place=_null(_TEXT), precision=_one_of(v.WherePrecision))),
    claims=_list(_TEXT),
    weapons=_list(_TEXT),
    parties=_list(_row(id=_TEXT, certainty=_one_of(v.Certainty), claims=_list(_TEXT))),
    grade=_null(_one_of(v.IncidentGrade)),
    grade_suggested=_null(_row(grade=_one_of(v.IncidentGrade), why=_list(_TEXT))),
    status=_one_of(v.IncidentStatus),
    tallies=_list(_TALLY),
)
_PLACE = _row(
    id=_TEXT,
    names=_list(_row(name=_TEXT, language=_null(_TEXT), preferred_by=_null(_TEXT))),
    lon=_null({"type": "number", "minimum": -180, "maximum": 180}),
    lat=_null({"type": "number", "minimum": -90, "maximum": 90}),
    kind=_TEXT,
    precision=_one_of(v.WherePrecision),
    within=_null(_TEXT),
    source=_TEXT,
)
_PERSON = _row(id=_TEXT, names=_list(_TEXT), claims=_list(_TEXT), protected=_FLAG)
_PARTY = _row(id=_TEXT, names=_list(_TEXT), kind=_one_of(v.PartyKind))
_RELATION = _row(
    kind=_one_of(v.RelationKind),
    a=_TEXT,
    b=_TEXT,
    status=_one_of(v.RelationStatus),
    score=_null(_NUMBER),
    why=_null(_TEXT),
)
_FLAG_ROW = _row(
    kind={"anyOf": [_one_of(v.FlagKind), {"type": "string", "pattern": "^x_"}]}, on=_list(_TEXT), why=_TEXT
)
_DECISION = _row(
    seq=_WHOLE, at=_null(_TEXT), by=_TEXT, kind=_one_of(v.DecisionKind), on=_list(_TEXT), value={}, reason=_ANY_TEXT
)
_HEADLINES = _row(
    scope=_row(
        incidents=_WHOLE,
        earliest=_null(_DAY),
        latest=_null(_DAY),
        undated=_WHOLE,
        may_be_one=_WHOLE,
        totals_not_added=_WHOLE,
    ),
    cutoff=_null(_DAY),
    after_cutoff=_WHOLE,
    grades=_null(_list(_one_of(v.IncidentGrade))),
    not_of_these_grades=_WHOLE,
    rule=_TEXT,
    checkpoint=_null(_row(seq=_WHOLE, hash=_null(_SHA256))),
    totals=_list(
        _row(
            harm=_one_of(v.Harm),
            victims=_one_of(v.TallyVictims),
            low=_WHOLE,
            best=_WHOLE,
            best_if_one=_WHOLE,
            high=_null(_WHOLE),
            incidents=_WHOLE,
            unstated=_WHOLE,
            not_described=_WHOLE,
        )
    ),
)
_CASE = _row(title=_null(_TEXT), id=_null(_TEXT), last=_null(_row(seq=_WHOLE, hash=_null(_SHA256))))


def schema() -> Schema:
    """The JSON Schema of a record.

    Source: RECORD contract, version 1; JSON Schema draft 2020-12.
    """
    rows = {
        "exhibits": _EXHIBIT,
        "documents": _DOCUMENT,
        "claims": _CLAIM,
        "incidents": _INCIDENT,
        "places": _PLACE,
        "persons": _PERSON,
        "parties": _PARTY,
        "relations": _RELATION,
        "flags": _FLAG_ROW,
        "decisions": _DECISION,
    }
    top = _row(
        format={"const": "muniment-record"},
        version={"const": 1},
        audience=_one_of(v.Audience),
        made=_null(_TEXT),
        case=_CASE,
        headlines=_null(_HEADLINES),
        **{name: _list(row) for name, row in rows.items()},
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Muniment record, version 1",
        **top,
    }


def problems(record: Mapping[str, Any]) -> list[str]:
    """What a schema cannot say: every id that is referred to exists, and each exists once.

    Args:
        record: a record that satisfies the schema.
    """
    out: list[str] = []
    ids: dict[str, set[str]] = {}
    for room in ("exhibits", "documents", "claims", "incidents", "places", "persons", "parties"):
        named = [str(row["id"]) for row in record[room]]
        ids[room] = set(named)
        if len(ids[room]) < len(named):
            out.append(f"{room}: an id stands twice")
        if named != sorted(named):
            out.append(f"{room}: not sorted by id")

    def need(room: str, wanted: Iterable[str | None], by: str) -> None:
        out.extend(f"{by}: {id_} is not in {room}" for id_ in wanted if id_ is not None and id_ not in ids[room])

    spans = {row["id"]: (row["start"], row["end"]) for row in record["documents"]}
    incident_claims = {(i["id"], c) for i in record["incidents"] for c in i["claims"]}
    for document in record["documents"]:
        need("exhibits", [document["exhibit"]], document["id"])
    for claim in record["claims"]:
        need("documents", [claim["document"]], claim["id"])
        need("incidents", [claim["incident"]], claim["id"])
        if claim["incident"] is not None and (claim["incident"], claim["id"]) not in incident_claims:
            out.append(f"{claim['id']}: its incident does not list it")
        where = claim["where"] or {"place": None, "places": []}
        need("places", [where["place"], *where["places"]], claim["id"])
        need("persons", [person["person"] for person in claim["persons"]], claim["id"])
        start, end = spans.get(claim["document"], (0, 0))
        for low, high in [(claim["start"], claim["end"]), *(claim["mentions"] or [])]:
            if low is not None and not start <= low < high <= end:
                out.append(f"{claim['id']}: [{low}, {high}) lies outside its document")
            if low is not None and high - low > v.LONGEST_QUOTE:
                out.append(f"{claim['id']}: a span of {high - low} characters is not one exact place")
    for incident in record["incidents"]:
        need("claims", incident["claims"], incident["id"])
        need("incidents", [incident["merged_into"]], incident["id"])
        need("places", [(incident["where"] or {"place": None})["place"]], incident["id"])
        for tally in incident["tallies"]:
            need("claims", [*tally["claims"], *(aside["claim"] for aside in tally["set_aside"])], incident["id"])
    return out
