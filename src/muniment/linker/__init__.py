"""Claims to incidents: what speaks of one event comes together with its reasons, and what may not, stays apart.

Linking is a function of the *set* of claims, documents and rulings: no order of any of them changes the outcome.
"""

from muniment.linker.lineage import lineages, origin
from muniment.linker.rulings import Linkage, Rulings
from muniment.linker.session import Memory, Session, link

__all__ = ["Linkage", "Memory", "Rulings", "Session", "lineages", "link", "origin"]
