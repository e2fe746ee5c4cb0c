"""The fields of one proposal: each is kept only with a value of the closed lists and words that stand in the text.

A field that cannot be kept is left out and named; it never takes the claim with it, and is never mended by guess.
Firmness is never taken on trust: a level or certainty without words of its own sentence becomes `reported`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast, get_args

import msgspec

from muniment.extractors.proposer.ground import Ground, Stand, years_in
from muniment.model import (
    Call,
    Claim,
    Count,
    HeldResponsible,
    Measure,
    PersonMention,
    Reason,
    SourceLink,
    Victims,
    Weapon,
    When,
    Where,
)
from muniment.model.vocabulary import (
    HARMS,
    LEVELS,
    Certainty,
    Harm,
    Level,
    PersonRole,
    Polarity,
    Qualifier,
    SourceType,
    Unit,
    VictimStatus,
    WeaponClass,
    WhenBasis,
)
from muniment.model.when import bounds
from muniment.plugins import Lexicon
from muniment.reference.folding import fold

T = TypeVar("T")
_MOST_CANDIDATES = 12
_LONGEST_EDTF = 60
_OLDEST = 120
_MOST_OF_A_LIST = 50
_NUMBERED = frozenset(get_args(Qualifier)) - {"vague", "unspecified"}


@dataclass(slots=True)
class Fields:
    """Turns a proposal's fields into the record's, one claim at a time.

    Attributes:
        ground: the words the proposal stands on.
        lexicon: the case's parties and places.
        read: what the rules read in the same document.
        given: the proposal as the model wrote it.
        why: for each field kept, the words that gave it; offsets into the document's own words.
        left_out: fields that could not be kept.
    """

    ground: Ground
    lexicon: Lexicon
    read: Sequence[Claim]
    given: Mapping[str, Any]
    why: dict[str, Reason] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def kept(self) -> dict[str, Any]:
        """All fields that can be kept, by the claim's own names."""
        level, cue = self._level()
        return {
            "harm": self.harm(),
            "count": self._try("count", self._count),
            "measure": self._try("measure", self._measure),
            "victims": self._try("victims", self._victims),
            "persons": self._each("persons", self._person),
            "when": self._try("when", self._when),
            "where": self._try("where", self._where),
            "weapon": self._try("weapon", self._weapon),
            "party": self._try("party", self._party),
            "source": self._source(),
            "level": level,
            "cue": cue,
            "polarity": _one_of(self.given.get("polarity"), Polarity) or "affirm",
            "aggregate": self.given.get("aggregate") is True,
            "call": self._try("call", self._call),
        }

    # --- how a field is tried ----------------------------------------------------------------------------------------
    def _try(self, name: str, make: Any) -> Any:
        given = self.given.get(name)
        if given is None:
            return None
        made = make(given) if isinstance(given, Mapping) else None
        if made is None:
            self.left_out.append(name)
        return made

    def _each(self, name: str, make: Any) -> tuple[Any, ...]:
        given = self.given.get(name)
        rows = given[:_MOST_OF_A_LIST] if isinstance(given, list) else [] if given is None else [given]
        made = [make(row) if isinstance(row, Mapping) else None for row in rows]
        self.left_out += [name for one in made if one is None]
        return tuple(dict.fromkeys(one for one in made if one is not None))

    def _because(self, name: str, stand: Stand) -> Stand:
        self.why.setdefault(name, Reason(f"proposer.{name}", stand.words, stand.span.start, stand.span.end))
        return stand

    # --- one field each ----------------------------------------------------------------------------------------------
    def harm(self) -> tuple[Harm, ...]:
        """The harms of the closed list among those given."""
        given = self.given.get("harm")
        listed = given if isinstance(given, list) else [] if given is None else [given]
        kept = [harm for harm in listed if isinstance(harm, str) and harm in HARMS]
        return cast("tuple[Harm, ...]", tuple(dict.fromkeys(kept)))

    def _count(self, given: Mapping[str, Any]) -> Count | None:
        """A count as the words have it. Where the rules for English read the figure too, their qualifier stands."""
        stand = self.ground.find(given.get("raw"))
        qualifier, unit = _one_of(given.get("qualifier"), Qualifier), _one_of(given.get("unit", "people"), Unit)
        if stand is None or not stand.span.overlaps(self.ground.quote) or qualifier is None or unit is None:
            return None
        number, upper = _number(given.get("number")), _number(given.get("upper"))
        found = self.ground.quantity(stand)
        if found is not None:
            quantity, words, tokens = found
            if number is not None and number != quantity.value:
                return None
            self._because("count", words)
            return quantity.count(tokens, unit)
        if qualifier not in _NUMBERED:
            self._because("count", stand)
            return Count.of(cast(Qualifier, qualifier), None, stand.words, unit=cast(Unit, unit))
        written = self.ground.figures(stand)
        if number is None or number not in written or (qualifier == "range" and upper not in written):
            return None
        self._because("count", stand)
        top = upper if qualifier == "range" else None
        return Count.of(cast(Qualifier, qualifier), number, stand.words, unit=cast(Unit, unit), upper=top)

    def _measure(self, given: Mapping[str, Any]) -> Measure | None:
        what = self.ground.find(given.get("what"))
        numbers = [_number(given.get(name)) for name in ("value", "before")]
        if what is None or not any(n is not None for n in numbers):
            return None
        if not all(n is None or self.ground.carries(n) for n in numbers):
            return None
        self._because("measure", what)
        words = [self.ground.find(given.get(name)) for name in ("unit", "per", "period")]
        unit, per, period = (stand.words if stand else None for stand in words)
        return Measure(what.words, numbers[0], numbers[1], unit, per, period)

    def _victims(self, given: Mapping[str, Any]) -> Victims | None:
        status = _one_of(given.get("status"), VictimStatus) or "unknown"
        stand = self.ground.find(given.get("words"), self.ground.quote)
        if status != "unknown" and stand is None:
            self.left_out.append("victims")
            status = "unknown"
        listed = given.get("groups")
        groups = [self.ground.find(group) for group in listed[:_MOST_OF_A_LIST]] if isinstance(listed, list) else []
        kept = tuple(dict.fromkeys(group.words for group in groups if group is not None))
        if stand is not None and status != "unknown":
            self._because("victims", stand)
        return Victims(cast(VictimStatus, status), kept)

    def _person(self, given: Mapping[str, Any]) -> PersonMention | None:
        role = _one_of(given.get("role"), PersonRole)
        # Whom something was done to, or who did it, must be named by the claim's own words.
        within = self.ground.quote if role in ("victim", "alleged_responsible") else None
        stand = self.ground.find(given.get("name"), within)
        if stand is None or role is None:
            return None
        self._because("persons", stand)
        age = _number(given.get("age"))
        whole = int(age) if age is not None and age == int(age) and 0 <= age <= _OLDEST else None
        relation = self.ground.find(given.get("relation"))
        sex = given.get("sex")
        return PersonMention(
            stand.words,
            cast(PersonRole, role),
            age=whole if whole is not None and self.ground.carries(whole) else None,
            sex=sex if sex in ("male", "female") else None,
            pseudonym=given.get("pseudonym") is True,
            relation=relation.words if relation else None,
        )

    def _when(self, given: Mapping[str, Any]) -> When | None:
        stand, edtf = self.ground.find(given.get("raw")), given.get("edtf")
        if stand is None or not isinstance(edtf, str) or len(edtf) > _LONGEST_EDTF:
            return None
        try:
            earliest, latest = bounds(edtf)
        except ValueError:
            return None
        named, written = {day.year for day in (earliest, latest) if day}, years_in(stand.words)
        if not named or not named <= self.ground.years() | written or not written <= named:
            return None
        self._because("when", stand)
        basis: WhenBasis = "explicit" if written else "resolved"
        return When(stand.words, edtf.strip(), earliest, latest, basis)

    def _where(self, given: Mapping[str, Any]) -> Where | None:
        """The words; the place only where the rules settled the same words in this document, else left to a person."""
        stand = self.ground.find(given.get("raw"))
        if stand is None:
            return None
        self._because("where", stand)
        settled = {c.where for c in self.read if c.where and c.where.place and fold(c.where.raw) == fold(stand.words)}
        if len({where.place for where in settled}) == 1:
            where = min(settled, key=lambda where: (where.precision, where.places))
            return Where(stand.words, where.place, where.places, where.precision)
        known = self.lexicon.gazetteer.find(stand.words)
        return Where(stand.words, None, candidates=tuple(place.id for place in known[:_MOST_CANDIDATES]))

    def _weapon(self, given: Mapping[str, Any]) -> Weapon | None:
        stand, class_ = self.ground.find(given.get("raw")), _one_of(given.get("class"), WeaponClass)
        if stand is None or class_ is None:
            return None
        self._because("weapon", stand)
        certainty, cue = self._certainty(given, stand)
        return Weapon(stand.words, cast(WeaponClass, class_), certainty=certainty, cue=cue)

    def _party(self, given: Mapping[str, Any]) -> HeldResponsible | None:
        stand = self.ground.find(given.get("raw"))
        if stand is None:
            return None
        self._because("party", stand)
        named = fold(stand.words)
        ids = {party.id for party in self.lexicon.parties if any(fold(name) == named for name in party.names)}
        certainty, cue = self._certainty(given, stand)
        return HeldResponsible(stand.words, ids.pop() if len(ids) == 1 else None, certainty, cue)

    def _certainty(self, given: Mapping[str, Any], stand: Stand) -> tuple[Certainty, str | None]:
        cue = self.ground.find(given.get("cue"), self.ground.sentence_of(stand.span))
        certainty = _one_of(given.get("certainty"), Certainty)
        if certainty is None or cue is None:
            return "reported", None
        return cast(Certainty, certainty), cue.words

    def _level(self) -> tuple[Level, str | None]:
        level, cue = (
            self.given.get("level"),
            self.ground.find(self.given.get("cue"), self.ground.sentence_of(self.ground.quote)),
        )
        if not isinstance(level, str) or level not in LEVELS or cue is None:
            if level is not None and level != "reported":
                self.left_out.append("level")
            return "reported", None
        self._because("level", cue)
        return cast(Level, level), cue.words

    def _source(self) -> tuple[SourceLink, ...]:
        document = self.ground.document
        own = SourceLink(document.publisher or document.title or document.file, "self")
        cited = self._each("source", self._link)
        return (own, *(link for link in cited if fold(link.who) != fold(own.who)))

    def _link(self, given: Mapping[str, Any]) -> SourceLink | None:
        who, type_ = given.get("who"), _one_of(given.get("type"), SourceType)
        if type_ is None or not isinstance(who, str):
            return None
        stand = self.ground.find(who)
        if stand is not None:
            self._because("source", stand)
            # Whoever is cited is not the publisher speaking of itself.
            return SourceLink(stand.words, "anonymous" if type_ == "self" else cast(SourceType, type_))
        publisher = self.ground.document.publisher
        return SourceLink(publisher, "self") if publisher and fold(who) == fold(publisher) else None

    def _call(self, given: Mapping[str, Any]) -> Call | None:
        listed = given.get("to")
        to = [self.ground.find(one) for one in listed[:_MOST_OF_A_LIST]] if isinstance(listed, list) else []
        action = self.ground.find(given.get("action"))
        if action is None:
            return None
        self._because("call", action)
        return Call(tuple(one.words for one in to if one is not None), action.words)


def _one_of(value: Any, allowed: Any) -> Any:
    """The value where the closed list has it."""
    try:
        return msgspec.convert(value, allowed)
    except msgspec.ValidationError:
        return None


def _number(value: Any) -> int | float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    if not 0 <= value <= 1e12:
        return None
    return int(value) if value == int(value) else value
