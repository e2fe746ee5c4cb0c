"""The nouns: frozen, slotted dataclasses without I/O. Every other room speaks in these."""

from muniment.model.claim import (
    Call,
    Cell,
    Claim,
    Grade,
    MadeBy,
    Measure,
    Reason,
    Review,
    Victims,
    claim_id,
    with_ids,
)
from muniment.model.count import Count
from muniment.model.decision import Decision, Words
from muniment.model.document import Document, Exhibit, Sighting
from muniment.model.headline import Basis, Headline, Headlines
from muniment.model.incident import Flag, Incident, IncidentWhen, IncidentWhere, PartyPosition, Relation, Suggestion
from muniment.model.party import HeldResponsible, Party
from muniment.model.person import Person, PersonMention
from muniment.model.place import Place, PlaceName, Where
from muniment.model.source import SourceLink
from muniment.model.span import Span
from muniment.model.tally import SetAside, Tally
from muniment.model.weapon import Weapon
from muniment.model.when import When

__all__ = [
    "Basis",
    "Call",
    "Cell",
    "Claim",
    "Count",
    "Decision",
    "Document",
    "Exhibit",
    "Flag",
    "Grade",
    "Headline",
    "Headlines",
    "HeldResponsible",
    "Incident",
    "IncidentWhen",
    "IncidentWhere",
    "MadeBy",
    "Measure",
    "Party",
    "PartyPosition",
    "Person",
    "PersonMention",
    "Place",
    "PlaceName",
    "Reason",
    "Relation",
    "Review",
    "SetAside",
    "Sighting",
    "SourceLink",
    "Span",
    "Suggestion",
    "Tally",
    "Victims",
    "Weapon",
    "When",
    "Where",
    "Words",
    "claim_id",
    "with_ids",
]
