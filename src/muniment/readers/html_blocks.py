"""HTML to text with its blocks kept: paragraphs, headings, lists and tables stand apart as they do on the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

_WHITE = re.compile(r"[ \t\n\r\f\v]+")
_GONE = re.compile("[\u00ad\u200b\ufeff\0]")  # soft hyphens and zero-width marks split words no reader sees split
_SKIPPED = frozenset((
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "canvas", "audio", "video",
    "select", "datalist", "head",
))  # fmt: skip
_LINE = frozenset((
    "div", "li", "tr", "dt", "dd", "section", "article", "header", "footer", "main", "nav", "aside", "form", "fieldset",
    "address", "figure", "figcaption", "caption", "details", "summary", "legend", "center", "option", "hgroup",
    "search",
))  # fmt: skip
_PARAGRAPH = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "pre", "blockquote", "hr"])
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(slots=True)
class Page:
    """The text of an HTML page: where its main part, its first heading and its links stand."""

    text: str
    mains: list[tuple[int, int]] = field(default_factory=list)
    articles: list[tuple[int, int]] = field(default_factory=list)
    first_heading: tuple[int, int] | None = None
    links: list[tuple[str, str]] = field(default_factory=list)


def parse(markup: str) -> Any:
    """The tree of an HTML text, mended as browsers mend it; None where there is nothing in it."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    data = _GONE.sub("", markup).encode("utf-8", "replace")
    try:
        return etree.fromstring(data, parser) if data.strip() else None
    except etree.XMLSyntaxError:
        return None


def fragment_text(markup: str) -> str:
    """The text of a piece of HTML, as feeds and mails carry it."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    root = parse(markup)
    return "" if root is None else render(root).text


class _Writer:
    """Collects text with breaks and single spaces between, and knows its length."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.newlines = 0
        self.space = False
        self.preformatted = 0

    def brk(self, newlines: int) -> None:
        self.newlines = max(self.newlines, newlines)

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def flush(self) -> None:
        if self.newlines:
            if self.length:
                self.put("\n" * self.newlines)
            self.newlines, self.space = 0, False
        elif self.space:
            self.put(" ")
            self.space = False

    def text(self, raw: str) -> None:
        if self.preformatted:
            if raw:
                self.flush()
                self.put(raw.replace("\r\n", "\n"))
            return
        collapsed = _WHITE.sub(" ", raw)
        inner = collapsed.strip(" ")
        if not inner:
            self.space = self.space or (bool(collapsed) and bool(self.length))
            return
        if collapsed[0] == " " and self.length:
            self.space = True
        self.flush()
        self.put(inner)
        self.space = collapsed[-1] == " "


def render(root: Any) -> Page:
    """The text of a parsed page, all of it in order: navigation and footers too."""
    out = _Writer()
    page = Page("")
    open_parts: list[tuple[Any, int]] = []
    numbers: list[int | None] = []
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start":
            tag = element.tag
            if tag in _SKIPPED:
                walk.skip_subtree()
                continue
            _open(out, page, element, tag, open_parts, numbers)
            if element.text:
                if tag == "sup" and element.text.strip().isdigit() and len(element) == 0:
                    out.text(element.text.translate(_SUPERSCRIPT))
                else:
                    out.text(element.text)
        else:
            if event == "end" and element.tag not in _SKIPPED:
                _close(out, page, element, element.tag, open_parts, numbers)
            if element.tail and element is not root:
                out.text(element.tail)
    page.text = "".join(out.parts).rstrip()
    return page


def _open(
    out: _Writer, page: Page, element: Any, tag: str, open_parts: list[tuple[Any, int]], numbers: list[int | None]
) -> None:
    if tag in _PARAGRAPH:
        out.brk(1 if tag in ("ul", "ol") and numbers else 2)
        if tag == "pre":
            out.preformatted += 1
        elif tag in ("ul", "ol"):
            numbers.append(1 if tag == "ol" else None)
    elif tag in _LINE:
        out.brk(1)
        if tag == "li":
            out.flush()
            number = numbers[-1] if numbers else None
            out.put("• " if number is None else f"{number}. ")
            if number is not None:
                numbers[-1] = number + 1
    elif tag in ("td", "th"):
        if element.getprevious() is not None and out.length and not out.newlines:
            out.put("\t")
            out.space = False
    elif tag == "br":
        out.brk(min(2, out.newlines + 1))
    if tag in ("main", "article", "h1") or element.get("role") == "main":
        open_parts.append((element, out.length + out.newlines if out.length else 0))


def _close(
    out: _Writer, page: Page, element: Any, tag: str, open_parts: list[tuple[Any, int]], numbers: list[int | None]
) -> None:
    if open_parts and open_parts[-1][0] is element:
        start = open_parts.pop()[1]
        extent = (min(start, out.length), out.length)
        if tag == "h1":
            page.first_heading = page.first_heading or extent
        elif tag == "article" and element.get("role") != "main":
            if not any(part.tag == "article" for part, _ in open_parts):
                page.articles.append(extent)
        else:
            page.mains.append(extent)
    if tag == "a":
        address = (element.get("href") or "").strip()
        if re.match(r"https?://", address, re.I):
            page.links.append((" ".join("".join(element.itertext()).split()), address))
    elif tag in _PARAGRAPH:
        out.brk(1 if tag in ("ul", "ol") and len(numbers) > 1 else 2)
        if tag == "pre":
            out.preformatted -= 1
        elif tag in ("ul", "ol") and numbers:
            numbers.pop()
    elif tag in _LINE:
        out.brk(1)
