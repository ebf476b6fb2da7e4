"""Sentences, and the section of the abstract that each stands in."""

from __future__ import annotations

from dataclasses import dataclass

from evergrove.reading.text.tokens import Token


@dataclass(slots=True, eq=False)
class Sentence:
    """Tokens first..last (half-open) and the section of the abstract that they stand in."""

    first: int
    last: int
    section: str


SECTIONS = {
    "background": "background", "introduction": "background", "context": "background",
    "rationale": "background", "importance": "background",
    "objective": "aim", "objectives": "aim", "aim": "aim", "aims": "aim", "purpose": "aim",
    "hypothesis": "aim", "goal": "aim",
    "method": "methods", "methods": "methods", "design": "methods", "setting": "methods",
    "participants": "methods", "interventions": "methods", "measurements": "methods",
    "material": "methods", "materials": "methods", "patients": "methods",
    "subjects": "methods", "outcomes": "methods",
    "methodology": "methods",
    "result": "results", "results": "results", "findings": "results", "observations": "results",
    "conclusion": "conclusion", "conclusions": "conclusion", "interpretation": "conclusion",
    "discussion": "conclusion", "summary": "conclusion", "limitations": "conclusion",
    "methode": "methods", "methodik": "methods", "ergebnisse": "results", "ergebnis": "results",
    "ziel": "aim", "zielsetzung": "aim", "hintergrund": "background",
    "schlussfolgerung": "conclusion", "schlussfolgerungen": "conclusion",
    "methoden": "methods", "patienten": "methods", "studiendesign": "methods",
    "resultate": "results", "einleitung": "background", "fragestellung": "aim", "ziele": "aim",
    "fazit": "conclusion", "diskussion": "conclusion",
    "resultados": "results", "resultats": "results", "résultats": "results",
    "risultati": "results",
    "métodos": "methods", "méthodes": "methods", "objetivo": "aim", "objectif": "aim",
    "conclusão": "conclusion", "conclusiones": "conclusion", "conclusión": "conclusion",
}  # fmt: skip
_NO_STOP = {"vs", "e.g", "i.e", "approx", "fig", "figs", "no", "cf", "ca", "al", "dr", "st", "resp"}


_LONGEST = 600
_SIGNS = frozenset('([)].?!"')


def sentences(tokens: list[Token], words: list[str]) -> list[Sentence]:
    """The sentences; a heading such as "Results:" opens a section that lasts to the next one.

    `words`: those of all tokens.
    """
    found: list[Sentence] = []
    section, first = "none", 0
    count = len(tokens)
    depth = 0
    if tokens:
        section = _heading(tokens, 0) or section
    for index in [at for at, word in enumerate(words) if word in _SIGNS]:
        if tokens[index].kind != "s":
            continue
        while index - first >= _LONGEST:
            # Work within a sentence grows with the square of its length; prose has none so long.
            found.append(Sentence(first, first + _LONGEST, section))
            first, depth = first + _LONGEST, 0
        word = tokens[index].word
        if word in "([":
            depth += 1
            continue
        if word in ")]":
            depth = max(0, depth - 1)
            continue
        if (word in ".?!" and _ends_sentence(tokens, index, depth)) or (
            word == '"' and _closes_quoted_end(tokens, index)
        ):
            found.append(Sentence(first, index + 1, section))
            first, depth = index + 1, 0
        elif word == "." and _heading_with_dash(tokens, first, index):
            found.append(Sentence(first, index + 2, section))
            first, depth = index + 2, 0
        else:
            continue
        if first < count:
            section = _heading(tokens, first) or section
    while count - first > _LONGEST:
        found.append(Sentence(first, first + _LONGEST, section))
        first += _LONGEST
    if first < count:
        found.append(Sentence(first, count, section))
    if not any(part.section in ("methods", "results") for part in found):
        _open_aims(found)
    return found


def _open_aims(found: list[Sentence]) -> None:
    """With no heading for methods or results, an aim or a background is its first sentence."""
    heading = ""
    seen = 0
    for part in found:
        if part.section != heading:
            heading, seen = part.section, 0
        seen += part.last - part.first > 3
        if heading in ("aim", "background") and seen > 1:
            part.section = "none"


