"""Moving a claim to where its document begins in the exhibit."""

from __future__ import annotations

from dataclasses import replace

from muniment.model import Claim, Reason


def shifted(claim: Claim, by: int) -> Claim:
    """The claim with every offset `by` code points further on."""
    if by == 0:
        return claim
    return replace(
        claim,
        span=claim.span.shift(by),
        mentions=tuple(mention.shift(by) for mention in claim.mentions),
        cells=tuple(replace(cell, start=cell.start + by, end=cell.end + by) for cell in claim.cells),
        why={name: _shifted(reason, by) for name, reason in claim.why.items()},
    )


def _shifted(reason: Reason, by: int) -> Reason:
    if reason.start is None or reason.end is None:
        return reason
    return Reason(reason.rule, reason.words, reason.start + by, reason.end + by)
