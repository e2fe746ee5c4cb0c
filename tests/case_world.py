"""A small invented case for tests of the whole: the shelling of Ostra and what came after, none of which ever was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import muniment
from muniment.case import Case

MARKET = """Shells hit the market of Ostra

At least 12 civilians were killed and 30 people were injured when shells hit the market in Ostra on 3 May 2031, the \
Health Office said.

Tavi Selk, 41, was killed at her stall, her brother said.
"""
LATER = """Later figures from Ostra

The number of civilians killed in the shelling of the market in Ostra on 3 May 2031 has risen to 15, the Health Office \
said.

On 9 May 2031 two people were killed by a landmine near Sarn, the Mine Action Centre said.
"""
YESTERDAY = """A strike on Velin

Three people were killed yesterday in an air strike on Velin, residents said.
"""
UNPLACED = """News from the hills

Four civilians were killed in shelling of Qarra on 7 May 2031, residents said.
"""
SOURCES_CSV = """file,title,publisher,published,language
market.txt,,Ostra Herald,2031-05-04,en
later.txt,,Ostra Herald,2031-05-10,en
yesterday.txt,,Velin Radio,2031-06-02,en
hills.txt,,Hill Courier,2031-05-08,en
radio.txt,,Sarn Radio,2031-05-10,en
"""
PLACES = """id,name,other_names,lon,lat,kind,within,population
ostra,Ostra,Ostrava Dol,40.1,41.1,locality,,600000
old-ostra,Old Ostra,,40.11,41.11,locality,,600000
sarn,Sarn,,40.5,41.3,locality,,600000
velin,Velin,,40.9,41.2,locality,,600000
karrash,Karrash,,40.7,41.4,locality,,600000
"""
RADIO = """The market of Ostra

14 people were killed when shells hit the market in Ostra on 3 May 2031, the mayor said.

Mira Oren, 33, was killed in the market, her mother said.
"""
FILES = {
    "radio.txt": RADIO,
    "market.txt": MARKET,
    "later.txt": LATER,
    "yesterday.txt": YESTERDAY,
    "hills.txt": UNPLACED,
    "sources.csv": SOURCES_CSV,
}


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write files into a folder, made where it is missing; returns the folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def build(folder: Path) -> Case:
    """The invented case, built in `folder`/case from `folder`/sources."""
    write(folder / "sources", dict(FILES))
    write(folder, {"places.csv": PLACES})
    case = muniment.open(folder / "case", by="runa")
    report = case.build([folder / "sources"], places=[folder / "places.csv"], workers=1)
    assert report.refused == ()
    assert report.unread == ()
    return case


def derived(case: Case) -> dict[str, Any]:
    """The normalised record without what only says that something was decided or logged."""
    record = case.record(normalise=True)
    del record["decisions"], record["case"]["last"], record["headlines"]["checkpoint"]
    return record