def _heading(tokens: list[Token], index: int) -> str | None:
    """The section that a heading at the start of a sentence opens.

    A heading is a known word followed by a colon within six words, or a capitalised known word
    followed at once by another capitalised word or a number ("Results Two hundred ...").
    """
    name = SECTIONS.get(tokens[index].raw.lower())
    if name is None and tokens[index].word not in ("main", "primary", "patients", "study", "data"):
        return None
    for at in range(index, min(index + 7, len(tokens))):
        token = tokens[at]
        name = SECTIONS.get(token.raw.lower(), name)
        if token.word == ":":
            return name
        if (
            token.word == "."
            and token.raw == "."
            and (at - index < 3 or _all_headings(tokens, index, at))
            and tokens[index].raw[0].isupper()
        ):
            return name
    joined = _joined_headings(tokens, index)
    if joined is not None:
        return joined
    first = tokens[index]
    if index + 1 < len(tokens) and first.raw[:1].isupper() and first.raw.lower() in SECTIONS:
        after = tokens[index + 1]
        if after.kind == "n" or after.raw[:1].isupper() or first.raw.isupper():
            return SECTIONS[first.raw.lower()]
    return None


def _heading_with_dash(tokens: list[Token], first: int, index: int) -> bool:
    """ "Main Results.— Forty nuns ...": a heading whose stop is followed by a dash."""
    if not 0 < index - first < _HEADING or index + 2 >= len(tokens):
        return False
    if tokens[index + 1].word not in _DASHES or not tokens[first].raw[:1].isupper():
        return False
    return all(tokens[k].kind == "w" or tokens[k].word == "," for k in range(first, index))


_HEADING = 8  # words of "Design, Setting and Patients" and the like
_DASHES = frozenset("-–—")


def _joined_headings(tokens: list[Token], index: int) -> str | None:
    """ "Material and Methods Charts of ...": headings joined by "and", and a capital behind."""
    if index + 3 >= len(tokens) or tokens[index + 1].word not in ("and", "&"):
        return None
    first, second, after = tokens[index], tokens[index + 2], tokens[index + 3]
    known = first.raw.lower() in SECTIONS and second.raw.lower() in SECTIONS
    if not known or not first.raw[:1].isupper():
        return None
    starts = after.kind == "n" or after.raw[:1].isupper()
    return SECTIONS[second.raw.lower()] if starts else None


def _all_headings(tokens: list[Token], first: int, last: int) -> bool:
    """ "Materials and Methods", "Patients & methods": headings joined, and nothing else."""
    return all(
        tokens[k].raw.lower() in SECTIONS or tokens[k].word in ("and", "&", ",")
        for k in range(first, last)
    )


def _closes_quoted_end(tokens: list[Token], index: int) -> bool:
    """ "they were called "late cases." Their ...": the stop stands inside the quotation marks."""
    if index < 2 or index + 1 >= len(tokens) or tokens[index].spaced:
        return False
    after = tokens[index + 1]
    stopped = tokens[index - 1].word == "." and tokens[index - 2].kind == "w"
    return stopped and after.spaced and after.raw[:1].isupper()


def _ends_sentence(tokens: list[Token], index: int, depth: int) -> bool:
    if index + 1 >= len(tokens):
        return True
    before, after = tokens[index - 1] if index else None, tokens[index + 1]
    if not after.spaced:
        # "...87).Mean": without a space a stop counts only between a word or bracket and a capital.
        return bool(
            before is not None
            and after.raw[:1].isupper()
            and len(after.raw) > 1
            and (before.word == ")" or (before.kind == "w" and len(before.raw) > 2))
        )
    if before is not None and before.kind == "w":
        if before.word in _NO_STOP:
            return False
        if len(before.raw) == 1 and before.raw.isupper() and depth:
            return False
    if tokens[index].word != ".":
        return depth == 0
    starts = (
        after.raw[:1].isupper() or after.kind == "n" or after.word in '(["' or after.flag == "word"
    )
    return starts and (depth == 0 or after.raw[:1].isupper())
