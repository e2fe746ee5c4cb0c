"""Write a folder of N documents made from the sentence patterns of the shipped examples.

    python benchmarks/intake/generate.py FOLDER [N] [SEED]

Places come from the shipped gazetteer, dates from one year, counts, weapons, parties and publishers from short lists;
about one event in six documents, so that documents agree, differ, copy and correct each other as in a real case. The
same N and seed give the same bytes.
"""

from __future__ import annotations

import csv
import datetime as dt
import html
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FIRST_DAY = dt.date(2031, 1, 1)
DAYS = 365
DOCUMENTS_PER_EVENT = 6
FILES_PER_FOLDER = 1000

PUBLISHERS = (
    "Ulmar Field Monitors", "Ulmar Shore Agency", "Kardel News Service", "Civil defence of Darsun",
    "Joint Observer Mission on the Ulmar Ceasefire", "Kardel Ministry of Health and Social Protection",
    "Ministry of Defence, Vesh Confederation", "Example research desk", "Valley Courier", "Ford Radio",
)  # fmt: skip
SOURCES = (
    "the Prosecutor General's Office", "the civil defence office", "the mayor", "local officials",
    "the director of the central hospital", "the Ministry of Health", "the Human Rights Ombudsman",
)  # fmt: skip
ARMED_FORCES = ("the Armed Forces of the Vesh Confederation", "the Armed Forces of Kardel")
WEAPONS = (
    "a missile strike", "the shelling", "a rocket strike", "an air strike", "a drone strike",
    "a cluster munition strike",
)  # fmt: skip
CLAIMS = (
    "{Killed} civilians were killed and {injured} injured in {weapon} on {place} on {date}, {source} said.",
    "According to {source}, {killed} people were killed and {injured} injured in {weapon} on {place} on {date}.",
    "At least {killed} people were killed when rockets struck {place} on {date}, {publisher} said.",
    "The number of people killed in {weapon} on {place} on {date} had risen to {more}, {source} said.",
    "The observers conclude that between {killed} and {more} persons were killed in {weapon} on {place} on {date}.",
    "More than {injured} people were injured in {place} on {date}, according to {source}.",
)
AROUND = (
    "The rockets appear to have been fired by {party}, {publisher} found.",
    "A spokesman denied that {party} had fired at {place} on {date}.",
    "Remnants of a 122 mm rocket were photographed at the site the next morning.",
    "The search of the rubble went on through the night by the light of hand lamps.",
    "Only two ambulances were fit for use in the town that evening.",
    "The road to {place} was closed and the power was out in the eastern quarters.",
    "{publisher} spoke to each person alone and told them how their words would be used.",
    "No party has been named.",
    "Each statement stands here as that of its author; this text holds none to be checked.",
    "A convoy with flour, fuel and blankets waited at the crossing for the third day.",
    "The school had been closed since the beginning of the month and nobody was inside.",
    "Several windows of the municipal library were broken; the collection had been moved to the cellar.",
)
TOTALS = "In all, {total} civilians were killed and {injured_total} injured between {first} and {date}, {source} said."


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, as several documents tell it."""

    place: str
    day: dt.date
    weapon: str
    party: str
    killed: int
    injured: int


def town_names() -> list[str]:
    """Towns of the shipped gazetteer whose name is plain and means one place."""
    from muniment.reference import places
    from muniment.reference.index import PlaceIndex

    shipped = places.shipped()
    index = PlaceIndex(shipped)
    names = {place.name for place in shipped if place.kind == "locality"}
    return sorted(name for name in names if name.isalpha() and len(name) > 3 and len(index.find(name)) == 1)


def spoken(day: dt.date) -> str:
    """A day as the genre writes it: 9 March 2031."""
    return f"{day.day} {day:%B %Y}"


def sentences(event: Event, publisher: str, chance: random.Random) -> list[str]:
    """What one document says of one event: one or two claims and what stands around them."""
    slots = {
        "place": event.place,
        "date": spoken(event.day),
        "weapon": event.weapon,
        "party": event.party,
        "publisher": publisher,
        "source": chance.choice(SOURCES),
        "killed": max(2, event.killed - chance.randrange(3)),
        "injured": event.injured,
        "more": event.killed + 1 + chance.randrange(3),
    }
    slots["Killed"] = slots["killed"]
    told = [pattern.format(**slots) for pattern in chance.sample(CLAIMS, chance.randint(1, 2))]
    around = [pattern.format(**slots) for pattern in chance.sample(AROUND, chance.randint(4, 8))]
    if chance.random() < 0.03:
        first = spoken(FIRST_DAY)
        told.append(TOTALS.format(total=event.killed * 9, injured_total=event.injured * 9, first=first, **slots))
    return told + around


def as_text(title: str, paragraphs: Sequence[str], _day: dt.date, _publisher: str) -> str:
    return "\n\n".join((title, *paragraphs)) + "\n"


def as_markdown(title: str, paragraphs: Sequence[str], _day: dt.date, _publisher: str) -> str:
    return "\n\n".join((f"# {title}", *paragraphs)) + "\n"


def as_html(title: str, paragraphs: Sequence[str], day: dt.date, publisher: str) -> str:
    body = "\n".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>\n'
        f'<meta name="author" content="{html.escape(publisher)}">\n'
        f'<meta property="article:published_time" content="{day.isoformat()}"></head>\n'
        f'<body><nav><a href="/">Home</a> <a href="/valley">Valley</a></nav>\n<article><h1>{html.escape(title)}</h1>\n'
        f"{body}\n</article>\n<footer>All times are local.</footer></body></html>\n"
    )


FORMATS = ((".txt", as_text, 55), (".html", as_html, 35), (".md", as_markdown, 10))


def generate(folder: Path, number: int, seed: int = 2031) -> int:
    """Write the documents and a sources.csv into `folder`; the number of bytes written."""
    chance = random.Random(seed)
    towns = town_names()
    events = [
        Event(
            chance.choice(towns),
            FIRST_DAY + dt.timedelta(days=chance.randrange(DAYS)),
            chance.choice(WEAPONS),
            chance.choice(ARMED_FORCES),
            chance.randint(3, 40),
            chance.randint(5, 90),
        )
        for _ in range(max(1, number // DOCUMENTS_PER_EVENT))
    ]
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    last: list[str] = []
    with (folder / "sources.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("file", "title", "publisher", "published", "language", "kind"))
        for n in range(number):
            publisher = chance.choice(PUBLISHERS)
            told = [chance.choice(events) for _ in range(chance.choice((1, 1, 1, 2, 3)))]
            if last and chance.random() < 0.05:
                paragraphs = last  # a copy under another name
            else:
                paragraphs = [
                    " ".join(lines[i : i + 3])
                    for event in told
                    for lines in [sentences(event, publisher, chance)]
                    for i in range(0, len(lines), 3)
                ]
            last = paragraphs
            day = max(event.day for event in told) + dt.timedelta(days=chance.randint(1, 60))
            title = f"{told[0].place}, {spoken(told[0].day)}: report {n}"
            suffix, write, _ = chance.choices(FORMATS, weights=[weight for *_, weight in FORMATS])[0]
            name = f"{n // FILES_PER_FOLDER:03d}/{n:06d}{suffix}"
            data = write(title, paragraphs, day, publisher).encode()
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
            written += len(data)
            rows.writerow(
                (name, title, publisher, day.isoformat(), "en", chance.choice(("news", "report", "statement")))
            )
    return written


def main(arguments: Sequence[str]) -> int:
    if not arguments:
        print(__doc__)
        return 2
    number = int(arguments[1]) if len(arguments) > 1 else 10_000
    seed = int(arguments[2]) if len(arguments) > 2 else 2031
    written = generate(Path(arguments[0]), number, seed)
    print(f"{number:,} documents, {written / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
