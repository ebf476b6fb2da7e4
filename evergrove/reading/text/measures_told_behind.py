"""What was scored told behind the scores: "Scores of 3.1 were seen; PAIN WAS RATED ON AN NRS"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_RATED = word_set("rated scored measured assessed recorded marked graded evaluated")
_SCORES = word_set("scores score means mean values value ratings rating medians median")
_PAINS = word_set("pain vas nrs nprs vrs scale ache soreness headache tenderness odi")
_ON = word_set("on with using by")
MAYBE_BEHIND = Clues(
    *(f" was {one} " for one in sorted(_RATED)), *(f" were {one} " for one in sorted(_RATED)),
    words=_RATED,
)  # fmt: skip


def measures_told_behind(tokens: list[Token]) -> None:
    """ "Scores of 3.1 were seen at week 2; PAIN WAS RATED ON A VAS" is "Pain was ... . Scores ...".

    Only where the scores have no name before the semicolon and the clause behind has no result.
    """
    for mark in range(len(tokens) - 5, 2, -1):
        if tokens[mark].word != ";":
            continue
        start, end = mark, mark + 1
        while start > 0 and tokens[start - 1].word not in (".", ";"):
            start -= 1
        while end < len(tokens) and not _stops(tokens, end):
            end += 1
        if end >= len(tokens) or tokens[end].word != ".":
            continue
        first = {token.word for token in tokens[start:mark]}
        clause = [token.word for token in tokens[mark + 1 : end]]
        if not first.isdisjoint(_PAINS) or first.isdisjoint(_SCORES) or _named(tokens, start, mark):
            continue
        if not _rates(clause) or any("." in token.word for token in tokens[mark + 1 : end]):
            continue
        stop = tokens[mark]
        stop.word = "."
        tokens[start:end] = [*tokens[mark + 1 : end], stop, *tokens[start:mark]]


def _stops(tokens: list[Token], k: int) -> bool:
    return tokens[k].word in (".", ";")


def _rates(clause: list[str]) -> bool:
    """Whether a clause is "heel pain was rated on a 100 mm VAS"."""
    for k in range(1, min(len(clause) - 2, 8)):
        rated = clause[k] in ("was", "were") and clause[k + 1] in _RATED
        if rated and not _PAINS.isdisjoint(clause) and not _ON.isdisjoint(clause[k + 2 : k + 4]):
            return True
    return False


def _named(tokens: list[Token], start: int, mark: int) -> bool:
    """Whether a score of a name of its own is told: "DASH scores of 31"."""
    for k in range(start, mark):
        if tokens[k].word in _SCORES and k > start:
            before = tokens[k - 1]
            if before.kind == "w" and before.raw.isupper() and len(before.raw) > 1:
                return True
    return False
