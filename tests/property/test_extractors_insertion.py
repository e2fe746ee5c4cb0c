"""What stands between two sentences changes nothing it does not speak of: neither words nor fields of a claim.

A story is a list of paragraphs, a paragraph a list of sentences. A sentence that refers back to the one before it ("the
strike", "they", "the same day") begins with "~": nothing is put in front of it within its paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment import extractors
from muniment.model import Claim, Document, Party, Place, PlaceName, Reason, Span
from muniment.plugins import Lexicon
from muniment.reference.index import PlaceIndex

PLACES = [
    Place("t:0", (PlaceName("Ulmar"),), 10.5, 50.5, "country", "country", None, "invented", country="XU"),
    Place("t:1", (PlaceName("Darsun"),), 10.0, 50.0, "locality", "locality", "t:0", "invented", country="XU"),
    Place("t:2", (PlaceName("Kestrin"),), 10.2, 50.1, "locality", "locality", "t:0", "invented", country="XU"),
    Place("t:3", (PlaceName("Velm"),), 10.4, 50.3, "locality", "locality", "t:0", "invented", country="XU"),
]
PARTIES = (
    Party("NL0", ("Norland", "Norlandish"), "state"),
    Party("FVA", ("Free Valley Army",), "armed_group"),
)
LEXICON = Lexicon(PlaceIndex(PLACES), PARTIES)

STORIES: dict[str, list[list[str]]] = {
    "rockets": [
        [
            "Rockets hit the market of Darsun in Ulmar on 3 March 2031.",
            "~The strike killed at least 12 people and wounded 30.",
        ],
        ["~According to the Ministry of Health of Ulmar, nine of the dead were women.", "Four people are missing."],
        ["In Kestrin, a sniper shot dead Ilka Moren, a 31-year-old teacher, on 5 March."],
    ],
    "hedges": [
        [
            "The Tamar Centre could not verify reports that 40 soldiers had been killed near Velm last week.",
            "Two nurses were killed in Darsun, Ulmar, on 11 April 2031 when a drone struck their ambulance.",
        ],
        [
            "~Norland denied that its forces had shelled the school.",
            "Seven pupils were wounded in Kestrin on 12 April, teachers told the Tamar Centre.",
        ],
    ],
    "damage": [
        ["Norlandish artillery destroyed the hospital of Velm, a town in Ulmar, on the night of 7 April 2031."],
        [
            "~“They fired at the ambulances,” said Dr Orsa Lind, the head of surgery.",
            "Three paramedics died in the yard.",
        ],
        ["The Free Valley Army appears to be responsible for the shelling of the bridge in Darsun on 9 April 2031."],
    ],
    "held": [
        [
            "Police in Kestrin detained 14 demonstrators on 2 February 2031.",
            "Access to the internet has been cut since 4 February, NetWatch Ulmar reported.",
        ],
        ["The ombudsman called on Norland to release all detainees.", "At least three detainees died in custody."],
    ],
    "a list": [
        ["~The dead of 8 April 2031 in Darsun were named by the town hall:"],
        ["~- Sarit Omel, 41"],
        ["~- Belo Omel, 9"],
        ["Between 40 and 50 others were injured, doctors at the Darsun hospital said."],
    ],
}
"""Invented texts; every kind of field is filled somewhere."""

THINGS = ["road", "garden wall", "well", "roof", "orchard", "cellar", "kitchen", "fence", "yard", "staircase"]
STATES = [
    "had been closed", "stood empty", "was covered in dust", "smelt of burning", "lay under snow", "could not be saved",
    "was never repaired", "had fallen into ruin", "was white with ash", "seemed larger than before",
]  # fmt: skip
TAILS = ["", " for some time", " for hours", ", though few noticed", " and nobody asked why", " despite the rain"]
NOTHING = [
    "Smoke hung over the roofs for hours.",
    "Nothing could be saved.",
    "Rain fell heavily.",
    "Windows were broken along the whole street.",
    "Electricity came back later.",
    "Shops opened again, though few had anything to sell.",
    "What the roof had been made of is not known.",
    "Rubble still blocks the way.",
    "Most of the furniture was carried off on carts.",
    "Many had left long before.",
    "Snow lay deep, and the wind was cold.",
]
DATES = [
    "On 21 April 2031 the shops opened again.",
    "Snow fell on 23 April 2031.",
    "The road was closed yesterday.",
    "By 19 January 2031 the well had run dry.",
]
SOURCES = [
    "The Red Lantern Society published a report.",
    "According to the Valley Observatory, the road was closed.",
    "“The road was closed,” said Tarel Ombe, a driver.",
    "The Ministry of Public Works said that the road would be repaired.",
    "Villagers told the Red Lantern Society that the road was closed.",
    "The road, it was alleged, had been closed.",
]

neutral = st.one_of(
    st.sampled_from(NOTHING),
    st.builds(
        "The {}{}{}.".format, st.sampled_from(THINGS), st.sampled_from(STATES).map(" {}".format), st.sampled_from(TAILS)
    ),
)
"""Sentences that name no date, place, person, organisation or figure, and point back to nothing."""


@dataclass(frozen=True)
class Slot:
    """Where a sentence may be put into a text, and the space it brings along."""

    at: int
    before: str
    after: str


def laid_out(story: list[list[str]]) -> tuple[str, list[Slot]]:
    """The text of a story, and its slots: as a paragraph, or within one; never in front of what refers back."""
    text, slots = "", list[Slot]()
    for paragraph in story:
        if text:
            if not paragraph[0].startswith("~") and text.endswith((".", "”")):
                slots.append(Slot(len(text), " ", ""))
            text += "\n\n"
        if not paragraph[0].startswith("~"):
            slots.append(Slot(len(text), "", "\n\n"))
        for n, sentence in enumerate(paragraph):
            text += " " if n else ""
            if not sentence.startswith("~"):
                slots.append(Slot(len(text), "", " "))
            text += sentence.removeprefix("~")
    return text, [*slots, Slot(len(text), " ", ""), Slot(len(text), "\n\n", "")]


Put = tuple[Slot, str]


def with_put(text: str, puts: list[Put]) -> str:
    """The text with each sentence put into its slot."""
    parts, reached = list[str](), 0
    for slot, words in puts:
        parts += [text[reached : slot.at], slot.before, words, slot.after]
        reached = slot.at
    return "".join([*parts, text[reached:]])


def moved(puts: list[Put], start: int, end: int) -> tuple[int, int]:
    """Where words of the text stand once the sentences are put in."""

    def by(before: int) -> int:
        return sum(len(slot.before) + len(words) + len(slot.after) for slot, words in puts if slot.at < before)

    return start + by(start + 1), end + by(end if end > start else end + 1)


def read(text: str) -> tuple[Claim, ...]:
    """The claims of a news item of 4 May 2031."""
    document = Document(
        "d1", "e" * 64, "a.txt", 0, "k", 0, len(text), None, "Example Monitors", "2031-05-04", None, "en", "news"
    )
    return extractors.extract(document, text, LEXICON)


def as_moved(claim: Claim, puts: list[Put]) -> Claim:
    """A claim as it must be once the sentences are put in: in the same words, further on."""

    def further(span: Span) -> Span:
        return Span(*moved(puts, span.start, span.end))

    def still(reason: Reason) -> Reason:
        if reason.start is None or reason.end is None:
            return reason
        start, end = moved(puts, reason.start, reason.end)
        return replace(reason, start=start, end=end)

    return replace(
        claim,
        id="",
        span=further(claim.span),
        mentions=tuple(map(further, claim.mentions)),
        why={name: still(reason) for name, reason in claim.why.items()},
    )


@st.composite
def told(draw: st.DrawFn, sentences: st.SearchStrategy[str], most: int) -> tuple[str, list[Put]]:
    """A story's text, and what is put into it, in order."""
    text, slots = laid_out(STORIES[draw(st.sampled_from(sorted(STORIES)))])
    puts = draw(st.lists(st.tuples(st.sampled_from(slots), sentences), min_size=1, max_size=most))
    return text, sorted(puts, key=lambda put: put[0].at)


