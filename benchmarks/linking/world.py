"""A war with known truth: incidents, and sources that tell of them late, wrongly, after one another, and in sums.

Claims and documents are made directly, with the id of the event each claim is about. The same numbers and seed give
the same world; a larger one has more towns, days and sources, so that a town's day stays as crowded as in a small one.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from land import Land
from sentences import Sentence, casualty, copied, monthly, use

from muniment.model import (
    Claim,
    Count,
    Document,
    HeldResponsible,
    PersonMention,
    SourceLink,
    Span,
    Victims,
    Weapon,
    When,
    Where,
    claim_id,
)
from muniment.model.vocabulary import Level, Qualifier, VictimStatus, WeaponClass
from muniment.plugins import Lexicon

TOWNS, DAYS = 100, 365
"""Of a world of 1,000 incidents; both grow with the root of their number."""

SUMS_PER_REGION = 5
"""So many sources sum up each region; in a larger land each covers some of the regions."""

FIRST_DAY = dt.date(2031, 1, 1)
INTERIM_DAYS = 3
"""What is told this soon after an event is told before the last victims are found."""

TWINS = 0.04
"""Share of incidents that follow another one in the same town on the same day, with another weapon or at a site of
its own; chance makes about as many again that nothing need set apart."""

WEAPONS: Mapping[WeaponClass, tuple[float, tuple[WeaponClass, ...]]] = {
    "artillery": (0.26, ("explosive_wide_area", "mlrs")),
    "mlrs": (0.17, ("rocket", "explosive_wide_area")),
    "air_strike": (0.22, ("air_bomb", "explosive_wide_area")),
    "drone": (0.15, ("air_strike",)),
    "cluster": (0.07, ("mlrs", "rocket")),
    "ballistic_missile": (0.05, ("rocket", "explosive_wide_area")),
    "small_arms": (0.08, ()),
}
"""How common each weapon is, and what those who know it less closely call it."""

SITES = ("hospital", "market", "church", "bridge", "bus", "hotel", "bakery", "kindergarten")
GIVEN = ("Alma", "Bero", "Cira", "Dovan", "Elin", "Faro", "Gita", "Havel", "Ines", "Jorin", "Kaia", "Loran", "Mira")
FAMILY = ("Astrel", "Bovik", "Cardun", "Dromel", "Estol", "Farnik", "Galdor", "Hestin", "Ivlar", "Jastro", "Kelvan")


@dataclass(frozen=True, slots=True)
class Incident:
    """What happened. `site` and `hour` only where something sets it apart."""

    id: str
    day: dt.date
    town: str
    quarter: str | None
    weapon: WeaponClass
    party: str
    killed: int
    injured: int
    civilian: int
    site: str | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Who tells: every so many days, after so long, and how often wrong.

    Attributes:
        rhythm: days between its publications.
        delay: mean days between the event and what it knows of it.
        reach: share of incidents it tells of.
        error: share of its figures that are wrong.
        misdates: share of its dates that are a day off.
        copies: share of its accounts that repeat another source's words.
        sums: whether it also gives each month's total for each region.
    """

    name: str
    rhythm: int
    delay: float
    reach: float
    error: float
    misdates: float
    copies: float
    sums: bool
    style: int


@dataclass(slots=True)
class World:
    """What was told, and the truth."""

    land: Land
    claims: list[Claim] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    event_of: dict[str, str] = field(default_factory=dict)
    """claim id to the id of the incident, or of the sum, it speaks of."""
    truth: dict[tuple[str, str], int] = field(default_factory=dict)
    """(event id, harm) to how many people were harmed."""

    @property
    def lexicon(self) -> Lexicon:
        return Lexicon(self.land)


@dataclass(frozen=True, slots=True)
class _Account:
    """One source's account of one incident, before it is written down."""

    incident: Incident
    source: Source
    known: dt.date
    figures: Mapping[str, Count]
    sentences: Mapping[str, Sentence]
    cited: SourceLink | None
    when: When | None
    where: Where
    weapon: Weapon | None
    party: HeldResponsible | None
    names: tuple[str, ...]


