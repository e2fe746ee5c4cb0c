"""A document added to a case that is open is linked alone, and the case is what a build of all at once makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

import case_world
import muniment
from muniment.linker import Session


def test_one_more_document_is_linked_alone_and_all_is_as_built_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    update = Session.update

    def noted(self: Session, documents: dict[str, object]) -> None:
        told.append(len(documents))
        update(self, documents)  # type: ignore[arg-type]

    monkeypatch.setattr(Session, "update", noted)
    late = {"radio.txt", "sources.csv"}
    with muniment.open(tmp_path / "grown" / "case", by="runa") as case:
        case.build([case_world.write(tmp_path / "first", {n: t for n, t in case_world.FILES.items() if n not in late})])
        first = len(case.documents())
        case.build([case_world.write(tmp_path / "second", {"radio.txt": case_world.RADIO})])
        assert told == [first, 1]
        grown = case_world.derived(case)
    with muniment.open(tmp_path / "once" / "case", by="runa") as case:
        case.build([tmp_path / "first", tmp_path / "second"])
        assert case_world.derived(case) == grown
