"""sources.csv: what a person states of files, and how it joins what was read."""

import pytest

from muniment.model import Document
from muniment.readers import sources_csv
from muniment.readers.sources_csv import SourceRow


def read_document(item: int = 0, **facts: object) -> Document:
    known = {field: value for field, value in facts.items() if value is not None}
    values = {
        "title": None, "publisher": None, "published": None, "url": None, "language": None, "kind": "other", **facts,
    }  # fmt: skip
    return Document(
        id=f"d{item}",
        exhibit="0" * 64,
        file="feed.xml",
        item=item,
        key=f"k{item}",
        start=item * 10,
        end=item * 10 + 9,
        basis=dict.fromkeys(known, "read"),
        **values,  # type: ignore[arg-type]
    )


def test_rows_with_any_columns_in_any_order() -> None:
    rows, problems = sources_csv.parse(
        "\ufeffKind,file,Published,by\nstatement,notice.txt,2031-05-04,Desk 2\nnews,feed.xml#3,,\n".encode()
    )
    assert problems == ()
    assert rows == (
        SourceRow("notice.txt", None, kind="statement", published="2031-05-04", by="Desk 2"),
        SourceRow("feed.xml", 3, kind="news"),
    )


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_cells_may_be_parted_as_spreadsheets_do(between: str) -> None:
    line = between.join(("file", "publisher", "language"))
    rows, problems = sources_csv.parse(f'{line}\na.txt{between}"Office{between} North"{between}hy\n'.encode("utf-16"))
    assert problems == ()
    assert rows == (
        SourceRow(
            "a.txt", publisher=f"Office{between.strip()} North" if between != "\t" else "Office North", language="hy"
        ),
    )


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("2031-05-04", "2031-05-04"),
        ("2031-05", "2031-05"),
        ("2031-05-04~", "2031-05-04~"),
        ("2031-05-04T09:30+04:00", "2031-05-04T09:30:00+04:00"),
        ("2031-05-04T09:30:15Z", "2031-05-04T09:30:15Z"),
        ("2031-05-01/2031-05-04", "2031-05-01/2031-05-04"),
        ("4 May 2031", "2031-05-04"),
    ],
)
def test_dates_are_edtf_or_readable_one_way_only(cell: str, said: str) -> None:
    rows, problems = sources_csv.parse(f"file,published\na.txt,{cell}\n".encode())
    assert (rows[0].published, problems) == (said, ())


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("published", "03/04/2031"),
        ("published", "2031-13-01"),
        ("language", "Armenian tongue"),
        ("kind", "rumour"),
        ("url", "www"),
    ],
)
def test_what_cannot_be_used_is_reported_and_left_unknown(column: str, cell: str) -> None:
    rows, problems = sources_csv.parse(f"file,{column},publisher\na.txt,{cell},Office\n".encode())
    assert getattr(rows[0], column) is None
    assert rows[0].publisher == "Office"
    assert len(problems) == 1
    assert problems[0].startswith("sources.csv, row 2: ")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("title,date\nx,y\n", "no column named file"),
        ("file,colour\na.txt,red\n", "column colour"),
        ("file,title\n,Lost\n", "names no file"),
        ("file,title\na.txt,One\na.txt,Two\n", "has a row already"),
    ],
)
def test_problems_are_said(text: str, words: str) -> None:
    _, problems = sources_csv.parse(text.encode())
    assert [words in problem for problem in problems] == [True]


def test_of_two_rows_for_a_file_the_later_rules() -> None:
    rows, _ = sources_csv.parse(b"file,title\na.txt,One\na.txt,Two\n")
    assert rows == (SourceRow("a.txt", title="Two"),)


def test_a_row_overrides_a_file_with_one_item() -> None:
    (after,) = sources_csv.apply(
        [read_document(title="AS READ", published="2031-01-01", language="en")],
        [SourceRow("feed.xml", title="As stated", published="2031-02-02~", kind="statement")],
    )
    assert (after.title, after.published, after.kind, after.language) == ("As stated", "2031-02-02~", "statement", "en")
    assert after.basis == {"title": "stated", "published": "stated", "kind": "stated", "language": "read"}


def test_a_row_for_a_feed_fills_and_never_redates() -> None:
    first = read_document(0, title="One", published="2031-01-01", url="https://a.example/1")
    second = read_document(1, title="Two", published="2031-01-02", publisher="Agency")
    row = SourceRow(
        "feed.xml", title="All", publisher="Daily", published="2031-09-09", url="https://a.example/", kind="news"
    )
    after = sources_csv.apply([first, second], [row])
    assert [d.published for d in after] == ["2031-01-01", "2031-01-02"]
    assert [d.title for d in after] == ["One", "Two"]
    assert [d.publisher for d in after] == ["Daily", "Agency"]
    assert [d.kind for d in after] == ["news", "news"]
    assert [d.url for d in after] == ["https://a.example/1", None], "an address of some items is not every item's"
    assert after[0].basis["publisher"] == "stated"
    assert after[1].basis["publisher"] == "read"


def test_a_date_no_item_has_is_filled() -> None:
    after = sources_csv.apply([read_document(0), read_document(1)], [SourceRow("feed.xml", published="2031-03")])
    assert [(d.published, d.basis["published"]) for d in after] == [("2031-03", "stated")] * 2


def test_a_row_for_an_item_overrides_that_item_only_and_after_the_files() -> None:
    rows = [
        SourceRow("feed.xml", 1, publisher="Its own", published="2031-04"),
        SourceRow("feed.xml", publisher="Daily"),
    ]
    after = sources_csv.apply([read_document(0, published="2031-01"), read_document(1, published="2031-02")], rows)
    assert [d.publisher for d in after] == ["Daily", "Its own"]
    assert [d.published for d in after] == ["2031-01", "2031-04"]


def test_items_that_are_not_there_are_reported() -> None:
    documents = [read_document(0), read_document(1)]
    said = sources_csv.items_missing(
        documents, [SourceRow("feed.xml", 1), SourceRow("feed.xml", 2), SourceRow("feed.xml")]
    )
    assert said == ("sources.csv names feed.xml#2, but feed.xml has 2 items, counted from 0.",)


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("sources.csv", b"file,title\n", True),
        ("north/Sources.CSV", b"file\n", True),
        ("my-sources.csv", b"file,title\n", False),
        ("sources.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", False),
    ],
)
def test_which_files_are_sources_csv(name: str, head: bytes, expected: bool) -> None:
    assert sources_csv.is_sources_csv(name, head) is expected
