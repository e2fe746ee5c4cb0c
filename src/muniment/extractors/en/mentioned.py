"""Harm that is only said to be there: "there are wounded", "there were dead and wounded under the rubble"."""

from __future__ import annotations

import re

from muniment.extractors.en.casualty_reading import Reading
from muniment.extractors.en.nouns import HARM_WORDS, STOPS, Group
from muniment.extractors.en.people_lists import Harmed
from muniment.extractors.en.predicates import Predicate

_THERE = re.compile(
    r"(?<!\w)there\s+(?:are|were|have\s+been|had\s+been)\s+(?:(?:also|still|already|both|now)\s+)?"
    r"(?P<first>dead|wounded|injured|missing)(?:\s*(?:,|and|or)\s+(?P<second>dead|wounded|injured|missing))?(?!\w)"
)


def read(reading: Reading) -> None:
    """Add the claims of people said to be there without a figure."""
    view, sentence = reading.view, reading.sentence
    if "there " not in view.low[sentence.start : sentence.end]:
        return
    for match in _THERE.finditer(view.low, sentence.start, sentence.end):
        start = reading.token_at(match.start())
        last = reading.token_at(match.end() - 1) + 1
        following = reading.tokens.word(last)
        if reading.is_hypothetical(start) or (following[:1].isalpha() and following not in STOPS):
            continue  # "there were dead fish", "there are missing pages"
        for part in ("first", "second"):
            if match[part] is not None:
                k = reading.token_at(match.start(part))
                harm = HARM_WORDS[match[part]]
                group = Group(k, k + 1, "bare")
                predicate = Predicate(k, k + 1, (harm,), "phrase", auxiliary=start)
                reading.add(Harmed(group, k, k + 1, members=(group,)), (harm,), predicate, "there are")
