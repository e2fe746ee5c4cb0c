"""Web pages, saved pages, feeds and Telegram's exports."""

import json

import pytest

from readers_asking import document, documents, read, reason
from readers_samples import ITEMS, rss

PAGE = """<!DOCTYPE html><html lang="en"><head><title>{title}</title>{head}</head><body>
<nav><a href="https://kardel.example/">Home</a></nav>
<main><h1>Depot burns in Halgaz</h1><p>{words}</p></main><aside>Read also: nine other things.</aside></body></html>"""
WORDS = "A fuel depot in Halgaz caught fire on 24 March. Nobody was hurt, the fire service said on the day after. " * 3


def page(head: str = "", title: str = "Depot burns", words: str = WORDS) -> str:
    return PAGE.format(head=head, title=title, words=words)


def test_the_documents_extent_is_the_main_part_and_nothing_is_left_out_of_the_text() -> None:
    reading = read(page(), "a.html")
    (item,) = reading.items
    assert reading.text[item.start : item.end].startswith("Depot burns in Halgaz\n\nA fuel depot")
    assert "nine other things" not in reading.text[item.start : item.end]
    assert "nine other things" in reading.text
    assert "https://kardel.example/" in reading.text


LINKED = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2031-03-25T08:00:00+03:00">', "2031-03-25T08:00:00+03:00"),
        (LINKED.replace("{}", '{"@graph":[{"@type":"NewsArticle","datePublished":"2031-03-25"}]}'), "2031-03-25"),
        (LINKED.replace("{}", '[1, {"@type": "Article", "datePublished": "25 March 2031"}]'), "2031-03-25"),
        ('<script type="application/ld+json">{broken</script><meta name="dc.date" content="2031-03">', "2031-03"),
        ("", None),
    ],
)  # fmt: skip
def test_publication_dates_of_pages(head: str, published: str | None) -> None:
    assert document(page(head), "a.html").published == published


def test_several_times_on_a_page_are_no_date() -> None:
    one = '<time datetime="2031-03-25">25 March</time>'
    two = one.replace("25", "26")
    assert document(page(words=f"{one}</p><p>{WORDS}"), "a.html").published == "2031-03-25"
    assert document(page(words=f"{one}</p><p>{two}</p><p>{WORDS}"), "a.html").published is None


def test_the_time_of_an_event_is_no_date_of_the_page() -> None:
    words = 'A fuel depot caught fire on <time datetime="2031-03-24">24 March</time>. ' + WORDS
    assert document(page(words=words), "a.html").published is None


def test_title_without_the_sites_name() -> None:
    head = (
        '<meta property="og:site_name" content="Kardel News">'
        '<meta property="og:title" content="Depot burns - Kardel News">'
    )
    found = document(page(head), "a.html")
    assert (found.title, found.publisher) == ("Depot burns", "Kardel News")


@pytest.mark.parametrize(
    ("head", "url", "kind"),
    [
        ('<link rel="canonical" href="https://kardel.example/news/1">', "https://kardel.example/news/1", "news"),
        (
            '<meta property="og:url" content="https://kardel.example/reports/1">',
            "https://kardel.example/reports/1",
            "report",
        ),
        ("<!-- saved from url=(0030)https://kardel.example/x/1 -->", "https://kardel.example/x/1", "other"),
        ('<link rel="canonical" href="/relative">', None, "other"),
    ],
)
def test_addresses_of_pages(head: str, url: str | None, kind: str) -> None:
    found = document(page(head), "a.html")
    assert (found.url, found.kind) == (url, kind)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "utf-16"])
def test_encodings_of_pages(encoding: str) -> None:
    markup = page(
        "" if encoding == "utf-16" else f'<meta charset="{encoding}">', words="Пожар на складе в Халгазе. " * 20
    )
    assert "Пожар на складе" in read(markup.encode(encoding), "a.html").text


def test_active_content_and_hidden_parts_are_no_text() -> None:
    text = read(
        page(words="Seen.<script>unseen()</script><style>un{}</style><!-- unseen --><template>unseen</template>"),
        "a.html",
    ).text
    assert "Seen." in text
    assert "unseen" not in text


def test_a_word_in_several_elements_stays_one_word() -> None:
    assert "Halgaz" in read(page(words="Hal<b>ga</b>z&shy; burns."), "a.html").text.replace("\u00ad", "")
    assert "Hal gaz" not in read(page(words="Hal<b>ga</b>z"), "a.html").text


