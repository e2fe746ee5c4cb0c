"""A document as every rule sees it: plain text of the same length, blocks, sentences, quotations, footnotes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from muniment.extractors.cleaning import lower, plain
from muniment.extractors.layout import Block, blocks
from muniment.extractors.quotations import Quotation, quotations
from muniment.extractors.sentences import Sentence, sentences
from muniment.model import Document


class View:
    """One document laid out for reading.

    Attributes:
        document: what is read, with `published` and `publisher`.
        text: the whole exhibit's text; quotes are cut from it.
        clean: `text[document.start:document.end]` made plain, padded so that its offsets are those of `text`.
        low: `clean` in lower case, same length.
        blocks, sentences, quotations: in reading order; offsets into `text`.
        notes: footnote blocks by their mark as written.
    """

    def __init__(self, document: Document, text: str) -> None:
        self.document = document
        self.text = text
        start, end = max(0, document.start), min(document.end, len(text))
        self.start, self.end = start, end
        padding = " " * start
        self.clean = padding + plain(text[start:end])
        self.low = lower(self.clean)
        self.blocks = blocks(text, start, end)
        self.sentences = sentences(self.clean, self.blocks)
        self.quotations = quotations(self.clean, self.blocks)
        self.notes: dict[str, Block] = {
            block.mark: block for block in self.blocks if block.kind == "note" and block.mark is not None
        }
        self._sentence_starts = [sentence.start for sentence in self.sentences]
        self._quotation_starts = [quotation.start for quotation in self.quotations]
        self._of_block: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            self._of_block.setdefault(sentence.block, []).append(sentence)

    @property
    def published(self) -> str | None:
        """The document's date as EDTF, from which relative dates count."""
        return self.document.published

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds the offset."""
        index = bisect_right(self._sentence_starts, offset) - 1
        if index < 0 or offset >= self.sentences[index].end:
            return None
        return self.sentences[index]

    def words(self, sentence: Sentence) -> str:
        """The sentence's plain words."""
        return self.clean[sentence.start : sentence.end]

    def block_of(self, sentence: Sentence) -> Block:
        """The block a sentence stands in."""
        return self.blocks[sentence.block]

    def sentences_of(self, block: Block) -> Sequence[Sentence]:
        """The sentences of a block, in order."""
        return self._of_block.get(block.index, ())

    def before(self, sentence: Sentence, most: int = 3) -> list[Sentence]:
        """Up to `most` sentences in front of this one within its block, nearest first."""
        found: list[Sentence] = []
        index = sentence.index - 1
        while index >= 0 and len(found) < most and self.sentences[index].block == sentence.block:
            found.append(self.sentences[index])
            index -= 1
        return found

    def heading_of(self, sentence: Sentence) -> Block | None:
        """The nearest heading above a sentence."""
        for index in range(sentence.block - 1, -1, -1):
            if self.blocks[index].kind == "heading":
                return self.blocks[index]
        return None

    def quotation_at(self, offset: int) -> Quotation | None:
        """The quotation that holds the offset, if somebody is speaking there."""
        index = bisect_right(self._quotation_starts, offset) - 1
        if index >= 0 and offset < self.quotations[index].end:
            return self.quotations[index]
        return None
