"""The chain of a claim's sources: the publisher, then whom it cites, back to the origin.

What nothing attributes is the publisher's own. Where a text says "are reported" and names nobody, the chain ends with
`anonymous`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from muniment.extractors.draft import Draft
from muniment.extractors.en import attributions
from muniment.extractors.en.attributions import Attribution
from muniment.extractors.en.footnotes import notes_of
from muniment.extractors.en.levels import ACCUSING, DENYING, NO_SAYING, RELATIVE
from muniment.extractors.en.passage import announcing, is_fresh
from muniment.extractors.en.speakers import speaker
from muniment.extractors.en.voices import WORDS, Voices, address_of, kind_of, kind_of_address, voices_of
from muniment.extractors.mentions import Mentions
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.model import SourceLink

_OUTLET = re.compile(r"(?P<name>[A-Z][\w.’'&-]*(?:\s(?:of\s|the\s|&\s)?[A-Z0-9][\w.’'&-]*){0,5})[,\s]*\(")
_GOES_ON = re.compile(
    r"[\s“\"•*-]{0,6}(?:this|it|they|he|she|the\s+(?:ministry|group|agency|statement|report|officials?|attack|strike)|these|also|another|others|now|then|both|among)\b"
)
_PRONOUN = re.compile(r"(?:he|she|they|the\s+\w+)", re.IGNORECASE)
_RECORDED = re.compile(
    r"\W*(?P<who>(?:(?:our|a|the)\s)?(?:translation|translated|transcript|transcription|caption|subtitles?|\d{1,2}:\d\d(?::\d\d)?)(?:\s[\w\s]{0,30})?)\W{1,8}"
)
"""What stands in front of the words of a recording whose speaker nobody names."""
_CUT_OFF = re.compile(r";|\bdespite\b|,\s+but\b")
_CONFIRMED = re.compile(r"(?:documented|confirmed|verified|corroborated)\s*\[?\s*\Z")
_HEDGED = re.compile(r"(?<!\w)(?:allegedly|reportedly|purportedly)(?!\w)")


class Chain(NamedTuple):
    """A chain of sources, by which rule, and the words that gave it."""

    links: tuple[SourceLink, ...]
    rule: str
    start: int
    end: int


def chain(draft: Draft, view: View) -> Chain:
    """The sources of a claim, nearest first."""
    voices = voices_of(view)
    sentence, at = draft.sentence, draft.anchor[0]
    if view.block_of(sentence).kind == "note":
        return _cited_work(view, voices, sentence, draft.start)
    quotation = view.quotation_at(at)
    if quotation is not None and quotation.is_speech:
        said = speaker(view, quotation)
        if said is not None and _PRONOUN.fullmatch(said[0].strip()):
            person = voices.person_before(quotation.start)
            said = (person, said[1], said[2]) if person else None
        if said is not None:
            return _linked(voices, [said[0]], "source.quotation", said[1], said[2])
        label = _RECORDED.fullmatch(view.low, view.blocks[quotation.block].start, quotation.start)
        if label is not None:
            who = SourceLink(" ".join(view.text[label.start("who") : label.end("who")].split()), "anonymous")
            return Chain((voices.own, who), "source.quotation", label.start("who"), label.end("who"))
    named, nobody = _governing(view, sentence, at, itself=draft.kind in _SAYING_KINDS)
    if draft.kind in ("verification", "call"):
        nobody = None  # what is verified or asked for is the publisher's own, whatever it is about
    if named:
        links = [link for one in named for link in _links_of(view, voices, sentence, one)]
        if links:
            return Chain(_joined(voices, links), "source.cited", named[0].start, named[-1].end)
        if not nobody or nobody.start < named[-1].start:
            return Chain((voices.own,), "source.own", named[-1].start, named[-1].end)
    noted = notes_of(view).cited(sentence, draft.end)
    before = _told_on(view, voices, sentence, hedged=nobody is not None)
    if before is not None:
        return before
    if nobody is not None:
        return Chain(
            (voices.own, SourceLink(_unnamed(view, nobody), "anonymous")), "source.nobody", nobody.start, nobody.end
        )
    announced = _announced(view, voices, sentence)
    if announced is not None:
        return announced
    if noted is not None:
        link = _note_link(voices, noted[0])
        if link is not None and link.type != "self":
            return Chain((voices.own, link), "source.note", noted[1], noted[2])
    return Chain((voices.own,), "source.own", draft.start, draft.start)


def fill(draft: Draft, view: View, mentions: Mentions) -> None:
    """Give a draft its chain of sources."""
    if "source" in draft.settled or draft.source:
        return
    found = chain(draft, view)
    draft.source = found.links
    draft.because("source", found.rule, view, found.start, found.end)


def is_another_s(view: View, sentence: Sentence, at: int) -> bool:
    """Whether what stands at a place in a sentence is said by somebody else than the publisher."""
    quotation = view.quotation_at(at)
    if quotation is not None and quotation.is_speech:
        return True
    named, nobody = _governing(view, sentence, at)
    voices = voices_of(view)
    return nobody is not None or any(_links_of(view, voices, sentence, one) for one in named)


def _unnamed(view: View, nobody: Attribution) -> str:
    return " ".join(view.text[nobody.start : nobody.end].split())


_SAYING_KINDS = frozenset({"denial", "verification", "identity", "response", "attribution"})
"""Kinds whose own verb is one of saying."""


def _governing(
    view: View, sentence: Sentence, at: int, *, itself: bool = False
) -> tuple[list[Attribution], Attribution | None]:
    """The citations that govern a place in its sentence, outermost first; and one that names nobody."""
    named: list[Attribution] = []
    nobody: Attribution | None = None
    cited = attributions.cited(view, sentence.start, sentence.end)
    for one in cited:
        verb = view.low[one.start : one.end].rpartition(" ")[2]
        if not itself and (verb in _REJECTING or NO_SAYING.match(view.low, one.end, sentence.end)):
            continue
        if one.start <= at < one.end and one.position == "after":
            if itself:
                named.append(one)
            continue
        if one.position == "nobody":
            if at < one.start and "," in view.low[at : one.start]:
                continue
            if one.end <= at and _is_cut_off(view.low, sentence, cited, one, at):
                continue
            if _CONFIRMED.search(view.low, max(sentence.start, one.start - 20), one.start):
                continue
            if nobody is None or abs(one.start - at) < abs(nobody.start - at):
                nobody = one
        elif one.end <= at and _is_cut_off(view.low, sentence, cited, one, at):
            continue
        elif one.end <= at and verb in DENYING and RELATIVE.search(view.low, one.end, at):
            continue  # "denied that they had shelled the school, in which nine died"
        elif (
            one.position == "around"
            or (one.position == "after" and one.end <= at)
            or (one.position == "before" and one.start >= at)
        ):
            named.append(one)
    if nobody is not None and abs(nobody.start - at) > _NEAR:
        nobody = None
    after = [one for one in named if one.position != "before"]
    return [*(one for one in named if one.position == "before"), *after], nobody


_NEAR = 170
_REJECTING = frozenset(WORDS["verbs"]["rejecting"])


def _is_cut_off(low: str, sentence: Sentence, cited: list[Attribution], one: Attribution, at: int) -> bool:
    """Whether words of saying no longer govern what stands at an offset: a dash, "but", "while the army says ..., "."""
    if one.position == "after" and (low.count("–", one.end, at) % 2 == 1 or _CUT_OFF.search(low, one.end, at)):
        return True
    against = _AGAINST.search(low, one.end, at)
    if against is not None and any(against.end() <= other.start and other.end <= at and other.who for other in cited):
        return True
    opening = _AGAINST_OPENS.match(low, sentence.start, one.start + 1)
    return opening is not None and low.find(",", one.end, at) >= 0


_AGAINST = re.compile(r",?\s(?:while|whereas)\s")
_AGAINST_OPENS = re.compile(r"\W*(?:while|whereas|although|though)\s")


def _links_of(view: View, voices: Voices, sentence: Sentence, one: Attribution) -> list[SourceLink]:
    """The links one citation gives: the hearer first, then the voice; none where both are the publisher."""
    who = one.who or ""
    if one.pointed:
        meant = _antecedent(view, voices, sentence, one)
        if meant is None and who.lower().startswith("the ") and not voices.is_called(who):
            meant = voices.link(who)
        if meant is None:
            return []
        voice = meant
    else:
        voice = voices.link(who)
        if voice.type == "witness" and _is_body(view, voices, one, who):
            voice = SourceLink(voice.who, "party_state")
    links = []
    if one.hearer is not None and not voices.is_own(one.hearer) and kind_of(one.hearer) in ("media", "ngo", "io"):
        links.append(voices.link(one.hearer))
    if voice.type != "self":
        links.append(voice)
    return links


def _is_body(view: View, voices: Voices, one: Attribution, who: str) -> bool:
    """Whether a lone name is a state or a force, not a person: it denies, or goes on as "it", "its forces"."""
    if _LONE_NAME.fullmatch(who.strip()) is None or voices.is_person(who.strip()):
        return False
    low = view.low
    denies = low[one.start : one.end].rpartition(" ")[2] in DENYING | ACCUSING
    return denies or _GOES_ON_AS_IT.match(low, one.end) is not None


_LONE_NAME = re.compile(r"[A-Z][\w'’-]+")
_GOES_ON_AS_IT = re.compile(r"(?:\s+that)?\s+(?:it|its|to\s+have|(?:their|the)\s+(?:forces|army|troops|soldiers))\b")


def _antecedent(view: View, voices: Voices, sentence: Sentence, one: Attribution) -> SourceLink | None:
    """Whom a pronoun of saying means: a voice named before it in its sentence, else in the one before."""
    front = view.clean[sentence.start : one.start]
    own = attributions.cited(view, sentence.start, one.start)
    for earlier in reversed(own):
        if earlier.who is not None and not earlier.pointed:
            return voices.link(earlier.who)
    if (one.who or "").lower() == "who":
        described = _WHO_SAYS.search(front)
        return voices.link(described["who"]) if described is not None else None
    subject = _SUBJECT.match(front)
    if subject is not None and kind_of(subject["who"]) in ("party_state", "de_facto", "io", "ngo", "media"):
        return voices.link(subject["who"])
    if subject is not None and sentence.start < one.start and _PROPER.fullmatch(subject["who"].strip()):
        return SourceLink(subject["who"].strip(), voices.type_of(subject["who"]))
    for before in view.before(sentence, 2):
        cited = [
            c
            for c in attributions.cited(view, before.start, before.end)
            if c.who and (not c.pointed or c.who.lower().startswith("the "))
        ]
        if cited:
            return voices.link(cited[-1].who or "")
    if (one.who or "").lower() == "they":
        for before in view.before(sentence, 1):
            people = _PEOPLE.search(view.clean, before.start, before.end)
            if people is not None:
                return voices.link(people[0])
    person = voices.person_before(one.start) if (one.who or "").lower() in ("he", "she") else None
    return voices.link(person) if person is not None else None


_PEOPLE = re.compile(
    r"(?:[\w-]+\s)?(?:survivors|witnesses|eyewitnesses|residents|relatives|villagers|doctors|medics|nurses|neighbours|families|parents|"
    r"prisoners|detainees|refugees|officials|activists|experts|rescuers)\b"
)
_WHO_SAYS = re.compile(
    r"(?P<who>[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)*(?:,\s[^,;]{2,60})?|(?:an?|one|another)\s[\w\s'’-]{3,60}),?\s*\Z"
)
_SUBJECT = re.compile(
    r"\s*(?P<who>(?:the\s+)?[A-Z][\w'’-]*(?:\s+[\w'’-]+){0,5}?)\s+(?:announced|launched|has|have|had|was|were|is|called|accused|responded)\b"
)
_PROPER = re.compile(r"(?:the\s+)?[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,3}")


def _linked(voices: Voices, named: list[str], rule: str, start: int, end: int) -> Chain:
    links = [link for who in named if (link := voices.link(who)).type != "self"]
    return Chain(_joined(voices, links), rule, start, end)


def _joined(voices: Voices, links: list[SourceLink]) -> tuple[SourceLink, ...]:
    """The publisher and whom it cites, each once."""
    out = [voices.own]
    for link in links:
        if link.who and link not in out:
            out.append(link)
    return tuple(out)


def _told_on(view: View, voices: Voices, sentence: Sentence, *, hedged: bool) -> Chain | None:
    """The voice of the sentence before, where this one goes on with what it said."""
    if is_fresh(view, sentence):
        return None
    if not (hedged and _HEDGED.search(view.low, sentence.start, sentence.end)) and not _GOES_ON.match(
        view.low, sentence.start
    ):
        return None
    if not hedged:
        return None
    for before in view.before(sentence, 1):
        cited = [c for c in attributions.cited(view, before.start, before.end) if c.who and not c.pointed]
        if cited:
            link = voices.link(cited[-1].who or "")
            if link.type != "self":
                return Chain((voices.own, link), "source.told_on", cited[-1].start, cited[-1].end)
    return None


def _announced(view: View, voices: Voices, sentence: Sentence) -> Chain | None:
    """Who is cited by the sentence that announces the list an item stands in."""
    if view.block_of(sentence).kind != "bullet":
        return None
    for above in announcing(view, sentence):
        cited = [c for c in attributions.cited(view, above.start, above.end) if c.who and not c.pointed]
        link = voices.link(cited[-1].who or "") if cited else voices.own
        if link.type != "self":
            return Chain((voices.own, link), "source.told_on", cited[-1].start, cited[-1].end)
    return None


def _note_link(voices: Voices, note: str) -> SourceLink | None:
    """Whom a note cites: the outlet it names, else the host of its link."""
    outlet = _OUTLET.search(note)
    if outlet is not None:
        name = outlet["name"].strip()
        if voices.is_own(name):
            return voices.own
        return SourceLink(name, kind_of(name) or kind_of_address(note) or "media")
    host = address_of(note)
    type_ = kind_of_address(note)
    if host is not None and type_ is not None:
        return voices.own if voices.is_own(host) else SourceLink(host, type_)
    return None


def _cited_work(view: View, voices: Voices, sentence: Sentence, at: int) -> Chain:
    """A claim made by a title in a note: the outlet that published it."""
    block = view.block_of(sentence)
    stop = view.text.find(";", at, block.end)
    last = stop if stop > 0 else block.end
    if last < len(view.text) and last == block.end:
        last = min(view.end, block.end + 160)
    link = _note_link(voices, view.text[at:last])
    if link is None:
        return Chain((voices.own,), "source.own", at, at)
    return Chain(_joined(voices, [link] if link.type != "self" else []), "source.note", at, block.end)
