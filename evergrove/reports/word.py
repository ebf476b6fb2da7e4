"""The report as a Word document: headings, real tables, pictures with alternative text."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.image.exceptions import UnrecognizedImageError
from docx.shared import Emu, Mm, Pt

from evergrove.errors import EvergroveError
from evergrove.page.results import ReviewResults
from evergrove.reports import content
from evergrove.reports import word_parts as parts
from evergrove.reports.text import one_line

# A4, and what is left of it between the margins.
_LONG, _SHORT, _MARGIN = Mm(297), Mm(210), Mm(20)
_TWENTIETHS = 635  # of a point, in EMU
_ACROSS, _ALONG = _SHORT - 2 * _MARGIN, _LONG - 2 * _MARGIN
# Above a picture, its heading or the end of the text before it; below it, the caption.
_PICTURE_HEIGHT = Mm(225)


@dataclass(frozen=True)
class Picture:
    """One figure: the bytes of its PNG, and what is said to people who do not see it."""

    png: bytes
    description: str


def report(
    results: ReviewResults, view: Mapping[str, Any], pictures: Mapping[str, Picture]
) -> bytes:
    """The bytes of report.docx; `pictures` are by the figure's name.

    Figures without a picture are left out. Raises EvergroveError for a picture that is no PNG.
    """
    document = Document()
    parts.in_language(document)
    parts.undated(document, view["title"])
    _page(document.sections[0], _SHORT, _LONG)
    _styles(document)
    _front(document, results, view)
    _methods(document, view)
    document.add_heading("Results", 1)
    for item in content.results_paragraphs(results, view):
        _run_in(document, item)
    _page(document.add_section(WD_SECTION.NEW_PAGE), _LONG, _SHORT)
    document.add_heading("Tables", 1)
    targets = {name: f"ref_{number}" for name, number in content.reference_numbers(view).items()}
    for name in content.REPORT_TABLES:
        _table(document, view["tables"][name], targets)
    _page(document.add_section(WD_SECTION.NEW_PAGE), _SHORT, _LONG)
    _figures(document, results.slug, view["figures"], pictures)
    _references(document, view["references"])
    document.add_heading("Versions and citing", 1)
    document.add_paragraph(one_line(view["software"]["cite"]))
    versions = [f"{item['name']} {item['version']}" for item in view["software"]["versions"]]
    document.add_paragraph(one_line(f"{', '.join(versions)}."))
    out = io.BytesIO()
    document.save(out)
    return parts.settled(out.getvalue())


def _page(section: Any, width: int, height: int) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if width > height else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", _MARGIN)


def _styles(document: Any) -> None:
    document.styles["Normal"].font.size = Pt(10)
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    document.styles["Caption"].font.size = Pt(9)


def _front(document: Any, results: ReviewResults, view: Mapping[str, Any]) -> None:
    document.add_heading(one_line(view["title"]), 0)
    names = content.authors(results.protocol)
    if names:
        document.add_paragraph(one_line(", ".join(names)))
    headline = view["headline"]
    conclusion = document.add_paragraph()
    conclusion.add_run(one_line(headline["conclusion"])).bold = True
    if headline["spread"]:
        document.add_paragraph(one_line(headline["spread"]))
    for text in (*headline["statements"], *headline["warnings"]):
        document.add_paragraph(one_line(text), style="List Bullet")
    told = content.version(results.changes)
    if told:
        document.add_heading("This version", 2)
        document.add_paragraph(one_line(" ".join(told)))


def _methods(document: Any, view: Mapping[str, Any]) -> None:
    document.add_heading("Methods", 1)
    for item in view["methods"]:
        _run_in(document, item)
    for heading, texts in (
        ("Criteria for including a report", view["criteria"]["include"]),
        ("Criteria for excluding a report", view["criteria"]["exclude"]),
    ):
        if texts:
            document.add_heading(heading, 2)
        for text in texts:
            document.add_paragraph(one_line(text), style="List Bullet")


def _run_in(document: Any, item: Mapping[str, str]) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{one_line(item['heading'])}. ").bold = True
    paragraph.add_run(one_line(item["text"]))


def _table(document: Any, made: Mapping[str, Any], targets: Mapping[str, str]) -> None:
    caption = document.add_paragraph(style="Caption")
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before = Pt(12)
    text = one_line(made["caption"])
    if not made["groups"]:
        caption.add_run(f"Table {made['number']}. {text}: {one_line(made['empty'])}")
        return
    caption.add_run(f"Table {made['number']}. {text}")
    caption._p.addnext(parts.table(made, _ALONG // _TWENTIETHS, targets))
    for mark, said in _notes(made):
        note = document.add_paragraph()
        note.paragraph_format.space_after = Pt(0)
        note.paragraph_format.keep_together = True
        if mark:
            note._p.append(parts.run(f"{mark} ", size=16, raised=True))
        note._p.append(parts.run(said, size=16))


def _notes(made: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = [
        (note["mark"], f"{note['label']}: {note['text']}" if note["text"] else note["label"])
        for note in made["footnotes"]
    ]
    # Without a paragraph between them, Word would make one table of two.
    return [*found, ("", made["note"] or "")]


def _figures(
    document: Any,
    slug: str,
    figures: Sequence[Mapping[str, Any]],
    pictures: Mapping[str, Picture],
) -> None:
    document.add_heading("Figures", 1)
    for item in figures:
        picture = pictures.get(item["name"])
        if picture is None:
            continue
        file = f"results/{slug}/figures/{item['name']}.png"
        try:
            shape = document.add_picture(io.BytesIO(picture.png))
        except UnrecognizedImageError:
            raise EvergroveError(
                "not a picture that can be read", file=file, remedy="Draw the figures again."
            ) from None
        shrink = min(_ACROSS / shape.width, _PICTURE_HEIGHT / shape.height, 1)
        shape.width, shape.height = Emu(int(shape.width * shrink)), Emu(int(shape.height * shrink))
        told = f"{item['caption']}. {picture.description}"
        shape._inline.docPr.set("descr", one_line(told))
        shape._inline.docPr.set("title", one_line(item["caption"]))
        document.paragraphs[-1].paragraph_format.keep_with_next = True
        caption = f"Figure {item['number']}. {one_line(item['caption'])}."
        document.add_paragraph(caption, style="Caption")


def _references(document: Any, references: Sequence[Mapping[str, Any]]) -> None:
    document.add_heading("References", 1)
    if not references:
        document.add_paragraph("No report is included yet.")
    for number, item in enumerate(references, start=1):
        paragraph = document.add_paragraph()
        start = f"{number}. {one_line(item['label'])}. "
        paragraph.add_run(start).bold = True
        paragraph.add_run(f"{one_line(content.reference_text(item))} ")
        for place, address in enumerate(item["links"]):
            if place:
                paragraph.add_run(", ")
            parts.link(paragraph, address["text"], address["href"])
        for text in item["status"]:
            paragraph.add_run(f" {one_line(text)}.").bold = True
        parts.bookmark(paragraph, f"ref_{number}", number)
