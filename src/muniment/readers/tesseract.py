"""Optical character recognition by the system's `tesseract` command: words with box and confidence."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from functools import lru_cache

from muniment.errors import Unreadable
from muniment.readers.page_layout import Line, Word

SECONDS_PER_PAGE = 180.0
_CODE = re.compile(r"[A-Za-z]{2,3}(?:_[A-Za-z_]{2,20})?")
# Tesseract's data files are named by ISO 639-2/T codes; people also write the two letters of BCP 47.
_THREE_LETTERS = {
    "en": "eng", "hy": "hye", "az": "aze", "ru": "rus", "uk": "ukr", "ar": "ara", "fa": "fas", "tr": "tur",
    "ka": "kat", "fr": "fra", "de": "deu", "es": "spa", "it": "ita", "pt": "por", "pl": "pol", "he": "heb",
    "ps": "pus", "ku": "kur", "my": "mya", "am": "amh", "ti": "tir", "so": "som", "sw": "swa", "ur": "urd",
}  # fmt: skip


def recognise(image: bytes, points_per_pixel: float, languages: Sequence[str]) -> list[Line]:
    """The lines of a picture of a page.

    Args:
        image: the picture in a format Tesseract reads (PGM, PNG, TIFF).
        points_per_pixel: to give boxes in points from the page's top left.
        languages: Tesseract's codes, or the two letters of BCP 47.

    Raises:
        Unreadable: missing_tool, where Tesseract or the data of a language is not installed; out_of_time; damaged.

    Source: Tesseract manual, TSV output; conf is a percentage, -1 for what is no word.
    """
    command = shutil.which("tesseract")
    if command is None:
        raise Unreadable("missing_tool", "Reading pictures of pages takes Tesseract; install it (tesseract-ocr).")
    wanted = _codes(tuple(languages), command)
    try:
        done = subprocess.run(
            [command, "stdin", "stdout", "-l", wanted, "--psm", "3", "tsv"],
            input=image,
            capture_output=True,
            timeout=SECONDS_PER_PAGE,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # several threads on one page are slower than one
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("out_of_time", "OCR of a page took longer than three minutes and was stopped.") from error
    except OSError as error:
        raise Unreadable("missing_tool", "Tesseract is installed but does not start; install it again.") from error
    if done.returncode:
        raise Unreadable("damaged", "Tesseract could not work on a page of it; the file is likely damaged.")
    return lines_of(done.stdout.decode("utf-8", "replace"), points_per_pixel)


def lines_of(tsv: str, points_per_pixel: float) -> list[Line]:
    """Tesseract's table of words as lines; a word parted by a hyphen at a line's end is joined."""
    grouped: dict[tuple[str, str, str], list[Word]] = {}
    for row in csv.DictReader(io.StringIO(tsv), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if row.get("level") != "5" or not text:
            continue
        try:
            left, top, width, height = (
                float(row[key]) * points_per_pixel for key in ("left", "top", "width", "height")
            )
            confidence = max(0.0, min(1.0, float(row["conf"]) / 100))
        except (KeyError, TypeError, ValueError):
            continue
        key = (row["block_num"], row["par_num"], row["line_num"])
        word = Word(text, left, top, left + width, top + height, round(confidence, 3))
        grouped.setdefault(key, []).append(word)
    out: list[Line] = []
    paragraph: tuple[str, str] | None = None
    for (block, par, _), found in grouped.items():
        opens = (block, par) != paragraph
        paragraph = (block, par)
        joined = False
        if out and not opens and found[0].text[:1].islower():
            last = out[-1].words[-1]
            if len(last.text) > 2 and last.text[-1] in "-‐¬" and last.text[-2].isalpha():
                shorter = Word(last.text[:-1], last.x0, last.top, last.x1, last.bottom, last.confidence)
                out[-1] = Line((*out[-1].words[:-1], shorter), out[-1].opens_paragraph, out[-1].joined)
                joined = True
        out.append(Line(tuple(found), opens, joined))
    return out


@lru_cache(maxsize=8)
def _codes(languages: tuple[str, ...], command: str) -> str:
    codes = []
    for language in languages:
        if not _CODE.fullmatch(language):
            raise Unreadable("missing_tool", "That is not a language of Tesseract; give codes such as eng or hye+rus.")
        codes.append(_THREE_LETTERS.get(language.lower(), language))
    try:
        listed = subprocess.run([command, "--list-langs"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unreadable("missing_tool", "Tesseract is installed but does not start; install it again.") from error
    known = set((listed.stdout + listed.stderr).decode("utf-8", "replace").split())
    missing = [code for code in codes if code not in known]
    if missing:
        package = f"tesseract-ocr-{missing[0].replace('_', '-')}"
        raise Unreadable("missing_tool", f"Tesseract lacks the language {missing[0]}; install it ({package}).")
    return "+".join(codes)
