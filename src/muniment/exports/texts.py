"""Every exhibit's text as a file of its own, with the pages and boxes its words stand in: what offsets point into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from muniment.errors import StorageFailed
from muniment.plugins import Box


def texts(folder: Path, exhibits: Iterable[tuple[str, str, Sequence[Box]]]) -> int:
    """Write `<exhibit>.txt` for each exhibit, and `<exhibit>.boxes.json` where its words have a place on a page.

    Newlines are written untouched, so that `text[start:end]` of the file is the claim's quote.

    Args:
        folder: made where it does not exist; files of the same name are replaced.
        exhibits: id, text and boxes, one exhibit at a time.

    Returns:
        How many texts were written.

    Raises:
        StorageFailed: where the folder cannot be written.
    """
    written = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for id_, text, boxes in exhibits:
            with (folder / f"{id_}.txt").open("w", encoding="utf-8", newline="") as out:
                out.write(text)
            if boxes:
                (folder / f"{id_}.boxes.json").write_bytes(msgspec.json.encode(list(boxes)))
            written += 1
    except OSError as error:
        raise StorageFailed(
            f"The texts could not be written to {folder} ({error.strerror}); choose another folder with --output."
        ) from error
    return written
