"""Figures keep their promises whatever is claimed: bounds in order, wholes no smaller than parts, nothing lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from linker_world import link_text

COUNTS = ("5", ">=12", ">30", "<=40", "~50", "10-15", "some", "dozens", "21", "0")
STATUS = ("", "civilian", "combatant", "mixed")
LEVELS = ("", "verified", "alleged", "unverified", "denied", "hypothetical")


@st.composite
def accounts(draw: st.DrawFn) -> str:
    lines = []
    for n in range(draw(st.integers(1, 9))):
        document = draw(st.sampled_from("abcd"))
        aggregate = draw(st.booleans())
        day = draw(st.sampled_from(("2031-03-09", "2031-03-11"))) if not aggregate else "2031-03-01/2031-03-31"
        place = (
            draw(st.sampled_from(("Norvik", "Olm")))
            if not aggregate
            else draw(st.sampled_from(("Ulmar", "North Ulmar")))
        )
        what = " ".join(
            ["killed", draw(st.sampled_from(COUNTS)), draw(st.sampled_from(STATUS)), draw(st.sampled_from(LEVELS))]
            + (["agg"] if aggregate else [])
            + (draw(st.sampled_from(([], ["[Nila Sarov/14]"], ["[Kora Tamm/30]", "[Ivo Tamm/3]"]))))
        )
        voice = draw(st.sampled_from(("Harbour Watch", "Coast Radio", "Field Mission")))
        lines.append(
            f"{document}{n} | 2031-0{4 + 'abcd'.index(document)}-01 {voice} | {what} | {day} | {place} | - | - | told"
        )
    return "\n".join(lines)


@settings(max_examples=250, deadline=None)
@given(accounts())
def test_bounds_are_in_order_and_every_claim_is_used_or_set_aside(text: str) -> None:
    found = link_text(text)
    for incident in found.incidents.values():
        for tally in incident.tallies:
            assert tally.low is not None
            assert tally.high is None or tally.low <= tally.high
            assert tally.best is None or (tally.low <= tally.best and (tally.high is None or tally.best <= tally.high))
            assert not set(tally.claims) & {aside.claim for aside in tally.set_aside}
            if tally.victims == "all":
                spoken = {c for c in incident.claims if tally.harm in found.claims[c].harm}
                assert spoken == set(tally.claims) | {aside.claim for aside in tally.set_aside}


@settings(max_examples=250, deadline=None)
@given(accounts())
def test_a_whole_is_never_smaller_than_a_part(text: str) -> None:
    found = link_text(text)
    for relation in found.linkage.relations:
        if relation.kind != "part_of" or relation.a not in found.incidents or relation.b not in found.incidents:
            continue
        whole = {(t.harm, t.victims): t for t in found.incidents[relation.b].tallies}
        for part in found.incidents[relation.a].tallies:
            if part.victims == "all":
                total = whole[(part.harm, "all")]
                assert (total.low or 0) >= (part.low or 0)


@settings(max_examples=250, deadline=None)
@given(accounts())
def test_all_holds_each_status(text: str) -> None:
    for incident in link_text(text).incidents.values():
        rows = {(t.harm, t.victims): t for t in incident.tallies}
        for (harm, victims), row in rows.items():
            if victims in ("civilian", "combatant"):
                assert (rows[(harm, "all")].low or 0) >= (row.low or 0)
