"""An incident's claims and parts to low / best / high. Never a sum of what may be the same people.

Figures are derived: every tally lists the claims it used and those it set aside, and why.
"""

from muniment.tally.arithmetic import gaps
from muniment.tally.grading import Speakers, suggest
from muniment.tally.headlines import addends, headlines
from muniment.tally.rules import DEFAULT_RULE, RULES
from muniment.tally.sensitivity import Swing, Total, sensitivity
from muniment.tally.tallying import tally_all

__all__ = [
    "DEFAULT_RULE",
    "RULES",
    "Speakers",
    "Swing",
    "Total",
    "addends",
    "gaps",
    "headlines",
    "sensitivity",
    "suggest",
    "tally_all",
]
