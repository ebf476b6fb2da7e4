"""Short names of scales that mean something else than the profile thinks."""

from __future__ import annotations

import re

from evergrove.reading.measures.marks import Mark
from evergrove.reading.text.sections import Sentence
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import is_content

#: The veto of a name that the text spells out as something else.
ANOTHER = "another measure of that name"


def mark_foreign(tokens: list[Token], measures: list[Mark]) -> None:
    """ "Nutritional Risk Screening (NRS)": a short name that the text spells as something else.

    Its letters begin the words before the bracket, and none of those words names the measure.
    """
    foreign = {
        tokens[mark.first].raw
        for mark in measures
        if mark.last == mark.first + 1 and _spelt_otherwise(tokens, mark.first)
    }
    for mark in measures if foreign else ():
        if mark.last == mark.first + 1 and tokens[mark.first].raw in foreign:
            mark.kind, mark.key = "veto", ANOTHER


def _spelt_otherwise(tokens: list[Token], i: int) -> bool:
    raw = tokens[i].raw
    if not raw.isupper() or i < 3 or i + 1 >= len(tokens) or tokens[i - 1].word != "(":
        return False
    if tokens[i + 1].word not in (")", ",", ";"):
        return False
    spelt: list[Token] = []
    k = i - 2
    while k >= 0 and i - k < 10 and len(spelt) < len(raw):
        if tokens[k].kind == "w" and is_content(tokens[k].word):
            spelt.append(tokens[k])
        elif tokens[k].kind == "s" and tokens[k].word != "-":
            break
        k -= 1
    letters = "".join(token.word[0] for token in reversed(spelt))
    return letters == raw.lower() and all(token.mark is None for token in spelt)


#: A text without a bracket that begins "(VAS-" gives no suffix of its own.
MAYBE_SUFFIX = re.compile(r"\(\s*[^\s()-]+\s*-\S")


def spell_suffixes(tokens: list[Token]) -> None:
    """ "VAS for back pain (VAS-BP) and leg pain (VAS-LP)": from there on "VAS-BP" is VAS-back.

    Only where the letters begin the last words before the bracket, of which one is "pain"; it may
    have no letter of its own: "back pain (VAS-B) and leg pain (VAS-L)".
    """
    spelt: dict[tuple[str, str], Token] = {}
    dashes = [at for at, token in enumerate(tokens) if token.word == "-"]
    for i in [dash - 1 for dash in dashes if 0 < dash < len(tokens) - 2]:
        scale, suffix = tokens[i], tokens[i + 2]
        if suffix.spaced or not (scale.raw.isupper() and suffix.raw.isupper()):
            continue
        if len(suffix.raw) > 3:
            continue
        alone = len(suffix.raw) == 1
        before = tokens[max(0, i - 1 - len(suffix.raw) - alone) : max(0, i - 1)]
        said = "".join(token.word[:1] for token in before)
        said = said[:-1] if alone else said
        in_bracket = i and tokens[i - 1].word == "(" and tokens[i + 3].word in ")],;"
        if (
            in_bracket
            and len(before) > 1
            and before[-1].word == "pain"
            and said == suffix.raw.lower()
        ):
            spelt.setdefault((scale.raw, suffix.raw), before[-2])
    for i in range(len(tokens) - 2) if spelt else ():
        site = spelt.get((tokens[i].raw, tokens[i + 2].raw))
        if site is not None and tokens[i + 1].word == "-" and not tokens[i + 2].spaced:
            tokens[i + 2].word = site.word


def mark_suffixed(tokens: list[Token], parts: list[Sentence], measures: list[Mark]) -> None:
    """ "Anxiety was measured with a VAS (VAS-A)": a scale with a letter of its own, and no pain.

    Only where the sentence that names it first rates another construct and no pain.
    """
    meant: dict[str, bool] = {}
    for mark in measures:
        i = mark.first
        if mark.last != i + 1 or i + 2 >= len(tokens) or tokens[i + 1].word != "-":
            continue
        letter = tokens[i + 2].raw
        glued = not tokens[i + 2].spaced
        if not glued or not letter.isupper() or len(letter) > 3 or not tokens[i].raw.isupper():
            continue
        if letter not in meant:
            meant[letter] = _rates_another(tokens, parts, i)
        if meant[letter]:
            mark.kind, mark.key, mark.last = "other", "other measure", i + 3
            tokens[i + 1].mark = tokens[i + 2].mark = mark


def _rates_another(tokens: list[Token], parts: list[Sentence], i: int) -> bool:
    first = next((part.first for part in parts if part.first <= i < part.last), i)
    kinds = {getattr(tokens[k].mark, "kind", "") for k in range(first, i)}
    said = {tokens[k].word for k in range(first, i)}
    return "other" in kinds and not said & {"pain", "ache"} and tokens[i - 1].word == "("