def assert_unmoved(text: str, puts: list[Put]) -> None:
    after = [replace(claim, id="") for claim in read(with_put(text, puts))]
    assert after == [as_moved(claim, puts) for claim in read(text)]


def assert_changes_are_explained(text: str, puts: list[Put]) -> None:
    """Each field that changed has a reason, and the reason's words are among what was put in."""
    new = with_put(text, puts)
    inside = [moved(puts, slot.at, slot.at)[0] for slot, _ in puts]
    ranges = [(at - len(slot.before + words + slot.after), at) for at, (slot, words) in zip(inside, puts, strict=True)]
    after = {(claim.span, claim.kind, claim.harm, claim.count): claim for claim in read(new)}
    for claim in read(text):
        was = as_moved(claim, puts)
        now = after.get((was.span, was.kind, was.harm, was.count))
        assert now is not None, f"{claim.quote!r} is lost"
        for name in (field.name for field in fields(Claim) if field.name not in ("id", "why")):
            if getattr(now, name) == getattr(was, name):
                continue
            reasons = [now.why[key] for key in GIVEN_WITH.get(name, (name,)) if key in now.why]
            assert reasons, f"{name} of {claim.quote!r} changed, nothing says why"
            starts = [reason.start for reason in reasons if reason.start is not None]
            assert any(first <= at < last for at in starts for first, last in ranges), f"{claim.quote!r}: {reasons}"


