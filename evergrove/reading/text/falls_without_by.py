"""Percentages of a fall behind its verb alone, or of "one": "REDUCED PAIN 28%", "A 12% ONE"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.small_words import CLAUSE_STOPS, CLOSES
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE_NOUNS, CONTROLS, GROUP, word_set

_MOVED = word_set("reduced lowered decreased diminished lessened cut increased raised improved")
MAYBE_WITHOUT_BY = Clues(
    *((verb, rf"{verb} (?:[a-z][a-z'-]* ){{1,5}}\d[\d.·]* ?(?:%|per)") for verb in sorted(_MOVED)),
    words=_MOVED,
)
MAYBE_PERCENT_ONE = Clues(
    ("% one", r"% one(?<=\d% one)(?!\w)"), ("point one", r"-point one(?!\w)"),
    (" one of ", r"(?:%|percent|per cent) .* one of (?:only |about )?\d[\d.]* ?%"),
    words=word_set("one"),
)  # fmt: skip
_RATED = word_set(
    "pain vas nrs nprs vrs score scores intensity severity rating ratings ache soreness cramps "
    "headache headaches tenderness discomfort"
)
_PERCENT = word_set("% percent per")
_NO_OBJECT = word_set("in by to from at of with for was were had and or than after on over")


def falls_without_by(tokens: list[Token]) -> None:
    """ "Wax REDUCED PAIN 28%, placebo 12%" is "reduced pain BY 28%, placebo BY 12%"."""
    k = 1
    while k < len(tokens) - 3:
        at = _amount(tokens, k) if tokens[k].word in _MOVED else 0
        if at:
            if tokens[at - 1].word != "by":
                _put_by(tokens, at)
                at += 1
            _go_on(tokens, at + 1)
        k += 1


def _amount(tokens: list[Token], k: int) -> int:
    """The percentage right behind the object of the verb at k, or 0."""
    for m in range(k + 1, min(k + 7, len(tokens) - 1)):
        token = tokens[m]
        if token.kind == "n" and not token.flag:
            told = tokens[m - 1].word in _RATED | {"by"} and tokens[m + 1].word in _PERCENT
            return m if told else 0
        led = token.word == "by" and tokens[m + 1].kind == "n"
        if token.kind != "w" or (token.word in _NO_OBJECT and not led):
            return 0
    return 0


def _go_on(tokens: list[Token], k: int) -> None:
    """ ", PLACEBO 18%", "and the CLAY GROUP 12%" behind a fall: as far, of another group."""
    while k < len(tokens) - 2 and tokens[k].word not in CLAUSE_STOPS:
        amount = tokens[k].kind == "n" and tokens[k + 1].word in _PERCENT
        lead = tokens[k - 1].word
        if amount and lead in CONTROLS | GROUP and _alone(tokens, k + 2):
            _put_by(tokens, k)
            k += 1
        k += 1


def _alone(tokens: list[Token], k: int) -> bool:
    return k >= len(tokens) or tokens[k].word in (",", ".", ";", "(", "at", "after", "and")


def _put_by(tokens: list[Token], k: int) -> None:
    start = tokens[k].start
    tokens.insert(k, Token("w", start, start, "by", raw="by"))


def percent_ones(tokens: list[Token]) -> None:
    """ "a 43% REDUCTION with wax and a 17% ONE with clay", "ONE OF 17%": "one" is a reduction."""
    noun = ""
    for k in range(1, len(tokens) - 1):
        token = tokens[k]
        if token.word == ".":
            noun = ""
        elif token.word in CHANGE_NOUNS:
            noun = token.word
        elif noun and token.raw == "one" and (_sized(tokens, k) or _of_percent(tokens, k)):
            token.kind, token.value, token.flag, token.word = "w", 0.0, "", noun


def _sized(tokens: list[Token], k: int) -> bool:
    """ "a 17% ONE", "a 1.2-point ONE", where the phrase ends."""
    ahead = [token.word for token in tokens[max(0, k - 3) : k]]
    told = ahead[-1:] == ["%"] or ahead[-2:] == ["-", "point"]
    behind = tokens[k + 1].word
    ends = behind in CLOSES or behind in ("in", "with", "at", "for", "after", "under", "on", "and")
    return told and (ends or behind in (",", ".", ";", "by"))


def _of_percent(tokens: list[Token], k: int) -> bool:
    """ "ONE OF 17%", behind a reduction that was told in percent, too; not "one of 17% or more"."""
    behind = [token.word for token in tokens[k + 1 : k + 6]]
    if behind[:1] != ["of"] or "%" not in behind or "more" in behind or "least" in behind:
        return False
    return tokens[k + 2].kind == "n" and any(
        tokens[m].word == "%" for m in range(max(0, k - 25), k)
    )
