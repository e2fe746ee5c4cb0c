"""Templates: everything is escaped, an unknown name is an error, and the pages' words are filters."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import jinja2
from fastapi import Request
from fastapi.responses import HTMLResponse

from muniment.model import Tally
from muniment.web import firmness, words
from muniment.web.desk import Desk
from muniment.web.figures.ranges import Bar, Scale, bar


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """The templates of the pages."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("muniment.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(
        number=words.number,
        day=words.day,
        edtf=words.edtf,
        moment=words.moment,
        label=words.label,
        rule=words.rule,
        language=words.language,
        direction=words.direction,
        size=words.size,
        bounds=words.bounds,
        what=words.what,
        other_names=words.other_names,
    )
    made.globals.update(
        plural=words.plural,
        of_level=firmness.of_level,
        of_certainty=firmness.of_certainty,
        LEVELS=firmness.LEVELS,
        bar=_bar,
    )
    return made


def _bar(tally: Tally, scale: Scale) -> Bar:
    return bar(tally.low, tally.best, tally.high, scale)


def desk_of(request: Request) -> Desk:
    """The case that this app serves, as this request sees it."""
    if not hasattr(request.state, "desk"):
        request.state.desk = Desk(request.app.state.case, request.app.state.drawer)
    desk: Desk = request.state.desk
    return desk


def page(request: Request, name: str, *, section: str, title: str, status: int = 200, **given: Any) -> HTMLResponse:
    """A whole page.

    Args:
        request: what is answered.
        name: the template.
        section: the entry of the navigation it belongs to.
        title: for the window; protected names are taken out of it.
        status: of the answer.
        given: what the template shows.
    """
    desk = desk_of(request)
    shell = desk.shell()
    body = environment().get_template(name).render(
        shell=shell, section=section, page_title=desk.shown(title), party=desk.party, shown=desk.shown, **given
    )  # fmt: skip
    return HTMLResponse(body, status)


def part(request: Request, name: str, **given: Any) -> HTMLResponse:
    """A piece of a page, for a script that puts it in place."""
    desk = desk_of(request)
    return HTMLResponse(environment().get_template(name).render(party=desk.party, shown=desk.shown, **given))
