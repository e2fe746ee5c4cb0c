"""Sixty generated cases of each difficulty, alone and all of a kind in one crowded case: every one comes out right."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from linker_expectations import failures
from linker_world import link_text

EACH = 60
TOWNS = {"Norvik": "Norvakar", "Tarn": "Tarn", "Olm": "Olm", "Karsen": "Karsen"}
SOUTH = ("Olm", "Karsen")
WEAPONS = ("artillery", "mlrs", "drone", "air_strike", "ballistic_missile", "cluster")
VOICES = ("Harbour Watch", "Coast Radio", "Field Mission", "Lantern Desk", "River Post", "Stone Bridge Monitor")
UNLIKE = {
    "artillery": "drone",
    "mlrs": "drone",
    "drone": "artillery",
    "air_strike": "mlrs",
    "ballistic_missile": "drone",
}


@dataclass
class Case:
    """One case in the making: lines of claims, and what is expected of them."""

    rng: random.Random
    prefix: str
    day: dt.date
    lines: list[str] = field(default_factory=list)
    expect: list[str] = field(default_factory=list)
    documents: int = 0

    def document(self) -> str:
        self.documents += 1
        return self.prefix + chr(ord("a") + self.documents - 1)

    def say(self, id_: str, published: dt.date, voice: str, what: str, when: str, where: str, rest: str) -> str:
        self.lines.append(f"{id_} | {published} {voice} | {what} | {when} | {where} | {rest}")
        return id_.lstrip("+")

    def after(self, days: int) -> dt.date:
        return self.day + dt.timedelta(days=days)

    def voices(self, number: int) -> list[str]:
        return self.rng.sample(VOICES, number)

    def town(self) -> str:
        return self.rng.choice(sorted(TOWNS))

    def weapon(self) -> str:
        return self.rng.choice(sorted(UNLIKE))


def aliases(case: Case) -> None:
    """One town under two names, told by several voices."""
    n, weapon, town = case.rng.randint(2, 40), case.weapon(), "Norvik"
    told = [
        case.say(
            case.document() + "1", case.after(i + 1), voice, f"killed {n}", str(case.day),
            case.rng.choice((town, TOWNS[town])), f"{weapon} | VE | the attack killed {n} people there",
        )
        for i, voice in enumerate(case.voices(case.rng.randint(2, 4)))
    ]  # fmt: skip
    case.expect += [f"one {told[0]} {other}" for other in told[1:]]
    case.expect += [f"killed {told[0]} {n} {n} {n}", f"never {told[0]} {n * len(told)}"]


def interim(case: Case) -> None:
    """A count that grows while the rubble is cleared, and a better one months later."""
    first, second = case.rng.randint(3, 20), case.rng.randint(21, 60)
    town, weapon = case.town(), case.weapon()
    one, other, last = case.voices(3)
    a = case.say(case.document() + "1", case.after(1), one, f"killed >={first}", str(case.day), town,
                 f"{weapon} | - | at least {first} people were killed in {town}")  # fmt: skip
    b = case.say(case.document() + "1", case.after(3), other, f"killed >={first + 1}", str(case.day), town,
                 f"{weapon} | - | at least {first + 1} are dead in {town}")  # fmt: skip
    c = case.say(case.document() + "1", case.after(90), last, f"killed {second} civilian verified", str(case.day), town,
                 f"{weapon} | VE | {second} civilians were killed in {town}")  # fmt: skip
    case.expect += [f"one {a} {b}", f"one {b} {c}", f"killed {a} {second} {second} {second}", f"updates {c} {a}"]
    case.expect += [f"never {a} {first + second}", f"never {a} {2 * first + 1 + second}", f"no conflicts {a} {c}"]


def candidates(case: Case) -> None:
    """The same day and town, another munition: a question, and two figures until a person answers."""
    n, m = case.rng.randint(2, 9), case.rng.randint(10, 30)
    town, weapon = case.town(), case.weapon()
    one, other = case.voices(2)
    a = case.say(case.document() + "1", case.after(1), one, f"killed {n}", str(case.day), town,
                 f"{weapon} | VE | {n} people were killed in {town}")  # fmt: skip
    b = case.say(case.document() + "1", case.after(2), other, f"killed {m}", str(case.day), town,
                 f"{UNLIKE[weapon]} | VE | {m} people died in {town}")  # fmt: skip
    case.expect += [f"ask {a} {b}", f"killed {a} {n} {n} {n}", f"killed {b} {m} {m} {m}"]


def series(case: Case) -> None:
    """A total for a region and a month, and the strikes told after it."""
    counts = [case.rng.randint(2, 12) for _ in range(case.rng.randint(2, 4))]
    missing = case.rng.choice((0, 0, 3, 7))
    total, voice = sum(counts) + missing, case.rng.choice(VOICES)
    document, end = case.document(), case.after(27)
    whole = case.say(document + "1", case.after(60), voice, f"killed {total} civilian agg", f"{case.day}/{end}",
                     "South Ulmar", f"- | VE | Vell’s strikes on South Ulmar killed {total} civilians")  # fmt: skip
    case.expect.append(f"killed {whole} {total} {total} {total}")
    for i, count in enumerate(counts):
        town = SOUTH[i % 2]
        day = str(case.after(3 + 6 * i))
        part = case.say(f"{document}{i + 2}", case.after(60), voice, f"killed {count} civilian", day, town,
                        f"artillery | VE | {count} civilians were killed in {town}")  # fmt: skip
        case.expect += [f"part {part} {whole}", f"killed {part} {count} {count} {count}"]
    case.expect += [f"never {whole} {total + sum(counts)}", f"flag arithmetic_{'gap' if missing else 'match'} {whole}"]


def copies(case: Case) -> None:
    """One sentence that travels: one voice, however often it is printed."""
    n, town, weapon = case.rng.randint(2, 40), case.town(), case.weapon()
    words = f"The Health Office of {town} said that {n} people were killed when the eastern quarter was hit before dawn"
    first, *others = case.voices(case.rng.randint(2, 4))
    a = case.say(case.document() + "1", case.after(1), f"{first} < Health Office:official_doc", f"killed {n}",
                 str(case.day), town, f"{weapon} | - | {words}")  # fmt: skip
    for i, voice in enumerate(others):
        b = case.say(case.document() + "1", case.after(2 + i), voice, f"killed {n}", str(case.day), town,
                     f"{weapon} | - | {words}")  # fmt: skip
        case.expect += [f"one {a} {b}", f"copied_from {b} {a}", f"flag source_changed {b}"]
    case.expect += [f"killed {a} {n} {n} {n}", f"never {a} {n * (len(others) + 1)}"]


def equal_numbers(case: Case) -> None:
    """The same figure of two facts: two towns, two days, two units."""
    n, weapon = case.rng.randint(3, 80), case.weapon()
    here, there = case.rng.sample(sorted(TOWNS), 2)
    document, voice = case.document(), case.rng.choice(VOICES)
    a = case.say(document + "1", case.after(30), voice, f"killed {n} civilian", str(case.day), here,
                 f"{weapon} | VE | {n} civilians were killed in {here}")  # fmt: skip
    b = case.say(document + "2", case.after(30), voice, f"killed {n} civilian", str(case.day), there,
                 f"{weapon} | VE | {n} civilians were killed in {there}")  # fmt: skip
    c = case.say(document + "3", case.after(30), voice, f"killed {n} civilian", str(case.after(9)), here,
                 f"{weapon} | VE | {n} civilians were killed in {here} nine days later")  # fmt: skip
    d = case.say(f"+{document}4", case.after(30), voice, f"weapon_id unit:submunitions {n}", str(case.after(9)),
                 here, f"cluster | VE | a rocket with {n} submunitions")  # fmt: skip
    case.expect += [f"apart {a} {b}", f"apart {a} {c}", f"apart {b} {c}"]
    case.expect += [f"no same_fact {x} {y}" for x, y in ((a, b), (a, c), (c, d))]
    case.expect += [f"never {x} {2 * n}" for x in (a, b, c)] + [f"killed {c} {n} {n} {n}"]


def twins(case: Case) -> None:
    """Two strikes of one day on one town, told as two by one document, and one of them by another."""
    n, m = case.rng.randint(2, 9), case.rng.randint(11, 30)
    town, weapon = case.town(), case.weapon()
    one, other = case.voices(2)
    document = case.document()
    a = case.say(document + "1", case.after(1), one, f"killed {n}", f"{case.day}T06:10", town,
                 f"{weapon} | VE | {n} people were killed in {town} at dawn")  # fmt: skip
    b = case.say(document + "2", case.after(1), one, f"killed {m}", f"{case.day}T19:40", town,
                 f"{weapon} | VE | another strike on {town} killed {m} people in the evening")  # fmt: skip
    c = case.say(case.document() + "1", case.after(2), other, f"killed {n}", f"{case.day}T06:00", town,
                 f"{weapon} | VE | {n} dead in {town} at 6 am")  # fmt: skip
    case.expect += [f"apart {a} {b}", f"one {a} {c}", f"apart {b} {c}", f"never {a} {n + m}", f"never {b} {n + m}"]


def relative_dates(case: Case) -> None:
    """ "Yesterday", where the zone leaves two days open, beside the day as others state it and a strike a day later."""
    n, m = case.rng.randint(2, 9), case.rng.randint(11, 30)
    town, weapon = case.town(), case.weapon()
    one, other, third = case.voices(3)
    a = case.say(case.document() + "1", case.after(1), one, f"killed {n}", f"{case.day}/{case.after(1)}", town,
                 f"{weapon} | VE | yesterday {n} people were killed in {town}")  # fmt: skip
    b = case.say(case.document() + "1", case.after(30), other, f"killed {n}", str(case.day), town,
                 f"{weapon} | VE | {n} people were killed in {town}")  # fmt: skip
    c = case.say(case.document() + "1", case.after(30), third, f"killed {m}", str(case.after(5)), town,
                 f"{weapon} | VE | {m} people were killed in {town} five days later")  # fmt: skip
    case.expect += [f"oneorask {a} {b}", f"apart {a} {c}", f"apart {b} {c}", f"never {b} {n + m}", f"never {c} {n + m}"]


def statuses(case: Case) -> None:
    """A total by one voice, civilians and fighters by another: inside it, and what is left is of no known status."""
    civilians, fighters, rest = case.rng.randint(2, 30), case.rng.randint(1, 9), case.rng.randint(1, 8)
    total, town, weapon = civilians + fighters + rest, case.town(), case.weapon()
    one, other, third = case.voices(3)
    document = case.document()
    a = case.say(document + "1", case.after(40), one, f"killed {civilians} civilian", str(case.day), town,
                 f"{weapon} | VE | {civilians} civilians were killed in {town}")  # fmt: skip
    b = case.say(f"+{document}2", case.after(40), one, f"killed {fighters} combatant", str(case.day), town,
                 f"{weapon} | VE | {fighters} fighters were killed in {town}")  # fmt: skip
    c = case.say(case.document() + "1", case.after(50), other, f"killed {total}", str(case.day), town,
                 f"{weapon} | VE | {total} people were killed in {town}")  # fmt: skip
    case.expect += [f"one {a} {b}", f"one {a} {c}", f"never {c} {total + civilians}", f"never {c} {total + fighters}"]
    case.expect += [f"killed {c}/civilian {civilians} {civilians} {civilians}"]
    case.expect += [f"killed {c}/combatant {fighters} {fighters} {fighters}"]
    high = 4 * total + case.rng.randint(1, 50)
    case.say(case.document() + "1", case.after(60), third, f"killed <={high}", str(case.day), town,
             f"{weapon} | VE | as many as {high} people were killed in {town}")  # fmt: skip
    least = civilians + fighters
    case.expect += [f"killed {c} {least} {total} {high}", f"never {c} {least + total}"]


def revisions(case: Case) -> None:
    """One voice that corrects itself downwards, and children among the dead: the last figure stands, once."""
    first, last, young = case.rng.randint(20, 60), case.rng.randint(6, 19), case.rng.randint(1, 5)
    town, weapon, voice = case.town(), case.weapon(), case.rng.choice(VOICES)
    a = case.say(case.document() + "1", case.after(1), voice, f"killed {first}", str(case.day), town,
                 f"{weapon} | VE | {first} people were killed in {town}")  # fmt: skip
    document = case.document()
    b = case.say(document + "1", case.after(9), voice, f"killed {last}", str(case.day), town,
                 f"{weapon} | VE | {last} people were killed in {town}, fewer than first said")  # fmt: skip
    c = case.say(f"+{document}2", case.after(9), voice, f"killed {young} group:children", str(case.day), town,
                 f"{weapon} | VE | including {young} children")  # fmt: skip
    case.expect += [f"one {a} {b}", f"one {b} {c}", f"killed {b} {last} {last} {last}", f"flag revised_down {b}"]
    case.expect += [f"never {b} {first + last}", f"never {b} {last + young}"]


KINDS: dict[str, Callable[[Case], None]] = {
    kind.__name__: kind
    for kind in (
        aliases,
        interim,
        candidates,
        series,
        copies,
        equal_numbers,
        twins,
        relative_dates,
        statuses,
        revisions,
    )
}


def generate(kind: str, number: int, *, day: dt.date) -> Case:
    """One case, the same for the same kind, number and day."""
    prefix = "".join(chr(ord("a") + int(digit)) for digit in str(number)) + "q"
    case = Case(random.Random(f"{kind} {number}"), prefix, day)
    KINDS[kind](case)
    return case


def test_what_is_expected_can_fail() -> None:
    """What a kind expects does not hold of the same claims told of events forty days apart, or of one day and town."""
    for kind in KINDS:
        case = generate(kind, 7, day=dt.date(2031, 3, 1))
        cells = [line.split(" | ") for line in case.lines]
        days = [dt.date(2001, 1, 1) + dt.timedelta(days=40 * n) for n in range(len(cells))]
        spread = [" | ".join((*row[:3], str(day), *row[4:])) for row, day in zip(cells, days, strict=True)]
        heaped = [" | ".join((*row[:3], "2001-01-01", "Tarn", *row[5:])) for row in cells]
        assert any(failures(link_text("\n".join(lines)), case.expect) for lines in (spread, heaped)), kind


@pytest.mark.parametrize("kind", KINDS)
def test_each_alone(kind: str) -> None:
    wrong = {}
    for number in range(EACH):
        case = generate(kind, number, day=dt.date(2031, 3, 1) + dt.timedelta(days=number))
        missed = failures(link_text("\n".join(case.lines)), case.expect)
        if missed:
            wrong[number] = missed
    assert wrong == {}


@pytest.mark.parametrize("kind", KINDS)
def test_all_in_one_case(kind: str) -> None:
    cases = [generate(kind, n, day=dt.date(2001, 1, 1) + dt.timedelta(days=60 * n)) for n in range(EACH)]
    found = link_text("\n".join(line for case in cases for line in case.lines))
    assert [missed for case in cases for missed in failures(found, case.expect)] == []
