"""The pages, a file each: an address, what it asks of the case, and the template that shows it."""

from fastapi import APIRouter

from muniment.web.pages import claims, documents, incidents, ledger, maps, overview, people, places, questions, search

ROUTERS: tuple[APIRouter, ...] = tuple(
    module.router
    for module in (overview, documents, claims, incidents, questions, places, people, ledger, search, maps)
)
