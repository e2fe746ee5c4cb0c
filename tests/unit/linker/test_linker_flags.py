"""Flags that follow from one claim's own words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from linker_world import Told, run, told
from muniment.model import When, Where

LINE = "a1 | 2031-07-18 Harbour Watch | killed 4 | 2031-07-10 | Olm | drone | VE | 4 people were killed in Olm"


def with_when(raw: str, edtf: str) -> Told:
    account = told(LINE)
    claim = replace(account.claims[0], when=When.of(raw, edtf, "explicit"))
    return replace(account, claims=(claim,))


@pytest.mark.parametrize(
    ("raw", "edtf", "flagged"),
    [
        ("Saturday, 10 July 2031", "2031-07-10", True),
        ("Thursday, 10 July 2031", "2031-07-10", False),
        ("thursday 10 July", "2031-07-10", False),
        ("Saturday", "2031-07-12", False),
        ("Friday to Sunday, 10 July", "2031-07-09/2031-07-11", False),
    ],
)
def test_a_day_of_the_week_that_is_not_the_dates(raw: str, edtf: str, flagged: bool) -> None:
    assert dt.date(2031, 7, 10).strftime("%A") == "Thursday"
    account = with_when(raw, edtf)
    found = run(account.claims, account.documents)
    assert found.flagged("weekday_mismatch", "a1") is flagged


def test_a_name_that_may_be_several_places() -> None:
    account = told(LINE)
    claim = replace(account.claims[0], where=Where("Olm", None, (), "unknown", ("ul:olm", "ve:brask")))
    found = run((claim,), account.documents)
    (flag,) = [flag for flag in found.linkage.flags if flag.kind == "ambiguous_place"]
    assert flag.on == ("a1",)
    assert flag.why == "“Olm” may be any of 2 places."


def test_nothing_to_link() -> None:
    found = run((), {})
    assert found.linkage.incidents == ()
    assert found.linkage.relations == ()
