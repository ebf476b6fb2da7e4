"""Dashes that join: "from a mean of 75–57" is "to", "VAS − 0.8; ODI − 12" are no signs."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.stat_words import DIFFERENCE
from evergrove.reading.text.tokens import Token, close_bracket
from evergrove.reading.text.words import CENTRES, CHANGE, CHANGE_NOUNS, word_set

_DASH = word_set("- – −")
#: A text without this tells no frame by a dash.
MAYBE_FRAMED = Clues(
    ("from ", r"from (?:an? (?:mean|median|average)|[\d.]+ \([^()]{1,20}\)\s?[-–−])"),
    words=word_set("from"),
)
#: A text without this has no list of names with a minus sign behind each.
MAYBE_LISTED = Clues((" − ", r" − \d[\d.]*(?: \([^()]*\))?;"))
_FILL = CENTRES | word_set("a an of score value vas nrs the")


def spell_frames(tokens: list[Token]) -> None:
    """ "fell FROM A MEAN VALUE OF 75.5–57" is "to 57", so is "fell FROM 7.5 (SD 1.2)–3.1".

    Not "ranged from a mean of 2–4", and no years.
    """
    for k in range(2, len(tokens) - 3):
        if tokens[k].word != "from":
            continue
        i = k + 1
        while i < len(tokens) - 3 and tokens[i].word in _FILL:
            i += 1
        if tokens[i].kind != "n" or not _moved(tokens, k):
            continue
        j = i + 1
        if tokens[j].word in ("(", "["):
            close = close_bracket(tokens, j, min(len(tokens), j + 9))
            j = close + 1 if close is not None else len(tokens)
        elif i == k + 1:
            continue  # "from 7.5-3.1", "from 6-12 months": read where pairs of numbers are
        if j + 1 < len(tokens) and tokens[j].word in _DASH and tokens[j + 1].kind == "n":
            tokens[j].word, tokens[j].kind = "to", "w"


def _moved(tokens: list[Token], k: int) -> bool:
    """Whether a verb or noun of change stands ahead of "from" in its clause."""
    for m in range(k - 1, max(-1, k - 8), -1):
        if tokens[m].word in (".", ";", ":"):
            return False
        if tokens[m].word in CHANGE:
            return True
    return False


def spell_lists(tokens: list[Token]) -> None:
    """ "Scores at 1 year: VAS − 0.8; ODI − 12; SF-36 − 71": a dash between a name and its score.

    Two or more minus signs apart from both their neighbours, where no change or difference is told.
    """
    start = 0
    for k in range(len(tokens)):
        if tokens[k].word == "." or k == len(tokens) - 1:
            part = range(start, k)
            found = [m for m in part if _between(tokens, m)]
            words = {tokens[m].word for m in part}
            if len(found) > 1 and ";" in words and words.isdisjoint(_SIGNED):
                for m in found:
                    tokens[m].word = "-"
            start = k + 1


def _between(tokens: list[Token], m: int) -> bool:
    """Whether a minus sign at m stands apart between a word and a number."""
    if tokens[m].word != "−" or m + 1 >= len(tokens) or not m:
        return False
    apart = tokens[m].spaced and tokens[m + 1].spaced
    return apart and tokens[m + 1].kind == "n" and tokens[m - 1].kind == "w"


_SIGNED = CHANGE | CHANGE_NOUNS | DIFFERENCE | word_set("effect effects minus")
