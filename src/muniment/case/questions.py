"""What only a person can decide, as questions in words, ranked by how far an answer could move a best figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from muniment.case.views import Question, UnresolvedName
from muniment.model import Claim, Decision, Incident, Relation
from muniment.reference.gazetteer import Gazetteer


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
    questions = [_about_place(name, claims) for name in names if name.candidates]
    for relation in relations:
        if relation.status != "proposed":
            continue
        if relation.kind == "candidate" and relation.a in by_id and relation.b in by_id:
            a, b = by_id[relation.a], by_id[relation.b]
            moves = min(best_killed(a), best_killed(b)) or None
            questions.append(
                Question("same_incident", f"Same incident? {a.title}; {b.title}", (a.id, b.id), moves, a.id)
            )
        elif relation.kind == "conflicts" and relation.a in claims and relation.b in claims:
            question = _which_figure(claims[relation.a], claims[relation.b], incident_of, by_id)
            if question is not None:
                questions.append(question)
        elif relation.kind == "same_person":
            questions.append(
                Question("same_person", "Same person? Two spellings stand in one account.", (relation.a, relation.b))
            )
    for decision, on in lost:
        if "/" not in on:
            sentence = f"Decision {decision.seq} ({decision.kind}) no longer finds its words. Make it again?"
            questions.append(Question("lost_decision", sentence, (str(decision.seq),)))
    return sorted(questions, key=lambda q: (-(q.moves or 0), q.kind, q.sentence, q.on))


def _about_place(name: UnresolvedName, claims: Mapping[str, Claim]) -> Question:
    choices = "; ".join(
        dict.fromkeys(_described(place.name, place.country, place.kind) for place in name.candidates[:4])
    )
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


def _which_figure(a: Claim, b: Claim, incident_of: Mapping[str, str], by_id: Mapping[str, Incident]) -> Question | None:
    incident = by_id.get(incident_of.get(a.id, ""))
    if incident is None or a.count is None or b.count is None:
        return None
    moves = None
    if a.count.best is not None and b.count.best is not None and "killed" in a.harm:
        moves = int(abs(a.count.best - b.count.best))
    sentence = f"Which figure? {incident.title}: “{a.count.raw}” and “{b.count.raw}” can’t both hold"
    return Question("which_figure", sentence, (a.id, b.id), moves, incident.id)
