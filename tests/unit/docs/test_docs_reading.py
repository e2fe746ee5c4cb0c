"""The page on reading is as the code: every kind, field and level, and every file of rules, is spoken of there."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import get_args

from muniment.model import Claim
from muniment.model.vocabulary import CLAIM_KINDS, Level

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs/reference/reading.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([a-z_]+)`", PAGE))
ENGLISH = ROOT / "src/muniment/extractors/en"
NOT_READ = {"id", "document", "span", "quote", "mentions", "cells", "grade", "review", "made_by", "why", "kind"}
"""What no words of a text give: where a claim stands, who made it, what a person said of it."""


def test_every_kind_of_claim_is_explained() -> None:
    assert sorted(CLAIM_KINDS - NAMED) == []


def test_every_field_that_words_give_is_explained() -> None:
    assert sorted({field.name for field in fields(Claim)} - NOT_READ - NAMED) == []


def test_every_level_is_explained() -> None:
    assert sorted(set(get_args(Level)) - NAMED) == []


def test_every_file_of_rules_is_named_and_every_file_named_exists() -> None:
    named = set(re.findall(r"`kinds/(\w+\.toml)`", PAGE))
    assert named == {path.name for path in (ENGLISH / "kinds").glob("*.toml")}
    for name in re.findall(r"`(\w+\.toml)`", PAGE):
        assert (ENGLISH / name).exists(), name


def test_the_rules_it_quotes_are_rules_of_the_code() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in ENGLISH.rglob("*.py"))
    quoted = re.findall(r"`((?:date|where|weapon|party)[.:][a-z ]+)`", PAGE)
    assert len(quoted) >= 4
    for rule in quoted:
        assert f'"{rule}"' in code, rule


def test_the_index_leads_there() -> None:
    assert "(reference/reading.md)" in (ROOT / "docs/index.md").read_text(encoding="utf-8")