def make(incidents: int = 1000, sources: int = 20, seed: int = 1) -> World:
    """A world of so many incidents told by so many sources."""
    rng = random.Random(seed)
    scale = math.sqrt(incidents / 1000)
    land = Land(max(40, round(TOWNS * scale)), seed)
    days = max(120, round(DAYS * scale))
    happened = _incidents(rng, land, incidents, days)
    voices = [_source(rng, n) for n in range(sources)]
    world = World(land)
    for incident in happened:
        world.truth[(incident.id, "killed")] = incident.killed
        world.truth[(incident.id, "injured")] = incident.injured
    each = _tellers(rng, voices, incidents)
    accounts: dict[str, list[_Account]] = {}
    for incident, tellers in zip(happened, each, strict=True):
        told: list[_Account] = []
        for source in tellers:
            told.append(_account(rng, land, incident, source, told))
            if rng.random() < 0.25 and source.rhythm <= 4:  # comes back to it when more is known
                told.append(_account(rng, land, incident, source, [], later=True))
        for account in told:
            accounts.setdefault(account.source.name, []).append(account)
    summing = [source.name for source in voices if source.sums]
    for source in voices:
        _publish(world, source, accounts.get(source.name, []))
        if source.sums:
            every = max(1, round(len(summing) / SUMS_PER_REGION))
            turn = summing.index(source.name) % every
            _publish_sums(rng, world, source, [i for i in happened if _turn(world.land, i, every) == turn])
    return world


