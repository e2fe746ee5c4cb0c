"""What only a person can decide, as questions in words, ranked by what an answer would change.

First how many people killed an answer could move a best figure by, then how many claims it is about. A name for which
one place is known needs little thought: it stands below all that moves a figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from muniment.case.views import Question, UnresolvedName
from muniment.model import Claim, Decision, Incident, Relation
from muniment.reference.gazetteer import Gazetteer

MOST_FIGURES = 4
"""Figures written out in one question; of more, the rest are counted."""
MOST_PARTS = 3
"""Incidents named in a question about what a whole contains."""


def unresolved_names(claims: Iterable[Claim], gazetteer: Gazetteer) -> list[UnresolvedName]:
    """Words for places that stay unresolved, those that hold up most claims first."""
    waiting: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.where is not None and claim.where.place is None and claim.review.state != "rejected":
            waiting.setdefault(" ".join(claim.where.raw.split()), []).append(claim)
    out = []
    for raw, held in waiting.items():
        ids = dict.fromkeys(id_ for claim in held if claim.where for id_ in claim.where.candidates)
        places = tuple(place for id_ in ids if (place := gazetteer.get(id_)) is not None)
        out.append(UnresolvedName(raw, tuple(sorted(claim.id for claim in held)), places))
    return sorted(out, key=lambda name: (-len(name.claims), name.raw))


def best_killed(incident: Incident) -> int:
    """The best figure of killed, 0 where none is stated."""
    for tally in incident.tallies:
        if tally.harm == "killed" and tally.victims == "all":
            return tally.best or tally.low or 0
    return 0


def ask(
    incidents: Sequence[Incident],
    claims: Mapping[str, Claim],
    relations: Iterable[Relation],
    names: Sequence[UnresolvedName],
    lost: Sequence[tuple[Decision, str]],
    gazetteer: Gazetteer,
) -> list[Question]:
    """Every open question of a case.

    Args:
        incidents: with their tallies.
        claims: by id.
        relations: proposed and decided.
        names: unresolved place names.
        lost: decisions that find their words no more.
        gazetteer: to name the places a person may choose.
    """
    by_id = {incident.id: incident for incident in incidents}
    incident_of = {id_: incident.id for incident in incidents for id_ in incident.claims}
    questions = [_about_place(name, claims) for name in names if name.raw]
    figures: dict[tuple[str, tuple[str, ...]], dict[str, Claim]] = {}
    parts: dict[str, list[Incident]] = {}
    for relation in relations:
        if relation.status != "proposed":
            continue
        if relation.kind == "candidate" and relation.a in by_id and relation.b in by_id:
            a, b = by_id[relation.a], by_id[relation.b]
            moves = min(best_killed(a), best_killed(b)) or None
            questions.append(
                Question("same_incident", f"Same incident? {a.title}; {b.title}", (a.id, b.id), moves, a.id)
            )
        elif relation.kind == "part_of" and relation.a in by_id and relation.b in by_id:
            parts.setdefault(relation.b, []).append(by_id[relation.a])
        elif relation.kind == "conflicts" and relation.a in claims and relation.b in claims:
            a_claim, b_claim = claims[relation.a], claims[relation.b]
            incident = incident_of.get(a_claim.id)
            if incident is not None and a_claim.count is not None and b_claim.count is not None:
                figures.setdefault((incident, a_claim.harm), {}).update({relation.a: a_claim, relation.b: b_claim})
        elif relation.kind == "same_person":
            questions.append(
                Question("same_person", "Same person? Two spellings stand in one account.", (relation.a, relation.b))
            )
    questions += [_contained(by_id[whole], inner) for whole, inner in parts.items()]
    questions += [_which_figure(by_id[incident], list(held.values())) for (incident, _), held in figures.items()]
    for decision, on in lost:
        if "/" not in on:
            sentence = f"Decision {decision.seq} ({decision.kind}) no longer finds its words. Make it again?"
            questions.append(Question("lost_decision", sentence, (str(decision.seq),)))
    plain = {name.claims for name in names if len(name.candidates) == 1}
    about = {question: _claims_of(question, by_id) for question in questions}

    def rank(question: Question) -> tuple[object, ...]:
        obvious = question.kind == "which_place" and question.on in plain
        tier = 1 if obvious else 0 if question.moves else 2
        return (tier, -(question.moves or 0), -about[question], question.kind, question.sentence, question.on)

    return sorted(about, key=rank)


def _claims_of(question: Question, incidents: Mapping[str, Incident]) -> int:
    """How many claims a question is about; of two incidents that may be one, those of the smaller."""
    sizes = [len(incidents[id_].claims) for id_ in question.on if id_ in incidents]
    return min(sizes) if sizes else len(question.on)


def _contained(whole: Incident, parts: Sequence[Incident]) -> Question:
    """One question for all that lies in a whole by the linker's reckoning alone, those with most people first."""
    ranked = sorted(parts, key=lambda part: (-best_killed(part), part.id))
    moves = best_killed(ranked[0]) or None
    titles = [part.title for part in ranked[:MOST_PARTS]]
    if len(ranked) > MOST_PARTS:
        titles.append(f"{len(ranked) - MOST_PARTS} more")
    sentence = f"Contained? {'; '.join(titles)}: counted inside {whole.title}, and not added to it"
    return Question("part_of", sentence, (whole.id, *(part.id for part in ranked)), moves, whole.id)


def _about_place(name: UnresolvedName, claims: Mapping[str, Claim]) -> Question:
    known = dict.fromkeys(_described(place.name, place.country, place.kind) for place in name.candidates[:4])
    choices = "; ".join(known) or "no gazetteer of the case has it"
    number = len(name.claims)
    waiting = "1 claim waits" if number == 1 else f"{number} claims wait"
    held = [claims[id_] for id_ in name.claims if id_ in claims]
    moves = max(
        (
            int(c.count.best or c.count.min or 0)
            for c in held
            if c.count and "killed" in c.harm and c.count.unit == "people"
        ),
        default=0,
    )
    return Question(
        "which_place", f"Which place? “{name.raw}”: {choices}. {waiting} for it", name.claims, moves or None
    )


def _described(name: str, country: str | None, kind: str) -> str:
    return f"{name} ({kind}{', ' + country if country else ''})"


def _which_figure(incident: Incident, held: Sequence[Claim]) -> Question:
    """One question for all the figures of one harm that cannot hold together, however many pairs they make."""
    counted = sorted(((c.count, c.id) for c in held if c.count is not None), key=lambda item: (item[0].raw, item[1]))
    words = list(dict.fromkeys(f"“{count.raw}”" for count, _ in counted))
    listed = ", ".join(words[:MOST_FIGURES])
    if len(words) > MOST_FIGURES:
        listed += f" and {len(words) - MOST_FIGURES} more"
    elif len(words) > 1:
        listed = f"{', '.join(words[:-1])} and {words[-1]}"
    sentence = f"Which figure? {incident.title}: {listed} can’t {'both' if len(words) == 2 else 'all'} hold"
    best = [int(count.best) for count, _ in counted if count.best is not None]
    moves = max(best) - min(best) if len(best) > 1 and "killed" in held[0].harm else None
    return Question("which_figure", sentence, tuple(id_ for _, id_ in counted), moves, incident.id)
