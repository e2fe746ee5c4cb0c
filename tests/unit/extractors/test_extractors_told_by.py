"""Who says it and how firmly it is held, read together, in invented texts of many forms."""

from __future__ import annotations

import pytest

from muniment import extractors
from muniment.model import Claim, Document, Party
from muniment.plugins import Lexicon
from muniment.reference.index import PlaceIndex

LEXICON = Lexicon(
    PlaceIndex([]),
    (Party("NL0", ("Norland", "Norlandish"), "state"), Party("FVA", ("Free Valley Army",), "armed_group")),
)

CASUALTIES = [
    ("The regional health committee puts the number of injured at 35.", "reported", "party_state"),
    ("Health workers in the town gave a lower figure of seven dead.", "reported", "medic"),
    ("The regional prosecutor counts 31 dead since 1 December.", "reported", "party_state"),
    ("The government speaks of fewer than 90 people killed.", "reported", "party_state"),
    ("The Ministry of Defence reports 212 servicemen killed.", "reported", "party_state"),
    ("According to the Families' Relief Committee, 24 villagers died.", "reported", "ngo"),
    ("A monk who took part in the rescue counted 19 bodies.", "reported", "witness"),
    ("By most accounts, 60 villagers were killed.", "reported", "anonymous"),
    ("Seven children have died of thirst in the camps, medical teams report.", "reported", "medic"),
    ("Nine people were killed - police.", "reported", "party_state"),
    ("Police: nine people killed in Orsk.", "reported", "party_state"),
    ('Mayor Tibor Omel: "Nine people were killed."', "reported", "party_state"),
    ("Nine people were killed, reports the Daily Courier.", "reported", "media"),
    ("Quoting hospital sources, the Daily Courier said nine people were killed.", "reported", "media"),
    ("Local media reported that nine people were killed.", "reported", "media"),
    ("Activists named nine people killed.", "reported", "activist"),
    ("Hospital records show that nine people were killed.", "reported", "medic"),
    ("An autopsy found that nine people had been killed by shrapnel.", "reported", "expert"),
    ("Video posted on social media shows nine people killed.", "reported", "social_media"),
    ("Eyewitnesses interviewed by the Tamar Centre said that nine people were killed.", "reported", "witness"),
    ("Norland claims to have killed nine fighters.", "alleged", "party_state"),
    ("Velmark says it killed nine fighters.", "reported", "party_state"),
    ("Colonel Omel accepted that three civilians had been wounded by an error.", "reported", "party_state"),
    ("It was not immediately possible to verify reports that nine people were killed.", "unverified", "anonymous"),
    ("Rumours that 50 people had been killed at the station proved false.", "denied", "self"),
    ("Fake alert: channels claim that 50 people were killed at the station.", "denied", "self"),
    ("Channels write that 50 people were killed at the station. This is not true.", "denied", "self"),
    ("Neither side has claimed responsibility for the strike that killed nine people.", "established", "self"),
    ("Both sides denied that they had shelled the school, in which nine pupils were killed.", "established", "self"),
    ("The Tamar Centre has verified nine deaths in Orsk.", "verified", "self"),
    ("The Centre has so far recorded 164 civilian casualties.", "verified", "self"),
    ("The centre counted four more dead.", "established", "self"),
    ("Our field team documented the killing of nine people.", "verified", "self"),
    ("The ministry said it was a mistake. It added that nine people were killed.", "reported", "party_state"),
    ("The ministry called it a mistake. Nine people were killed, the ministry said.", "reported", "party_state"),
    ("Ilka Moren, a nurse at the clinic, saw the strike. She said that nine people were killed.", "reported", "medic"),
    ('Translation -- "Orsk was hit by four rockets. More than 200 people were injured."', "reported", "anonymous"),
    ("Nine people were killed in Orsk.", "established", "self"),
    ("The centre interviewed 14 residents. They said that nine people were killed.", "reported", "witness"),
    ("While the army says it hit a depot, rights groups say nine civilians were killed.", "reported", "ngo"),
    ("The army says it hit a depot, while residents say nine civilians were killed.", "reported", "witness"),
    ("The army said a depot was hit, while nine civilians were reportedly killed.", "reported", "party_state"),
    ("Nine civilians were killed, the army said, and a school was shut.", "reported", "party_state"),
    ("The centre found no evidence for the army's claim that nine fighters were killed.", "unverified", "party_state"),
    ("There is no evidence that nine people were killed.", "unverified", "self"),
    ("It remains unclear whether nine people were killed.", "inconclusive", "self"),
    ("The evidence points to nine people having been killed by one bomb.", "likely", "self"),
    ("Prosecutors allege that the general's men killed nine people.", "alleged", "party_state"),
    ("The centre is investigating reports that nine people were killed.", "reported", "anonymous"),
    ("Local sources say nine people were killed.", "reported", "anonymous"),
    ("A United States airstrike killed four people in Orsk.", "established", "self"),
    ("The United States said its airstrike killed four people in Orsk.", "reported", "party_state"),
    ("In 2030 the force recorded 40 deaths.", "reported", "party_state"),
]


