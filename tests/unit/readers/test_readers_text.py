"""Texts as they are: encodings, newlines, and what a letter or a statement says of itself."""

import pytest

from muniment.readers import dates, language
from muniment.readers.decoding import decode
from muniment.readers.letterhead import facts
from readers_asking import document, read

RUSSIAN = "Три жителя села Карсен погибли в ночь на 10 марта, сообщила районная больница. Шестеро ранены.\n"
ARMENIAN = "Մարտի 10-ի գիշերը Կարսեն գյուղի երեք բնակիչ է սպանվել, հայտնեց հիվանդանոցը։ Վեց հոգի վիրավորվել է։\n"
ARABIC = "قتل ثلاثة من سكان قرية كارسن ليلة العاشر من مارس وأصيب ستة آخرون بجروح بحسب مستشفى المنطقة\n"
AZERBAIJANI = "Martın 10-u gecəsi Karsen kəndinin üç sakini həlak olub, altı nəfər yaralanıb, xəstəxana bildirib.\n"


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (RUSSIAN, "utf-8", "utf-8"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN * 3, "koi8-r", "koi8_r"),
        ("\ufeff" + RUSSIAN, "utf-16-le", "utf-16-le"),
        ("\ufeff" + RUSSIAN, "utf-16-be", "utf-16-be"),
        ("\ufeff" + RUSSIAN, "utf-8", "utf-8"),
        ("Three people were killed.\r\n" * 3, "utf-16-le", "utf-16-le"),
        (ARABIC * 2, "cp1256", "cp1256"),
        (
            "Drei Bewohner von Karsen wurden getötet, sechs verletzt, teilte das Krankenhaus für die Region mit.",
            "cp1252",
            "cp1252",
        ),
    ],
)
def test_encodings_are_named_and_undo_the_decoding(text: str, encoding: str, named: str) -> None:
    data = text.encode(encoding)
    reading = read(data, "a.txt")
    assert reading.text == text
    assert reading.encoding == named
    assert reading.text.encode(named) == data


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_newlines_stay(newline: str) -> None:
    text = f"One line.{newline}Another.{newline}{newline}A third.\t End. "
    assert read(text, "a.txt").text == text
    assert read(text, "a.md").text == text
    assert read(text.replace(" ", ","), "a.csv").text == text.replace(" ", ",")


def test_a_few_broken_bytes_are_noted_and_stand_as_marks() -> None:
    decoded = decode(RUSSIAN.encode() * 5 + b"\xd0" + RUSSIAN.encode())
    assert decoded.encoding == "utf-8"
    assert decoded.text.count("\ufffd") == 1
    assert decoded.notes


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        (RUSSIAN, "ru"),
        (ARMENIAN, "hy"),
        (ARABIC, "ar"),
        (AZERBAIJANI, "az"),
        ("Three residents of Karsen were killed in the night, the hospital said.", "en"),
        ("Oğlan həlak oldu", None),
        ("12", None),
        ("https://a.example/three-residents-of-karsen-were-killed", None),
    ],
)
def test_languages(text: str, tag: str | None) -> None:
    assert document(text, "a.txt").language == tag


