"""Dates in invented sentences: what they mean, and what is no date."""

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.extractors.en.dates import find
from muniment.model import when

PUBLISHED = "2031-03-20"  # a Thursday


def read(sentence: str, published: str | None = PUBLISHED) -> list[tuple[str, str | None]]:
    return [(mention.raw, mention.edtf) for mention in find(sentence, 0, len(sentence), published)]


@pytest.mark.parametrize(
    ("sentence", "edtf"),
    [
        ("On 27 October 2030, shells hit Velmora.", "2030-10-27"),
        ("Shells hit Velmora on October 27, 2030.", "2030-10-27"),
        ("Shells hit Velmora on the 27th of October 2030.", "2030-10-27"),
        ("On Oct. 4, 2030 a drone struck the clinic.", "2030-10-04"),
        ("On the first of February 2031 the siege began.", "2031-02-01"),
        ("A raid on Sunday, 27 October 2030, killed two.", "2030-10-27"),
        ("The raid of 2030-10-27 killed two.", "2030-10-27"),
        ("The raid of 27/10/2030 killed two.", "2030-10-27"),
        ("The raid of 27.10.2030 killed two.", "2030-10-27"),
        ("The raid of 10/27/2030 killed two.", "2030-10-27"),
        ("On October 27<sup>th</sup>, 2030 two died.", "2030-10-27"),
        ("between 27 September and 5 October 2030", "2030-09-27/2030-10-05"),
        ("from 27 December 2029 to 5 January 2030", "2029-12-27/2030-01-05"),
        ("between 27 December and 5 January 2030", "2029-12-27/2030-01-05"),
        ("Fighting on 27-28 October 2030 spread.", "2030-10-27/2030-10-28"),
        ("Fighting on October 27–28, 2030 spread.", "2030-10-27/2030-10-28"),
        ("Strikes on 3 and 4 October 2030", "2030-10-03/2030-10-04"),
        ("Strikes on 3, 5 and 9 October 2030", "{2030-10-03,2030-10-05,2030-10-09}"),
        ("Strikes on October 3, 5 and 9, 2030", "{2030-10-03,2030-10-05,2030-10-09}"),
        ("since 12 December 2030 the road is shut", "2030-12-12/.."),
        ("from 12 December 2030 onwards the road is shut", "2030-12-12/.."),
        ("until 12 December 2030 the road was shut", "../2030-12-12"),
        ("around 12 December 2030 the road was shut", "2030-12-12~"),
        ("In October 2030 the town was shelled.", "2030-10"),
        ("In early October 2030 the town was shelled.", "2030-10-01~/2030-10-10~"),
        ("In mid-October 2030 the town was shelled.", "2030-10-11~/2030-10-20~"),
        ("In late February 2028 the town was shelled.", "2028-02-21~/2028-02-29~"),
        ("At the end of October 2030 the town fell.", "2030-10-21~/2030-10-31~"),
        ("between late September and early November 2030", "2030-09-21~/2030-11-10~"),
        ("from March to May 2030", "2030-03/2030-05"),
        ("in the summer of 2029", "2029-22"),
        ("In 2029 the border was closed.", "2029"),
        ("Since 2029 the border is closed.", "2029/.."),
        ("between 2021 and 2026", "2021/2026"),
        ("from 2021-26 the border was closed", "2021/2026"),
        ("in early 2029", "2029-01~/2029-04~"),
        ("in the first half of 2029", "2029-01~/2029-06~"),
        ("in the third quarter of 2029", "2029-07/2029-09"),
        ("in the 1990s", "199X"),
        ("in the early 1990s", "1990~/1993~"),
        ("The date 04/05/2030 is ambiguous.", "[2030-04-05,2030-05-04]"),
    ],
)
def test_explicit(sentence: str, edtf: str) -> None:
    assert [meaning for _, meaning in read(sentence)] == [edtf]