def test_feeds_give_a_document_an_item() -> None:
    found = documents(rss(), "feed.xml")
    text = read(rss(), "feed.xml").text
    assert [d.title for d in found] == [title for title, *_ in ITEMS]
    assert [d.url for d in found] == [link for _, link, *_ in ITEMS]
    assert found[0].published == "2031-03-11T08:15:00Z"
    assert [text[d.start : d.end].startswith(d.title or "-") for d in found] == [True] * 3
    assert {d.language for d in found} == {"en"}


RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'


@pytest.mark.parametrize(
    ("markup", "title", "words"),
    [
        (
            "<rss><channel><title>V</title><item><title>A &amp;amp; B</title>"
            "<description>x &lt;b&gt;y&lt;/b&gt;</description></item></channel></rss>",
            "A & B",
            "x y",
        ),
        (
            f"<rdf:RDF {RDF}><channel><title>V</title></channel>"
            '<item rdf:about="https://v.example/1"><title>A</title><description>words</description></item></rdf:RDF>',
            "A",
            "words",
        ),
        (
            "<rss><channel><item><title>Broken &nbsp; feed</title>"
            "<description>open <br> tag</description></item></channel></rss>",
            "Broken feed",
            "open",
        ),
    ],
)
def test_feeds_of_several_kinds_and_states(markup: str, title: str, words: str) -> None:
    reading = read(markup, "feed.xml")
    assert reading.items[0].title == title
    assert words in reading.text


def test_items_of_one_title_and_date_keep_keys_of_their_own() -> None:
    date = "<pubDate>Tue, 11 Mar 2031 08:15:00 +0000</pubDate>"
    item = f"<item><title>Update</title>{date}<description>{{}}</description></item>"
    markup = f"<rss><channel>{item.format('One died.')}{item.format('Two died.')}</channel></rss>"
    first, second = documents(markup, "feed.xml")
    assert second.key == f"{first.key}#2"
    assert first.id != second.id


def export(*messages: object, **chat: object) -> str:
    return json.dumps(
        {"name": "Valley civil defence", "type": "public_channel", "id": 7, **chat, "messages": list(messages)}
    )


def message(number: int, text: object, **more: object) -> dict[str, object]:
    return {
        "id": number,
        "type": "message",
        "date": "2031-03-10T06:15:00",
        "from": "Desk",
        "from_id": "user1",
        "text": text,
        **more,
    }


def test_a_message_is_a_document() -> None:
    data = export(
        message(1, "Three killed."),
        message(2, ""),
        "not a message",
        message(3, [{"type": "bold", "text": "Six"}, " injured."]),
    )
    text, found = read(data, "result.json").text, documents(data, "result.json")
    assert [text[d.start : d.end] for d in found] == ["Three killed.", "Six injured."]
    assert [d.key for d in found] == ["telegram:7/1", "telegram:7/3"]
    assert {(d.kind, d.publisher, d.published) for d in found} == {
        ("message", "Valley civil defence", "2031-03-10T06:15:00")
    }


def test_the_zone_of_a_message_follows_from_its_absolute_time() -> None:
    data = export(message(1, "Three killed.", date_unixtime="1930878900"))
    assert document(data, "result.json").published == "2031-03-10T06:15:00+03:00"


def test_a_whole_account_and_half_characters() -> None:
    account = {
        "chats": {"list": [json.loads(export(message(1, "One.")))]},
        "left_chats": {"list": [json.loads(export(message(2, "Half \ud83d")))]},
    }
    reading = read(json.dumps(account), "result.json")
    assert [reading.text[item.start : item.end] for item in reading.items] == ["One.", "Half \ufffd"]


def test_an_export_without_words() -> None:
    assert reason(export(message(1, "", photo="a.jpg")), "result.json") == "empty"


def test_other_json_is_text() -> None:
    assert read('{"a": [1, 2]}', "a.json").text == '{"a": [1, 2]}'


def test_a_saved_page_is_not_dated_by_its_saving() -> None:
    saved = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://kardel.example/blog/1\nSubject: x\n"
        "Date: Sat, 5 Apr 2031 10:00:00 -0000\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\n\n'
        "--b\nContent-Type: text/html; charset=utf-8\n\n" + page() + "\n--b--\n"
    )
    found = document(saved, "a.mhtml")
    assert (found.published, found.url, found.kind) == (None, "https://kardel.example/blog/1", "post")
