"""A score in an aside of the group it is of: "WITH A MEAN VAS OF 2.9, the wax group did better"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.small_words import CLAUSE_STOPS, CLOSES, OPENS, STOPS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, VERBS, word_set

_LEADS = word_set("with having")
_SCORE = r"an? (?:mean|median|average|final|vas|nrs|pain|score)[^;]{1,60}\d.{0,90}, "
MAYBE_ASIDE_SCORE = Clues(
    ("with a", rf"with {_SCORE}"), ("having a", rf"having {_SCORE}"), words=_LEADS
)
_CENTRES = word_set("mean median average final vas nrs pain score")
_VERBS = VERBS | word_set("did fared felt performed improved")
_LONGEST = 30  # tokens of an aside with its spread and its time
_SUBJECT = 9


def fronted_scores(tokens: list[Token]) -> None:
    """ "WITH A MEAN VAS OF 2.9 at 6 weeks, the wax group had less pain" is "the wax group, with".

    Where no other number follows, what the clause goes on with is set apart: "the wax group, with
    a mean VAS of 2.9, did better than the clay group" tells nothing of clay.
    """
    for k in range(len(tokens) - 8, -1, -1):
        if tokens[k].word not in _LEADS or not _leads_score(tokens, k):
            continue
        comma = _end_of_aside(tokens, k + 1)
        if not comma:
            continue
        if k == 0 or tokens[k - 1].word in CLAUSE_STOPS:
            end = _subject(tokens, comma + 1)
            if not end:
                continue
            at = tokens[end].start
            sign = Token("s", at, at, ",", raw=",")
            tokens[k:end] = [*tokens[comma + 1 : end], tokens[comma], *tokens[k:comma], sign]
            comma = end
        elif tokens[k - 1].word != "," or tokens[k - 2].word not in GROUP:
            continue
        if tokens[comma + 1].word in _VERBS and _without_numbers(tokens, comma):
            tokens[comma].word = ";"


def _leads_score(tokens: list[Token], k: int) -> bool:
    """Whether "a mean VAS of 2.9" follows: one score, told in the singular."""
    if tokens[k + 1].word not in ("a", "an") or tokens[k + 2].word not in _CENTRES:
        return False
    return any(token.kind == "n" for token in tokens[k + 3 : k + 9])


def _end_of_aside(tokens: list[Token], k: int) -> int:
    """The comma that ends the aside, none within brackets; 0 if a sentence ends first."""
    depth = 0
    for m in range(k, min(k + _LONGEST, len(tokens) - 1)):
        word = tokens[m].word
        depth += (word in OPENS) - (word in CLOSES)
        if word in STOPS and not depth:
            return 0
        if word == "," and not depth:
            return m
    return 0


def _subject(tokens: list[Token], k: int) -> int:
    """Behind "the wax group" at k, where its verb follows; else 0."""
    if tokens[k].word not in ("the", "patients", "participants", "those", "women", "group"):
        return 0
    for m in range(k, min(k + _SUBJECT, len(tokens) - 2)):
        if tokens[m].kind == "n" or tokens[m].word in STOPS or tokens[m].word == ",":
            return 0
        lettered = tokens[m].word in GROUP and len(tokens[m + 1].word) == 1
        if tokens[m].word in GROUP and tokens[m + 1 + lettered].word in _VERBS:
            return m + 1 + lettered
    return 0


def _without_numbers(tokens: list[Token], k: int) -> bool:
    """Whether the rest of the clause compares, and tells no number."""
    than = False
    for m in range(k + 1, len(tokens)):
        if tokens[m].word in STOPS:
            return than
        if tokens[m].kind == "n":
            return False
        than = than or tokens[m].word == "than"
    return than