def for_claims(claims: int, seed: int = 1) -> World:
    """A world of about so many claims, at the density of the world of 1,000 incidents and 20 sources."""
    incidents = max(50, claims // CLAIMS_PER_INCIDENT)
    return make(incidents, max(8, round(20 * math.sqrt(incidents / 1000))), seed)


CLAIMS_PER_INCIDENT = 8


def _incidents(rng: random.Random, land: Land, number: int, days: int) -> list[Incident]:
    """Towns near the front are hit more often, and hard days follow each other."""
    weights = [1 / math.sqrt(1 + n % 17) for n in range(len(land.towns))]
    calm = [0.4 + 1.2 * (1 + math.sin(n / 23)) for n in range(days)]
    out: list[Incident] = []
    while len(out) < number:
        if out and rng.random() < TWINS:
            out.append(_twin(rng, land, out[-1], len(out)))
        else:
            town = rng.choices(land.towns, weights)[0]
            day = FIRST_DAY + dt.timedelta(days=rng.choices(range(days), calm)[0])
            out.append(_incident(rng, land, len(out), day, town))
    return out


def _twin(rng: random.Random, land: Land, first: Incident, n: int) -> Incident:
    """Another incident of the same day and town: another weapon, or else another site."""
    other = _incident(rng, land, n, first.day, first.town)
    can_be_first = {first.weapon, *WEAPONS[first.weapon][1]}
    unlike = [w for w, (_, vaguer) in WEAPONS.items() if not can_be_first & {w, *vaguer}]
    if unlike and rng.random() < 0.7:
        return replace(other, weapon=rng.choice(unlike))
    return replace(other, site=rng.choice([site for site in SITES if site != first.site]))


def _incident(rng: random.Random, land: Land, n: int, day: dt.date, town: str) -> Incident:
    killed = min(90, max(0, round(rng.lognormvariate(1.0, 1.0)) - 1))
    injured = min(240, round(killed * rng.uniform(0.5, 3) + rng.random() * 3))
    if not killed + injured:
        killed = 1
    quarters = land.quarters.get(town, [])
    named = killed if killed <= 3 and rng.random() < 0.5 else 0
    return Incident(
        id=f"e{n}",
        day=day,
        town=town,
        quarter=rng.choice(quarters) if quarters and rng.random() < 0.7 else None,
        weapon=rng.choices(list(WEAPONS), [share for share, _ in WEAPONS.values()])[0],
        party=rng.choices(("VE", "UL", "SF"), (0.7, 0.2, 0.1))[0],
        killed=killed,
        injured=injured,
        civilian=killed if rng.random() < 0.7 else rng.randint(0, killed),
        site=rng.choice(SITES) if rng.random() < 0.25 else None,
        names=tuple(f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}{n % 97}" for _ in range(named)),
    )


def _source(rng: random.Random, n: int) -> Source:
    kind = n % 5
    return Source(
        name=f"{('Courier', 'Radio', 'Monitor', 'Observers', 'Register')[kind]} {GIVEN[n % 13]}{n}",
        rhythm=(3, 4, 10, 30, 30)[kind],
        delay=(0.7, 1.0, 5, 20, 60)[kind],
        reach=rng.uniform(0.6, 1.4) * (1, 0.9, 1, 0.6, 0.9)[kind],
        error=rng.uniform(0.01, 0.07),
        misdates=rng.uniform(0.0, 0.05),
        copies=(0.3, 0.3, 0.1, 0.0, 0.05)[kind],
        sums=kind == 4 or n == 2,
        style=n,
    )


def _tellers(rng: random.Random, voices: list[Source], incidents: int) -> list[list[Source]]:
    """Which sources tell of each incident: one to eight, more of some sources than of others."""
    weights = [source.reach for source in voices]
    out = []
    for _ in range(incidents):
        number = min(len(voices), 8, 1 + int(rng.expovariate(1 / 3.2)))
        picked: dict[str, Source] = {}
        while len(picked) < number:
            one = rng.choices(voices, weights)[0]
            picked[one.name] = one
        out.append(sorted(picked.values(), key=lambda s: (s.delay, s.name)))
    return out


def _account(
    rng: random.Random, land: Land, incident: Incident, source: Source, before: list[_Account], *, later: bool = False
) -> _Account:
    wait = rng.expovariate(1 / source.delay) + (rng.uniform(5, 20) if later else 0)
    known = incident.day + dt.timedelta(days=math.floor(wait))
    first = [a for a in before if a.known <= known and a.source.name != source.name and a.cited is None]
    if first and rng.random() < source.copies:
        return _copy(rng, rng.choice(first), source, known)
    figures = {
        harm: _figure(rng, number, source, fresh=(known - incident.day).days < INTERIM_DAYS and not later)
        for harm, number in (("killed", incident.killed), ("injured", incident.injured))
        if number and (harm == "killed" or rng.random() < 0.8)
    }
    weapon = _weapon(rng, incident)
    when = _when(rng, incident, source, known)
    where = _where(rng, land, incident, coarse=when is not None and when.earliest == when.latest)
    place = where.raw
    sentences = {
        harm: casualty(rng, source.style, source.name, harm, count.raw, place, when, incident.site)
        for harm, count in figures.items()
    }
    if weapon is not None and rng.random() < 0.4:
        sentences["use"] = use(rng, source.style, weapon.raw, place, when)
    party = HeldResponsible(incident.party, incident.party, "alleged") if rng.random() < 0.55 else None
    if party is not None and rng.random() < 0.03:
        other = "UL" if incident.party != "UL" else "VE"
        party = HeldResponsible(other, other, "alleged")
    names = incident.names if rng.random() < (0.3 if source.rhythm < 7 else 0.7) else ()
    return _Account(incident, source, known, figures, sentences, None, when, where, weapon, party, names)


def _copy(rng: random.Random, first: _Account, source: Source, known: dt.date) -> _Account:
    cited = SourceLink(first.source.name, "media") if rng.random() < 0.7 else None
    sentences = {key: copied(rng, sentence) for key, sentence in first.sentences.items()}
    return _Account(
        first.incident, source, max(known, first.known), first.figures, sentences,
        cited or SourceLink("local reports", "anonymous"), first.when, first.where, first.weapon, first.party, (),
    )  # fmt: skip


def _figure(rng: random.Random, number: int, source: Source, *, fresh: bool) -> Count:
    """A figure as the source has it: fresh ones fall short and mostly say so; some are wrong."""
    if fresh and number > 2 and rng.random() < 0.5:
        least = max(1, round(number * rng.uniform(0.4, 1.0)))
        qualifiers: tuple[Qualifier, ...] = ("at_least", "exact", "more_than")
        qualifier = rng.choices(qualifiers, (0.8, 0.1, 0.1))[0]
        least -= qualifier == "more_than" and least == number
        words = {"at_least": "at least ", "more_than": "more than "}.get(qualifier, "")
        return Count.of(qualifier, max(1, least), f"{words}{max(1, least)}")
    if rng.random() < source.error:
        number = max(1, number + rng.choice((-2, -1, 1, 1, 2, math.ceil(number * 0.2))))
        return Count.of("exact", number, str(number))
    kind = rng.random()
    if kind < 0.1:
        return Count.of("at_least", number, f"at least {number}")
    if kind < 0.14 and number > 4:
        return Count.of("range", number - 1, f"{number - 1} to {number + 2}", upper=number + 2)
    if kind < 0.18 and number > 9:
        most = number + rng.randint(0, 3)
        return Count.of("as_many_as", most, f"as many as {most}")
    if kind < 0.21:
        return Count.of("vague", None, "several", lower=2 if number > 1 else 1)
    return Count.of("exact", number, str(number))


def _weapon(rng: random.Random, incident: Incident) -> Weapon | None:
    roll = rng.random()
    if roll < 0.2:
        return None
    vaguer = WEAPONS[incident.weapon][1]
    class_ = rng.choice(vaguer) if vaguer and roll < 0.38 else incident.weapon
    return Weapon(class_.replace("_", " "), class_)


def _when(rng: random.Random, incident: Incident, source: Source, known: dt.date) -> When | None:
    day = incident.day
    if rng.random() < source.misdates:
        day += dt.timedelta(days=rng.choice((-1, 1, 1)))
        day = min(day, known)
    roll = rng.random()
    if roll < 0.04:
        return None
    if roll < 0.08:
        return When.of(f"{day:%B %Y}", f"{day:%Y-%m}", "explicit")
    if roll < 0.12:
        before = day - dt.timedelta(days=1)
        return When.of(f"the night to {day.day} {day:%B %Y}", f"{before}/{day}", "resolved")
    return When.of(f"{day.day} {day:%B %Y}", day.isoformat(), "explicit")


def _where(rng: random.Random, land: Land, incident: Incident, *, coarse: bool) -> Where:
    """The place as the source has it; one that does not know the day knows the town, else it would speak of a sum."""
    roll = rng.random()
    id_ = incident.town
    if incident.quarter is not None and roll < 0.45:
        id_ = incident.quarter
    elif roll > 0.95 and coarse:
        id_ = land.within(incident.town)[0]
    place = land.get(id_)
    assert place is not None
    if roll > 0.98:
        return Where(land.get(incident.town).name, None)  # type: ignore[union-attr]
    return Where(place.name, id_, precision=place.precision)


def _publish(world: World, source: Source, accounts: list[_Account]) -> None:
    """Accounts of one rhythm's days stand in one document, oldest event first."""
    issues: dict[dt.date, list[_Account]] = {}
    for account in accounts:
        span = (account.known - FIRST_DAY).days // source.rhythm * source.rhythm + source.rhythm - 1
        issues.setdefault(FIRST_DAY + dt.timedelta(days=span), []).append(account)
    for day, held in sorted(issues.items()):
        held.sort(key=lambda a: (a.incident.day, a.incident.id))
        writer = _Writer(world, source, day)
        for account in held:
            writer.tell(account)


def _turn(land: Land, incident: Incident, every: int) -> int:
    """Which of the summing sources, dealt out in turns, cover the incident's region."""
    return land.regions.index(land.within(incident.town)[1]) % every


def _publish_sums(rng: random.Random, world: World, source: Source, happened: list[Incident]) -> None:
    months: dict[tuple[str, str], int] = {}
    for incident in happened:
        region = world.land.within(incident.town)[1]
        months[(f"{incident.day:%Y-%m}", region)] = months.get((f"{incident.day:%Y-%m}", region), 0) + incident.killed
    issues: dict[str, list[tuple[str, int]]] = {}
    for (month, region), killed in sorted(months.items()):
        if killed:
            issues.setdefault(month, []).append((region, killed))
    for month, sums in issues.items():
        when = When.of(month, month, "explicit")
        assert when.latest is not None
        writer = _Writer(world, source, when.latest + dt.timedelta(days=12), part="sums")
        for region, killed in sums:
            place = world.land.get(region)
            assert place is not None
            least = killed if rng.random() < 0.6 else max(1, round(killed * rng.uniform(0.85, 1.0)))
            text = monthly(least, place.name, f"{calendar.month_name[int(month[5:])]} {month[:4]}")
            where = Where(place.name, region, precision="region")
            event = f"sum {month} {region}"
            world.truth[(event, "killed")] = killed
            writer.write(
                text, event, harm="killed", count=Count.of("at_least", least, str(least)), when=when, where=where,
                aggregate=True,
            )  # fmt: skip


class _Writer:
    """Writes one document, claim after claim."""

    def __init__(self, world: World, source: Source, day: dt.date, part: str = "") -> None:
        self._world, self._source = world, source
        self._id = f"d{source.style}-{day.isoformat()}{part}"
        self._at = 0
        self._n = 0
        world.documents[self._id] = Document(
            self._id, "e" * 64, f"{self._id}.txt", 0, self._id, 0, 10**7, self._id, source.name, day.isoformat(), None,
            "en", "report",
        )  # fmt: skip

    def tell(self, account: _Account) -> None:
        """One account: its claims stand together, apart from the next."""
        self._at += 500
        shared = {
            "when": account.when, "where": account.where, "weapon": account.weapon, "party": account.party,
            "cited": account.cited,
        }  # fmt: skip
        event = account.incident.id
        for harm, count in account.figures.items():
            status: VictimStatus = "unknown"
            if harm == "killed" and account.incident.civilian == account.incident.killed and account.source.style % 3:
                status = "civilian"
            self.write(account.sentences[harm], event, harm=harm, count=count, status=status, **shared)  # type: ignore[arg-type]
        for name in account.names:
            sentence = f"One of those killed was {name}, whose family spoke to {self._source.name}."
            self.write(sentence, event, harm="killed", name=name, **shared)  # type: ignore[arg-type]
        if "use" in account.sentences:
            self.write(account.sentences["use"], event, kind="weapon_use", **shared)  # type: ignore[arg-type]

    def write(
        self,
        quote: str,
        event: str,
        *,
        kind: str = "casualty",
        harm: str | None = None,
        count: Count | None = None,
        status: VictimStatus = "unknown",
        name: str | None = None,
        when: When | None = None,
        where: Where | None = None,
        weapon: Weapon | None = None,
        party: HeldResponsible | None = None,
        cited: SourceLink | None = None,
        aggregate: bool = False,
        level: Level = "reported",
    ) -> None:
        span = Span(self._at, self._at + len(quote))
        self._at += len(quote) + 1
        self._n += 1
        id_ = claim_id("e" * 64, self._id, kind, (harm,) if harm else (), span, self._n)
        chain = (SourceLink(self._source.name, "self"), *((cited,) if cited is not None else ()))
        self._world.event_of[id_] = event
        self._world.claims.append(
            Claim(
                id_, self._id, span, quote, kind, (harm,) if harm else (), count,  # type: ignore[arg-type]
                victims=Victims(status) if harm else None,
                persons=(PersonMention(name, "victim"),) if name else (),
                when=when, where=where, weapon=weapon, party=party, source=chain, level=level, aggregate=aggregate,
            )
        )  # fmt: skip