@pytest.mark.parametrize(
    ("sentence", "edtf"),
    [
        ("On 17 October, 21 civilians were killed.", "2030-10-17"),
        ("On October 17, 21 civilians were killed.", "2030-10-17"),
        ("On 2 March two boys died.", "2031-03-02"),
        ("In March 12 people were killed.", "2031-03"),
        ("In May, Orsk was shelled.", "2030-05"),
        ("Shelling on 28 February and 1 March", "2031-02-28/2031-03-01"),
        ("yesterday, a shell fell", "2031-03-19"),
        ("Earlier today a shell fell.", "2031-03-20"),
        ("Last night a shell fell.", "2031-03-19"),
        ("On Sunday a shell fell.", "2031-03-16"),
        ("On Thursday a shell fell.", "2031-03-20"),
        ("Last Thursday a shell fell.", "2031-03-13"),
        ("Over the weekend, shells fell.", "2031-03-15/2031-03-16"),
        ("Last week, shells fell.", "2031-03-10/2031-03-16"),
        ("Last month, shells fell.", "2031-02"),
        ("Earlier this year, shells fell.", "2031"),
        ("Three days ago, shells fell.", "2031-03-17"),
        ("Two months ago, shells fell.", "2031-01"),
        ("in the last two years", "2029-03-20~/2031-03-20"),
        ("in the past 24 hours", "2031-03-19~/2031-03-20"),
        ("in recent days", "2031-03-10~/2031-03-20"),
        ("last summer", "2030-22"),
    ],
)
def test_reckoned_from_publication(sentence: str, edtf: str) -> None:
    assert [meaning for _, meaning in read(sentence)] == [edtf]


@pytest.mark.parametrize(
    "sentence",
    [
        "Those may be the ones who march in front.",
        "May God have mercy on them.",
        "It fired 12 rockets and 2030 shells.",
        "Some 1,995 people fled; 20 to 30 returned.",
        "Resolution 2043 was adopted by 15 votes.",
        "See https://example.org/2030/10/27/report-12.html",
        "The 122mm rocket and the 9M17 fell 20km away.",
        "He was 34, his son 11, and her daughters six and 18.",
        "The Sun reported it; Mar Elias church burnt; an Oct clinic.",
        "a day before her birthday, the night before the feast",
        "Next Monday they will march.",
        "On 31 February 2030 nothing can have happened.",
    ],
)
def test_no_date(sentence: str) -> None:
    assert [meaning for _, meaning in read(sentence) if meaning is not None] == []


@pytest.mark.parametrize(
    ("sentence", "shift"),
    [
        ("The following day they returned.", ("day", 1)),
        ("Two days earlier they had fled.", ("day", -2)),
        ("On the same day they returned.", ("day", 0)),
        ("That morning they had breakfast.", ("day", 0)),
        ("A week later they returned.", ("week", 1)),
        ("They had left the previous night.", ("day", -1)),
        ("Hours later, no: three hours later they returned.", ("day", 0)),
    ],
)
def test_counted_from_the_event_told_before(sentence: str, shift: tuple[str, int]) -> None:
    (mention,) = find(sentence, 0, len(sentence), PUBLISHED)
    assert (mention.edtf, mention.shift) == (None, shift)


def test_the_year_is_lent_by_the_date_before() -> None:
    text = "On 12 February 2026 the camp was raided. On 14 February the survivors fled."
    assert [meaning for _, meaning in read(text)] == ["2026-02-12", "2026-02-14"]


def test_the_year_of_a_treaty_is_not_lent() -> None:
    text = "The Convention of 12 August 1949 applies. On 14 February the survivors fled."
    assert [meaning for _, meaning in read(text)] == ["1949-08-12", "2031-02-14"]


def test_without_publication_nothing_is_guessed() -> None:
    assert read("On 14 February they fled.", None) == [("14 February", None)]
    assert read("Yesterday they fled.", None) == [("Yesterday", None)]


