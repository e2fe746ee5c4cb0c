"""How firmly a publisher holds a claim: the words that govern this claim, not its neighbour's."""

from __future__ import annotations

import pytest

from muniment import extractors
from muniment.model import Document
from muniment.plugins import Lexicon
from muniment.reference.index import PlaceIndex

LEXICON = Lexicon(PlaceIndex([]))

ROWS = [
    # what the publisher says itself
    ("Twelve people were killed in the strike.", ["established"]),
    ("Ulmar Field Monitors said today that twelve people were killed in the strike.", ["established"]),
    ("Our researchers found that nine farmers were executed.", ["verified"]),
    ("Ulmar Field Monitors has verified that nine farmers were executed.", ["verified"]),
    ("The organization documented seven raids which killed 21 people.", ["verified"]),
    # what others say
    ("The mayor said twelve people were killed.", ["reported"]),
    ("According to hospital staff, twelve people were killed.", ["reported"]),
    ("Twelve people were killed, the mayor told the monitors.", ["reported"]),
    ("Twelve people were reportedly killed.", ["reported"]),
    ("Twelve people are reported dead.", ["reported"]),
    ("“Twelve people were killed here,” said Ilka Moren, a nurse.", ["reported"]),
    ("“Twelve people were killed in the worst of it,” said Dren Hask of Ulmar Field Monitors.", ["established"]),
    # claims, accusations, denials
    ("The army claimed that its troops had killed 40 rebels.", ["alleged"]),
    ("The two sides accuse one another of killing 14 villagers.", ["alleged"]),
    ("Twelve people were allegedly killed.", ["alleged"]),
    (
        "A post, allegedly showing the square, tells of a blast that killed twelve people.",
        ["alleged"],
    ),
    ("The army denied that it had killed 12 people.", ["denied"]),
    # how likely
    ("Twelve people were probably killed.", ["likely"]),
    ("Twelve people are feared dead.", ["likely"]),
    ("As many as 70 people may have been killed.", ["likely"]),
    ("The evidence strongly suggests that the strike killed twelve people.", ["strongly_suggested"]),
    ("The monitors could not independently verify that twelve people were killed.", ["unverified"]),
    # a neighbour's words do not count
    ("While it is reported that schools were hit, twelve people were killed.", ["established"]),
    ("Twelve people were killed, while four others were reportedly wounded.", ["established", "reported"]),
    ("The mayor said nine people were killed; thirty were wounded.", ["reported", "established"]),
    ("Ilka Moren, who lost her brother in the raid, told the monitors about the school.", ["established"]),
]


@pytest.mark.parametrize(("text", "levels"), ROWS, ids=[text[:55] for text, _ in ROWS])
def test_level_of_each_claim(text, levels):
    document = Document(
        "d", "e" * 64, "a.txt", 0, "k", 0, len(text), None, "Ulmar Field Monitors", "2031-03-04", None, "en", "report"
    )  # fmt: skip
    claims = [claim for claim in extractors.extract(document, text, LEXICON) if claim.kind == "casualty"]
    assert [claim.level for claim in claims] == levels
    for claim in claims:
        reason = claim.why.get("level")
        if claim.cue is not None:
            assert reason is not None
            assert " ".join(text[reason.start : reason.end].split()) == claim.cue
