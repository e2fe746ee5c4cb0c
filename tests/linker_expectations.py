"""What a case of linking expects, in words that can be checked (tests/unit/linker/linker_cases.toml says how)."""

from __future__ import annotations

from linker_world import Linked


def failures(found: Linked, expected: list[str]) -> list[str]:
    """What is expected and not so."""
    return [line for line in expected if not holds(found, line.split())]


def holds(found: Linked, words: list[str]) -> bool:
    match words:
        case ["one", a, b]:
            return found.incident_of[a] == found.incident_of[b]
        case ["apart", a, b]:
            return found.incident_of[a] != found.incident_of[b]
        case ["oneorask", a, b]:
            return found.incident_of[a] == found.incident_of[b] or found.related("candidate", a, b)
        case ["ask", a, b]:
            return found.incident_of[a] != found.incident_of[b] and found.related("candidate", a, b)
        case ["part", a, b]:
            return found.part_of(a, b)
        case ["never", a, number]:
            above = [found.incident(a), *(found.incidents[i] for i in found.above(found.incident_of[a]))]
            return all(int(number) not in (t.low, t.best, t.high) for incident in above for t in incident.tallies)
        case ["flag", kind, a]:
            return found.flagged(kind, a)
        case ["noflag", kind, a]:
            return not found.flagged(kind, a)
        case ["no", kind, a, b]:
            return not found.related(kind, a, b)
        case [harm, a, low, best, high]:
            claim, _, victims = a.partition("/")
            tally = found.figure(claim, harm, victims or "all")
            shown = tally and [_shown(tally.low), _shown(tally.best), "?" if tally.high is None else str(tally.high)]
            return shown == [low, best, high]
        case [kind, a, b]:
            return found.related(kind, a, b, directed=True)
    raise AssertionError(f"not an expectation: {words}")


def _shown(number: int | None) -> str:
    return "-" if number is None else str(number)