def test_near_midnight_a_relative_day_may_be_either() -> None:
    assert read("Yesterday they fled.", "2031-03-20T23:30:00+00:00") == [("Yesterday", "2031-03-19/2031-03-20")]
    assert read("Yesterday they fled.", "2031-03-20T12:30:00+00:00") == [("Yesterday", "2031-03-19")]


def test_an_approximate_publication_makes_relative_days_approximate() -> None:
    assert read("Yesterday they fled.", "2031-03-20~") == [("Yesterday", "2031-03-19~")]


def test_the_wrong_weekday_is_told() -> None:
    (right,) = find("Sunday, 27 October 2030", 0, 23, PUBLISHED)
    (wrong,) = find("Monday, 27 October 2030", 0, 23, PUBLISHED)
    assert (right.weekday_mismatch, wrong.weekday_mismatch) == (False, True)


def test_the_time_of_day_stays_in_the_words() -> None:
    text = "On 2 October at around 2.30 pm local time, a rocket hit the car park."
    (mention,) = find(text, 0, len(text), PUBLISHED)
    assert mention.raw == "2 October at around 2.30 pm local time"
    assert mention.edtf == "2030-10-02"
    assert mention.time == "at around 2.30 pm local time"


DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2031, 3, 20))


@given(DAYS)
def test_a_day_written_is_the_day_read(day: dt.date) -> None:
    for written in (
        f"{day.day} {day:%B %Y}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%A}, the {day.day} {day:%b %Y}",
    ):
        text = f"On {written}, nothing happened."
        (mention,) = find(text, 0, len(text), PUBLISHED)
        assert mention.edtf == day.isoformat()
        assert not mention.weekday_mismatch
        assert text[mention.start : mention.end] == mention.raw


@given(DAYS, st.integers(1, 40))
def test_a_range_holds_its_ends(day: dt.date, length: int) -> None:
    last = day + dt.timedelta(days=length)
    text = f"between {day.day} {day:%B %Y} and {last.day} {last:%B %Y}"
    (mention,) = find(text, 0, len(text), None)
    assert mention.edtf is not None
    assert when.bounds(mention.edtf) == (day, last)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2040, 12, 31)), DAYS)
def test_a_date_without_year_never_lies_in_the_future(published: dt.date, day: dt.date) -> None:
    text = f"On {day.day} {day:%B} they fled."
    (mention,) = find(text, 0, len(text), published.isoformat())
    assert mention.edtf is not None
    low, _ = when.bounds(mention.edtf)
    assert low is not None
    assert low <= published + dt.timedelta(days=1)
    assert (low.month, low.day) == (day.month, day.day)


WORDS = st.sampled_from(
    [
        "on", "since", "until", "the", "early", "mid", "late", "October", "may", "March", "Sunday", "Sept.", "12", "31",
        "2030", "1990s", "199", "3-5", ",", ".", "and", "to", "of", "week", "day", "days", "last", "two",
        "yesterday", "ago",
        "same", "following", "earlier", "start", "war", "weekend", "27/10/2030", "\u202e", "é", "’",
        "<sup>th</sup>", "\n",
    ]
)  # fmt: skip


@given(
    st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)),
    st.sampled_from([None, PUBLISHED, "2031", "x"]),
)
def test_whatever_is_written_gives_ordered_dates_with_bounds(text: str, published: str | None) -> None:
    reached = 0
    for mention in find(text, 0, len(text), published):
        assert reached <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.raw
        if mention.edtf is not None:
            when.bounds(mention.edtf)
        reached = mention.end


def test_time_grows_with_length_only() -> None:
    once = "12 October and 13 October to the 14 the early the mid 1990 " * 200
    began = time.perf_counter()
    find(once, 0, len(once), PUBLISHED)
    short = time.perf_counter() - began
    began = time.perf_counter()
    find(once * 8, 0, len(once) * 8, PUBLISHED)
    assert time.perf_counter() - began < 8 * short * 4 + 0.5
