"""What a web page states of itself in its head: title, publisher, date, address, language, kind."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from muniment.plugins import Item
from muniment.readers import addresses, dates, language

_TYPES = {
    "newsarticle": "news", "reportagenewsarticle": "news", "analysisnewsarticle": "news",
    "backgroundnewsarticle": "news",
    "report": "report", "scholarlyarticle": "report", "techarticle": "report", "blogposting": "post",
    "socialmediaposting": "post", "discussionforumposting": "post", "pressrelease": "statement", "dataset": "dataset",
}  # fmt: skip
_DATES = (
    "article:published_time", "og:published_time", "datepublished", "citation_publication_date", "citation_date",
    "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date", "pubdate", "publishdate", "publication_date",
    "parsely-pub-date", "sailthru.date", "date",
)  # fmt: skip
_PUBLISHERS = (
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "citation_publisher",
    "publisher",
    "application-name",
)
_TITLES = ("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title", "headline")
_LONGEST_BYLINE = 100
_SAVED = re.compile(r"saved from url=\(\d+\)\s*(\S+)|^\s*url:\s*(https?://\S+)", re.M)


def page_facts(root: Any, heading: str | None) -> Item:
    """What the head says, as an Item without extent.

    Args:
        root: the parsed page.
        heading: the words of the page's first `h1`.
    """
    meta = _meta(root)
    linked = next(_articles(root), {})
    title = _line(linked.get("headline") or linked.get("name")) or _first(meta, _TITLES) or heading
    publisher = _name(linked.get("publisher")) or _first(meta, _PUBLISHERS)
    title = title or _title_element(root, publisher)
    if title and publisher:
        title = _without_site(title, publisher)
    published = _published(root, meta, linked)
    address = _address(root, meta, linked)
    kind = next((_TYPES[t] for t in _types(linked) if t in _TYPES), None)
    kind = kind or addresses.kind_of(address) or ("news" if meta.get("og:type") == "article" and published else None)
    stated = linked.get("inLanguage") or root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    return Item(
        0, 0, title, publisher, published, address, language.tag(stated if isinstance(stated, str) else None), kind
    )


def _line(value: object) -> str | None:
    return (" ".join(value.split()) or None) if isinstance(value, str) else None


def _meta(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = _line(element.get("content"))
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _types(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type") or []
    return [str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])]


def _articles(root: Any) -> Iterator[dict[str, Any]]:
    """The JSON-LD nodes that describe a written work."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text:
            continue
        try:
            data = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue
        queue = data if isinstance(data, list) else [data]
        for node in queue[:200]:
            if not isinstance(node, dict):
                continue
            graph = node.get("@graph")
            yield from (
                part
                for part in [node, *(graph if isinstance(graph, list) else [])]
                if isinstance(part, dict) and any(kind in _TYPES or kind.endswith("article") for kind in _types(part))
            )


def _name(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return _line(value.get("name")) if isinstance(value, dict) else _line(value)


def _title_element(root: Any, publisher: str | None) -> str | None:
    element = root.find(".//title")
    return None if element is None else _line("".join(element.itertext()))


def _without_site(title: str, publisher: str) -> str:
    """A title without the site's name that pages append after a bar or dash."""
    shorter = re.sub(rf"\s+[|–—·»-]\s+{re.escape(publisher)}$", "", title)
    return shorter or title


def _published(root: Any, meta: dict[str, str], linked: dict[str, Any]) -> str | None:
    for value in (linked.get("datePublished"), *(meta[name] for name in _DATES if name in meta)):
        if isinstance(value, str) and (date := dates.read_date(value)):
            return date
    marked = [t for t in root.iter("time") if t.get("pubdate") is not None or t.get("itemprop") == "datePublished"]
    # A time inside a paragraph of words is an event's; by itself, or in a line about the page, it is the page's.
    times = marked or [t for t in root.iter("time") if t.get("datetime") and _stands_alone(t)]
    found = {dates.read_date(t.get("datetime") or "".join(t.itertext())) for t in times}
    return found.pop() if len(found) == 1 else None


def _stands_alone(time: Any) -> bool:
    around = time.getparent()
    return around is None or len(" ".join("".join(around.itertext()).split())) <= _LONGEST_BYLINE


def _address(root: Any, meta: dict[str, str], linked: dict[str, Any]) -> str | None:
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and addresses.is_web(link.get("href")):
            return str(link.get("href")).strip()
    for value in (meta.get("og:url"), linked.get("url"), linked.get("mainEntityOfPage")):
        value = value.get("@id") if isinstance(value, dict) else value
        if isinstance(value, str) and addresses.is_web(value):
            return value.strip()
    top = root.getroottree().xpath("/comment() | /*/comment() | /*/head/comment()")
    for comment in top[:20]:
        if match := _SAVED.search(comment.text or ""):
            address = match[1] or match[2]
            return address if addresses.is_web(address) else None
    return None
