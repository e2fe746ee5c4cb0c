"""Texts nobody wrote for a reader: endless lines, numbers without end, every script at once. Time is linear in length.

Seconds are of the processor, so that what else the machine does counts little. Doubling a text may cost at most 2.6
times as much: a reading that grew with the square of the length would cost four times as much.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment import extractors
from muniment.model import Claim, Document, Party, Place, PlaceName
from muniment.plugins import Lexicon
from muniment.reference.index import PlaceIndex

PLACES = [
    Place("t:0", (PlaceName("Ulmar"),), 10.5, 50.5, "country", "country", None, "invented", country="XU"),
    Place("t:1", (PlaceName("Darsun"), PlaceName("Դարսուն")), 10.0, 50.0, "locality", "locality", "t:0", "invented"),
]
LEXICON = Lexicon(PlaceIndex(PLACES), (Party("NL0", ("Norland", "Norlandish"), "state"),))
MOST = 2.6
SLACK_SECONDS = 0.05

STORY = (
    "At least 12 people, including three children, were killed when rockets hit the market of Darsun, Ulmar, on 3 May "
    "2031, the civil defence office said. “They fired at the ambulances,” said Orsa Lind, a nurse. Norland denied that "
    "its forces had shelled the town. The monitors could not verify the report, and called on both sides to stop. "
)
SCRIPTS = [
    "killed",
    "12",
    "погибли",
    "٣",
    "قتل",
    "स",
    "死者",
    "Դարսուն",
    "הרוגים",
    "e\u0301",
    "ﬁ",
    "😀",
    "İ",
    "ß",
    "½",
    "Ⅳ",
]
CONTROLS = [
    "\x00",
    "\x07",
    "\x1b[0m",
    "\x7f",
    "\x85",
    "\u200b",
    "\u200d",
    "\u202e",
    "\u2066",
    "\u2028",
    "\ufeff",
    "\ufffd",
]


def of(piece: str) -> Callable[[int], str]:
    """A text of a given length that repeats a piece."""
    return lambda length: (piece * (length // len(piece) + 1))[:length]


def numbers(length: int) -> str:
    """Numbers in a row, in the ways they are written."""
    chance = random.Random(7)
    parts, size = list[str](), 0
    while size < length:
        n = chance.randrange(100_000)
        parts.append(
            chance.choice((f"{n}", f"{n:,}", f"{n / 100:.2f}", f"{n % 31}/{n % 12}/2031", f"{n}-{n + 9}", "forty"))
        )
        size += len(parts[-1]) + 1
    return " ".join(parts)[:length]


def scripts(length: int) -> str:
    """Words of every script, with control characters between and within them."""
    chance = random.Random(11)
    return "".join(chance.choice((*SCRIPTS, *CONTROLS, " ", " ", ". ")) for _ in range(length))[:length]


SHAPES: dict[str, Callable[[int], str]] = {
    "a story on one line": of(STORY),
    "a story in paragraphs": of(STORY.replace(". ", ".\n\n")),
    "numbers": numbers,
    "scripts and controls": scripts,
    "one word": of("a"),
    "no stop": of("people were killed and injured in Darsun and "),
    "no claim": of("the road is wide and the well is deep, "),
    "only commas": of(","),
    "only stops": of(". "),
    "names": of("Sarit Omel, 41, her son Belo, 9, and "),
    "dates": of("on 3 March 2031 and since the day before, "),
    "places": of("Darsun, Ulmar, "),
    "quotation marks": of("“they said ”and “"),
    "brackets": of("((["),
    "an address": of("https://example.org/a?b="),
    "headings": of("Killed\n\n"),
    "blank lines": of("\n"),
    "footnotes": of("dead¹² <sup>3</sup> [4] "),
    "negations": of("no one was not killed nor "),
    "sources": of("he told her that they said that "),
    "table bars": of("| 12 | killed | "),
}


def read(text: str) -> tuple[Claim, ...]:
    """The claims of a news item."""
    document = Document(
        "d1", "e" * 64, "a.txt", 0, "k", 0, len(text), None, "Example Monitors", "2031-05-04", None, "en", "news"
    )
    return extractors.extract(document, text, LEXICON)


def seconds(text: str) -> float:
    """What one reading costs the processor."""
    began = time.process_time()
    read(text)
    return time.process_time() - began


def assert_linear(make: Callable[[int], str], length: int) -> None:
    """Twice the text costs about twice the time; a first measure that was disturbed is taken again."""
    read(make(2000))  # the word lists are loaded
    once, twice = make(length), make(2 * length)
    short, long = seconds(once), seconds(twice)
    for _ in range(3):
        if long <= MOST * short + SLACK_SECONDS:
            return
        short, long = max(short, seconds(once)), min(long, seconds(twice))
    raise AssertionError(f"{length} characters took {short:.2f} s, twice as many {long:.2f} s")


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_text_takes_twice_the_time(shape: str) -> None:
    assert_linear(SHAPES[shape], 40_000)


def test_a_hundred_thousand_numbers_in_a_row_are_read_in_time() -> None:
    text = numbers(900_000)
    assert len(text.split()) > 100_000
    assert read(text) == ()
    assert_linear(numbers, 450_000)


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["a story on one line", "numbers", "scripts and controls", "one word", "no claim"])
def test_a_line_of_ten_megabytes_is_read_in_time(shape: str) -> None:
    text = SHAPES[shape](10_000_000)
    assert "\n" not in text
    assert_linear(SHAPES[shape], 5_000_000)


def test_what_stands_in_an_endless_line_is_found() -> None:
    told = len([claim for claim in read(STORY) if claim.kind == "casualty"])
    claims = read(of("the road is wide and the well is deep, ")(300_000) + ". " + STORY)
    assert told >= 1
    assert len([claim for claim in claims if claim.kind == "casualty"]) == told


SENTENCES = st.sampled_from(
    [
        "At least 12 people were killed in Darsun on 3 March 2031.",
        "The civil defence office said that 30 civilians had been injured.",
        "Norland denied that its forces had shelled the market.",
    ]
)
NOISE = st.one_of(
    st.text(max_size=40),
    st.text(st.characters(categories=["Cc", "Cf", "Co", "Cs", "Mn", "No", "Nl", "Zl", "Zp", "Zs"]), max_size=40),
    st.lists(st.sampled_from([*SCRIPTS, *CONTROLS]), max_size=30).map("".join),
    st.from_regex(r"[0-9,.\-/%:;()\[\]]{0,60}", fullmatch=True),
)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.one_of(SENTENCES, NOISE), max_size=12), st.sampled_from([" ", "\n", "\n\n", ""]))
def test_any_mixture_of_scripts_and_controls_is_read_at_exact_places(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    for claim in read(text):
        assert text[claim.span.start : claim.span.end] == claim.quote
        for reason in claim.why.values():
            if reason.start is not None:
                assert text[reason.start : reason.end] == reason.words


@settings(deadline=None, max_examples=100)
@given(NOISE)
def test_noise_in_a_paragraph_of_its_own_leaves_the_figures_below_it(noise: str) -> None:
    below = "At least 12 people were killed in Darsun on 3 March 2031."
    claims = read(noise.replace("\n", " ") + "\n\n" + below)
    found = [c for c in claims if c.kind == "casualty" and c.span.start >= len(noise) and c.count is not None]
    assert [(c.harm, c.count.min, c.count.qualifier) for c in found if c.count] == [(("killed",), 12, "at_least")]
