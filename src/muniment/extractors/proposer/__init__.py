"""What a language model proposes: which question it is asked, and what of its answer counts. Optional, and pure.

Nothing here speaks to a network. The case's edge sends `question(...)` where a person says so, and seals what comes
back; a build reads the sealed answers here, beside what the rules read:

1. `passages` cuts a document into stretches that are asked about, sentence by sentence with their offsets.
2. `question` is the request for one passage: the record's closed lists as instructions, the document's words as data.
3. `proposed` takes answers apart. A proposal counts only if its quote stands in the text at the offset it gives; of
   its fields, only those whose words stand there too, with values of the closed lists. The rest is set aside, counted
   by reason. What the rules read already is not proposed again.

A document that gives the model orders can make it answer anything; whatever it answers can only become claims in the
document's own words, each marked as made by a model.
"""

from muniment.extractors.proposer.answers import Answer, Proposals, is_answer, proposed, with_proposals
from muniment.extractors.proposer.passages import Passage, passages
from muniment.extractors.proposer.question import question

__all__ = ["Answer", "Passage", "Proposals", "is_answer", "passages", "proposed", "question", "with_proposals"]
