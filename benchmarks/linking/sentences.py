"""Sentences in the manner of many sources: each source has its own turns of phrase, so that only copies read alike."""

from __future__ import annotations

import random

from muniment.model import When

Sentence = str

_OPEN = (
    "According to {name}, ", "Residents told {name} that ", "The {name} desk learned that ", "{name} recorded that ",
    "In its latest entry {name} notes that ", "Medics quoted by {name} said ", "{name} can report that ", "",
    "Two neighbours said that ", "Rescue workers confirmed that ", "As far as {name} could establish, ",
)  # fmt: skip
_VERB = {
    "killed": (
        "{count} people were killed", "{count} people lost their lives", "{count} residents died", "{count} were dead",
        "the dead numbered {count}", "{count} persons did not survive",
    ),
    "injured": (
        "{count} people were injured", "{count} people were wounded", "{count} were taken to hospital with wounds",
        "the wounded numbered {count}", "{count} residents were hurt", "{count} persons were treated for wounds",
    ),
}  # fmt: skip
_SITE = (" when the {site} was hit", " at the {site}", " in and around the {site}", " as fire fell on the {site}")
_CLOSE = (
    ", and the street stayed shut until dusk", " while the sirens were still sounding", ", the families said later",
    ", with the power out in half the houses", ", before help could come", ", and the search went on by lamplight",
    ", a doctor on duty said by telephone", ", as the school day was about to begin", "", ", the mayor's office added",
)  # fmt: skip
_USE = (
    "Fragments of the {weapon} were found in {place}{when}.", "A {weapon} was used in {place}{when}, an expert said.",
    "The damage in {place}{when} points to a {weapon}.", "Witnesses in {place}{when} described a {weapon}.",
)  # fmt: skip
_STOCK = ("the", "that", "and", "as", "said", "later")


def casualty(
    rng: random.Random, style: int, name: str, harm: str, count: str, place: str, when: When | None, site: str | None
) -> Sentence:
    """One sentence that gives a figure."""
    opening = _OPEN[(style + rng.randrange(3)) % len(_OPEN)].format(name=name)
    verb = _VERB[harm][(style * 5 + rng.randrange(2)) % len(_VERB[harm])].format(count=count)
    at = rng.choice(_SITE).format(site=site) if site is not None and rng.random() < 0.75 else ""
    day = f" on {when.raw}" if when is not None else ""
    close = _CLOSE[(style * 3 + rng.randrange(3)) % len(_CLOSE)]
    middle = f"{at} in {place}{day}" if rng.random() < 0.5 else f"{day} in {place}{at}"
    sentence = f"{opening}{verb}{middle}{close}."
    return sentence[0].upper() + sentence[1:]


def use(rng: random.Random, style: int, weapon: str, place: str, when: When | None) -> Sentence:
    """One sentence that says what weapon was used."""
    day = f" on {when.raw}" if when is not None else ""
    return _USE[(style + rng.randrange(2)) % len(_USE)].format(weapon=weapon, place=place, when=day)


def copied(rng: random.Random, sentence: Sentence) -> Sentence:
    """The same sentence in another outlet: as it stands, or with a word dropped."""
    words = sentence.split()
    if rng.random() < 0.5:
        spare = [n for n, word in enumerate(words) if word in _STOCK]
        if spare:
            del words[rng.choice(spare)]
    return " ".join(words)


def monthly(killed: int, region: str, month: str) -> Sentence:
    """One sentence that sums up a month in a region."""
    return f"At least {killed} people were killed in {region} in {month}, the register shows."