def test_a_stated_language_gives_way_to_many_words_in_another() -> None:
    page = '<html lang="en"><body><p>{}</p></body></html>'
    assert document(page.format(RUSSIAN * 4), "a.html").language == "ru"
    assert document(page.format("Новости"), "a.html").language == "en", "one word is no proof"
    assert (
        document(page.replace("en", "pt-BR", 1).format("Três moradores foram mortos. " * 20), "a.html").language
        == "pt-BR"
    )


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("EN_us", "en-US"),
        ("az-cyrl", "az-Cyrl"),
        ("hy", "hy"),
        ("und", None),
        ("english language", None),
        ("", None),
        (None, None),
    ],
)
def test_language_tags(stated: str | None, expected: str | None) -> None:
    assert language.tag(stated) == expected


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("27 October 2030", "2030-10-27"),
        ("October 27, 2030", "2030-10-27"),
        ("Oct. 21, 2030", "2030-10-21"),
        ("Tuesday, 4th March 2031", "2031-03-04"),
        ("27 октября 2030 г.", "2030-10-27"),
        ("27 հոկտեմբերի 2030 թ.", "2030-10-27"),
        ("27 oktyabr 2030-ci il", "2030-10-27"),
        ("27 أكتوبر 2030", "2030-10-27"),
        ("27 تشرين الأول 2030", "2030-10-27"),
        ("27.10.2030", "2030-10-27"),
        ("04.03.2031", "2031-03-04"),
        ("03/04/2031", None),
        ("13/04/2031", "2031-04-13"),
        ("04/13/2031", "2031-04-13"),
        ("31 February 2031", None),
        ("2031-03-04", "2031-03-04"),
        ("2031-03", "2031-03"),
        ("2031-03-04T07:30:00+04:00", "2031-03-04T07:30:00+04:00"),
        ("2031-03-04 07:30 UTC", "2031-03-04T07:30:00Z"),
        ("2031-03-04T27:30:00Z", None),
        ("Tue, 04 Mar 2031 07:30:00 +0400", "2031-03-04T07:30:00+04:00"),
        ("Tue, 04 Mar 2031 07:30:00 -0000", "2031-03-04T07:30:00"),
        ("some day in March", None),
    ],
)
def test_dates(written: str, edtf: str | None) -> None:
    assert dates.read_date(written) == edtf


def letter(*, head: str = "", date: str = "March 14, 2031", subject: str = "", foot: str = "The Board") -> str:
    return (
        f"{head}\n\n{date}\n\nThe Commissioner\n1 Quay Street\n\n{subject}\n\nDear Commissioner,\n\n"
        f"We write about a man detained on 12 March 2031 at Hazan Bridge.\n\nRespectfully,\n\n{foot}\n"
    )


def test_a_letter_with_letterhead_and_subject() -> None:
    found = facts(letter(head="**Valley Legal Aid Association**", subject="**Re: The 12<sup>th</sup> of March**"))
    assert (found.kind, found.published) == ("letter", "2031-03-14")
    assert found.publisher == "Valley Legal Aid Association"
    assert found.title == "The 12th of March"


def test_a_letter_is_signed_by_organisations_where_no_letterhead_names_one() -> None:
    found = facts(letter(foot="L. Quist\nDirector\nHalgaz Foundation\n\n1 See the Annex of the Council"))
    assert found.publisher == "Halgaz Foundation"


def test_two_dates_at_the_head_are_no_date() -> None:
    assert facts("Published: 4 May 2031\n\nDate: 5 May 2031\n\nWords about an event.\n").published is None


def test_an_update_is_not_the_day_of_publication() -> None:
    assert facts("Last updated 4 May 2031\n\nWords about an event.\n").published is None


@pytest.mark.parametrize(
    ("text", "published", "kind"),
    [
        (
            "DOROSAN, 11 March 2031 (VPA) – Three people were killed on Monday, the hospital said.\n",
            "2031-03-11",
            "news",
        ),
        ("Dorosan, 11 March 2031: the first figures\n\nThree people were killed.\n", None, None),
        ("Dorosan, 1 March 2031: One died.\n\nDorosan, 2 March 2031: Two died.\n", None, None),
        ("Press release\n\n4 May 2031\n\nThe office speaks.\n", "2031-05-04", "statement"),
        ("THIRD PERIODIC REPORT\n\nThe mission has been there.\n", None, "report"),
        ("We read the report of the mission on 4 May 2031.\n\nIt was long.\n", None, None),
    ],
)
def test_datelines_and_kinds(text: str, published: str | None, kind: str | None) -> None:
    found = facts(text)
    assert (found.published, found.kind) == (published, kind)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "BOTH SIDES MUST PROTECT\nTHE RESIDENTS OF THE VALLEY\nThe Office calls on both sides.\n",
            "BOTH SIDES MUST PROTECT THE RESIDENTS OF THE VALLEY",
        ),
        ("Explosion at the bridge\n\nNine people were hurt.\n", "Explosion at the bridge"),
        ("Nine people were hurt at the bridge.\n\nThe road is closed.\n", None),
        ("Dear all,\n\nThe road is closed.\n", None),
        ('{"a": 1}\n\nx\n', None),
    ],
)
def test_titles(text: str, title: str | None) -> None:
    assert facts(text).title == title