def read(text: str, publisher: str | None = "Tamar Centre", title: str | None = None) -> tuple[Claim, ...]:
    document = Document(
        "d1", "e" * 64, "a.txt", 0, "k", 0, len(text), title, publisher, "2031-03-20", None, "en", "news"
    )
    return extractors.extract(document, text, LEXICON)


@pytest.mark.parametrize(("text", "level", "origin"), CASUALTIES, ids=[row[0][:60] for row in CASUALTIES])
def test_who_says_it_decides_how_firmly_it_is_held(text: str, level: str, origin: str) -> None:
    (claim,) = [claim for claim in read(text) if claim.kind == "casualty"]
    assert (claim.level, claim.source[-1].type) == (level, origin)
    assert claim.source[0].type == "self"
    assert (claim.level == "established") == (claim.cue is None)


SAYINGS = [
    ("The Norlandish ministry rejected accusations that its jets had bombed Orsk.", "denial", "denied", "party_state"),
    ("The Free Valley Army (FVA) has denied responsibility.", "denial", "denied", "party_state"),
    ("Velmark denied that it had shelled the school.", "denial", "denied", "party_state"),
    ("Both sides denied using cluster munitions.", "denial", "denied", "party_state"),
    ("The miners' union denied that its members had killed prisoners.", "denial", "denied", "ngo"),
    ("An army spokesman accused the Free Valley Army of shelling Orsk.", "attribution", "alleged", "party_state"),
    ("The Norlandish army claimed responsibility for the strike.", "attribution", "alleged", "party_state"),
    ("The Tamar Centre has verified the use of cluster bombs by Norland.", "weapon_use", "verified", "self"),
    ("The Lantern Institute has verified the use of cluster bombs by Norland.", "weapon_use", "reported", "ngo"),
    ("The Tamar Centre's experts identified what are likely parts of a Scud missile.", "weapon_id", "likely", "self"),
    ("The Tamar Centre's experts identified parts of a Scud missile.", "weapon_id", "established", "self"),
]


@pytest.mark.parametrize(("text", "kind", "level", "origin"), SAYINGS, ids=[row[0][:60] for row in SAYINGS])
def test_who_denies_accuses_or_verifies(text: str, kind: str, level: str, origin: str) -> None:
    (claim,) = [claim for claim in read(text) if claim.kind == kind]
    assert (claim.level, claim.source[-1].type) == (level, origin)


def test_a_list_goes_back_to_whoever_announces_it() -> None:
    text = (
        "Those killed on 8 April were named by the town hall of Orsk, whose staff said they were:\n\n"
        "- Sarit Omel, 41\n- Belo Omel, 9"
    )
    claims = [claim for claim in read(text) if claim.quote.startswith(("Sarit", "Belo"))]
    assert len(claims) == 2
    assert {claim.level for claim in claims} == {"reported"}
    assert all(len(claim.source) == 2 for claim in claims)


def test_without_a_publisher_the_title_is_not_the_source() -> None:
    (claim,) = read("Nine people were killed in Orsk.", publisher=None, title="Rockets hit Orsk")
    assert [link.who for link in claim.source] == ["a.txt"]
