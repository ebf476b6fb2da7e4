"""Visits that head a sentence by a short name: "PRE: VAS 9.0. POST: VAS 3.5"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.small_words import CLAUSE_STOPS, ENDS_PHRASE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import UNIT_DAYS, word_set

_NAMES = {"pre": "before", "post": "after"}
MAYBE_HEADED_VISIT = Clues("pre:", "post:", words=word_set("pre post"))
_OF_ALL = word_set("overall all total")
MAYBE_HEADED_ALL = Clues(". overall:", ". all:", ". total:", words=_OF_ALL)
_MEET = word_set("compare compares contrast contrasts compared contrasted")
MAYBE_COMPARES = Clues(
    " compare with ", " compares with ", " contrast with ", " contrasts with ", " contrasted with ",
    words=_MEET,
)  # fmt: skip


def headed_visits(tokens: list[Token]) -> None:
    """ "PRE: VAS 9.0" is "before: VAS 9.0", and no group of that name."""
    for k in range(len(tokens) - 2):
        opens = k == 0 or tokens[k - 1].word in ENDS_PHRASE
        if opens and tokens[k].word in _NAMES and tokens[k + 1].word == ":":
            tokens[k].word = tokens[k].raw = _NAMES[tokens[k].word]


def compares_with(tokens: list[Token]) -> None:
    """ "2.1 at 6 weeks COMPARES WITH 6.8 before wax" is "compared with": the score it was."""
    for k in range(2, len(tokens) - 2):
        if tokens[k].word in _MEET and tokens[k + 1].word == "with":
            number = k + 2 + (tokens[k + 2].word in ("a", "an", "the"))
            if tokens[number].kind == "n" or tokens[number].word in ("mean", "median", "one"):
                tokens[k].word = "compared"


def headed_all(tokens: list[Token]) -> None:
    """ "Mean NRS. OVERALL: before 7.7; 1 day 3.1" is "before 7.7; 1 day 3.1": of everybody."""
    for k in range(len(tokens) - 3, 0, -1):
        if tokens[k].word in _OF_ALL and tokens[k - 1].word == "." and tokens[k + 1].word == ":":
            del tokens[k : k + 2]
            tokens[k].raw = tokens[k].raw.capitalize()  # opens its sentence


MAYBE_FIRST_SEEN = Clues("hen first ", words=word_set("first"))
_SEEN = word_set("seen examined assessed reviewed evaluated reexamined contacted visited")
_LEADS = word_set("at after")
_FAR = 8


def first_seen_at(tokens: list[Token]) -> None:
    """ "WHEN FIRST SEEN AFTER WAX, at 6 weeks, VAS was 3.1" is "at 6 weeks": no baseline.

    So is "WHEN FIRST SEEN AGAIN, 6 weeks after wax, VAS was 3.1".
    """
    for k in range(len(tokens) - 6, -1, -1):
        if (tokens[k].word, tokens[k + 1].word) != ("when", "first"):
            continue
        if tokens[k + 2].word not in _SEEN or (k and tokens[k - 1].word not in CLAUSE_STOPS):
            continue  # "7.1 WHEN FIRST SEEN, at 6 weeks 3.1"
        at = k + 3
        while at < len(tokens) - 2 and at - k < _FAR and tokens[at].kind == "w":
            if tokens[at].word in _LEADS and tokens[at + 1].kind == "n":
                break
            at += 1
        at += tokens[at].word == ","
        if _weeks_after(tokens, at):
            del tokens[k:at]
            continue
        if tokens[at].word in _LEADS and at + 1 < len(tokens) and tokens[at + 1].kind == "n":
            tokens[at].raw = tokens[at].raw.capitalize() if tokens[k].raw[:1].isupper() else "at"
            del tokens[k:at]


def _weeks_after(tokens: list[Token], at: int) -> bool:
    """ "6 WEEKS AFTER", "4-6 weeks later": how long after, and not "7.1 after"."""
    if tokens[at].kind != "n":
        return False
    words = [token.word for token in tokens[at : at + 5]]
    unit = next((k for k, word in enumerate(words[:-1]) if word in UNIT_DAYS), 0)
    return unit in (1, 3) and words[unit + 1] in _AFTER


_AFTER = word_set("after later following post")