GIVEN_WITH = {"cue": ("level",), "polarity": ("level",), "when": ("when", "year", "time")}
"""Fields whose reasons go by other names: that of another field, or those of their parts."""


def test_every_kind_of_field_is_filled_somewhere_in_the_stories() -> None:
    claims = [claim for story in STORIES.values() for claim in read(laid_out(story)[0])]
    for name in ("count", "victims", "persons", "when", "where", "weapon", "party", "source", "cue", "call"):
        assert any(getattr(claim, name) for claim in claims), name
    assert {"casualty", "damage", "attribution", "denial", "detention", "deprivation"} <= {c.kind for c in claims}
    assert any(claim.where is not None and claim.where.place is not None for claim in claims)


@settings(deadline=None, max_examples=150)
@given(told(neutral, 5))
def test_up_to_five_sentences_that_name_nothing_leave_every_claim_as_it_was(case: tuple[str, list[Put]]) -> None:
    assert_unmoved(*case)


@settings(deadline=None, max_examples=100)
@given(told(st.sampled_from([*DATES, *SOURCES]), 1))
def test_a_sentence_with_a_date_or_a_source_changes_only_what_says_so(case: tuple[str, list[Put]]) -> None:
    assert_changes_are_explained(*case)


@pytest.mark.parametrize("words", [*DATES, *SOURCES])
@pytest.mark.parametrize("name", sorted(STORIES))
def test_a_date_or_a_source_in_any_place_changes_only_what_says_so(name: str, words: str) -> None:
    text, slots = laid_out(STORIES[name])
    for slot in slots:
        assert_changes_are_explained(text, [(slot, words)])


def put(story: list[list[str]], paragraph: int, sentence: int, *words: str, after: str = " ") -> tuple[str, list[Put]]:
    """A story's text, and sentences put in front of one of its own."""
    text, _ = laid_out(story)
    at = text.index(story[paragraph][sentence].removeprefix("~"))
    return text, [(Slot(at, "", after), each) for each in words]


HELD = [
    ["Police in Kestrin detained 14 demonstrators on 2 February 2031."],
    ["At least three detainees died in custody."],
]


@pytest.mark.parametrize(
    "words", ["There was no warning.", "It was raining heavily.", "It is not known why.", "It was dark by then."]
)
def test_there_and_it_that_stand_for_nothing_do_not_point_back(words: str) -> None:
    assert_unmoved(*put(HELD, 1, 0, words))


def test_a_list_keeps_the_date_of_its_heading_wherever_it_stands() -> None:
    assert_unmoved(*put(STORIES["a list"], 0, 0, *["The well is dry."] * 5, after="\n\n"))


def test_a_season_told_in_between_takes_no_date_away_silently() -> None:
    assert_changes_are_explained(*put(STORIES["damage"], 1, 1, "The well ran dry in the autumn of 2029."))


def test_the_year_of_a_date_that_gives_none_is_explained() -> None:
    story = [["Two nurses were killed in Darsun on 5 March."]]
    assert_changes_are_explained(*put(story, 0, 0, "The well ran dry on 19 January 2029."))
