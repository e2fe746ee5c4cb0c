"""Long lists by the page: where the reader is, and the addresses of the pages before and after."""

from __future__ import annotations

import math
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Paging:
    """One page of a list."""

    page: int
    pages: int
    total: int
    first: int
    last: int
    before: str | None
    after: str | None


def page_number(request: Request) -> int:
    """The page asked for; the first where the address says nothing usable."""
    asked = request.query_params.get("page", "1")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1


def offset_of(page: int, per_page: int = PER_PAGE) -> int:
    """How many rows stand before this page."""
    return (max(page, 1) - 1) * per_page


def paging(
    address: str, page: int, total: int, given: Mapping[str, str | None] | None = None, per_page: int = PER_PAGE
) -> Paging:
    """Where the reader is in a list of `total` rows.

    Args:
        address: of the list.
        page: from 1.
        total: rows in all.
        given: what else the address carries, such as a filter.
        per_page: rows to a page.
    """
    pages = max(1, math.ceil(total / per_page))
    page = max(1, page)
    kept = {key: value for key, value in (given or {}).items() if value}

    def link(to: int) -> str:
        query = urllib.parse.urlencode({**kept, **({"page": str(to)} if to > 1 else {})})
        return f"{address}?{query}" if query else address

    return Paging(
        page=page,
        pages=pages,
        total=total,
        first=min(offset_of(page, per_page) + 1, total),
        last=min(page * per_page, total),
        before=link(page - 1) if 1 < page <= pages else None,
        after=link(page + 1) if page < pages else None,
    )
