"""Feeds whose tags were stripped come out as their items, in whichever order and with whatever left between."""

import pytest

from readers_asking import documents, read
from readers_samples import ITEMS, flattened, rss

TITLES = [title for title, *_ in ITEMS]
LINKS = [link for _, link, *_ in ITEMS]
DATES = ["2031-03-11T08:15:00Z", "2031-02-24T17:40:12Z", "2031-01-05T00:01:00Z"]


@pytest.mark.parametrize("between", [" ", "", "\n"])
@pytest.mark.parametrize("order", ["link-first", "date-last", "words-between"])
def test_items_of_a_flattened_feed(order: str, between: str) -> None:
    text = flattened(rss(order=order), between)
    found = documents(text, "saved.txt")
    assert [d.title for d in found] == TITLES
    assert [d.url for d in found] == LINKS
    assert [d.published for d in found] == DATES
    assert [d.item for d in found] == [0, 1, 2]
    assert {d.kind for d in found} == {"news"}
    assert {d.language for d in found} == {"en"}
    for document, (title, _, _, summary, _) in zip(found, ITEMS, strict=True):
        words = text[document.start : document.end]
        assert words.startswith(title)
        assert summary[:60] in words
        assert words == words.rstrip()
    ends = [0, *(d.end for d in found)]
    assert all(end <= d.start < d.end for end, d in zip(ends, found, strict=False))


def test_text_is_the_file_as_it_is() -> None:
    data = flattened(rss(), "\n").replace("\n", "\r\n").encode()
    reading = read(data, "saved.txt")
    assert reading.text.encode() == data
    assert reading.encoding == "utf-8"


def test_key_is_the_permanent_address_and_the_publisher_the_footers_name() -> None:
    found = documents(flattened(rss()), "saved.txt")
    assert [d.key for d in found] == [f"https://observatory.example/en/?p={n}" for n in (4100, 4099, 4098)]
    assert {d.publisher for d in found} == {"Valley Observatory"}


def test_a_feed_without_its_channel() -> None:
    text = flattened(rss(), "\n")
    text = text[text.index(TITLES[0]) :]
    assert [d.title for d in documents(text, "saved.txt")] == TITLES


def test_a_letter_with_an_address_and_a_date_is_no_feed() -> None:
    text = (
        "We refer to the findings at https://observatory.example/en/valley/ as of Tue, 11 Mar 2031 08:15:00 +0000.\n\n"
        "They speak of three residents of Karsen. We ask for an answer.\n"
    )
    assert len(documents(text, "letter.txt")) == 1
