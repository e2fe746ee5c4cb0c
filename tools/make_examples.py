"""Make the binary files of the shipped examples (PDF, DOCX) from the texts beside them.

    python tools/make_examples.py            # writes examples/*/sources/*.pdf and *.docx
    python tools/make_examples.py --check    # says which committed file differs from its text, exit code 1

Each `examples/<case>/written/<name>.md` becomes the file that `sources.csv` of the case names with the same stem. The
same text gives the same bytes: no clock, no random id. The texts know headings (`# `, `## `) and paragraphs only.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import sys
import zipfile
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
ZIP_TIME = (2020, 1, 1, 0, 0, 0)


def blocks(text: str) -> list[tuple[int, str]]:
    """The paragraphs of a written text as (heading level, words); level 0 is plain text."""
    found = []
    for part in text.strip().split("\n\n"):
        words = " ".join(part.split())
        level = len(words) - len(words.lstrip("#"))
        found.append((level, words.lstrip("# ") if level else words))
    return found


def as_pdf(text: str, title: str) -> bytes:
    """A4 pages with a text layer."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    styles = getSampleStyleSheet()
    names = {0: "BodyText", 1: "Title", 2: "Heading2"}
    story = []
    for level, words in blocks(text):
        escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        story += [Paragraph(escaped, styles[names[level]]), Spacer(1, 6)]
    out = io.BytesIO()
    # `invariant` leaves the clock and the random id out of the file.
    SimpleDocTemplate(out, pagesize=A4, title=title, author="", invariant=1, pageCompression=1).build(story)
    return out.getvalue()


def as_docx(text: str, title: str) -> bytes:
    """A Word file with real headings."""
    import docx

    document = docx.Document()
    for level, words in blocks(text):
        if level:
            document.add_heading(words, level=level)
        else:
            document.add_paragraph(words)
    properties = document.core_properties
    properties.title = title
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = dt.datetime(*ZIP_TIME)
    properties.revision = 1
    packed = io.BytesIO()
    document.save(packed)
    return _without_clock(packed)


def _without_clock(packed: io.BytesIO) -> bytes:
    """The same archive with every member dated alike: ZIP files carry the time they were packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            member = zipfile.ZipInfo(name, ZIP_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            new.writestr(member, old.read(name))
    return out.getvalue()


MAKERS = {".pdf": as_pdf, ".docx": as_docx}


def planned(case: Path) -> dict[Path, Path]:
    """Written text by the file it becomes."""
    stems = {path.stem: path for path in sorted((case / "written").glob("*.md"))}
    with (case / "sources" / "sources.csv").open(encoding="utf-8", newline="") as stream:
        files = [Path(row["file"]) for row in csv.DictReader(stream)]
    targets = {case / "sources" / file: stems.pop(file.stem) for file in files if file.stem in stems}
    if stems:
        raise SystemExit(f"{case.name}: sources.csv names no file for {', '.join(sorted(stems))}.")
    return targets


def make(source: Path, suffix: str) -> bytes:
    """The bytes of one example file."""
    text = source.read_text(encoding="utf-8")
    title = next(words for level, words in blocks(text) if level == 1)
    return MAKERS[suffix](text, title)


def main(arguments: list[str]) -> int:
    """Write the files, or with --check compare them."""
    differing = []
    for case in sorted(path.parent for path in EXAMPLES.glob("*/written")):
        for target, source in planned(case).items():
            data = make(source, target.suffix)
            if "--check" not in arguments:
                target.write_bytes(data)
            elif not target.exists() or target.read_bytes() != data:
                differing.append(target.relative_to(EXAMPLES).as_posix())
    for name in differing:
        print(f"{name} is not what its text makes; run python tools/make_examples.py.")
    return 1 if differing else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
